"""What a claim remembers of its money beside the exposures: each payment, each extra request, each recovery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from domain.claim import money as m
from domain.claim.events import ClaimApproved, ClaimPaid, CoverageAssessed
from domain.claim.milestones import AdvanceApproved, AdvancePaid
from domain.kernel import Event
from domain.sanction import sanction_of
from domain.words import Money, total


@dataclass(frozen=True, slots=True)
class Payment:
    benefit: str
    amount: Money
    cleared: bool = False
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """A request to pay something beside the indemnity; it stands until it is declined or paid."""

    kind: m.Kind
    amount: Money
    requester: str
    cost: m.Cost | None = None
    payee: UUID | None = None
    approver: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class Recovery:
    expected: Money
    received: Money
    over: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """By reference, by request, by recovery, by cost; `reserved` is what was first reserved for each benefit.

    `approvers` are all who ever approved anything of it.
    """

    payments: Mapping[str, Payment] = field(default_factory=dict)
    extras: Mapping[str, Extra] = field(default_factory=dict)
    recoveries: Mapping[str, Recovery] = field(default_factory=dict)
    costs: Mapping[m.Cost, Money] = field(default_factory=dict)
    reserved: Mapping[str, Money] = field(default_factory=dict)
    approvers: frozenset[str] = frozenset()

    def after(self, event: Event) -> Ledger:
        match event:
            case ClaimApproved(approver=approver) | AdvanceApproved(approver=approver):
                return replace(self, approvers=self.approvers | {approver})
            case CoverageAssessed(benefit=benefit, reserve=reserve):
                return replace(self, reserved={benefit: reserve, **self.reserved})
            case ClaimPaid() | AdvancePaid():
                return self._paying(event.reference, Payment(event.benefit, event.amount))
            case m.PaymentCleared(reference=reference) if reference in self.payments:
                return self._paying(reference, replace(self.payments[reference], cleared=True))
            case m.PaymentVoided(reference=reference) if reference in self.payments:
                return self._paying(reference, replace(self.payments[reference], voided=True))
            case m.RecoveryExpected(recovery=recovery, amount=amount):
                return self._recovering(recovery, Recovery(amount, Money(0, amount.currency)))
            case m.RecoveryReceived(recovery=recovery, amount=amount) if found := self.recoveries.get(recovery):
                return self._recovering(recovery, replace(found, received=found.received + amount))
            case m.RecoveryClosed(recovery=recovery) if found := self.recoveries.get(recovery):
                return self._recovering(recovery, replace(found, over=True))
        return self._beside(event)

    def _beside(self, event: Event) -> Ledger:
        match event:
            case m.ExtraRequested(request=request):
                payee = sanction_of(event.payee)
                return self._asking(request, Extra(event.kind, event.amount, event.requester, event.cost, payee))
            case m.ExtraApproved(request=request, approver=approver) if found := self.extras.get(request):
                approved = self._asking(request, replace(found, approver=approver))
                return replace(approved, approvers=self.approvers | {approver})
            case m.ExtraDeclined(request=request) if found := self.extras.get(request):
                return self._asking(request, replace(found, over=True))
            case m.ExtraPaid(request=request, amount=amount) if found := self.extras.get(request):
                paid = self._asking(request, replace(found, over=True))
                return paid._spending(found.cost, amount) if found.cost in self.costs else paid
            case m.CostReserved(cost=cost, reserve=reserve):
                return replace(self, costs={**self.costs, cost: reserve})
        return self

    def _spending(self, cost: m.Cost | None, amount: Money) -> Ledger:
        """What was paid is expected no more."""
        left = {each: reserve - amount if each is cost else reserve for each, reserve in self.costs.items()}
        return replace(self, costs=left)

    def _paying(self, reference: str, payment: Payment) -> Ledger:
        return replace(self, payments={**self.payments, reference: payment})

    def _asking(self, request: str, extra: Extra) -> Ledger:
        return replace(self, extras={**self.extras, request: extra})

    def _recovering(self, number: str, recovery: Recovery) -> Ledger:
        return replace(self, recoveries={**self.recoveries, number: recovery})

    def free(self, cost: m.Cost, currency: str) -> Money:
        """What the reserve for that cost leaves, beside what was asked for and is not paid yet."""
        asked = (each.amount for each in self.extras.values() if each.cost is cost and not each.over)
        return self.costs.get(cost, Money(0, currency)) - total(asked, currency)

    @property
    def open(self) -> tuple[str, ...]:
        """What has to come to its end before the claim may."""
        waiting = (number for number, each in self.extras.items() if not each.over)
        awaited = (number for number, each in self.recoveries.items() if not each.over)
        return (*waiting, *awaited)
