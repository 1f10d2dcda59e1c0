"""What was refused, to whom and by which rule; who has looked at what is known of a person."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.exceptions import PermissionDeniedException

from application.ports import Denial
from application.supervision.replay import find_case
from domain.catalogue import COMMANDS
from domain.customer import Customer
from domain.words import Role
from interfaces.console.pages import Ask, caller_in, page
from interfaces.console.rooms.lists import clean
from interfaces.http.readings import SHOWN_TO
from interfaces.http.supervision import REPLAYED_BY

SHOWN, AT_ONCE = 100, 2000


def _before(request: Ask) -> int | None:
    before = request.query_params.get("before", "")
    return int(before) if before.isdecimal() and len(before) < 18 else None


async def _latest(request: Ask, code: str) -> list[tuple[int, Denial]]:
    """The latest refusals, of that code if one is named."""
    store, before = request.app.state.house.store, _before(request)
    found: list[tuple[int, Denial]] = []
    while len(found) < SHOWN and (page := await store.denials(SHOWN if not code else AT_ONCE, before)):
        found += [each for each in page if code in ("", each[1].code)]
        before = page[-1][0]
    return found[:SHOWN]


@get("/refusals", include_in_schema=False)
async def refusals(request: Ask) -> Response[Any]:
    caller = caller_in(request)
    if caller is None or not caller.sees(REPLAYED_BY):
        raise PermissionDeniedException("refusals are shown to supervisors, compliance officers and auditors")
    code = clean(request.query_params.get("code", ""))
    found = await _latest(request, code)
    return await page(
        request,
        "refusals.html",
        code=code,
        denials=found,
        commands={each.__name__: each for each in COMMANDS},
        roles={each.value: each for each in Role},
        older=found[-1][0] if len(found) == SHOWN else None,
    )


@get("/readings", include_in_schema=False)
async def readings(request: Ask) -> Response[Any]:
    caller, house = caller_in(request), request.app.state.house
    if caller is None or not caller.sees(SHOWN_TO):
        raise PermissionDeniedException("readings are shown to compliance officers and auditors")
    customer = clean(request.query_params.get("customer", ""))
    person = await find_case(house.store, customer, Customer.kind()) if customer else None
    found = await house.readings.latest(person, SHOWN, _before(request)) if person or not customer else []
    return await page(
        request,
        "readings.html",
        readings=found,
        customer=customer,
        roles={each.value: each for each in Role},
        older=found[-1][0] if len(found) == SHOWN else None,
    )
