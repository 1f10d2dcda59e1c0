"""What the law counts from and up to on a claim: request, proof, papers, decision told, agreement, payment."""

from __future__ import annotations

from datetime import date

from domain.customer import Channel
from domain.kernel import Event
from domain.product import Line
from domain.words import Money, Personal, Term


class Regime(Term):
    """Which provisions set the times for a claim, beside the Insurance Law."""

    COMMON = "common", "保险法一般规定", "the general provisions"
    INDIVIDUAL = "individual", "个人人身保险", "individual life, health or accident"
    COMPULSORY_MOTOR = "compulsory_motor", "机动车交通事故责任强制保险", "compulsory motor"
    AGRICULTURE = "agriculture", "农业保险", "agriculture"

    @classmethod
    def usual(cls, line: Line | None) -> Regime:
        """What a claim of that line falls under unless somebody says otherwise."""
        return cls.INDIVIDUAL if line and line.is_personal else cls.COMMON


class Remedy(Term):
    """A way to settle a dispute (Consumer Rights Law art 39)."""

    NEGOTIATION = "negotiation", "与保险公司协商", "negotiate with the insurer"
    MEDIATION = "mediation", "申请调解", "ask for mediation"
    COMPLAINT = "complaint", "向监管部门投诉", "complain to the authority"
    ARBITRATION = "arbitration", "申请仲裁", "arbitrate"
    LAWSUIT = "lawsuit", "提起诉讼", "sue"


# -- until the decision ---------------------------------------------------------------


class ClaimExplained(Event):
    tells = ("已告知索赔要点（{channel}）", "the claimant was told how to claim, by {channel}")
    told_on: date
    channel: Channel


class ClaimRequested(Event):
    """The claimant asked for payment: more than the notice that there was a loss."""

    tells = ("{received_on}收到理赔申请，适用{regime}", "claim request received on {received_on}, under {regime}")
    received_on: date
    line: Line
    regime: Regime


class ProofArrived(Event):
    """For the first time both the request and some proof are with us (Insurance Law art 23, Interpretation II art 15)."""

    tells = ("理赔申请及证明资料于{arrived_on}初次收齐", "request and proof first received by {arrived_on}")
    arrived_on: date
    line: Line
    regime: Regime


class DocumentRequestArrived(Event):
    """The one-time notice reached the claimant; the insurer has to prove it (Interpretation II art 15)."""

    tells = (
        "补充通知于{arrived_on}到达，凭证{evidence}",
        "the request for documents arrived on {arrived_on}, {evidence}",
    )
    arrived_on: date
    evidence: str


class DocumentsCompleted(Event):
    tells = ("所通知的资料于{completed_on}补齐", "everything asked for had come in by {completed_on}")
    completed_on: date
    line: Line
    regime: Regime


class ClaimFoundComplex(Event):
    internal = True
    tells = ("认定为复杂案件：{reason}", "found to be complex: {reason}")
    reason: Personal[str]


class AdvanceApproved(Event):
    tells = ("{benefit}先予支付{amount}", "{amount} may be paid in advance for {benefit}")
    benefit: str
    amount: Money
    approver: str
    approved_on: date | None = None


class AdvancePaid(Event):
    tells = ("{benefit}先予支付{amount}，流水号{reference}", "{amount} paid in advance for {benefit} as {reference}")
    benefit: str
    amount: Money
    payee: Personal[str]
    reference: str
    paid_on: date


# -- after the decision ---------------------------------------------------------------


class DecisionTold(Event):
    tells = ("{told_on}已告知核定结果（{channel}）", "the claimant was told the decision on {told_on}, by {channel}")
    told_on: date
    channel: Channel
    approved: bool


class RejectionSent(Event):
    """The written refusal with its reasons left the house; arrival does not matter."""

    tells = (
        "拒赔通知书{letter}于{sent_on}发出，告知：{remedies}",
        "refusal {letter} sent on {sent_on}, telling: {remedies}",
    )
    letter: str
    sent_on: date
    remedies: tuple[Remedy, ...]


class SettlementAgreed(Event):
    """`days` is the time to pay that the contract sets, 0 where it leaves that to the law."""

    tells = ("{agreed_on}就赔付{amount}达成协议", "payment of {amount} agreed on {agreed_on}")
    amount: Money
    agreed_on: date
    line: Line
    regime: Regime
    days: int = 0


class PaymentCompleted(Event):
    tells = ("应赔款项于{completed_on}付清，共{amount}", "all that was owed is paid by {completed_on}, {amount} in all")
    amount: Money
    completed_on: date
