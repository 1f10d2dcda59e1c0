"""Claims over HTTP."""

from __future__ import annotations

from application.claim.claim_ledger import ClaimLedger
from application.claim.claim_register import ClaimRegister
from domain.claim import intake, payment, request, result, settlement
from domain.claim.state import Claim
from interfaces.http.missing import Missing
from interfaces.http.routes import Accepts, Shows

CLAIMS = (
    Shows("", ClaimRegister),
    Shows("/ledger", ClaimLedger),
    Shows("", ClaimRegister, one=True),
    Missing(Claim),
    Accepts("", intake.GiveNotice),
    Accepts("/notice", intake.AmendNotice),
    Accepts("/registration", intake.RegisterClaim),
    Accepts("/explanation", request.ExplainClaim),
    Accepts("/request", request.RequestClaim),
    Accepts("/document-request", intake.RequestDocuments),
    Accepts("/document-request/arrival", request.ConfirmArrival),
    Accepts("/documents", intake.ReceiveDocument),
    Accepts("/complexity", request.FindComplex),
    Accepts("/hold", intake.HoldClaim),
    Accepts("/release", intake.ReleaseClaim),
    Accepts("/assessment", settlement.AssessCoverage),
    Accepts("/reserves", settlement.ChangeReserve),
    Accepts("/advances", result.ApproveAdvance),
    Accepts("/advances/payments", result.PayAdvance),
    Accepts("/approval", settlement.ApproveClaim),
    Accepts("/rejection", settlement.RejectClaim),
    Accepts("/rejection/letter", result.SendRejection),
    Accepts("/decision-told", result.TellDecision),
    Accepts("/agreement", result.AgreeSettlement),
    Accepts("/payments", settlement.PayClaim),
    Accepts("/payments/clearing", payment.ClearPayment),
    Accepts("/payments/voiding", payment.VoidPayment),
    Accepts("/extras", payment.RequestExtra),
    Accepts("/extras/approval", payment.ApproveExtra),
    Accepts("/extras/refusal", payment.DeclineExtra),
    Accepts("/extras/payment", payment.PayExtra),
    Accepts("/recoveries", payment.ExpectRecovery),
    Accepts("/recoveries/receipt", payment.ReceiveRecovery),
    Accepts("/recoveries/closing", payment.CloseRecovery),
    Accepts("/closure", settlement.CloseClaim),
    Accepts("/reopening", settlement.ReopenClaim),
)
