"""What can be asked of a claim's money: extra payments by two people, clearing and voiding, recoveries."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import MinLen
from pydantic import Field

from domain.claim import money as m
from domain.claim.intake import DECIDERS, HANDLERS, NOT_REGISTERED
from domain.claim.ledger import Extra, Payment, Recovery
from domain.claim.money import Cost, Kind, Source
from domain.claim.settlement import (
    NOT_ASSESSED,
    REFERENCE_REUSED,
    SAME_PERSON,
    not_held,
    open_still,
    within_authority,
)
from domain.claim.state import Claim
from domain.kernel import Aggregate, Command, Event, Given, Refusal, not_in_future, same_currency
from domain.sanction import Sanction, sanction_of, unsanctioned
from domain.tally import Part, Tally
from domain.words import Amount, Day, Money, Note, Number, Role, Text

NUMBER_USED = Refusal("claim.number_used", ("编号{number}已被使用", "the number {number} has been used"))
NO_REQUEST = Refusal("claim.no_request", ("没有待处理的申请{request}", "no request {request} is open"))
APPROVED_BEFORE = Refusal("claim.approved_before", ("申请{request}已经批准", "{request} has been approved"))
NOT_APPROVED_YET = Refusal("claim.extra_not_approved", ("申请{request}尚未批准", "{request} has not been approved"))
OWN_REQUEST = Refusal(
    "claim.own_request", ("不得批准本人的申请", "nobody approves what they requested themselves: four eyes")
)
NOTHING_ASKED = Refusal("claim.nothing_asked", ("金额须大于零", "the amount is above zero"))
NO_PAYMENT = Refusal("claim.no_payment", ("没有未到账的支付{reference}", "no payment {reference} is on its way"))
NO_RECOVERY = Refusal("claim.no_recovery", ("没有进行中的追偿{recovery}", "no recovery {recovery} is open"))

COST_UNNAMED = Refusal(
    "claim.cost_unnamed",
    ("费用须注明种类，通融赔付不属于费用", "an expense says what it is for; what is ex gratia is no expense"),
)
BEYOND_RESERVE = Refusal(
    "claim.beyond_reserve",
    ("{cost}准备金只余{left}，请先调整准备金", "only {left} is reserved for {cost}: change the reserve first"),
)
BELOW_ASKED = Refusal("claim.below_asked", ("准备金低于已申请的{asked}", "{asked} has been asked for already"))

CASHIERS = frozenset({Role.CASHIER})


def extra_approved(claim: Claim, given: Given) -> None:
    open_still(claim, given)
    waiting = [number for number, each in claim.ledger.extras.items() if not each.over]
    approved = any(each.approver for each in claim.ledger.extras.values() if not each.over)
    NO_REQUEST.unless(waiting, request="—")
    NOT_APPROVED_YET.unless(approved, request=", ".join(waiting))


class RequestExtra(Command):
    """Asks that an expense, or something ex gratia, be paid to somebody; it is not part of the sum insured."""

    on, may, consults = Claim, HANDLERS, (Sanction,)
    says = ("申请费用或通融赔付", "Request an extra payment")
    applies = ("AML-SANCTION-LISTS",)
    request: Number
    kind: Kind
    cost: Cost | None = Field(default=None, description="What an expense is for; an expense names it.")
    amount: Amount
    payee: Text
    reason: Annotated[Note, MinLen(1)]

    @property
    def sanction(self) -> UUID:
        return sanction_of(self.payee)

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_REGISTERED.unless(claim.is_registered)
        NOTHING_ASKED.unless(self.amount)
        NUMBER_USED.unless(self.request not in claim.ledger.extras, number=self.request)
        COST_UNNAMED.unless((self.cost is None) is (self.kind is Kind.EX_GRATIA))
        if self.cost:
            left = claim.ledger.free(self.cost, self.amount.currency)
            same_currency(left, self.amount)
            BEYOND_RESERVE.unless(self.amount <= left, cost=self.cost, left=left)
        unsanctioned(given, claim.scrutiny.cleared)
        yield m.ExtraRequested(**dict(self), requester=given.actor.name)


class ReserveCost(Command):
    """What is still expected to be paid for one kind of expense; what was asked for and not paid is part of it."""

    on, may = Claim, HANDLERS
    says = ("计提费用准备金", "Reserve for an expense")
    cost: Cost
    reserve: Amount
    reason: Annotated[Note, MinLen(1)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_REGISTERED.unless(claim.is_registered)
        before = claim.ledger.costs.get(self.cost)
        same_currency(self.reserve, *((before,) if before else ()))
        asked = (before or Money(0, self.reserve.currency)) - claim.ledger.free(self.cost, self.reserve.currency)
        BELOW_ASKED.unless(asked <= self.reserve, asked=asked)
        if self.reserve != before:
            yield m.CostReserved(**dict(self))


class _OfRequest(Command):
    on = Claim
    request: Number

    def asked(self, claim: Claim) -> Extra:
        found = claim.ledger.extras.get(self.request)
        NO_REQUEST.unless(found and not found.over, request=self.request)
        assert found
        return found


class ApproveExtra(_OfRequest):
    """Approves a request of somebody else's, within one's authority; good for one payment of it."""

    may, consults = DECIDERS, (Tally,)
    says = ("批准费用或通融赔付", "Approve an extra payment")

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        extra = self.asked(claim)
        APPROVED_BEFORE.unless(not extra.approver, request=self.request)
        OWN_REQUEST.unless(given.actor.name != extra.requester)
        within_authority(extra.amount, given, Part(claim.id, self.request, beside=True))
        yield m.ExtraApproved(
            request=self.request, amount=extra.amount, approver=given.actor.name, approved_on=given.today
        )


class DeclineExtra(_OfRequest):
    may = DECIDERS
    says = ("不予批准", "Decline an extra payment")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        self.asked(claim)
        yield m.ExtraDeclined(**dict(self), decider=given.actor.name)


class PayExtra(_OfRequest):
    """Pays an approved request, once, by a third person, to whom it was approved for."""

    may, consults = CASHIERS, (Sanction,)
    says = ("支付费用或通融赔付", "Pay an extra payment")
    applies = ("AML-SANCTION-LISTS",)
    gates = (extra_approved, not_held)
    reference: Number
    paid_on: Day

    def refers(self, kind: type[Aggregate], by: Aggregate | None) -> UUID | None:
        """The payee's place on the lists follows from the request."""
        extra = by.ledger.extras.get(self.request) if isinstance(by, Claim) else None
        return extra.payee if extra else None

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.paid_on, given)
        extra = self.asked(claim)
        NOT_APPROVED_YET.unless(extra.approver, request=self.request)
        unsanctioned(given, claim.scrutiny.cleared)
        SAME_PERSON.unless(given.actor.name not in (extra.requester, extra.approver))
        used = {*claim.references, *claim.ledger.payments}
        REFERENCE_REUSED.unless(self.reference not in used, reference=self.reference)
        yield m.ExtraPaid(**dict(self), amount=extra.amount)


