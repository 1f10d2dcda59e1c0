"""What happens to a dispute, from its opening to its result."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.claim.milestones import Remedy
from domain.kernel import Event
from domain.words import Personal, Term


class Mediation(Term):
    BODY = "body", "调解组织调解", "by a mediation body"
    APPOINTED = "appointed", "法院委派调解（立案前）", "appointed by the court before filing"
    ENTRUSTED = "entrusted", "法院委托调解（普通程序）", "entrusted by the court, ordinary procedure"
    SIMPLIFIED = "simplified", "法院委托调解（简易程序）", "entrusted by the court, simplified procedure"


class Result(Term):
    UPHELD = "upheld", "维持原决定", "our decision stands"
    CHANGED = "changed", "变更原决定", "our decision is changed"
    AGREED = "agreed", "达成协议", "settled by agreement"
    BEFORE_COURT = "before_court", "转入诉讼或仲裁", "gone to court or arbitration"


class DisputeOpened(Event):
    tells = ("争议案{number}于{opened_on}提出：{subject}", "dispute {number} opened on {opened_on}: {subject}")
    unique = ("number",)
    number: str
    opened_on: date
    customer: UUID
    subject: Personal[str]
    claim: UUID | None = None
    complaint: UUID | None = None


class RemediesTold(Event):
    tells = ("{told_on}告知争议解决途径：{remedies}", "the customer was told on {told_on} of: {remedies}")
    told_on: date
    remedies: tuple[Remedy, ...]


class MediationOffered(Event):
    tells = ("{offered_on}建议由{body}调解", "mediation by {body} offered on {offered_on}")
    offered_on: date
    body: str


class MediationAgreed(Event):
    tells = ("双方于{agreed_on}同意{kind}", "both agreed on {agreed_on} to mediation {kind}")
    agreed_on: date
    kind: Mediation
    online: bool


class MediationRequested(Event):
    """The court or the body received the request."""

    tells = (
        "{received_on}受理方收到调解申请（{kind}）",
        "the request for mediation {kind} was received on {received_on}",
    )
    received_on: date
    kind: Mediation
    online: bool


class MediatorAppointed(Event):
    """Chosen by both, or else appointed; on that day the mediator has the case."""

    tells = ("{appointed_on}确定调解员{mediator}", "{mediator} became the mediator on {appointed_on}")
    appointed_on: date
    mediator: Personal[str]
    jointly: bool
    online: bool


class MediatorAccepted(Event):
    tells = ("调解员于{accepted_on}确认接受", "the mediator accepted on {accepted_on}")
    accepted_on: date
    kind: Mediation
    online: bool


class MediatorDeclined(Event):
    tells = ("调解员于{declined_on}谢绝：{reason}", "the mediator declined on {declined_on}: {reason}")
    declined_on: date
    reason: Personal[str]


class MediatorSigned(Event):
    """The mediator signed for the court's file."""

    tells = ("调解员于{signed_on}签收材料（{kind}）", "the mediator signed for the file on {signed_on}, {kind}")
    signed_on: date
    kind: Mediation


class MediationEnded(Event):
    tells = ("调解于{ended_on}结束", "the mediation ended on {ended_on}")
    ended_on: date
    agreed: bool


class AgreementReached(Event):
    tells = ("调解协议自{effective_on}生效：{terms}", "an agreement took effect on {effective_on}: {terms}")
    effective_on: date
    kind: Mediation
    terms: Personal[str]


class ConfirmationApplied(Event):
    """Both parties asked the court to confirm the agreement."""

    tells = ("双方于{applied_on}申请司法确认", "both applied on {applied_on} for judicial confirmation")
    applied_on: date


class DisputeWithdrawn(Event):
    tells = ("{withdrawn_on}撤回争议", "the dispute was withdrawn on {withdrawn_on}")
    withdrawn_on: date
    reason: Personal[str] = ""


class DisputeClosed(Event):
    """`changes` says that what was decided on the claim is to be decided anew."""

    tells = ("争议了结：{result}", "the dispute is over: {result}")
    result: Result
    closed_on: date
    claim: UUID | None = None
    changes: bool = False
