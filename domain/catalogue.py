"""Everything the domain consists of. What is not listed here does not exist; a law of the house looks for it."""

from __future__ import annotations

from domain.account import Account, ChangeRoles, OpenAccount, RestoreAccount, SuspendAccount
from domain.advice import commands as advice
from domain.advice.state import Advice
from domain.agent import commands as agent
from domain.agent.state import Agent
from domain.claim import intake, payment, request, result, settlement
from domain.claim.state import Claim
from domain.complaint import answer, handling, period, receipt, review
from domain.complaint.state import Complaint
from domain.customer import (
    CorrectCustomer,
    Customer,
    ForgetPerson,
    NoteContact,
    PlaceLegalHold,
    RegisterCustomer,
    ReleaseLegalHold,
)
from domain.dispute import commands as dispute
from domain.dispute.state import Dispute
from domain.docket import commands as docket
from domain.docket.state import Docket
from domain.duty import DischargeDuty, DropDuty, Duty, OpenDuty, PauseDuty, ResumeDuty
from domain.kernel import EVENTS, Aggregate, Command, Event
from domain.policy import application, callback, examination, lapse, premium, sale, service, underwriting
from domain.policy.state import Policy
from domain.product import DraftProduct, FileProduct, Product, PutProductOnSale, ReviseProduct, WithdrawProduct
from domain.profile import AssessTolerance, Profile, TakeProfile, VerifyIdentity
from domain.reservation import Reservation
from domain.rules.rulebook import AdoptEdition, AnnounceYear, ChangeDays, RetractEdition, Rulebook
from domain.standard.commands import (
    AcknowledgeStandard,
    AnswerComment,
    ApproveStandard,
    CommentOnStandard,
    DraftStandard,
    OpenConsultation,
    ReviseStandard,
    TakeEffect,
    WithdrawStandard,
)
from domain.standard.state import Standard
from domain.survey import AnswerSurvey, RequestSurvey, Survey
from domain.tally import Tally

AGGREGATES: tuple[type[Aggregate], ...] = (
    Product,
    Customer,
    Profile,
    Agent,
    Advice,
    Policy,
    Claim,
    Dispute,
    Complaint,
    Docket,
    Duty,
    Survey,
    Account,
    Standard,
    Rulebook,
    Reservation,
    Tally,
)


