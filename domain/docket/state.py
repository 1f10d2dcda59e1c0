"""What the docket of a case remembers: who asked for more time, and what has been told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.docket.events import (
    ClockExtended,
    ClockRejudged,
    DeadlineEscalated,
    DeadlineMissed,
    DeadlineNeared,
    ExtensionAsked,
    ExtensionDeclined,
)
from domain.docket.ladder import Rung, rung_of
from domain.kernel import Aggregate, Event, stream_of


def docket_of(case: UUID) -> UUID:
    """The stream in which the clocks of a case are kept."""
    return stream_of("docket", str(case))


@dataclass(frozen=True, slots=True)
class Asked:
    rule: str
    run: int
    units: int
    asker: str


@dataclass(frozen=True, slots=True)
class Told:
    """That a step was told of for one due date; another due date is another matter."""

    rule: str
    run: int
    due_on: date
    rung: Rung


class Docket(Aggregate):
    """It is there as soon as its case is."""

    opened = False

    customer: UUID | None = None
    asked: tuple[Asked, ...] = ()
    told: frozenset[Told] = frozenset()

    @property
    def party(self) -> UUID | None:
        return self.customer

    def evolve(self, event: Event) -> Docket:
        match event:
            case ExtensionAsked():
                asked = Asked(event.rule, event.run, event.units, event.asker)
                return self.but(asked=(*self.asked, asked), customer=event.customer or self.customer)
            case ClockRejudged(customer=customer):
                return self.but(customer=customer or self.customer)
            case ClockExtended(rule=rule, run=run) | ExtensionDeclined(rule=rule, run=run):
                return self.but(asked=tuple(a for a in self.asked if (a.rule, a.run) != (rule, run)))
            case DeadlineNeared() | DeadlineMissed() | DeadlineEscalated():
                rung = rung_of(event)
                assert rung
                return self.but(told=self.told | {Told(event.rule, event.run, event.due_on, rung)})
        return self

    def asked_for(self, rule: str, run: int) -> Asked | None:
        return next((each for each in self.asked if (each.rule, each.run) == (rule, run)), None)
