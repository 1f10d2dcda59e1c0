"""Disputes over HTTP."""

from __future__ import annotations

from application.dispute.dispute_register import DisputeRegister
from domain.dispute import commands
from domain.dispute.state import Dispute
from interfaces.http.missing import Missing
from interfaces.http.routes import Accepts, Shows

DISPUTES = (
    Shows("", DisputeRegister),
    Shows("", DisputeRegister, one=True),
    Missing(Dispute),
    Accepts("", commands.OpenDispute),
    Accepts("/remedies", commands.TellRemedies),
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
