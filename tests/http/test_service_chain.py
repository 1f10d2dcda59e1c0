"""The manual's service chain through the API: from a product on sale to the survey after a settled claim."""

from __future__ import annotations

import asyncio
import time
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from domain.kernel import CALENDAR_ZONE
from tests.http.conftest import AUTHORITY, Site, customer_token

TODAY = datetime.now(CALENDAR_ZONE).date()


def money(minor: int) -> dict[str, Any]:
    return {"minor": minor, "currency": "CNY"}


TERMS = {
    "line": "accident",
    "covers": "意外伤害身故、伤残与医疗",
    "insured": "person",
    "form": "indemnity",
    "grade": "R1",
    "benefits": [{"code": "medical", "name": "意外医疗", "largest": money(50_000_00), "deductible": money(100_00)}],
    "rate_per_million": 2_000,
    "longest_months": 12,
    "cooling_off_days": 15,
}
SHA = "a" * 64


def on_sale(site: Site, code: str) -> str:
    drafted = site.done("product_officer", "/products", {"code": code, "name": "平安出行意外险", "terms": TERMS})
    site.done("product_officer", f"/products/{code}/filing", {"filing": "C00001"})
    site.done("product_officer", f"/products/{code}/sale", {"version": 1, "sold_from": "2020-01-01"})
    return str(drafted["stream"])


def in_force(site: Site, product: str, customer: str, instalments: int = 1, starts_on: date = TODAY) -> tuple[str, str]:
    """The policy's stream and number."""
    ends_on = starts_on + timedelta(days=364)
    applied = site.done(
        "agent",
        "/policies",
        {
            "product": product,
            "customer": customer,
            "insured": "王小明",
            "sums": [{"benefit": "medical", "insured": money(50_000_00), "deductible": money(100_00)}],
            "period": {"starts_on": str(starts_on), "ends_on": str(ends_on)},
            "instalments": instalments,
            "agent": site.seller(),
        },
    )
    case = f"/policies/{applied['stream']}"
    site.done("agent", f"{case}/disclosure", {"answers": [{"question": "是否从事高危职业", "answer": "否"}]})
    site.accepted(case)
    site.done("agent", f"{case}/signature", {"signed_on": str(TODAY)})
    first = site.read("cashier", case)["premium"] // instalments
    paid = {"amount": money(first + instalments), "paid_on": str(TODAY), "reference": "R-1"}
    site.done("cashier", f"{case}/premiums", paid)
    site.done("underwriter", f"{case}/issue")
    site.done("agent", f"{case}/delivery", {"delivered_on": str(TODAY), "evidence": "D-1"})
    return applied["stream"], site.read("agent", case)["number"]


def registered(site: Site, policy: str) -> str:
    notice = {"policy": policy, "notice": {"loss_on": str(TODAY), "cause": "injury", "reporter": "王小明"}}
    claim = site.done("service", "/claims", notice)["stream"]
    site.registered(f"/claims/{claim}")
    return str(claim)


def until(read: Any, wanted: Any) -> Any:
    """What a reaction leads to comes a moment later."""
    for _ in range(200):
        found = read()
        if wanted(found):
            return found
        time.sleep(0.02)
    raise AssertionError(f"still {found}")


@pytest.fixture(scope="module")
def sold(site: Site) -> dict[str, str]:
    product = on_sale(site, "ACC-CHAIN")
    customer = site.done("agent", "/customers", {"name": "王小明", "phone": "13900000000"})["stream"]
    policy, number = in_force(site, product, customer)
    return {"product": product, "customer": customer, "policy": policy, "number": number}


