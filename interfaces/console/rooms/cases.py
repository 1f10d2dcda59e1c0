"""One case on a page: as it is, or as it was at any version or moment, with its timeline and what may be done to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Response, get
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.handlers import HTTPRouteHandler

from application.access import Caller
from application.docket.explanation import Explanation, dated_history, explain
from application.missing import Step, missing
from application.projection import Projection, Row
from application.supervision.replay import Difference, difference, find_case, history, row_of, state_of
from domain.catalogue import COMMANDS
from domain.kernel import CALENDAR_ZONE, Aggregate, Command, Recorded
from domain.words import STAFF
from interfaces.console.looks import PLACES, path_of
from interfaces.console.pages import Ask, caller_in, page
from interfaces.console.rooms.lists import NAMES, clean, names_of

Extra = Callable[[Ask, "Seen"], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Seen:
    """A case as at one of its versions: the events up to it, the row they fold to, and what the last one changed.

    `told` are those of the events that the caller is told of.
    """

    kind: type[Aggregate]
    stream: UUID
    events: Sequence[Recorded]
    known: Sequence[Recorded]
    told: Sequence[Recorded]
    row: Row
    changes: Sequence[Difference]

    @property
    def version(self) -> int:
        return self.events[-1].version

    @property
    def total(self) -> int:
        return self.known[-1].version

    @property
    def is_past(self) -> bool:
        return self.version < self.total

    @property
    def last(self) -> Recorded:
        return self.events[-1]

    @property
    def path(self) -> str:
        return path_of(self.kind.kind(), self.stream)

    @property
    def state(self) -> Aggregate:
        return state_of(self.events)


def moment_asked(request: Ask) -> str:
    """The part of the address that says as at when."""
    asked = {name: request.query_params[name] for name in ("version", "at") if name in request.query_params}
    return f"?{urlencode(asked)}" if asked else ""


def upto(request: Ask, known: Sequence[Recorded]) -> Sequence[Recorded]:
    """The events up to the version or moment asked for; all of them where that makes no sense."""
    text = request.query_params.get("version", "")
    if text.isdecimal() and len(text) < 12:
        return known[: max(1, min(int(text), len(known)))]
    try:
        at = datetime.fromisoformat(request.query_params.get("at", "").strip().replace("Z", "+00:00"))
        moment = (at if at.tzinfo else at.replace(tzinfo=CALENDAR_ZONE)).astimezone(UTC)
    except (ValueError, OverflowError):
        return known
    return [each for each in known if each.recorded_at <= moment]


async def seen(request: Ask, reference: str, kind: type[Aggregate], projection: type[Projection]) -> Seen:
    """The case, if the caller may see it. Raises PermissionDenied, NotFound."""
    caller, store = caller_in(request), request.app.state.house.store
    if caller is None or not caller.sees(projection.shown_to):
        raise PermissionDeniedException("cases of this kind are not shown to your roles")
    stream = await find_case(store, clean(reference), kind.kind())
    known = await history(store, stream) if stream else []
    now = row_of(projection, known)
    confined = caller.confines(projection)
    if stream is None or now is None or any(getattr(now, name) != value for name, value in confined.items()):
        raise NotFoundException("there is no such case, or it is not yours to see")
    events = upto(request, known)
    row = row_of(projection, events)
    if row is None:
        raise NotFoundException("it had not begun at that moment")
    before = row_of(projection, events[:-1])
    row, before = caller.shown(row), before and caller.shown(before)
    changes = [_narrowed(each) for each in difference(_values(before), _values(row))]
    return Seen(kind, stream, events, known, [each for each in events if caller.hears(each)], row, changes)


def _narrowed(changed: Difference) -> Difference:
    """Of what is a list before and after, only that which is not in both."""
    before, after = changed.before, changed.after
    if not (isinstance(before, tuple) and isinstance(after, tuple)):
        return changed
    gone, come = (tuple(x for x in a if x not in b) for a, b in ((before, after), (after, before)))
    return Difference(changed.name, gone, come) if gone or come else changed


def _values(row: Row | None) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields} if row else {}


async def clocks_of(request: Ask, case: Seen) -> list[Explanation]:
    """Every clock of the case, as far as was known at that version."""
    until = case.last.recorded_at if case.is_past else None
    return explain(await dated_history(request.app.state.house.store, case.stream, until))


def acting(caller: Caller, kind: type[Aggregate]) -> list[type[Command]]:
    """What the caller's roles may do to a case of this kind."""
    return [each for each in COMMANDS if each.on is kind and not each.opens and caller.sees(each.may)]


async def lacking(request: Ask, case: Seen, caller: Caller) -> list[Step]:
    """The steps to which the case has come and which lack something; of one in the past, or to customers, none."""
    if case.is_past or not caller.sees(STAFF):
        return []
    found = await missing(request.app.state.house.handling, case.state, caller.acting(frozenset()))
    return [each for each in found if each.missing]


def kinds_of(row: Row) -> dict[str, str]:
    """What kind of case the streams are that this row names."""
    return {str(getattr(row, kind)): kind for kind in PLACES if getattr(row, kind, None)}


@dataclass(frozen=True, slots=True)
class Room:
    """The page of a kind of case."""

    kind: type[Aggregate]
    projection: type[Projection]
    template: str
    title: str
    more: Extra | None = None

    def handler(self) -> HTTPRouteHandler:
        async def shown(reference: str, request: Ask) -> Response[Any]:
            return await _shown(request, reference, self)

        path = f"/{PLACES[self.kind.kind()]}/{{reference:str}}"
        return get(path, name=f"page of a {self.kind.kind()}", include_in_schema=False)(shown)


async def _shown(request: Ask, reference: str, room: Room) -> Response[Any]:
    case = await seen(request, reference, room.kind, room.projection)
    caller = caller_in(request)
    assert caller
    extra = await room.more(request, case) if room.more else {}
    visible = {projection: caller.sees(projection.shown_to) for projection, _ in NAMES.values()}
    names = await names_of(request.app.state.house.reads, [case.row, *extra.get("named", ())], visible)
    usual = {"kinds": kinds_of(case.row), "clocks": await clocks_of(request, case) if caller.sees(STAFF) else []}
    return await page(
        request,
        room.template,
        names=names,
        case=case,
        row=case.row,
        title=getattr(case.row, room.title) or str(case.stream)[-8:],
        room=PLACES[room.kind.kind()],
        lacking=await lacking(request, case, caller),
        actions=[] if case.is_past else acting(caller, room.kind),
        timeline=[(room.kind.kind(), each) for each in reversed(case.told)],
        staff=caller.sees(STAFF),
        **{**usual, **extra},
    )
