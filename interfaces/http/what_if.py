"""What if, over HTTP: recorded history under a draft of rules or days."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from litestar import Router, post
from litestar.exceptions import PermissionDeniedException, ValidationException
from litestar.params import Body
from pydantic import Field

from application.rules.draft import DraftRefused, Written
from application.rules.what_if import WhatIf
from domain.words import Role
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Ask

REHEARSED_BY = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR})


class Rehearsed(Written):
    """A draft, and the period in which the clocks started that are counted again; they are judged as at its last day."""

    first: date = Field(description="From this day on.")
    last: date = Field(description="Up to this day.")


@post(
    "/what-if",
    operation_id="WhatIf",
    responses=ON_READ,
    status_code=200,
    summary="规则试算 · What if",
)
async def what_if(data: Annotated[Rehearsed, Body(title="Rehearsed")], request: Ask) -> WhatIf:
    """Whose deadlines would have gone otherwise under a draft of rules or days. Nothing is written."""
    if not request.user.sees(REHEARSED_BY):
        raise PermissionDeniedException("drafts are tried out by supervisors, compliance officers and auditors")
    try:
        draft = data.draft()
    except DraftRefused as refused:
        faults = [{"key": "change", "message": each} for each in refused.faults]
        raise ValidationException("the draft is not right", extra=faults) from refused
    found: WhatIf = await request.app.state.house.rehearse(draft, data.first, data.last)
    return found


WHAT_IF = Router("/api/rules", route_handlers=[what_if], tags=["rules"])