def test_the_whole_chain_from_product_to_follow_up(site: Site, sold: dict[str, str]):
    claim = registered(site, sold["policy"])
    case = f"/claims/{claim}"
    site.done("claims_handler", f"{case}/document-request", {"papers": ["invoice", "medical_record"]})
    for paper in ("invoice", "medical_record"):
        body = {"paper": paper, "name": f"{paper}.pdf", "sha256": SHA, "received_on": str(TODAY)}
        site.done("service", f"{case}/documents", body)
    site.done("claims_handler", f"{case}/assessment", {"benefit": "medical", "claimed": money(3_100_00)})
    site.done("second_claims_handler", f"{case}/approval")
    paid = {"benefit": "medical", "amount": money(3_000_00), "payee": "王小明", "reference": "P-1"}
    site.done("cashier", f"{case}/payments", {**paid, "paid_on": str(TODAY)})
    site.done("second_claims_handler", f"{case}/closure", {})
    row = site.read("claims_handler", case)
    assert (row["status"], row["outcome"], row["paid"], row["reserve"]) == ("closed", "paid", 3_000_00, 0)

    survey = until(lambda: site.read("service", "/surveys", about=claim)["rows"], bool)[0]
    site.done("service", f"/surveys/{survey['survey']}/answer", {"satisfaction": 5, "recommend": 9})
    assert site.read("service", "/surveys", about=claim)["rows"][0]["satisfaction"] == 5

    told = site.get("auditor", f"/cases/{claim}/timeline").json()
    assert [each["event"] for each in told][:2] == ["NoticeGiven", "ClaimRegistered"]
    assert told[-1]["sentence"]["zh"].startswith("结案")


def test_what_a_command_consulted_and_applied_stands_in_its_envelope(site: Site, sold: dict[str, str]):
    claim = registered(site, sold["policy"])
    told = site.get("auditor", f"/cases/{claim}/timeline").json()
    entry = next(each for each in told if each["event"] == "ClaimRegistered")
    assert next(iter(entry["consulted"])) == sold["policy"]
    assert entry["rules"] == ["CONTRACT-FORMATION@2015-04-24", "CLAIM-LIMIT-2Y@2015-04-24"]


def test_a_case_is_found_by_its_number(site: Site, sold: dict[str, str]):
    assert site.read("agent", f"/policies/{sold['number']}")["policy"] == sold["policy"]


def test_the_assessor_does_not_approve_and_nobody_approves_beyond_their_authority(site: Site, sold: dict[str, str]):
    case = f"/claims/{registered(site, sold['policy'])}"
    site.done("claims_handler", f"{case}/assessment", {"benefit": "medical", "claimed": money(3_100_00)})
    refused = site.post("claims_handler", f"{case}/approval")
    assert (refused.status_code, refused.json()["code"]) == (409, "claim.same_person")
    assert site.post("cashier", f"{case}/approval").status_code == 403
    assert AUTHORITY > 3_000_00


def test_a_loss_before_inception_is_refused_by_its_rule_in_both_languages(site: Site, sold: dict[str, str]):
    notice = {"policy": sold["policy"], "notice": {"loss_on": "2020-05-01", "cause": "injury"}}
    claim = site.done("service", "/claims", notice)["stream"]
    problem = site.post("claims_handler", f"/claims/{claim}/registration")
    assert problem.headers["content-type"] == "application/problem+json"
    told = problem.json()
    assert (told["code"], told["rule"]) == ("claim.not_covered_at_loss", "CONTRACT-FORMATION")
    assert "2020-05-01" in told["message"]["zh"] and "2020-05-01" in told["message"]["en"]
    latest = site.get("supervisor", "/refusals", limit=1).json()[0]
    assert (latest["code"], latest["actor"]) == ("claim.not_covered_at_loss", "claims_handler")


def test_a_claim_waits_for_overdue_premium_and_goes_on_when_it_arrives(site: Site, sold: dict[str, str]):
    started = TODAY - timedelta(days=120)
    policy, _ = in_force(site, sold["product"], sold["customer"], instalments=4, starts_on=started)
    case = f"/claims/{registered(site, policy)}"
    until(lambda: site.read("claims_handler", case)["holds"], lambda holds: holds == ["premium_overdue"])
    owed = site.read("cashier", f"/policies/{policy}")["premium"]
    site.done(
        "cashier", f"/policies/{policy}/premiums", {"amount": money(owed), "paid_on": str(TODAY), "reference": "R-2"}
    )
    until(lambda: site.read("claims_handler", case)["holds"], lambda holds: holds == [])


