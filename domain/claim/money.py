"""What happens to a claim's money beside the indemnity itself: extra payments, voided ones, recoveries."""

from __future__ import annotations

from datetime import date

from domain.kernel import Event
from domain.words import Money, Personal, Term


class Kind(Term):
    """What is paid beside the indemnity. It is not part of the sum insured."""

    EXPENSE = "expense", "理赔费用", "expense of settling"
    EX_GRATIA = "ex_gratia", "通融赔付", "ex gratia"


class Cost(Term):
    """What an expense is for. Each has a reserve of its own, from which it is paid."""

    APPRAISAL = "appraisal", "公估费", "appraisal"
    LEGAL = "legal", "诉讼费", "legal costs"
    MEDICAL = "medical", "鉴定费", "medical opinion"
    RESCUE = "rescue", "施救费", "rescue and salvage"
    OTHER = "other", "其他费用", "other"


class Source(Term):
    """Where money comes back from."""

    SUBROGATION = "subrogation", "代位追偿", "subrogation"
    SALVAGE = "salvage", "残值", "salvage"
    OVERPAYMENT = "overpayment", "多付退回", "overpayment returned"


class ExtraRequested(Event):
    """Somebody asks that something be paid beside the indemnity."""

    internal = True
    tells = ("申请{kind}{amount}，编号{request}：{reason}", "{kind} of {amount} requested as {request}: {reason}")
    request: str
    kind: Kind
    amount: Money
    payee: Personal[str]
    reason: Personal[str]
    requester: str
    cost: Cost | None = None


class CostReserved(Event):
    """What is still expected to be paid for one kind of expense."""

    internal = True
    tells = ("{cost}准备金{reserve}：{reason}", "reserve of {reserve} for {cost}: {reason}")
    cost: Cost
    reserve: Money
    reason: Personal[str]


class ReserveReviewed(Event):
    """What the claim cost, beside what was first reserved for it, and why the two lie apart."""

    internal = True
    tells = (
        "结案复核准备金：首次{reserved}，实付{paid}，{explanation}",
        "reserve reviewed at the closing: {reserved} at first, {paid} in the end; {explanation}",
    )
    reserved: Money
    paid: Money
    explanation: Personal[str]


class ExtraApproved(Event):
    """Bound to the request, its amount and its payee, and used up by the payment."""

    internal = True
    tells = ("批准{request}：{amount}", "{request} approved for {amount}")
    request: str
    amount: Money
    approver: str
    approved_on: date


class ExtraDeclined(Event):
    internal = True
    tells = ("不予批准{request}：{reason}", "{request} declined: {reason}")
    request: str
    reason: Personal[str]
    decider: str


class ExtraPaid(Event):
    internal = True
    tells = ("{request}已支付{amount}，流水号{reference}", "{request} paid, {amount} as {reference}")
    request: str
    amount: Money
    reference: str
    paid_on: date


class PaymentCleared(Event):
    tells = ("流水号{reference}于{cleared_on}到账", "payment {reference} cleared on {cleared_on}")
    reference: str
    cleared_on: date


class PaymentVoided(Event):
    """The money came back before it reached the payee; what had been approved is to be approved anew."""

    tells = ("流水号{reference}已作废：{reason}", "payment {reference} voided: {reason}")
    reference: str
    benefit: str
    amount: Money
    reason: Personal[str]


class RecoveryExpected(Event):
    internal = True
    tells = ("预计{source}收回{amount}，编号{recovery}", "recovery {recovery} of {amount} expected, {source}")
    recovery: str
    benefit: str
    source: Source
    amount: Money
    debtor: Personal[str]


class RecoveryReceived(Event):
    internal = True
    tells = ("{recovery}收回{amount}，流水号{reference}", "{amount} received on {recovery} as {reference}")
    recovery: str
    amount: Money
    reference: str
    received_on: date


class RecoveryClosed(Event):
    internal = True
    tells = ("{recovery}终结：{reason}", "recovery {recovery} closed: {reason}")
    recovery: str
    reason: Personal[str]
