"""What happens to a complaint, from its receipt to the answer, the review of the answer, and its closing."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.complaint.words import (
    AnswerContent,
    Break,
    Finding,
    Major,
    Matter,
    NoComplaint,
    Particular,
    Proof,
    Redress,
    Responsibility,
    Resumption,
    ReviewResult,
    Source,
    Special,
    Standing,
    Way,
)
from domain.customer import Channel
from domain.kernel import Event
from domain.product import Line
from domain.words import Money, Personal

# -- intake ---------------------------------------------------------------------------


class ComplaintReceived(Event):
    """The time to decide is counted from `received_on`. `complained_of` are the logins of staff it is about."""

    tells = (
        "{received_on}收到投诉{number}（{channel}，{source}）：{matter}",
        "complaint {number} received on {received_on} by {channel}, {source}: {matter}",
    )
    unique = ("number",)
    number: str
    channel: Channel
    source: Source
    matter: Matter
    received_on: date
    complainant: Personal[str]
    wish: Personal[str]
    line: Line | None = None
    customer: UUID | None = None
    policy: UUID | None = None
    policy_number: str = ""
    claim: UUID | None = None
    claim_number: str = ""
    agent: str = ""
    complained_of: tuple[str, ...] = ()
    standing: Standing = Standing.SELF
    proofs: tuple[Proof, ...] = ()
    complainants: int = 1
    representatives: int = 0
    major: Major | None = None
    phone: Personal[str] = ""
    facts: Personal[str] = ""


class ParticularsAsked(Event):
    tells = ("请投诉人补充：{particulars}", "the complainant was asked for: {particulars}")
    particulars: tuple[Particular, ...]
    asked_on: date


class ComplaintAccepted(Event):
    tells = ("{accepted_on}受理投诉", "accepted on {accepted_on}")
    accepted_on: date
    line: Line | None = None


class ComplaintDeclined(Event):
    """It is no complaint to be handled, and whoever raised it was told so."""

    tells = ("不予受理：{ground}，{told_on}已告知", "not handled: {ground}, told on {told_on}")
    ground: NoComplaint
    told_on: date
    note: Personal[str] = ""


class ComplaintAssigned(Event):
    internal = True
    tells = ("由{handler}处理", "handled by {handler}")
    handler: str


class ComplaintRepeated(Event):
    """The same complaint again, with nothing new: it is merged, and the time goes on."""

    tells = ("{received_on}重复投诉，合并处理", "raised again on {received_on}, and merged")
    received_on: date
    channel: Channel


class NewFactsRaised(Event):
    """The time counts anew from `received_on`. `prolonged` says that there had been a prolongation: it falls away, as
    it was granted and told for what was known then.
    """

    tells = ("{received_on}收到新的事实和理由", "new facts and reasons received on {received_on}")
    received_on: date
    prolonged: bool
    facts: Personal[str]


class ComplaintWithdrawn(Event):
    tells = ("{withdrawn_on}撤回投诉", "withdrawn on {withdrawn_on}")
    withdrawn_on: date


class MajorComplaintReported(Event):
    internal = True
    tells = ("重大投诉于{reported_on}报告，应急预案{plan}", "reported as major on {reported_on}, emergency plan {plan}")
    reported_on: date
    plan: str


# -- how long it may take -------------------------------------------------------------


class ComplaintFoundComplex(Event):
    """`counts_from` is the day from which the time to decide was being counted, and still is."""

    internal = True
    tells = ("认定为复杂投诉：{reason}", "found to be complex: {reason}")
    counts_from: date
    reason: Personal[str]


class ProlongationAsked(Event):
    internal = True
    tells = ("{asker}申请再延长处理期限：{ground}", "{asker} asks for a further prolongation: {ground}")
    ground: Special
    reason: Personal[str]
    asker: str


class ProlongationApproved(Event):
    internal = True
    tells = ("{approver}批准再延长处理期限", "{approver} approved the further prolongation")
    approver: str
    approved_on: date


class ProlongationDeclined(Event):
    internal = True
    tells = ("{decider}未批准再延长处理期限", "{decider} declined the further prolongation")
    decider: str


class ComplaintProlonged(Event):
    """Asked for, approved, and now told to the complainant: without any of the three there is no more time."""

    tells = (
        "{told_on}已告知投诉人再延长处理期限（{way}，凭证{evidence}）",
        "the complainant was told of the further prolongation on {told_on}: {way}, {evidence}",
    )
    told_on: date
    way: Way
    evidence: str
    counts_from: date


class ComplaintPaused(Event):
    """The complainant agreed to mediation, or was told of the appraisal, on `told_on`."""

    tells = ("{paused_on}起因{ground}中止计时", "the time stands still from {paused_on}: {ground}")
    ground: Break
    paused_on: date
    told_on: date
    body: Personal[str] = ""


class ComplaintResumed(Event):
    tells = ("{ground}结束，{resumed_on}恢复计时", "{ground} is over: the time goes on from {resumed_on}")
    ground: Break
    resumed_on: date


# -- the decision ---------------------------------------------------------------------


class ComplaintDecided(Event):
    internal = True
    tells = (
        "处理决定：{finding}，补救{redress}（{amount}），责任{responsibility}",
        "decided: {finding}, redress {redress} ({amount}), responsible: {responsibility}",
    )
    finding: Finding
    reasons: Personal[str]
    redress: Redress
    responsibility: Responsibility
    branch: bool
    decider: str
    decided_on: date
    amount: Money | None = None


class ComplaintAnswered(Event):
    """The complainant was told the decision, on the day of posting, sending or dialling."""

    tells = (
        "{told_on}告知处理决定：{finding}（{way}，凭证{evidence}）",
        "answered on {told_on}: {finding}, {way}, {evidence}",
    )
    told_on: date
    way: Way
    evidence: str
    contents: tuple[AnswerContent, ...]
    finding: Finding
    branch: bool


class AnswerArrived(Event):
    """The complainant has the decision: from here on a review of a branch's may be asked for."""

    tells = ("{arrived_on}投诉人收到处理决定", "the decision reached the complainant on {arrived_on}")
    arrived_on: date
    branch: bool


class ReviewRequested(Event):
    tells = ("{received_on}收到核查申请", "review asked for on {received_on}")
    received_on: date
    reasons: Personal[str]


class ReviewDecided(Event):
    """`finding`, `redress` and `amount` take the place of the branch's where that was changed."""

    internal = True
    tells = ("核查决定：{result}", "reviewed: {result}")
    result: ReviewResult
    reasons: Personal[str]
    reviewer: str
    decided_on: date
    finding: Finding | None = None
    redress: Redress | None = None
    amount: Money | None = None


class ReviewAnswered(Event):
    tells = (
        "{told_on}告知核查决定：{result}（{way}，凭证{evidence}）",
        "told of the review on {told_on}: {result}, {way}, {evidence}",
    )
    told_on: date
    way: Way
    evidence: str
    result: ReviewResult


class ComplaintClosed(Event):
    tells = ("投诉结案：{finding}", "closed: {finding}")
    closed_on: date
    finding: Finding
    customer: UUID | None = None


class ComplaintReopened(Event):
    tells = ("{reopened_on}重新处理：{ground}", "opened again on {reopened_on}: {ground}")
    ground: Resumption
    reopened_on: date
    line: Line | None = None
    note: Personal[str] = ""
