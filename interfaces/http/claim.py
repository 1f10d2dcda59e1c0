"""Claims over HTTP."""

from __future__ import annotations

from application.claim.claim_register import ClaimRegister
from domain.claim import intake, settlement
from interfaces.http.routes import Accepts, Shows

CLAIMS = (
    Shows("", ClaimRegister),
    Shows("", ClaimRegister, one=True),
    Accepts("", intake.GiveNotice),
    Accepts("/notice", intake.AmendNotice),
    Accepts("/registration", intake.RegisterClaim),
    Accepts("/document-request", intake.RequestDocuments),
    Accepts("/documents", intake.ReceiveDocument),
    Accepts("/hold", intake.HoldClaim),
    Accepts("/release", intake.ReleaseClaim),
    Accepts("/assessment", settlement.AssessCoverage),
    Accepts("/reserves", settlement.ChangeReserve),
    Accepts("/approval", settlement.ApproveClaim),
    Accepts("/rejection", settlement.RejectClaim),
    Accepts("/payments", settlement.PayClaim),
    Accepts("/closure", settlement.CloseClaim),
    Accepts("/reopening", settlement.ReopenClaim),
)
