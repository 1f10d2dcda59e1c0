"""One policy through the API, from the analysis of needs to a litigated, remanded and finally paid claim."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

from tests.http.conftest import TODAY, Site, customer_token
from tests.http.test_attempts import claim
from tests.http.test_disputed_claim import WAYS, disputed_and_paid
from tests.http.test_missing import policy as policy
from tests.http.test_sale_in_order import refused, sold_in_order
from tests.http.test_sale_in_order import sale as sale
from tests.http.test_service_chain import SHA, money

ON = str(TODAY)


def test_from_the_needs_over_court_and_remand_to_the_payment(site: Site, sale: dict[str, Any]):
    policy = sold_in_order(site, sale)
    lines = site.read("supervisor", "/reports/recordings_checked")["lines"]
    assert lines == [{"channel": "agent", "recorded": 1, "checked": 1, "percent": 100, "wanted": 30}]
    case = _taken_in(site, policy)
    _looked_into(site, case)
    _listed_payee(site, case)
    site.done("supervisor", f"{case}/rejection", {"grounds": ["excluded"], "explanation": "属于责任免除"})
    refused(site, "claims_handler", f"{case}/closure", {}, "claim.letter_unsent", "CLAIM-REJECT-3D")
    site.done("service", f"{case}/rejection/letter", {"letter": "JP-9", "sent_on": ON, "remedies": WAYS})
    site.done("claims_handler", f"{case}/closure")
    disputed_and_paid(site, case, sale["customer"])
    assert _reached(site, case) == RUNGS
    _told_plainly(site, case, sale["customer"])


def _taken_in(site: Site, policy: str) -> str:
    """Two notices of one loss: the second is found, told apart by nobody, and joined."""
    case, again = claim(site, policy), claim(site, policy)
    refused(site, "claims_handler", f"{case}/registration", {}, "claim.perhaps_twice")
    [found] = site.read("claims_handler", f"{case}/similar")
    assert (f"/claims/{found['claim']}", found["likeness"]) == (again, ["same_day", "same_cause", "same_reporter"])
    assert site.get("agent", f"{case}/similar").status_code == 200
    assert _reached(site, case) == []
    site.done("claims_handler", f"{again}/joining", {"claim": case[8:]})
    assert _reached(site, again) == RUNGS
    assert _reached(site, case) == RUNGS[:3]
    assert site.read("claims_handler", again)["status"] == "joined"
    assert site.read("claims_handler", f"{case}/similar") == []
    early = claim(site, policy, str(TODAY - timedelta(days=400)))
    refused(site, "claims_handler", f"{early}/registration", {}, "claim.not_covered_at_loss", "CONTRACT-FORMATION")
    site.done("claims_handler", f"{case}/registration")
    shown = site.read("claims_handler", case)
    assert (shown["track"], shown["score"]) == ("standard", 25)
    site.done("claims_handler", f"{case}/assessment", {"benefit": "medical", "claimed": money(500_00)})
    return case


RUNGS = ["register", "assign", "assess", "approve", "pay", "close"]


def _reached(site: Site, case: str) -> list[str]:
    """The rungs on which the claim stands; of each other it is told what is missing."""
    steps = site.read("claims_handler", f"{case}/maturity")["steps"]
    assert [each["rung"] for each in steps] == RUNGS
    assert all(bool(each["missing"]) != each["reached"] for each in steps)
    return [each["rung"] for each in steps if each["reached"]]


def _looked_into(site: Site, case: str) -> None:
    order = {"method": "medical", "question": "住院是否属实", "investigator": "second_claims_handler", "due_on": ON}
    site.done("claims_handler", f"{case}/investigations", order)
    refused(site, "supervisor", f"{case}/approval", {}, "claim.on_hold")
    report = {"inquiry": "I1", "finding": "unfounded", "findings": "属实", "sha256": SHA}
    refused(site, "claims_handler", f"{case}/investigations/report", report, "claim.not_investigator")
    site.done("second_claims_handler", f"{case}/investigations/report", report)
    [row] = site.read("supervisor", "/claims/investigations", claim=case[8:])["rows"]
    assert (row["open"], row["finding"]) == (False, "unfounded")


def _listed_payee(site: Site, case: str) -> None:
    """The very name that the claim will be paid to stands on a list; compliance finds that it is another person."""
    name = {"name": "王小明", "source": "un", "entry": "UN-7", "listed_on": ON}
    site.done("compliance", "/sanctions", name)
    refused(site, "compliance", "/sanctions", name, "sanction.listed_before")
    ask = {"request": "F-7", "kind": "ex_gratia", "amount": money(10_00), "payee": "王小明", "reason": "慰问"}
    refused(site, "claims_handler", f"{case}/extras", ask, "sanction.sanctioned", "AML-SANCTION-LISTS")
    cleared = {"payee": "王小明", "reason": "出生年份不同"}
    refused(site, "supervisor", f"{case}/match-clearance", cleared, "not_allowed")
    site.done("compliance", f"{case}/match-clearance", cleared)
    assert site.get("claims_handler", "/sanctions").status_code == 403


def _told_plainly(site: Site, case: str, customer: str) -> None:
    """What the claimant reads is in both languages, with its grounds, and tells nothing that is ours alone."""
    site.tokens["claimant"] = asyncio.run(customer_token(site.url, "claimant", customer))
    told = site.read("claimant", f"{case}/story")
    assert (told["status"], told["paid"], told["owed"]["minor"]) == ("closed", money(400_00), 0)
    said = [chapter["says"] for chapter in told["chapters"]]
    assert any("拒赔" in zh and "rejected" in en for zh, en in said)
    assert any("并入本案" in zh and "joined" in en for zh, en in said)
    assert not any("准备金" in zh or "预警" in zh or "名单" in zh or "调查" in zh for zh, _ in said)
    grounds = [ground for chapter in told["chapters"] for ground in chapter["grounds"]]
    assert any("保险法" in zh for zh, _ in grounds)
    assert site.get("claimant", f"{case}/similar").status_code == 403
    row = site.read("claimant", case)
    assert row["score"] is None and row["track"] is None


def test_the_story_of_another_customers_claim_is_told_to_nobody_else(site: Site, policy: dict[str, str]):
    case = claim(site, policy["policy"])
    other = site.done("agent", "/customers", {"name": "李四"})["stream"]
    site.tokens["stranger"] = asyncio.run(customer_token(site.url, "stranger", other))
    assert site.get("stranger", f"{case}/story").status_code == 404


def test_a_contract_is_kept_up_through_the_api(site: Site, policy: dict[str, str]):
    """Held, changed, offered for renewal too early, ended and paid back, each wrong step refused by its rule."""
    case = f"/policies/{policy['policy']}"
    hold = {"blocking": "pledge", "dealings": ["cancellation"], "note": "质押"}
    refused(site, "service", f"{case}/hold", hold, "not_allowed")
    site.done("compliance", f"{case}/hold", hold)
    end = {"effective_on": ON, "ending": "request"}
    refused(site, "service", f"{case}/cancellation", end, "policy.held")
    others = {"beneficiaries": ["李小红"], "told_on": ON}
    refused(site, "service", f"{case}/beneficiaries", others, "policy.insured_unasked", "SERV-BENEFICIARY-CHANGE")
    site.done("service", f"{case}/beneficiaries", others | {"consent": "Y-1"})
    site.done("service", f"{case}/service-requests", {"request": "B-1", "change": "cover", "received_on": ON})
    refused(site, "service", f"{case}/service-completion", {}, "policy.no_wish")
    site.done("service", f"{case}/service-acceptance")
    site.done("service", f"{case}/service-completion")
    refused(site, "agent", f"{case}/renewal-offer", {}, "policy.renewal_too_early")
    assert site.read("compliance", case)["held"] == ["pledge"]
    site.done("compliance", f"{case}/release", {"blocking": "pledge", "note": "解除"})
    events = site.done("service", f"{case}/cancellation", end)["events"]
    assert events == ["PolicyCancelled", "RefundFellDue"]
    assert site.read("service", case)["facets"] == ["refund"]
    pay = {"amount": money(1), "payee": "王小明", "reference": "B-9", "paid_on": ON}
    refused(site, "cashier", f"{case}/refund", pay, "policy.other_refund")
    rate = {"customer": policy["customer"], "factors": ["exposed"], "note": "任职"}
    refused(site, "underwriter", "/ratings", rate, "not_allowed")
    site.done("compliance", "/ratings", rate)
    [rated] = site.read("underwriter", "/ratings", customer=policy["customer"])["rows"]
    assert (rated["tier"], rated["factors"]) == ("high", ["exposed"])