class _OfPayment(Command):
    on, may = Claim, CASHIERS
    reference: Number

    def payment(self, claim: Claim) -> Payment:
        found = claim.ledger.payments.get(self.reference)
        NO_PAYMENT.unless(found and not (found.cleared or found.voided), reference=self.reference)
        assert found
        return found


class ClearPayment(_OfPayment):
    """The money reached the payee: it comes back only as a recovery."""

    says = ("确认到账", "Confirm that a payment cleared")
    cleared_on: Day

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.cleared_on, given)
        self.payment(claim)
        yield m.PaymentCleared(**dict(self))


class VoidPayment(_OfPayment):
    """The money did not reach the payee. The approval was used up: what is owed is approved anew."""

    says = ("作废支付", "Void a payment")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        open_still(claim, given)
        payment = self.payment(claim)
        yield m.PaymentVoided(**dict(self), benefit=payment.benefit, amount=payment.amount)


class ExpectRecovery(Command):
    """Money is to come back: from who caused the loss, for what is left of the thing, or for too much paid."""

    on, may = Claim, HANDLERS
    says = ("登记追偿", "Expect a recovery")
    recovery: Number
    benefit: Number
    source: Source
    amount: Amount
    debtor: Text

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        open_still(claim, given)
        exposure = claim.exposure(self.benefit)
        NOT_ASSESSED.unless(exposure)
        assert exposure
        same_currency(self.amount, exposure.payable)
        NOTHING_ASKED.unless(self.amount)
        NUMBER_USED.unless(self.recovery not in claim.ledger.recoveries, number=self.recovery)
        yield m.RecoveryExpected(**dict(self))


class _OfRecovery(Command):
    on = Claim
    recovery: Number

    def found(self, claim: Claim) -> Recovery:
        found = claim.ledger.recoveries.get(self.recovery)
        NO_RECOVERY.unless(found and not found.over, recovery=self.recovery)
        assert found
        return found


class ReceiveRecovery(_OfRecovery):
    may = CASHIERS
    says = ("收到追偿款", "Receive a recovery")
    amount: Amount
    reference: Number
    received_on: Day

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        not_in_future(self.received_on, given)
        recovery = self.found(claim)
        same_currency(self.amount, recovery.expected)
        NOTHING_ASKED.unless(self.amount)
        yield m.RecoveryReceived(**dict(self))


class CloseRecovery(_OfRecovery):
    """All is received, or no more will come: why is said."""

    may = HANDLERS | DECIDERS
    says = ("终结追偿", "Close a recovery")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        self.found(claim)
        yield m.RecoveryClosed(**dict(self))
