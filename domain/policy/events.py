"""What happens to a policy, from the application to its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.customer import Channel
from domain.kernel import Event
from domain.policy.risk import Interest
from domain.product import Line
from domain.words import Amount, Money, Number, Period, Personal, Term, Text


class Verdict(Term):
    ACCEPT = "accept", "标准体承保", "accepted"
    LOAD = "load", "加费承保", "accepted with a loading"
    EXCLUDE = "exclude", "除外承保", "accepted with exclusions"
    POSTPONE = "postpone", "延期", "postponed"
    DECLINE = "decline", "拒保", "declined"

    @property
    def binds(self) -> bool:
        return self in (Verdict.ACCEPT, Verdict.LOAD, Verdict.EXCLUDE)


class Signature(Term):
    PAPER = "paper", "纸质签名", "on paper"
    ELECTRONIC = "electronic", "电子签名", "electronic"


class Ending(Term):
    COOLING_OFF = "cooling_off", "犹豫期退保", "cooling-off"
    REQUEST = "request", "客户退保", "at the customer's request"
    RISK_GONE = "risk_gone", "标的灭失或转让", "the risk is gone"
    RESCISSION = "rescission", "保险人解除", "rescinded by the insurer"


@dataclass(frozen=True, slots=True)
class Sum:
    """How much of one benefit is insured, and what part of each loss the insured bears."""

    benefit: Number
    insured: Amount
    deductible: Amount = Money(0)


@dataclass(frozen=True, slots=True)
class Answer:
    question: Text
    answer: Text


class PolicyAppliedFor(Event):
    """`individual` says that it is life, health or accident business with a person or a family.

    `recording` is the number of the double recording, if the sale was recorded.
    """

    tells = (
        "投保申请{application}：{product_code}，保险期间{period}",
        "applied for {product_code}, {period}, as {application}",
    )
    unique = ("application",)
    application: str
    product: UUID
    product_code: str
    product_version: int
    line: Line
    customer: UUID
    insured: Personal[str]
    beneficiaries: Personal[tuple[str, ...]]
    sums: tuple[Sum, ...]
    period: Period
    premium: Money
    instalments: int
    agent: str
    channel: Channel
    individual: bool = False
    advice: UUID | None = None
    recording: str = ""
    interest: Interest | None = None
    insured_born_on: Personal[date | None] = None


class DisclosureAnswered(Event):
    tells = ("投保人完成如实告知", "the disclosure questions were answered")
    answers: Personal[tuple[Answer, ...]]


class UnderwritingDecided(Event):
    tells = ("核保结论：{verdict}，保费{premium}", "underwriting: {verdict}, premium {premium}")
    verdict: Verdict
    loading_percent: int
    exclusions: Personal[tuple[str, ...]]
    premium: Money
    reason: Personal[str]
    underwriter: str


class PolicySigned(Event):
    tells = ("投保人于{signed_on}签署（{method}）", "signed on {signed_on}, {method}")
    signed_on: date
    method: Signature


class PremiumPaid(Event):
    tells = ("收到保费{amount}，流水号{reference}", "premium {amount} received as {reference}")
    amount: Money
    paid_on: date
    reference: str


class PolicyIssued(Event):
    tells = ("承保出单，保单号{number}", "issued as policy {number}")
    unique = ("number",)
    number: str
    issued_on: date
    period: Period
    premium: Money
    line: Line | None = None


class PolicyDelivered(Event):
    """`cooling_off_days` are those of the contract, if it has any; it is `long_term` if it runs for over a year."""

    tells = ("保单于{delivered_on}送达，回执{evidence}", "delivered on {delivered_on}, receipt {evidence}")
    delivered_on: date
    evidence: str
    line: Line | None = None
    individual: bool = False
    long_term: bool = False
    cooling_off_days: int | None = None


class PolicyTakenOver(Event):
    """A contract concluded elsewhere, in force here from its own first day."""

    tells = ("自{source}承接保单{number}，保险期间{period}", "policy {number}, {period}, taken over from {source}")
    unique = ("number",)
    number: str
    source: str
    product: UUID
    product_code: str
    product_version: int
    line: Line
    customer: UUID
    insured: Personal[str]
    sums: tuple[Sum, ...]
    period: Period
    premium: Money
    agent: str
    individual: bool = False


class PolicyEndorsed(Event):
    """The difference falls due when it takes effect, or on `due_on` where that was decided later.

    `reapplies` is the number of the transaction that was reversed and is made anew by it.
    """

    tells = (
        "批改自{effective_on}生效：{reason}，保费变动{difference}",
        "endorsed from {effective_on}: {reason}, premium {difference}",
    )
    effective_on: date
    sums: tuple[Sum, ...]
    difference: Money
    reason: Personal[str]
    due_on: date | None = None
    reapplies: int | None = None


class EndorsementReversed(Event):
    """A change that takes effect later was taken back, so that it can be made anew on top of an earlier one.

    `transaction` is its number in the stack, `ahead` how many transactions on the one stands that took it back.
    """

    tells = (
        "第{transaction}号批改（{effective_on}生效）撤销，重新作出，保费变动{difference}",
        "endorsement {transaction}, from {effective_on}, reversed to be made anew, premium {difference}",
    )
    transaction: int
    ahead: int
    effective_on: date
    difference: Money
    due_on: date


class PolicyRenewed(Event):
    tells = ("续保{period}，保费{premium}", "renewed for {period}, premium {premium}")
    period: Period
    premium: Money
    instalments: int


class PolicyLapsed(Event):
    """Where the thirty days from a dunning were over before the sixty from the due date, it says so."""

    tells = (
        "自{effective_on}起效力中止：{due_on}应缴保费逾期",
        "lapsed from {effective_on}: the premium due on {due_on} was not paid",
    )
    effective_on: date
    due_on: date
    dunned_on: date | None = None
    line: Line | None = None
    individual: bool = False


class PolicyReinstated(Event):
    tells = ("自{effective_on}起复效", "reinstated from {effective_on}")
    effective_on: date


class PolicyCancelled(Event):
    tells = ("自{effective_on}起终止（{ending}），退费{refund}", "ended from {effective_on}, {ending}, refund {refund}")
    effective_on: date
    ending: Ending
    refund: Money


class ClaimAwaitedPremium(Event):
    internal = True
    tells = ("有理赔案件因保费逾期待处理", "a claim waits for the overdue premium")
    claim: UUID


class AwaitedPremiumArrived(Event):
    tells = ("逾期保费已缴清，待处理的理赔案件恢复", "the overdue premium arrived; waiting claims go on")
    claims: tuple[UUID, ...]
