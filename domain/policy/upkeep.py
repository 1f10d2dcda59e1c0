"""What happens to a contract in the years between: requests, beneficiaries, holds, renewal offers, refunds, maturity."""

from __future__ import annotations

from datetime import date

from domain.customer import Channel
from domain.kernel import Event
from domain.product import Line
from domain.words import Money, Period, Personal, Term


class Change(Term):
    """What a policyholder may ask for."""

    COVER = "cover", "变更保障", "change of cover"
    BENEFICIARY = "beneficiary", "变更受益人", "change of beneficiary"
    DETAILS = "details", "变更联系资料", "change of details"
    SURRENDER = "surrender", "退保", "surrender"
    LOAN = "loan", "保单借款", "policy loan"


class Dealing(Term):
    """A kind of transaction that a hold may block."""

    ISSUE = "issue", "承保出单", "issue"
    ENDORSEMENT = "endorsement", "批改", "endorsement"
    BENEFICIARY = "beneficiary", "变更受益人", "change of beneficiary"
    RENEWAL = "renewal", "续保", "renewal"
    CANCELLATION = "cancellation", "终止", "cancellation"
    REFUND = "refund", "退费", "refund"


class Blocking(Term):
    """Why a policy is held."""

    LITIGATION = "litigation", "诉讼", "litigation"
    COURT_ORDER = "court_order", "法院冻结", "court order"
    PLEDGE = "pledge", "质押", "pledge"
    INVESTIGATION = "investigation", "调查", "under investigation"
    SANCTIONS = "sanctions", "制裁名单", "sanctions"
    COMPLAINT = "complaint", "投诉处理中", "complaint under way"


class ServiceRequested(Event):
    """`complete` says that nothing is missing from it."""

    tells = ("{received_on}收到保全申请{request}：{change}", "request {request} of {received_on}: {change}")
    request: str
    change: Change
    received_on: date
    complete: bool
    line: Line
    individual: bool


class ServiceCorrectionsTold(Event):
    """Everything that is missing or wrong was told at once."""

    tells = ("{told_on}一次性告知{request}补正事项", "what {request} lacks was told on {told_on}, at once")
    request: str
    told_on: date


class ServiceAccepted(Event):
    """`premium` says that the change costs something."""

    tells = ("{accepted_on}同意{request}", "{request} agreed to on {accepted_on}")
    request: str
    accepted_on: date
    premium: bool
    line: Line
    individual: bool


class ServicePremiumArrived(Event):
    tells = ("{request}应补保费于{paid_on}缴清", "what {request} costs was paid by {paid_on}")
    request: str
    paid_on: date


class ServiceDeclined(Event):
    tells = ("不同意{request}：{reason}", "{request} declined: {reason}")
    request: str
    declined_on: date
    reason: Personal[str]


class ServiceCompleted(Event):
    tells = ("{request}于{done_on}办结", "{request} done on {done_on}")
    request: str
    done_on: date


class BeneficiariesChanged(Event):
    """`consent` is the evidence that the insured agreed."""

    tells = (
        "受益人变更，{told_on}书面通知，被保险人同意凭证{consent}",
        "beneficiaries changed, told in writing on {told_on}, the insured's consent {consent}",
    )
    beneficiaries: Personal[tuple[str, ...]]
    told_on: date
    consent: str


class PolicyHeld(Event):
    internal = True
    tells = ("因{blocking}限制：{dealings}", "held for {blocking}: {dealings}")
    blocking: Blocking
    dealings: tuple[Dealing, ...]
    note: Personal[str]
    holder: str


class PolicyReleased(Event):
    internal = True
    tells = ("解除{blocking}限制：{note}", "hold for {blocking} released: {note}")
    blocking: Blocking
    note: Personal[str]
    holder: str


class RenewalOffered(Event):
    tells = (
        "续保要约：{period}，保费{premium}，{valid_until}前有效",
        "renewal offered for {period} at {premium}, until {valid_until}",
    )
    period: Period
    premium: Money
    valid_until: date


class RenewalAgreed(Event):
    """`always` says that it holds for later renewals too, until it is taken back."""

    tells = ("客户于{agreed_on}同意续保（{channel}）", "renewal agreed to on {agreed_on}, by {channel}")
    agreed_on: date
    channel: Channel
    always: bool


class RenewalDeclined(Event):
    tells = ("客户于{declined_on}不同意续保", "renewal declined on {declined_on}")
    declined_on: date


class RefundFellDue(Event):
    """Money that is the policyholder's, since the day on which the contract's ending was asked for."""

    tells = ("自{since}起应退{amount}", "{amount} is to be paid back since {since}")
    amount: Money
    since: date
    line: Line


class RefundPaid(Event):
    tells = ("已退{amount}，流水号{reference}", "{amount} paid back as {reference}")
    amount: Money
    payee: Personal[str]
    reference: str
    paid_on: date


class PolicyMatured(Event):
    tells = ("于{matured_on}满期，满期金{benefit}", "matured on {matured_on}, {benefit} falls due")
    matured_on: date
    benefit: Money
    line: Line
