"""What waits for whom: counts of cases by the step they are at, each leading to the list behind it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get

from application.access import Caller
from application.advice.advice_register import AdviceRegister, AdviceStage
from application.claim.claim_register import ClaimRegister
from application.complaint.complaint_register import ComplaintRegister
from application.docket.dockets import Dockets, Urgency
from application.policy.policy_register import PolicyRegister, PolicyStatus
from application.policy.premiums_due import PremiumsDue
from application.policy.underwriting_desk import DeskStage, UnderwritingDesk
from application.ports import ReadStore
from application.product.product_catalogue import ProductCatalogue
from application.projection import Projection
from application.standard.standards_register import StandardsRegister
from application.survey.survey_desk import SurveyDesk
from domain.advice.commands import CHECKERS
from domain.claim.state import Status
from domain.complaint.state import ComplaintStatus
from domain.policy.arrears import ends
from domain.product import Stage
from domain.standard.commands import APPROVERS, DRAFTERS
from domain.standard.events import Phase
from domain.words import STAFF, Role
from interfaces.console.looks import today
from interfaces.console.pages import Ask, caller_in, page

SPECIAL = {"premiums": ("due", "grace", "over"), "claims": ("held",)}
"""Lists that can be narrowed to a state which is no column."""
LOOKERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR})
ACCEPTANCE = frozenset({Role.AGENT, Role.SERVICE})


@dataclass(frozen=True, slots=True)
class Worklist:
    """Cases at one step, and the roles that take the next."""

    says: str
    room: str
    projection: type[Projection]
    roles: frozenset[Role]
    where: dict[str, Any] = field(default_factory=dict)
    state: str = ""

    @property
    def link(self) -> str:
        query = [(name, _plain(each)) for name, value in self.where.items() for each in _many(value)]
        return f"/{self.room}?{urlencode([*query, *([('state', self.state)] if self.state else [])])}"


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]


def _plain(value: Any) -> str:
    return "none" if value is None else str(value)


def _sold(says: str, status: PolicyStatus, roles: frozenset[Role], **more: Any) -> Worklist:
    return Worklist(says, "policies", PolicyRegister, roles, {"status": status, **more})


def _desk(says: str, stage: DeskStage, **more: Any) -> Worklist:
    roles = frozenset({Role.UNDERWRITER, Role.SERVICE, *more.pop("also", ())})
    return Worklist(says, "underwriting", UnderwritingDesk, roles, {"stage": stage, **more})


def _claim(says: str, status: Status, roles: frozenset[Role]) -> Worklist:
    return Worklist(says, "claims", ClaimRegister, roles, {"status": status})


def _complaint(says: str, status: ComplaintStatus, roles: frozenset[Role], **more: Any) -> Worklist:
    return Worklist(says, "complaints", ComplaintRegister, roles, {"status": status, **more})


def _due(says: str, state: str) -> Worklist:
    return Worklist(says, "premiums", PremiumsDue, frozenset({Role.CASHIER, Role.SERVICE}), state=state)


def _urgent(says: str, urgency: Urgency) -> Worklist:
    roles = frozenset({Role.CLAIMS_HANDLER, Role.COMPLAINT_OFFICER, Role.SERVICE, Role.UNDERWRITER, Role.SUPERVISOR})
    return Worklist(says, "deadlines", Dockets, roles, {"urgency": urgency})


def _filed(says: str, stage: Stage) -> Worklist:
    return Worklist(says, "products", ProductCatalogue, frozenset({Role.PRODUCT_OFFICER}), {"stage": stage})


def _standard(says: str, phase: Phase, roles: frozenset[Role]) -> Worklist:
    return Worklist(says, "standards", StandardsRegister, roles, {"next_phase": phase})


HANDLER, CUSTOMER = frozenset({Role.CLAIMS_HANDLER}), frozenset({Role.CUSTOMER})
OFFICER, SUPERIOR = frozenset({Role.COMPLAINT_OFFICER}), frozenset({Role.SUPERVISOR, Role.COMPLIANCE})

WORKLISTS = (
    _sold("wait_apply", PolicyStatus.APPLIED, ACCEPTANCE),
    _desk("wait_complete", DeskStage.DISCLOSED),
    _desk("wait_corrections", DeskStage.WANTING, also=(Role.AGENT,)),
    _desk("wait_examination", DeskStage.EXAMINING, also=(Role.AGENT,)),
    _desk("wait_issues", DeskStage.ISSUES, referred=False),
    _desk("wait_referred", DeskStage.ISSUES, referred=True, also=(Role.SUPERVISOR,)),
    _desk("wait_underwrite", DeskStage.TO_DECIDE),
    _desk("wait_offer", DeskStage.TO_OFFER),
    _desk("wait_refusal", DeskStage.TO_TELL, also=(Role.AGENT,)),
    Worklist("wait_quality", "advice", AdviceRegister, CHECKERS, {"stage": AdviceStage.RECORDED}),
    Worklist("wait_recording", "advice", AdviceRegister, ACCEPTANCE, {"stage": AdviceStage.FAULTY}),
    _sold("wait_sign", PolicyStatus.ACCEPTED, ACCEPTANCE),
    _sold("wait_issue", PolicyStatus.SIGNED, frozenset({Role.UNDERWRITER, Role.SERVICE})),
    _sold("wait_deliver", PolicyStatus.IN_FORCE, ACCEPTANCE, delivered_on=None),
    _due("wait_due", "due"),
    _due("wait_grace", "grace"),
    _due("wait_over", "over"),
    _claim("wait_register", Status.NOTICED, HANDLER),
    _claim("wait_assess", Status.REGISTERED, HANDLER),
    _claim("wait_approve", Status.ASSESSED, HANDLER | {Role.SUPERVISOR}),
    _claim("wait_pay", Status.APPROVED, HANDLER | {Role.CASHIER}),
    _claim("wait_close", Status.REJECTED, HANDLER | {Role.SUPERVISOR}),
    Worklist("wait_hold", "claims", ClaimRegister, HANDLER | {Role.SUPERVISOR}, state="held"),
    _complaint("wait_accept", ComplaintStatus.RECEIVED, OFFICER),
    _complaint("wait_assign", ComplaintStatus.ACCEPTED, OFFICER | {Role.SUPERVISOR}),
    _complaint("wait_decide", ComplaintStatus.ASSIGNED, OFFICER | {Role.SUPERVISOR}, paused=None),
    _complaint("wait_answer", ComplaintStatus.DECIDED, OFFICER | {Role.SERVICE}),
    _complaint("wait_review", ComplaintStatus.IN_REVIEW, SUPERIOR),
    _complaint("wait_review_answer", ComplaintStatus.REVIEWED, OFFICER | SUPERIOR),
    _complaint("wait_close_complaint", ComplaintStatus.ANSWERED, OFFICER),
    _urgent("wait_overdue", Urgency.OVERDUE),
    _urgent("wait_near", Urgency.NEAR),
    Worklist("wait_low", "surveys", SurveyDesk, frozenset({Role.SERVICE, Role.SUPERVISOR}), {"satisfaction": [1, 2]}),
    _filed("wait_draft", Stage.DRAFT),
    _filed("wait_filed", Stage.FILED),
    _standard("wait_standard", Phase.DRAFT, DRAFTERS),
    _standard("wait_comment", Phase.CONSULTATION, STAFF),
    _standard("wait_effect", Phase.APPROVED, APPROVERS),
    Worklist("wait_mine_policies", "policies", PolicyRegister, CUSTOMER),
    Worklist("wait_mine_claims", "claims", ClaimRegister, CUSTOMER),
    Worklist("wait_mine_complaints", "complaints", ComplaintRegister, CUSTOMER),
    Worklist("wait_mine_surveys", "surveys", SurveyDesk, CUSTOMER, {"answered_on": None}),
)


async def special(reads: ReadStore, room: str, state: str) -> dict[str, Any]:
    """The condition behind a state that is no column: over every value that the column has."""
    if state not in SPECIAL.get(room, ()):
        return {}
    if room == "claims":
        _, groups = await reads.figures(ClaimRegister, by=("holds",))
        return {"holds": [json.dumps(each["holds"]) for each in groups if each["holds"]]}
    _, groups = await reads.figures(PremiumsDue, by=("due_on",))
    return {"due_on": [each["due_on"] for each in groups if each["due_on"] and _state(each["due_on"]) == state]}


def _state(due_on: date) -> str:
    if ends("PREM-GRACE-60D", due_on) < today():
        return "over"
    return "grace" if due_on < today() else "due" if due_on == today() else "coming"


def mine(caller: Caller) -> list[Worklist]:
    """Those of the caller's roles; supervisors, compliance and auditors look at all but the customers' own."""
    looks = caller.sees(LOOKERS)
    return [
        each
        for each in WORKLISTS
        if caller.sees(each.projection.shown_to) and (caller.sees(each.roles) or (looks and each.roles != CUSTOMER))
    ]


@get("/", include_in_schema=False)
async def home(request: Ask) -> Response[Any]:
    caller, reads = caller_in(request), request.app.state.house.reads
    assert caller
    counted = []
    for each in mine(caller):
        where = {**each.where, **await special(reads, each.room, each.state), **caller.confines(each.projection)}
        counted.append((each, await reads.count(each.projection, where)))
    rooms = {each.room: [pair for pair in counted if pair[0].room == each.room] for each, _ in counted}
    return await page(request, "home.html", rooms_waiting=rooms)
