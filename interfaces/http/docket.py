"""Deadlines over HTTP: what is due, how it was counted, and more time."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from litestar import Router, get
from litestar.exceptions import NotFoundException, PermissionDeniedException, ValidationException
from litestar.params import Parameter

from application.docket.dockets import Dockets
from application.docket.explanation import Explanation, dated_history, explain
from application.supervision.replay import find_case
from domain.docket import commands
from domain.words import STAFF
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Accepts, Ask, Shows

DOCKETS = (
    Shows("", Dockets),
    Shows("", Dockets, one=True),
    Accepts("/extension", commands.AskExtension),
    Accepts("/extension/approval", commands.GrantExtension),
    Accepts("/extension/refusal", commands.DeclineExtension),
    Accepts("/rejudging", commands.RejudgeClock),
)


@get("/cases/{case:str}/clocks", operation_id="Clocks", responses=ON_READ, summary="计时说明 · Clocks explained")
async def clocks(
    case: Annotated[str, Parameter(max_length=80, description="The case's id, or any number it bears.")],
    request: Ask,
    at: Annotated[datetime | None, Parameter(query="at", description="As known at this moment.")] = None,
) -> list[Explanation]:
    """Every clock of a case, and of each due date every interval counted or not, by which clause."""
    if not request.user.sees(STAFF):
        raise PermissionDeniedException("clocks are shown to those who work on cases")
    if at and at.tzinfo is None:
        raise ValidationException("`at` needs a time zone", extra=[{"key": "at", "message": "no time zone"}])
    store = request.app.state.house.store
    stream = await find_case(store, case)
    history = await dated_history(store, stream, at) if stream else []
    if not any(each.stream == stream for each in history):
        raise NotFoundException("there is no such case, or it had not begun at that moment")
    return explain(history)


CLOCKS = Router("/api", route_handlers=[clocks], tags=["docket"])
