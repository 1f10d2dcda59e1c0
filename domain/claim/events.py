"""What happens to a claim, from the first notice to its closing, and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.claim.milestones import Regime
from domain.customer import Channel
from domain.kernel import Event
from domain.losses import Cause
from domain.policy.events import Sum
from domain.product import Line
from domain.words import Day, Money, Note, Personal, ShortText, Term


class Severity(Term):
    TRIVIAL = "trivial", "轻微", "trivial"
    MINOR = "minor", "较轻", "minor"
    MAJOR = "major", "严重", "major"
    TOTAL = "total", "全损", "total loss"


class Paper(Term):
    """A kind of document that a claim may need."""

    CLAIM_FORM = "claim_form", "索赔申请书", "claim form"
    IDENTITY = "identity", "身份证明", "proof of identity"
    POLICE_REPORT = "police_report", "事故证明", "police report"
    MEDICAL_RECORD = "medical_record", "病历", "medical record"
    INVOICE = "invoice", "发票", "invoice"
    PHOTOGRAPHS = "photographs", "现场照片", "photographs"
    DEATH_CERTIFICATE = "death_certificate", "死亡证明", "death certificate"
    BANK_ACCOUNT = "bank_account", "银行账户", "bank account"
    OTHER = "other", "其他", "other"


class Hold(Term):
    PREMIUM_OVERDUE = "premium_overdue", "保费逾期", "premium overdue"
    INVESTIGATION = "investigation", "调查", "under investigation"
    SUSPECTED_FRAUD = "suspected_fraud", "涉嫌欺诈", "suspected fraud"
    OTHER = "other", "其他", "other"


class Rejection(Term):
    EXCLUDED = "excluded", "属于责任免除", "the cause is excluded"
    WAITING_PERIOD = "waiting_period", "在等待期内", "within the waiting period"
    NO_COVER = "no_cover", "不属于保险责任", "not covered by the benefit"
    NOT_PROVEN = "not_proven", "损失无法证明", "the loss is not proven"
    FRAUD = "fraud", "欺诈", "fraud"
    NON_DISCLOSURE = "non_disclosure", "未如实告知", "non-disclosure"
    LATE_NOTICE = "late_notice", "迟延通知致无法查明", "late notice left it undeterminable"


class WithoutPayment(Term):
    WITHDRAWN = "withdrawn", "客户撤回", "withdrawn by the claimant"
    BELOW_DEDUCTIBLE = "below_deductible", "低于免赔额", "below the deductible"
    NO_LIABILITY = "no_liability", "无赔偿责任", "no liability"
    DUPLICATE = "duplicate", "重复报案", "a duplicate"


class Outcome(Term):
    PAID = "paid", "全额赔付", "paid"
    PART_PAID = "part_paid", "部分赔付", "paid in part"
    REJECTED = "rejected", "拒赔", "rejected"
    WITHOUT_PAYMENT = "without_payment", "零结案", "closed without payment"

    @property
    def settled(self) -> bool:
        return self in (Outcome.PAID, Outcome.PART_PAID)


class Reopening(Term):
    NEW_EVIDENCE = "new_evidence", "新证据", "new evidence"
    DISPUTE = "dispute", "争议处理结果", "outcome of a dispute"
    ERROR = "error", "处理差错", "an error of ours"
    FURTHER_LOSS = "further_loss", "损失扩大", "further loss"


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reporter said. It may be incomplete, and may be put right later."""

    policy_number: ShortText = ""
    loss_on: Day | None = None
    cause: Cause | None = None
    place: Personal[ShortText] = ""
    reporter: Personal[ShortText] = ""
    phone: Personal[ShortText] = ""
    description: Personal[Note] = ""
    severity: Severity | None = None


class NoticeGiven(Event):
    """`contract` is how many of the policy's transactions were known; `told_with` the claim whose notice told of it too."""

    tells = ("{channel}报案，案件号{number}", "notice of loss by {channel}, claim {number}")
    unique = ("number",)
    number: str
    channel: Channel
    notice: Notice
    policy: UUID | None = None
    customer: UUID | None = None
    line: Line | None = None
    contract: int | None = None
    noticed_on: date | None = None
    told_with: UUID | None = None


class NoticeAmended(Event):
    """`moved_from` is the policy that the notice was about before."""

    tells = ("更正报案信息", "the notice was put right")
    notice: Notice
    policy: UUID | None = None
    customer: UUID | None = None
    contract: int | None = None
    moved_from: UUID | None = None


class ClaimRegistered(Event):
    """The notice became a claim under the cover of the loss date, as known at this moment, or else `by_notice`."""

    tells = (
        "立案：出险日{loss_on}，{cause}，保单{policy_number}",
        "registered: {cause} on {loss_on} under policy {policy_number}",
    )
    policy: UUID
    policy_number: str
    product_code: str
    line: Line
    customer: UUID
    loss_on: date
    cause: Cause
    sums: tuple[Sum, ...]
    regime: Regime | None = None
    by_notice: bool = False


class DocumentsRequested(Event):
    tells = ("一次性通知补充资料：{papers}", "documents asked for, once: {papers}")
    papers: tuple[Paper, ...]
    asked_on: date


class DocumentReceived(Event):
    tells = ("收到{paper}，校验值{sha256}", "{paper} received, checksum {sha256}")
    paper: Paper
    name: Personal[str]
    sha256: str
    received_on: date


class ClaimHeld(Event):
    internal = True
    tells = ("暂停处理：{hold}", "held: {hold}")
    hold: Hold
    note: Personal[str] = ""


class ClaimReleased(Event):
    internal = True
    tells = ("恢复处理：{hold}", "released: {hold}")
    hold: Hold


class CoverageAssessed(Event):
    internal = True
    tells = (
        "{benefit}定损：索赔{claimed}，应赔{payable}，准备金{reserve}",
        "{benefit} assessed: claimed {claimed}, payable {payable}, reserve {reserve}",
    )
    benefit: str
    claimed: Money
    deductible: Money
    payable: Money
    reserve: Money
    assessor: str
    note: Personal[str] = ""


class ReserveChanged(Event):
    internal = True
    tells = ("{benefit}准备金调整为{reserve}：{reason}", "reserve for {benefit} set to {reserve}: {reason}")
    benefit: str
    reserve: Money
    reason: Personal[str]


class ClaimApproved(Event):
    tells = ("核赔通过，应赔{amount}", "approved for {amount}")
    amount: Money
    approver: str
    approved_on: date | None = None


class ClaimRejected(Event):
    tells = ("拒赔：{grounds}", "rejected: {grounds}")
    grounds: tuple[Rejection, ...]
    explanation: Personal[str]
    decider: str


class ClaimPaid(Event):
    tells = ("{benefit}赔付{amount}，流水号{reference}", "{amount} paid for {benefit} as {reference}")
    benefit: str
    amount: Money
    payee: Personal[str]
    reference: str
    paid_on: date


class ClaimClosed(Event):
    tells = ("结案：{outcome}，共赔付{paid}", "closed: {outcome}, {paid} in all")
    outcome: Outcome
    paid: Money
    closed_on: date
    without: WithoutPayment | None = None
    customer: UUID | None = None


class ClaimReopened(Event):
    tells = ("重新立案：{ground}", "reopened: {ground}")
    ground: Reopening
    note: Personal[str] = ""
