"""Disputes over HTTP."""

from __future__ import annotations

from application.dispute.dispute_register import DisputeRegister
from domain.dispute import commands, contesting, review
from domain.dispute.state import Dispute
from interfaces.http.missing import Missing
from interfaces.http.routes import Accepts, Shows

DISPUTES = (
    Shows("", DisputeRegister),
    Shows("", DisputeRegister, one=True),
    Missing(Dispute),
    Accepts("", commands.OpenDispute),
    Accepts("/remedies", commands.TellRemedies),
    Accepts("/issues", contesting.DisputeIssue),
    Accepts("/issues/position", contesting.TakePosition),
    Accepts("/issues/dropping", contesting.DropIssue),
    Accepts("/evidence", contesting.FileEvidence),
    Accepts("/offers", contesting.OfferSettlement),
    Accepts("/offers/acceptance", contesting.AcceptSettlement),
    Accepts("/offers/refusal", contesting.DeclineSettlement),
    Accepts("/review", review.OpenReview),
    Accepts("/review/decisions", review.DecideIssue),
    Accepts("/review/check", review.CheckReview),
    Accepts("/review/told", review.TellReview),
    Accepts("/court", contesting.GoBefore),
    Accepts("/hearings", contesting.ScheduleHearing),
    Accepts("/hearings/postponement", contesting.PostponeHearing),
    Accepts("/hearings/missed", contesting.MissHearing),
    Accepts("/hearings/held", contesting.HoldHearing),
    Accepts("/judgments", review.RecordJudgment),
    Accepts("/remand", review.RemandDispute),
    Accepts("/hold", contesting.HoldDispute),
    Accepts("/resumption", contesting.ResumeDispute),
    Accepts("/mediation/offer", commands.OfferMediation),
    Accepts("/mediation/agreement", commands.AgreeMediation),
    Accepts("/mediation/request", commands.RequestMediation),
    Accepts("/mediator", commands.AppointMediator),
    Accepts("/mediator/acceptance", commands.AcceptMediation),
    Accepts("/mediator/refusal", commands.DeclineMediation),
    Accepts("/mediator/signature", commands.SignForFile),
    Accepts("/mediation/end", commands.EndMediation),
    Accepts("/confirmation", commands.ApplyForConfirmation),
    Accepts("/withdrawal", commands.WithdrawDispute),
    Accepts("/closure", commands.CloseDispute),
)
