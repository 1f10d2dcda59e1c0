"""What a claim remembers of its money beside the exposures: each payment, each extra request, each recovery."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from domain.claim import money as m
from domain.claim.events import ClaimApproved, ClaimPaid
from domain.claim.milestones import AdvanceApproved, AdvancePaid
from domain.kernel import Event
from domain.words import Money


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
    approver: str = ""
    over: bool = False


@dataclass(frozen=True, slots=True)
class Recovery:
    expected: Money
    received: Money
    over: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """By reference, by request, by recovery; `approvers` are all who ever approved anything of it."""

    payments: Mapping[str, Payment] = field(default_factory=dict)
    extras: Mapping[str, Extra] = field(default_factory=dict)
    recoveries: Mapping[str, Recovery] = field(default_factory=dict)
    approvers: frozenset[str] = frozenset()

    def after(self, event: Event) -> Ledger:
        match event:
            case ClaimApproved(approver=approver) | AdvanceApproved(approver=approver):
                return replace(self, approvers=self.approvers | {approver})
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
                return self._asking(request, Extra(event.kind, event.amount, event.requester))
            case m.ExtraApproved(request=request, approver=approver) if found := self.extras.get(request):
                approved = self._asking(request, replace(found, approver=approver))
                return replace(approved, approvers=self.approvers | {approver})
            case m.ExtraDeclined() | m.ExtraPaid() if found := self.extras.get(event.request):
                return self._asking(event.request, replace(found, over=True))
        return self

    def _paying(self, reference: str, payment: Payment) -> Ledger:
        return replace(self, payments={**self.payments, reference: payment})

    def _asking(self, request: str, extra: Extra) -> Ledger:
        return replace(self, extras={**self.extras, request: extra})

    def _recovering(self, number: str, recovery: Recovery) -> Ledger:
        return replace(self, recoveries={**self.recoveries, number: recovery})

    @property
    def open(self) -> tuple[str, ...]:
        """What has to come to its end before the claim may."""
        waiting = (number for number, each in self.extras.items() if not each.over)
        awaited = (number for number, each in self.recoveries.items() if not each.over)
        return (*waiting, *awaited)
