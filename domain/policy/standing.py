"""What a policy remembers of the years between, beside the contract itself; each part stands independent of the others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.kernel import Event
from domain.policy import upkeep as u
from domain.policy.events import PolicyCancelled, PolicyRenewed
from domain.words import Money


@dataclass(frozen=True, slots=True)
class Wish:
    """A request that is not done yet. It waits for money while it is `owing`."""

    number: str
    change: u.Change
    complete: bool
    accepted: bool = False
    owing: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """`always` is a standing consent to renewal; `refund` what is to be paid back and was not yet."""

    wish: Wish | None = None
    requests: frozenset[str] = frozenset()
    holds: Mapping[u.Blocking, frozenset[u.Dealing]] = field(default_factory=dict)
    offered_until: date | None = None
    agreed: bool = False
    always: bool = False
    refund: Money | None = None
    matured: bool = False

    def after(self, event: Event) -> Standing:
        match event:
            case u.PolicyHeld(blocking=blocking, dealings=dealings):
                return replace(self, holds={**self.holds, blocking: frozenset(dealings)})
            case u.PolicyReleased(blocking=blocking):
                return replace(self, holds={key: each for key, each in self.holds.items() if key is not blocking})
            case u.RenewalOffered(valid_until=valid_until):
                return replace(self, offered_until=valid_until)
            case u.RenewalAgreed(always=always):
                return replace(self, agreed=True, always=always)
            case u.RenewalDeclined():
                return replace(self, agreed=False, always=False, offered_until=None)
            case PolicyRenewed():
                return replace(self, offered_until=None, agreed=self.always)
            case u.RefundFellDue(amount=amount):
                return replace(self, refund=amount)
            case u.RefundPaid():
                return replace(self, refund=None)
            case u.PolicyMatured(benefit=benefit):
                return replace(self, matured=True, refund=benefit or None)
            case PolicyCancelled():
                return replace(self, offered_until=None, agreed=False, always=False)
        return self._asked(event)

    def _asked(self, event: Event) -> Standing:
        match event:
            case u.ServiceRequested(request=request, change=change, complete=complete):
                return replace(self, wish=Wish(request, change, complete), requests=self.requests | {request})
            case u.ServiceAccepted(premium=premium) if self.wish:
                return replace(self, wish=replace(self.wish, accepted=True, owing=premium))
            case u.ServicePremiumArrived() if self.wish:
                return replace(self, wish=replace(self.wish, owing=False))
            case u.ServiceDeclined() | u.ServiceCompleted():
                return replace(self, wish=None)
        return self

    def blocking(self, dealing: u.Dealing) -> tuple[u.Blocking, ...]:
        return tuple(why for why, dealings in self.holds.items() if dealing in dealings)
