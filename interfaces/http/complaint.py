"""Complaints over HTTP."""

from __future__ import annotations

from application.complaint.complaint_register import ComplaintRegister
from domain.complaint import answer, handling, period, receipt, review
from interfaces.http.routes import Accepts, Shows

COMPLAINTS = (
    Shows("", ComplaintRegister),
    Shows("", ComplaintRegister, one=True),
    Accepts("", receipt.ReceiveComplaint),
    Accepts("/particulars", receipt.AskParticulars),
    Accepts("/acceptance", receipt.AcceptComplaint),
    Accepts("/refusal", receipt.DeclineComplaint),
    Accepts("/handler", handling.AssignComplaint),
    Accepts("/repetition", handling.RepeatComplaint),
    Accepts("/new-facts", handling.RaiseNewFacts),
    Accepts("/withdrawal", handling.WithdrawComplaint),
    Accepts("/major-report", receipt.ReportMajorComplaint),
    Accepts("/complexity", period.FindComplaintComplex),
    Accepts("/prolongation", period.AskProlongation),
    Accepts("/prolongation/approval", period.ApproveProlongation),
    Accepts("/prolongation/rejection", period.DeclineProlongation),
    Accepts("/prolongation/notice", period.ProlongComplaint),
    Accepts("/pause", period.PauseComplaint),
    Accepts("/resumption", period.ResumeComplaint),
    Accepts("/decision", answer.DecideComplaint),
    Accepts("/answer", answer.AnswerComplaint),
    Accepts("/answer/arrival", answer.ConfirmAnswerArrival),
    Accepts("/review", review.RequestReview),
    Accepts("/review/decision", review.DecideReview),
    Accepts("/review/answer", review.AnswerReview),
    Accepts("/closure", answer.CloseComplaint),
    Accepts("/reopening", answer.ReopenComplaint),
)
