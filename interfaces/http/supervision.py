"""Supervision over HTTP: the audit trail, any case replayed to any moment, and what was refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Router, get
from litestar.exceptions import NotFoundException, PermissionDeniedException, ValidationException
from litestar.params import Parameter
from pydantic import BaseModel

from application.supervision.audit_trail import AuditTrail
from application.supervision.replay import difference, find_case, history, kind_of, state_of, told
from domain.kernel import Recorded
from domain.words import STAFF, Role
from interfaces.http.problem import ON_READ, Message
from interfaces.http.readings import note
from interfaces.http.routes import Ask, Shows

SUPERVISION = (Shows("/trail", AuditTrail),)

REPLAYED_BY = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR})

Case = Annotated[str, Parameter(max_length=80, description="The case's id, or any number it bears.")]
Version = Annotated[int | None, Parameter(query="version", ge=1)]
Moment = Annotated[datetime | None, Parameter(query="at", description="As known at this moment, with a time zone.")]


class Told(BaseModel):
    """One event with its envelope, its sentence in both languages, and its own fields."""

    position: int
    version: int
    stream: UUID
    event: str
    edition: int
    sentence: Message
    recorded_at: datetime
    occurred_at: datetime
    actor: str
    role: Role
    command: UUID
    correlation: UUID
    causation: str
    rules: list[str]
    consulted: dict[str, int]
    fields: dict[str, Any]


class Change(BaseModel):
    name: str
    before: Any
    after: Any


class Replay(BaseModel):
    """The case as at a version or moment: what its aggregate remembers, and how it came to that."""

    stream: UUID
    kind: str
    version: int
    state: dict[str, Any]
    timeline: list[Told]
    changes: list[Change] = []


class Denied(BaseModel):
    id: int
    at: datetime
    actor: str
    role: str
    command: str
    stream: UUID
    code: str
    rule: str


def tell(recorded: Recorded) -> Told:
    event = recorded.event
    return Told(
        position=recorded.position,
        version=recorded.version,
        stream=recorded.stream,
        event=type(event).__name__,
        edition=event.edition,
        sentence=Message(zh=event.tell("zh"), en=event.tell("en")),
        recorded_at=recorded.recorded_at,
        occurred_at=recorded.occurred_at,
        actor=recorded.actor.name,
        role=recorded.actor.role,
        command=recorded.command,
        correlation=recorded.correlation,
        causation=recorded.causation,
        rules=list(recorded.rules),
        consulted=dict(recorded.consulted),
        fields=msgspec.to_builtins(event),
    )


async def _events(request: Ask, case: str, version: int | None, at: datetime | None) -> Sequence[Recorded]:
    if at and at.tzinfo is None:
        raise ValidationException("`at` needs a time zone", extra=[{"key": "at", "message": "no time zone"}])
    store = request.app.state.house.store
    stream = await find_case(store, case)
    events = await history(store, stream, version, at) if stream else []
    if not events:
        raise NotFoundException("there is no such case, or it had not begun at that moment")
    return events


@get("/cases/{case:str}/timeline", operation_id="Timeline", responses=ON_READ, summary="事件时间线 · Timeline")
async def timeline(case: Case, request: Ask, version: Version = None, at: Moment = None) -> list[Told]:
    """Every event of a case in sentences. Customers see the cases that are theirs."""
    events = await _events(request, case, version, at)
    state = state_of(events)
    if not request.user.sees(STAFF) and (state.party is None or state.party != request.user.party):
        raise NotFoundException("there is no such case, or it is not yours to see")
    await note(request, events, "timeline")
    # A customer is told what happened, not what we noted beside it.
    told = [tell(each) for each in events if request.user.hears(each)]
    return [each.model_copy(update={"fields": {}}) for each in told] if request.user.is_customer else told


@get("/replay/{case:str}", operation_id="Replay", responses=ON_READ, summary="案件重放 · Replay")
async def replay(
    case: Case,
    request: Ask,
    version: Version = None,
    at: Moment = None,
    diff: Annotated[
        int | None, Parameter(query="diff", ge=0, description="Tell what changed since this version.")
    ] = None,
) -> Replay:
    """The case's state at a version or moment, how it came to that, and what changed since another version."""
    if not request.user.sees(REPLAYED_BY):
        raise PermissionDeniedException("cases are replayed by supervisors, compliance officers and auditors")
    events = await _events(request, case, version, at)
    state = told(state_of(events))
    await note(request, events, "replay")
    changes = []
    if diff is not None:
        before = [each for each in events if each.version <= diff]
        earlier = told(state_of(before)) if before else {}
        changes = [Change(name=d.name, before=d.before, after=d.after) for d in difference(earlier, state)]
    return Replay(
        stream=events[0].stream,
        kind=kind_of(events).kind(),
        version=events[-1].version,
        state=state,
        timeline=[tell(each) for each in events],
        changes=changes,
    )


@get("/refusals", operation_id="Refusals", responses=ON_READ, summary="拒绝日志 · Refusals")
async def refusals(
    request: Ask,
    limit: Annotated[int, Parameter(query="limit", ge=1, le=500)] = 50,
    before: Annotated[int | None, Parameter(query="before", ge=1, le=2**62)] = None,
) -> list[Denied]:
    """Who tried what, when, and why not; latest first."""
    if not request.user.sees(REPLAYED_BY):
        raise PermissionDeniedException("refusals are shown to supervisors, compliance officers and auditors")
    found = await request.app.state.house.store.denials(limit, before)
    return [
        Denied(id=id, **{name: getattr(each, name) for name in Denied.model_fields if name != "id"})
        for id, each in found
    ]


CASES = Router("/api", route_handlers=[timeline, replay, refusals], tags=["supervision"])
