"""The clocks of every case: what is due next and until when, by which rules, and what became of the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from uuid import UUID

from application.projection import Key, Projection, Row
from domain.catalogue import AGGREGATE_OF, capability
from domain.clock import Clock, State
from domain.docket.clocks import MOVING, moved, moved_by
from domain.docket.events import DeadlineEscalated, DeadlineMissed, DeadlineNeared
from domain.docket.ladder import Rung, Step, ladder, rung_of
from domain.kernel import EVENTS, Event, Recorded
from domain.rules.law import law
from domain.rules.rule import RuleKind
from domain.rules.rulebook import Rulebook
from domain.words import Term

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
TELLING = (DeadlineNeared, DeadlineMissed, DeadlineEscalated)
CLOCKED = tuple(EVENTS[name] for name in law().moved if name in EVENTS)
"""Every event that some clock hears."""
NUMBERED = tuple(
    event
    for event in dict.fromkeys(EVENTS.values())
    if "number" in event.__struct_fields__ and capability(event) in set(map(capability, CLOCKED))
)
"""Every event that says how a case with clocks is called."""


class Urgency(Term):
    OVERDUE = "overdue", "已逾期", "overdue"
    NEAR = "near", "将到期", "due soon"
    RUNNING = "running", "计时中", "running"
    NONE = "none", "无计时", "nothing running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """A clock, and how far it has been told of: the last step, and for which due date."""

    clock: Clock
    rung: Rung | None = None
    told_for: date | None = None
    missed: bool = False

    @property
    def is_urgent(self) -> bool:
        """Whether somebody can still do what is due."""
        return self.clock.open and self.clock.kind is RuleKind.DEADLINE and self.clock.due_at is not None

    @property
    def state(self) -> State:
        return self.clock.state

    @property
    def urgency(self) -> Urgency:
        """As far as it was told of: what is due is nobody's surprise."""
        if not self.clock.open:
            return Urgency.NONE
        if self.missed:
            return Urgency.OVERDUE
        return Urgency.NEAR if self.rung is Rung.NEAR and self.told_for == self.clock.due_on else Urgency.RUNNING

    def next(self, book: Rulebook) -> Step | None:
        """The next step of the ladder that was not told of."""
        rungs = list(Rung)
        reached = rungs.index(self.rung) if self.rung and self.told_for == self.clock.due_on else -1
        return next((s for s in ladder(self.clock, book.calendar) if rungs.index(s.rung) > reached), None)

    def told(self, rung: Rung, due_on: date) -> Timed:
        return replace(self, rung=rung, told_for=due_on, missed=self.missed or rung is Rung.MISSED)


class CaseClocks(Row):
    """Every run of every clock of a case. `urgent_at` is when the first of what is open is due, `next_at` when the case
    must next be told of, `rule` that of the first due.
    """

    key = ("case",)
    order = ("urgent_at", "case")
    indexes = ("urgency", "next_at", "number", "rule", "provisional")
    searched = ("number", "rule")

    case: UUID
    capability: str
    number: str = ""
    rule: str = ""
    urgency: Urgency = Urgency.NONE
    open: int = 0
    missed: int = 0
    provisional: bool = False
    urgent_at: datetime = NEVER
    next_at: datetime = NEVER
    clocks: tuple[Timed, ...] = ()

    def running(self, id: str) -> Timed | None:
        """The latest run of that rule's clock."""
        return next((each for each in reversed(self.clocks) if each.clock.rule == id), None)

    def having(self, clocks: tuple[Timed, ...], book: Rulebook) -> CaseClocks:
        urgent = min((each for each in clocks if each.is_urgent), key=_due, default=None)
        steps = [step.at for step in (each.next(book) for each in clocks) if step]
        return self.but(
            clocks=clocks,
            rule=urgent.clock.rule if urgent else "",
            urgency=min((each.urgency for each in clocks), key=list(Urgency).index, default=Urgency.NONE),
            open=sum(each.clock.open for each in clocks),
            missed=sum(each.missed or each.state is State.LATE for each in clocks),
            provisional=any(each.clock.provisional and each.clock.open for each in clocks),
            urgent_at=_due(urgent) if urgent else NEVER,
            next_at=min(steps, default=NEVER),
        )


def _due(timed: Timed) -> datetime:
    return timed.clock.due_at or NEVER


class Dockets(Projection):
    name = "dockets"
    says = ("时限", "Deadlines")
    row = CaseClocks
    hears = tuple(dict.fromkeys((*CLOCKED, *NUMBERED, *MOVING, *TELLING)))
    dated = True

    @staticmethod
    def keys(recorded: Recorded, *book: Rulebook) -> Iterator[Key]:
        event = recorded.event
        yield (event.case if isinstance(event, (*MOVING, *TELLING)) else recorded.stream,)

    @staticmethod
    def evolve(row: CaseClocks | None, recorded: Recorded, *books: Rulebook) -> CaseClocks | None:
        [book] = books
        event = recorded.event
        if row is None:
            if isinstance(event, (*MOVING, *TELLING)):
                return None
            row = CaseClocks(case=recorded.stream, capability=AGGREGATE_OF[type(event).__name__].kind())
        if number := getattr(event, "number", "") if isinstance(event, NUMBERED) else "":
            row = row.but(number=number)
        if isinstance(event, TELLING):
            return _told(row, event, book)
        clocks, before = row.clocks, {each.clock.rule: each.clock for each in row.clocks}
        for id in moved_by(recorded, book):
            clocks = _moved(clocks, row.running(id), moved(id, recorded, book, before))
        return row if clocks is row.clocks else row.having(clocks, book)


def _moved(clocks: tuple[Timed, ...], before: Timed | None, clock: Clock | None) -> tuple[Timed, ...]:
    if clock is None or (before and clock is before.clock):
        return clocks
    if before is None or clock.run != before.clock.run:
        return (*clocks, Timed(clock=clock))
    return tuple(replace(each, clock=clock) if each is before else each for each in clocks)


def _told(row: CaseClocks, event: Event, book: Rulebook) -> CaseClocks:
    assert isinstance(event, TELLING)
    rung = rung_of(event)
    assert rung
    told = (
        each.told(rung, event.due_on) if (each.clock.rule, each.clock.run) == (event.rule, event.run) else each
        for each in row.clocks
    )
    return row.having(tuple(told), book)
