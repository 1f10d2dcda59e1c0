"""Claims over HTTP: the register, the steps, other claims like one, and a claim as its claimant sees it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import Parameter
from pydantic import BaseModel

from application.claim.claim_ledger import ClaimLedger
from application.claim.claim_register import ClaimRegister
from application.claim.investigation_desk import InvestigationDesk
from application.claim.maturity import Step, maturity
from application.claim.similar import Similar, similar
from application.claim.story import ClaimStory, story
from application.docket.explanation import dated_history, explain
from application.supervision.replay import find_case
from domain.claim import closing, intake, investigation, matching, payment, request, result, settlement, triage
from domain.claim.state import Claim
from domain.words import STAFF
from interfaces.http.missing import Missing
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Accepts, Ask, Shows

CLAIMS = (
    Shows("", ClaimRegister),
    Shows("/ledger", ClaimLedger),
    Shows("/investigations", InvestigationDesk),
    Shows("", ClaimRegister, one=True),
    Missing(Claim),
    Accepts("", intake.GiveNotice),
    Accepts("/notice", intake.AmendNotice),
    Accepts("/joining", matching.JoinNotice),
    Accepts("/distinctness", matching.TellLossesApart),
    Accepts("/cover", matching.DecideCover),
    Accepts("/registration", intake.RegisterClaim),
    Accepts("/explanation", request.ExplainClaim),
    Accepts("/request", request.RequestClaim),
    Accepts("/document-request", intake.RequestDocuments),
    Accepts("/document-request/arrival", request.ConfirmArrival),
    Accepts("/documents", intake.ReceiveDocument),
    Accepts("/screening", triage.ScreenClaim),
    Accepts("/desk", triage.RouteClaim),
    Accepts("/catastrophe", triage.GroupClaim),
    Accepts("/match-clearance", triage.ClearMatch),
    Accepts("/investigations", investigation.OrderInvestigation),
    Accepts("/investigations/report", investigation.ReportInvestigation),
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
    Accepts("/costs", payment.ReserveCost),
    Accepts("/extras", payment.RequestExtra),
    Accepts("/extras/approval", payment.ApproveExtra),
    Accepts("/extras/refusal", payment.DeclineExtra),
    Accepts("/extras/payment", payment.PayExtra),
    Accepts("/recoveries", payment.ExpectRecovery),
    Accepts("/recoveries/receipt", payment.ReceiveRecovery),
    Accepts("/recoveries/closing", payment.CloseRecovery),
    Accepts("/closure", closing.CloseClaim),
    Accepts("/reopening", closing.ReopenClaim),
)

Case = Annotated[str, Parameter(max_length=80, description="The claim's id or number.")]


async def _claim(request: Ask, case: str) -> Claim:
    """The claim, if it is there and the caller's to see. Raises NotFoundException."""
    house, caller = request.app.state.house, request.user
    stream = await find_case(house.store, case, Claim.kind())
    found = await house.handling.recall(Claim, stream) if stream else None
    theirs = caller.sees(STAFF) or (isinstance(found, Claim) and found.party and found.party == caller.party)
    if not isinstance(found, Claim) or not found.exists or not theirs:
        raise NotFoundException("there is no such claim, or it is not yours to see")
    return found


@get(
    "/{case:str}/similar",
    operation_id="SimilarClaims",
    responses=ON_READ,
    summary="可能重复的案件 · Claims that may tell of the same loss",
)
async def similar_claims(case: Case, request: Ask) -> list[Similar]:
    """Those under the same policy that were not told apart from it, each with what they have in common."""
    if not request.user.sees(STAFF):
        raise PermissionDeniedException("other claims are not shown to your roles")
    return await similar(request.app.state.house.handling, await _claim(request, case))


class Maturity(BaseModel):
    """A claim's rungs at this version."""

    claim: UUID
    version: int
    steps: list[Step]


@get(
    "/{case:str}/maturity",
    operation_id="ClaimMaturity",
    responses=ON_READ,
    summary="案件成熟度 · For what the claim is known well enough",
)
async def claim_maturity(case: Case, request: Ask) -> Maturity:
    """From enough to register over enough to pay to enough to close, with everything that each still lacks."""
    if not request.user.sees(STAFF):
        raise PermissionDeniedException("this is shown to those who handle claims")
    claim = await _claim(request, case)
    steps = await maturity(request.app.state.house.handling, claim, request.user.acting(frozenset()))
    return Maturity(claim=claim.id, version=claim.version, steps=steps)


@get(
    "/{case:str}/story",
    operation_id="ClaimStory",
    responses=ON_READ,
    summary="案件经过 · The claim as its claimant sees it",
)
async def claim_story(case: Case, request: Ask) -> ClaimStory:
    """What came in, what is missing, what was decided and why, and what we owe next by when; nothing that is ours alone."""
    claim = await _claim(request, case)
    history = await dated_history(request.app.state.house.store, claim.id)
    told = [each for each in history if each.stream == claim.id and not each.event.internal]
    return story(claim, told, explain(history))
