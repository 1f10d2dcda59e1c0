"""A tally: what was approved for one claimant lately and by whom, so that a sum does not slip through in parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kernel import Aggregate, Event, stream_of
from domain.words import Money, plus_days, total

WINDOW_DAYS = 30
"""How long what somebody approved counts against their authority: the insurer's own rule."""


@dataclass(frozen=True, slots=True)
class Part:
    """What an approval is for: a whole claim, one benefit of it in advance, or, `beside` it, an extra payment."""

    claim: UUID
    of: str = ""
    beside: bool = False

    def covers(self, other: Part) -> bool:
        """Whether an approval of this takes the place of one of the other: of a whole claim, that of its advances."""
        same = self.claim == other.claim and self.beside == other.beside
        return same and self.of in ("" if not self.beside else self.of, other.of)


class ApprovalCounted(Event):
    """Appended by the one door beside every approval of a claim's money."""

    internal = True
    tells = ("{approver}于{on}批准{amount}", "{approver} approved {amount} on {on}")
    part: Part
    amount: Money
    approver: str
    on: date


@dataclass(frozen=True, slots=True)
class Counted:
    part: Part
    amount: Money
    approver: str
    on: date


class Tally(Aggregate):
    """The approvals for one claimant in the last days before the latest."""

    opened = False

    counted: tuple[Counted, ...] = ()

    def evolve(self, event: Event) -> Tally:
        match event:
            case ApprovalCounted(part=part, amount=amount, approver=approver, on=on):
                since = plus_days(on, -WINDOW_DAYS)
                kept = (each for each in self.counted if each.on > since and not part.covers(each.part))
                return self.but(counted=(*kept, Counted(part, amount, approver, on)))
        return self

    def approved(self, approver: str, day: date, currency: str, part: Part) -> Money:
        """What this approver approved in the window before that day, but for what is decided on anew with this part."""
        since = plus_days(day, -WINDOW_DAYS)
        counted = (each for each in self.counted if each.approver == approver and each.on > since)
        others = (each.amount for each in counted if not part.covers(each.part))
        return total((each for each in others if each.currency == currency), currency)


def tally_of(claimant: UUID) -> UUID:
    return stream_of(Tally, str(claimant))
