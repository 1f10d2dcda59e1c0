"""What somebody might try in order to pay themselves, over the API: each attempt is refused, with its reason."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from application.submission import Order, Submission
from domain.account import Account, OpenAccount
from domain.kernel import stream_of
from domain.words import Role
from interfaces import main
from tests.http.conftest import OPERATOR, TODAY, Site
from tests.http.test_missing import policy as policy
from tests.http.test_sale_in_order import refused
from tests.http.test_service_chain import SHA, money, until

LIMIT = 900_00
"""What the tempted supervisor may approve alone."""


async def _supervisor(url: str) -> str:
    async with main.open_house(url) as house:
        roles = (Role.SUPERVISOR, Role.CLAIMS_HANDLER, Role.CASHIER, Role.ADMINISTRATOR)
        opened = OpenAccount(login="tempted", name="tempted", roles=roles, authority=LIMIT)
        stream = stream_of(Account, "tempted")
        await house.handling.handle(
            Submission(key=uuid4(), orders=[Order(stream=stream, command=opened, actor=OPERATOR)])
        )
        return await house.credentials.issue(stream, "token", "", timedelta(hours=1))


@pytest.fixture(scope="module")
def tempted(site: Site) -> str:
    """Somebody in every role that matters, an administrator too."""
    site.tokens["tempted"] = asyncio.run(_supervisor(site.url))
    return "tempted"


def claim(site: Site, under: str, loss_on: str = str(TODAY)) -> str:
    notice = {"policy": under, "notice": {"loss_on": loss_on, "cause": "injury", "reporter": "王小明"}}
    return f"/claims/{site.done('service', '/claims', notice)['stream']}"


def assessed(site: Site, under: str, claimed: int, by: str = "claims_handler") -> str:
    case = claim(site, under)
    site.registered(case)
    site.done(by, f"{case}/assessment", {"benefit": "medical", "claimed": money(claimed + 100_00)})
    return case


def payment(amount: int, reference: str) -> dict[str, Any]:
    paid = {"benefit": "medical", "amount": money(amount), "payee": "王小明"}
    return {**paid, "reference": reference, "paid_on": str(TODAY)}


def test_a_sum_split_over_several_claims_is_not_approved_by_one_whose_authority_it_exceeds(
    site: Site,
    policy: dict[str, str],
    tempted: str,
):
    first, second = (assessed(site, policy["policy"], 500_00) for _ in range(2))
    site.done(tempted, f"{first}/approval")
    refused(site, tempted, f"{second}/approval", {}, "claim.beyond_authority_together")
    site.done("supervisor", f"{second}/approval")


def test_an_advance_after_another_does_not_slip_through(site: Site, policy: dict[str, str], tempted: str):
    case = assessed(site, policy["policy"], 5000_00)
    advance = {"benefit": "medical", "amount": money(600_00)}
    refused(site, tempted, f"{case}/advances", advance, "claim.beyond_authority_together")


def test_nobody_approves_or_pays_their_own_through_whatever_endpoint(
    site: Site,
    policy: dict[str, str],
    tempted: str,
):
    case = assessed(site, policy["policy"], 1_00, by=tempted)
    for path, body in (
        ("approval", {}),
        ("rejection", {"grounds": ["excluded"], "explanation": "x"}),
        ("advances", {"benefit": "medical", "amount": money(1_00)}),
    ):
        refused(site, tempted, f"{case}/{path}", body, "claim.same_person")
    request = {"request": "F-1", "kind": "expense", "cost": "legal", "amount": money(1_00), "payee": "x", "reason": "x"}
    reserve = {"cost": "legal", "reserve": money(5_00), "reason": "x"}
    site.done(tempted, f"{case}/costs", reserve)
    site.done(tempted, f"{case}/extras", request)
    refused(site, tempted, f"{case}/extras/approval", {"request": "F-1"}, "claim.own_request")
    site.done("supervisor", f"{case}/extras/approval", {"request": "F-1"})
    paid = {"request": "F-1", "reference": "X-1", "paid_on": str(TODAY)}
    refused(site, tempted, f"{case}/extras/payment", paid, "claim.same_person")
    site.done("supervisor", f"{case}/approval")
    refused(site, tempted, f"{case}/payments", payment(1_00, "X-2"), "claim.approved_it")


def test_an_approval_pays_once(site: Site, policy: dict[str, str]):
    case = assessed(site, policy["policy"], 50_00)
    site.done("supervisor", f"{case}/approval")
    site.done("cashier", f"{case}/payments", payment(50_00, "Y-1"))
    refused(site, "cashier", f"{case}/payments", payment(50_00, "Y-2"), "claim.overpaid")
    refused(site, "cashier", f"{case}/payments", payment(50_00, "Y-1"), "claim.reference_reused")
    site.done("cashier", f"{case}/payments/voiding", {"reference": "Y-1", "reason": "退票"})
    refused(site, "cashier", f"{case}/payments", payment(50_00, "Y-2"), "claim.not_approved")
    site.done("second_supervisor", f"{case}/approval")
    site.done("cashier", f"{case}/payments", payment(50_00, "Y-2"))
    lines = {each["number"]: each["fate"] for each in site.read("cashier", "/claims/ledger", claim=case[8:])["rows"]}
    assert lines == {"Y-1": "voided", "Y-2": "issued"}


def test_nothing_is_paid_before_the_documents_are_complete(site: Site, policy: dict[str, str]):
    case = assessed(site, policy["policy"], 50_00)
    site.done("claims_handler", f"{case}/document-request", {"papers": ["invoice"]})
    refused(site, "supervisor", f"{case}/approval", {}, "claim.papers_missing")
    refused(site, "cashier", f"{case}/payments", payment(50_00, "Z-1"), "claim.not_approved")
    paper = {"paper": "invoice", "name": "发票", "sha256": SHA, "received_on": str(TODAY)}
    site.done("service", f"{case}/documents", paper)
    site.done("supervisor", f"{case}/approval")


def test_a_loss_before_the_cover_began_is_no_claim(site: Site, policy: dict[str, str]):
    case = claim(site, policy["policy"], str(TODAY - timedelta(days=1)))
    refused(site, "claims_handler", f"{case}/registration", {}, "claim.not_covered_at_loss", "CONTRACT-FORMATION")


def test_lent_authority_counts_while_it_is_lent_and_no_longer(site: Site, policy: dict[str, str], tempted: str):
    giver, receiver = (stream_of(Account, login) for login in ("supervisor", tempted))
    first, second = (assessed(site, policy["policy"], 2000_00) for _ in range(2))
    refused(site, tempted, f"{first}/approval", {}, "claim.beyond_authority")
    lend = {"to": str(receiver), "amount": 9000_00, "until": str(TODAY), "reason": "外出"}
    refused(site, tempted, f"/accounts/{giver}/delegations", lend, "account.not_own")
    site.done("supervisor", f"/accounts/{giver}/delegations", lend)
    until(lambda: site.post(tempted, f"{first}/approval").status_code, lambda status: status == 200)
    site.done("supervisor", f"/accounts/{giver}/delegations/revocation", {"to": str(receiver)})
    until(lambda: site.read("supervisor", f"/accounts/{receiver}")["lent"], lambda lent: lent == [])
    until(lambda: site.post(tempted, f"{second}/approval", params={"dry_run": True}).status_code, lambda s: s == 409)
    refused(site, tempted, f"{second}/approval", {}, "claim.beyond_authority")
