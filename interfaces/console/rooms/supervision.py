"""What was refused, to whom and by which rule."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.exceptions import PermissionDeniedException

from domain.catalogue import COMMANDS
from domain.words import Role
from interfaces.console.pages import Ask, caller_in, page
from interfaces.http.supervision import REPLAYED_BY

SHOWN = 100


@get("/refusals", include_in_schema=False)
async def refusals(request: Ask) -> Response[Any]:
    caller = caller_in(request)
    if caller is None or not caller.sees(REPLAYED_BY):
        raise PermissionDeniedException("refusals are shown to supervisors, compliance officers and auditors")
    before = request.query_params.get("before", "")
    start = int(before) if before.isdecimal() and len(before) < 18 else None
    found = await request.app.state.house.store.denials(SHOWN, start)
    return await page(
        request,
        "refusals.html",
        denials=found,
        commands={each.__name__: each for each in COMMANDS},
        roles={each.value: each for each in Role},
        older=found[-1][0] if len(found) == SHOWN else None,
    )