COMMANDS: tuple[type[Command], ...] = (
    DraftProduct,
    ReviseProduct,
    FileProduct,
    PutProductOnSale,
    WithdrawProduct,
    RegisterCustomer,
    CorrectCustomer,
    NoteContact,
    PlaceLegalHold,
    ReleaseLegalHold,
    ForgetPerson,
    agent.RegisterAgent,
    agent.RegisterPractice,
    agent.FindPracticeLapsed,
    agent.AppointAgent,
    agent.EndAppointment,
    agent.GradeAgent,
    agent.SetAuthorityProfile,
    agent.RecordTraining,
    agent.RecordViolation,
    agent.SuspendAgent,
    agent.LiftSuspension,
    agent.LeaveAgent,
    agent.CancelPractice,
    TakeProfile,
    AssessTolerance,
    VerifyIdentity,
    advice.BeginAdvice,
    advice.ShowProducts,
    advice.GiveDisclosure,
    advice.AdviseAgainst,
    advice.ConfirmChoice,
    advice.SignStatement,
    advice.RecordSale,
    advice.CheckRecording,
    advice.CorrectRecording,
    application.ApplyForPolicy,
    sale.AnswerDisclosure,
    examination.FindWanting,
    examination.AskCorrections,
    examination.CompleteApplication,
    examination.AskExamination,
    examination.ReceiveExamination,
    underwriting.RaiseIssue,
    underwriting.ReferIssue,
    underwriting.RuleIssue,
    underwriting.ApproveSpecially,
    underwriting.ReopenIssue,
    underwriting.DecideUnderwriting,
    underwriting.TellRefusal,
    underwriting.MakeOffer,
    sale.ConsentToCover,
    sale.WithdrawApplication,
    sale.SignPolicy,
    sale.PayPremium,
    sale.IssuePolicy,
    sale.DeliverPolicy,
    sale.TakeOverPolicy,
    callback.CallBack,
    callback.SettleCallBackFault,
    callback.NoteNonDisclosure,
    service.EndorsePolicy,
    service.RenewPolicy,
    premium.NotePremiumDue,
    premium.DunPremium,
    lapse.LapsePolicy,
    lapse.SendLapseNotice,
    lapse.RequestReinstatement,
    lapse.RefuseReinstatement,
    lapse.DeemReinstated,
    lapse.ReinstatePolicy,
    service.CancelPolicy,
    service.AwaitPremium,
    intake.GiveNotice,
    intake.AmendNotice,
    intake.RegisterClaim,
    intake.RequestDocuments,
    intake.ReceiveDocument,
    intake.HoldClaim,
    intake.HoldForPremium,
    intake.ReleaseClaim,
    request.ExplainClaim,
    request.RequestClaim,
    request.ConfirmArrival,
    request.FindComplex,
    settlement.AssessCoverage,
    settlement.ChangeReserve,
    settlement.ApproveClaim,
    settlement.RejectClaim,
    result.ApproveAdvance,
    result.PayAdvance,
    result.TellDecision,
    result.SendRejection,
    result.AgreeSettlement,
    settlement.PayClaim,
    payment.RequestExtra,
    payment.ApproveExtra,
    payment.DeclineExtra,
    payment.PayExtra,
    payment.ClearPayment,
    payment.VoidPayment,
    payment.ExpectRecovery,
    payment.ReceiveRecovery,
    payment.CloseRecovery,
    settlement.CloseClaim,
    settlement.ReopenClaim,
    dispute.OpenDispute,
    dispute.TellRemedies,
    dispute.OfferMediation,
    dispute.AgreeMediation,
    dispute.RequestMediation,
    dispute.AppointMediator,
    dispute.AcceptMediation,
    dispute.DeclineMediation,
    dispute.SignForFile,
    dispute.EndMediation,
    dispute.ApplyForConfirmation,
    dispute.WithdrawDispute,
    dispute.CloseDispute,
    receipt.ReceiveComplaint,
    receipt.AskParticulars,
    receipt.AcceptComplaint,
    receipt.DeclineComplaint,
    handling.AssignComplaint,
    handling.RepeatComplaint,
    handling.RaiseNewFacts,
    handling.WithdrawComplaint,
    receipt.ReportMajorComplaint,
    period.FindComplaintComplex,
    period.AskProlongation,
    period.ApproveProlongation,
    period.DeclineProlongation,
    period.ProlongComplaint,
    period.PauseComplaint,
    period.ResumeComplaint,
    answer.DecideComplaint,
    answer.AnswerComplaint,
    answer.ConfirmAnswerArrival,
    review.RequestReview,
    review.DecideReview,
    review.AnswerReview,
    answer.CloseComplaint,
    answer.ReopenComplaint,
    docket.AskExtension,
    docket.GrantExtension,
    docket.DeclineExtension,
    docket.TellDeadlines,
    docket.RedateDeadlines,
    docket.RejudgeClock,
    OpenDuty,
    PauseDuty,
    ResumeDuty,
    DischargeDuty,
    DropDuty,
    RequestSurvey,
    AnswerSurvey,
    OpenAccount,
    ChangeRoles,
    SuspendAccount,
    RestoreAccount,
    AdoptEdition,
    RetractEdition,
    AnnounceYear,
    ChangeDays,
    DraftStandard,
    ReviseStandard,
    OpenConsultation,
    CommentOnStandard,
    AnswerComment,
    ApproveStandard,
    TakeEffect,
    WithdrawStandard,
    AcknowledgeStandard,
)


def capability(thing: type) -> str:
    """The one word by which a command, event or aggregate is found in every layer."""
    return thing.__module__.split(".")[1]


def events_of(kind: type[Aggregate]) -> tuple[type[Event], ...]:
    """The events that this aggregate's streams are made of: those of its own capability."""
    return tuple(dict.fromkeys(event for event in EVENTS.values() if capability(event) == capability(kind)))


AGGREGATE_OF: dict[str, type[Aggregate]] = {event.__name__: kind for kind in AGGREGATES for event in events_of(kind)}
"""The aggregate that an event belongs to, by the event's name."""
