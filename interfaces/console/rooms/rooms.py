"""The rooms of the cases: what stands on the page of a product, customer, policy, claim, complaint and the others."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from application.account.account_list import AccountList
from application.advice.advice_register import AdviceRegister
from application.agent.affected import affected
from application.agent.agent_register import AgentRegister
from application.catastrophe.catastrophe_register import CatastropheCard, CatastropheRegister
from application.claim.claim_ledger import ClaimLedger
from application.claim.claim_register import ClaimRegister
from application.claim.investigation_desk import InvestigationDesk
from application.claim.maturity import Step, maturity
from application.claim.similar import similar
from application.claim.story import story
from application.complaint.complaint_register import ComplaintRegister
from application.customer.customer_directory import CustomerDirectory
from application.dispute.dispute_register import DisputeRegister
from application.duty.duty_register import DutyRegister
from application.policy.policy_register import PolicyRegister
from application.policy.policy_transactions import PolicyTransactions
from application.policy.premiums_due import PremiumsDue
from application.product.product_catalogue import ProductCatalogue
from application.profile.profile_sheets import ProfileSheets
from application.projection import Projection, Row, fold
from application.standard.standards_register import StandardsRegister
from application.supervision.replay import row_of
from application.survey.survey_desk import SurveyDesk
from domain.account import Account
from domain.advice.state import Advice
from domain.agent.state import Agent
from domain.catalogue import AGGREGATE_OF
from domain.catastrophe import Catastrophe
from domain.claim.screening import ClaimScreened
from domain.claim.state import Claim
from domain.complaint.state import Complaint
from domain.customer import Customer
from domain.dispute.state import Dispute
from domain.duty import Duty
from domain.kernel import Recorded
from domain.policy.state import Policy
from domain.product import Product
from domain.profile import Profile
from domain.standard.state import Standard
from domain.survey import Survey
from domain.words import STAFF, Role
from interfaces.console.looks import today
from interfaces.console.pages import Ask, caller_in
from interfaces.console.rooms.cases import Room, Seen, clocks_of, kinds_of
from interfaces.console.rooms.standards import of_standard

MOST_CASES, MOST_EVENTS = 200, 60
"""How many cases of a customer are gathered, and how many events a page tells."""
THEIRS: dict[str, type[Projection]] = {
    "policies": PolicyRegister,
    "claims": ClaimRegister,
    "complaints": ComplaintRegister,
    "surveys": SurveyDesk,
}
"""What a customer has with us."""


async def of_customer(request: Ask, case: Seen) -> dict[str, Any]:
    """Their policies, claims, complaints and surveys, and every event about any of these in one timeline."""
    house, caller = request.app.state.house, caller_in(request)
    assert caller
    rows: dict[str, Sequence[Row]] = {}
    for name, projection in THEIRS.items():
        if caller.sees(projection.shown_to):
            found = await house.reads.find(projection, {"customer": case.stream}, limit=MOST_CASES, newest=True)
            rows[name] = [caller.shown(each) for each in found.rows]
    streams = [getattr(row, type(row).key[0]) for each in rows.values() for row in each]
    known = await _together(request, [case.stream, *streams], case.last.recorded_at if case.is_past else None)
    told = [each for each in known if caller.hears(each)]
    before = request.query_params.get("before", "")
    if before.isdecimal() and len(before) < 18:
        told = [each for each in told if each.position < int(before)]
    return {
        "rows": rows,
        "named": [row for each in rows.values() for row in each],
        "events": [(_kind(each), each) for each in told[:MOST_EVENTS]],
        "older": told[MOST_EVENTS - 1].position if len(told) > MOST_EVENTS else None,
        "cases": _numbers(rows),
        "kinds": {stream: kind for each in rows.values() for row in each for stream, kind in kinds_of(row).items()},
    }


async def _together(request: Ask, streams: Sequence[UUID], until: datetime | None) -> list[Recorded]:
    histories = await request.app.state.house.store.load(dict.fromkeys(streams, 0))
    told = [each for events in histories.values() for each in events if until is None or each.recorded_at <= until]
    return sorted(told, key=lambda each: each.position, reverse=True)


def _kind(recorded: Recorded) -> str:
    return AGGREGATE_OF[type(recorded.event).__name__].kind()


def _numbers(rows: dict[str, Sequence[Row]]) -> dict[UUID, str]:
    return {
        getattr(row, type(row).key[0]): getattr(row, "number", "") or getattr(row, "application", "")
        for each in rows.values()
        for row in each
    }


async def of_policy(request: Ask, case: Seen) -> dict[str, Any]:
    """The stack of transactions and the premium account, as the events up to that version add up to them."""
    caller, state = caller_in(request), case.state
    assert caller and isinstance(state, Policy)
    lines = fold(PolicyTransactions, {}, case.events).values() if caller.sees(PolicyTransactions.shown_to) else ()
    claims: Sequence[Row] = ()
    if caller.sees(ClaimRegister.shown_to):
        found = await request.app.state.house.reads.find(ClaimRegister, {"policy": case.stream}, newest=True)
        claims = [caller.shown(each) for each in found.rows]
    day = case.last.occurred_on if case.is_past else today()
    return {
        "lines": list(lines),
        "account": row_of(PremiumsDue, case.events) if caller.sees(PremiumsDue.shown_to) else None,
        "claims_under": claims,
        "cover": state.cover_on(day),
        "cover_day": day,
        "examined": state.examined,
    }


NOTHING_OF_OURS: dict[str, Any] = {"screened": None, "maturity": (), "inquiries": (), "similar": ()}


async def of_claim(request: Ask, case: Seen) -> dict[str, Any]:
    state = case.state
    assert isinstance(state, Claim)
    caller = caller_in(request)
    seen = caller is not None and caller.sees(ClaimLedger.shown_to)
    return {
        "notice": state.notice,
        "insured_sums": state.sums,
        "missing": state.papers_missing,
        "owed": state.owed,
        "ledger": list(fold(ClaimLedger, {}, case.events).values()) if seen else (),
        **(await _ours_of_claim(request, case, state) if caller and caller.sees(STAFF) else NOTHING_OF_OURS),
        "story": story(
            state, [each for each in case.events if not each.event.internal], await clocks_of(request, case)
        ),
    }


async def _maturity(request: Ask, state: Claim) -> Sequence[Step]:
    caller = caller_in(request)
    assert caller
    return await maturity(request.app.state.house.handling, state, caller.acting(frozenset()))


async def _ours_of_claim(request: Ask, case: Seen, state: Claim) -> dict[str, Any]:
    """How the claim was screened, what was looked into, and which others may tell of the same loss."""
    screened = [each.event for each in case.events if isinstance(each.event, ClaimScreened)]
    return {
        "screened": screened[-1] if screened else None,
        "maturity": () if case.is_past else await _maturity(request, state),
        "inquiries": list(fold(InvestigationDesk, {}, case.events).values()),
        "similar": () if case.is_past else await similar(request.app.state.house.handling, state),
    }


async def of_catastrophe(request: Ask, case: Seen) -> dict[str, Any]:
    """The claims grouped under it."""
    caller, row = caller_in(request), case.row
    assert caller and isinstance(row, CatastropheCard)
    if not caller.sees(ClaimRegister.shown_to):
        return {"grouped": ()}
    found = await request.app.state.house.reads.find(ClaimRegister, {"catastrophe": row.code}, limit=MOST_CASES)
    return {"grouped": [caller.shown(each) for each in found.rows]}


async def of_agent(request: Ask, case: Seen) -> dict[str, Any]:
    """What was sold while the practice registration was not in force, as is known at that version."""
    caller, state = caller_in(request), case.state
    assert caller and isinstance(state, Agent)
    sold = await affected(request.app.state.house.reads, state) if caller.sees(PolicyRegister.shown_to) else ()
    return {"affected": [caller.shown(each) for each in sold]}


async def of_account(request: Ask, case: Seen) -> dict[str, Any]:
    caller = caller_in(request)
    assert caller
    return {"may_set_password": Role.ADMINISTRATOR in caller.roles or case.stream == caller.account}


PAGES = tuple(
    room.handler()
    for room in (
        Room(Product, ProductCatalogue, "product.html", "name"),
        Room(Customer, CustomerDirectory, "customer.html", "name", of_customer),
        Room(Profile, ProfileSheets, "case.html", "customer"),
        Room(Advice, AdviceRegister, "advice.html", "number"),
        Room(Agent, AgentRegister, "agent.html", "code", of_agent),
        Room(Policy, PolicyRegister, "policy.html", "number", of_policy),
        Room(Claim, ClaimRegister, "claim.html", "number", of_claim),
        Room(Complaint, ComplaintRegister, "complaint.html", "number"),
        Room(Catastrophe, CatastropheRegister, "catastrophe.html", "code", of_catastrophe),
        Room(Duty, DutyRegister, "case.html", "number"),
        Room(Dispute, DisputeRegister, "dispute.html", "number"),
        Room(Survey, SurveyDesk, "case.html", "touchpoint"),
        Room(Account, AccountList, "account.html", "login", of_account),
        Room(Standard, StandardsRegister, "standard.html", "code", of_standard),
    )
)