def test_a_case_is_shown_as_it_was_at_any_version_and_what_changed_is_told(site: Site, sold: dict[str, str]):
    before = site.read("underwriter", f"/policies/{sold['policy']}", version=2)
    assert (before["status"], before["number"]) == ("disclosed", "")
    replayed = site.get("supervisor", f"/replay/{sold['number']}", version=6, diff=5).json()
    assert [change["name"] for change in replayed["changes"]] == ["version", "signed_on"]
    assert site.get("agent", f"/replay/{sold['number']}").status_code == 403


def test_a_customer_sees_and_touches_their_own_affairs_only(site: Site, sold: dict[str, str]):
    other = site.done("agent", "/customers", {"name": "赵六"})["stream"]
    site.tokens["wang"] = asyncio.run(customer_token(site.url, "wang", sold["customer"]))
    site.tokens["zhao"] = asyncio.run(customer_token(site.url, "zhao", other))
    assert {row["customer"] for row in site.read("wang", "/policies")["rows"]} == {sold["customer"]}
    assert site.read("zhao", "/policies")["rows"] == []
    assert site.get("zhao", f"/policies/{sold['policy']}").status_code == 404
    assert site.get("zhao", f"/cases/{sold['policy']}/timeline").status_code == 404
    assert site.get("wang", f"/cases/{sold['policy']}/timeline").status_code == 200
    cancel = {"effective_on": str(TODAY), "ending": "cooling_off"}
    assert site.post("zhao", f"/policies/{sold['policy']}/cancellation", cancel).json()["code"] == "not_yours"
    assert site.post("wang", f"/policies/{sold['policy']}/cancellation", cancel, params={"dry_run": True}).json()[
        "dry_run"
    ]
    assert site.get("zhao", "/supervision/trail").status_code == 403
    assert site.get("zhao", "/customers").json()["rows"][0]["customer"] == other


def test_reports_say_the_position_they_stand_at_and_repeat_byte_for_byte(site: Site, sold: dict[str, str]):
    first, second = (site.get("auditor", "/reports/book_by_line").content for _ in range(2))
    assert first == second and b'"line":"accident"' in first


def test_a_customers_notice_names_no_policy_of_another(site: Site, sold: dict[str, str]):
    notice = {"policy": sold["policy"], "notice": {"loss_on": str(TODAY), "cause": "injury"}}
    stranger = site.done("agent", "/customers", {"name": "钱七"})["stream"]
    site.tokens["qian"] = asyncio.run(customer_token(site.url, "qian", stranger))
    assert site.post("qian", "/claims", notice).json()["code"] == "not_yours"
    own = site.done("qian", "/claims", {"notice": {"description": "没有保单号"}})["stream"]
    assert site.post("qian", f"/claims/{own}/notice", notice).json()["code"] == "not_yours"


def test_a_customer_is_not_told_what_we_reserve_or_look_into(site: Site, sold: dict[str, str]):
    case = f"/claims/{registered(site, sold['policy'])}"
    site.done("claims_handler", f"{case}/assessment", {"benefit": "medical", "claimed": money(3_100_00)})
    site.done("claims_handler", f"{case}/hold", {"hold": "suspected_fraud", "note": "同一发票两次"})
    site.tokens["insured"] = asyncio.run(customer_token(site.url, "insured", sold["customer"]))
    seen = site.read("insured", case)
    assert (seen["claimed"], seen["reserve"], seen["holds"]) == (3_100_00, 0, [])
    told = site.get("insured", f"/cases{case.removeprefix('/claims')}/timeline")
    assert {each["event"] for each in told.json()} == {"NoticeGiven", "ClaimRegistered"}
    assert "发票" not in told.text and "3,000.00" not in told.text
