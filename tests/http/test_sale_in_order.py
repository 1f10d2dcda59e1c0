"""A long contract is sold over the API in its prescribed order, in both languages; each step left out is named."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.http.conftest import TODAY, Site
from tests.http.test_service_chain import TERMS, money

LATER = TODAY + timedelta(days=10)
PERIOD = {"starts_on": str(TODAY), "ends_on": str(LATER.replace(year=LATER.year + 5) - timedelta(days=11))}
SCENES = ["identity", "consent", "product", "exclusions", "rights", "confirmed", "signed"]
GIVEN = ["terms", "notes", "exclusions", "rights", "suitability"]
TERMS_OF_LIFE = TERMS | {"line": "life", "form": "participating", "grade": "R2", "longest_months": 120}
MEANS = {"income": money(300_000_00), "budget": money(20_000_00), "wanted": money(50_000_00)}


def refused(site: Site, login: str, path: str, body: Any, code: str, rule: str = "") -> None:
    """Refused for that reason, told in both languages; it names its rule."""
    answer = site.post(login, path, body)
    assert answer.status_code in (403, 409), answer.text
    told = answer.json()
    assert (told["code"], told["rule"]) == (code, rule), told
    assert any("一" <= each <= "龥" for each in told["message"]["zh"])
    assert told["message"]["en"] == told["detail"] != told["message"]["zh"]


@pytest.fixture(scope="module")
def sale(site: Site) -> dict[str, Any]:
    """A customer of sixty-two, two products on sale, a seller."""
    born_on = TODAY.replace(year=TODAY.year - 62, day=1)
    customer = site.done("agent", "/customers", {"name": "周奶奶", "born_on": str(born_on)})["stream"]
    streams = {}
    for code, terms in (("LIFE-9", TERMS_OF_LIFE), ("LINK-9", TERMS_OF_LIFE | {"form": "unit_linked", "grade": "R5"})):
        streams[code] = site.done(
            "product_officer", "/products", {"code": code, "name": f"产品{code}", "terms": terms}
        )["stream"]
        site.done("product_officer", f"/products/{code}/filing", {"filing": f"C-{code}"})
        site.done("product_officer", f"/products/{code}/sale", {"version": 1, "sold_from": "2020-01-01"})
    return {"customer": customer, **streams, "seller": site.seller()}


def application(sale: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "product": sale["LIFE-9"],
        "customer": sale["customer"],
        "insured": "周奶奶",
        "sums": [{"benefit": "medical", "insured": money(50_000_00), "deductible": money(100_00)}],
        "period": PERIOD,
        "instalments": 5,
        "agent": sale["seller"],
        **more,
    }


def test_a_sale_goes_from_the_needs_to_the_call_back_and_names_every_step_left_out(site: Site, sale: dict[str, Any]):
    policy = sold_in_order(site, sale)
    assert site.read("agent", f"/policies/{policy}")["status"] == "in_force"


def sold_in_order(site: Site, sale: dict[str, Any]) -> str:
    """From the needs to the policy in hand; every step is tried before the one that it needs, and refused."""
    customer, on = sale["customer"], str(TODAY)
    refused(site, "agent", "/policies", application(sale), "policy.not_advised", "SALE-KYC-NEEDS")
    taken = {"customer": customer, "taken_on": on, "needs": ["illness", "family"], "means": MEANS}
    profile = site.done("agent", "/profiles", taken)["stream"]
    begin = {"profile": profile, "agent": sale["seller"], "begun_on": on}
    refused(site, "agent", "/advice", begin, "advice.no_credential", "SALE-ID-SHOW")
    advice = site.done("agent", "/advice", begin | {"credential": "ZY-AGENT"})["stream"]
    case = f"/advice/{advice}"
    with_advice = application(sale, advice=advice)
    refused(site, "agent", "/policies", with_advice, "policy.not_shown", "SALE-KYC-NEEDS")

    shown = {"products": [sale["LINK-9"], sale["LIFE-9"]]}
    site.done("agent", f"{case}/products", shown)
    refused(site, "agent", "/policies", with_advice, "policy.unsuitable", "SALE-UNSUITABLE-DENY")
    test = {"customer": customer, "assessed_on": on, "tolerance": "C3", "record": "Q-1"}
    site.done("agent", "/profiles/tolerance", test)
    site.done("agent", f"{case}/products", shown)
    linked = application(sale, advice=advice, product=sale["LINK-9"])
    refused(site, "agent", "/policies", linked, "agent.grade_too_low", "SALE-SALESPERSON-GRADE")
    ranked = site.read("agent", f"{case}/ranking")
    assert [each["code"] for each in ranked] == ["LIFE-9", "LINK-9"]
    assert ranked[0]["suits"] and not ranked[0]["against"]
    assert [(each["rule"], each["bars"]) for each in ranked[1]["against"]] == [("SALE-UNSUITABLE-DENY", True)]

    disclosed = {"given": GIVEN, "given_on": on, "evidence": "D-1"}
    refused(site, "agent", "/policies", with_advice, "policy.exclusions_unexplained", "SALE-EXCLUSION-EXPLAIN")
    site.done("agent", f"{case}/disclosure", disclosed)
    refused(site, "agent", "/policies", with_advice, "policy.unidentified", "AML-CDD-WHEN")
    seen = {"customer": customer, "verified_on": on, "document": "居民身份证", "evidence": "I-1"}
    site.done("agent", "/profiles/identity", seen)
    refused(site, "agent", "/policies", with_advice, "policy.not_recorded", "SALE-DUALREC-SCOPE")
    recording = {"reference": "SL-1", "sha256": "a" * 64, "seconds": 900, "scenes": SCENES[1:], "recorded_on": on}
    site.done("agent", f"{case}/recording", recording)
    refused(site, "agent", "/policies", with_advice, "policy.recording_short", "SALE-DUALREC-CONTENT")
    site.done("agent", f"{case}/recording", recording | {"reference": "SL-2", "scenes": SCENES})
    site.done("service", f"{case}/recording-check", {"checked_on": on})
    assert site.read("agent", case)["stage"] == "passed"

    policy = site.done("agent", "/policies", with_advice)["stream"]
    _underwritten(site, f"/policies/{policy}")
    _concluded(site, f"/policies/{policy}")
    return str(policy)


def _underwritten(site: Site, case: str) -> None:
    decision = {"verdict": "accept", "reason": "标准体"}
    refused(site, "underwriter", f"{case}/underwriting", decision, "policy.not_disclosed", "SALE-ASK-SPECIFIC")
    answers = {"answers": [{"question": "近两年是否住院", "answer": "是，一次"}]}
    site.done("agent", f"{case}/disclosure", answers)
    refused(site, "underwriter", f"{case}/underwriting", decision, "policy.application_incomplete")
    site.done("underwriter", f"{case}/wanting", {"received_on": str(TODAY), "wanting": ["银行账户"]})
    site.done("agent", f"{case}/corrections", {"asked_on": str(TODAY)})
    site.done("underwriter", f"{case}/completion", {"completed_on": str(TODAY)})
    refused(site, "underwriter", f"{case}/underwriting", decision, "policy.issues_open")
    ruling = {"ruling": "load", "loading_percent": 25, "reason": "既往住院"}
    site.done("underwriter", f"{case}/issues/referral", {"concern": "adverse_answer", "reason": "请主管看"})
    for concern in ("adverse_answer", "age"):
        site.done("underwriter", f"{case}/issues/ruling", {"concern": concern, **ruling})
    refused(site, "underwriter", f"{case}/underwriting", decision, "policy.milder")
    loaded = {"verdict": "load", "loading_percent": 25, "reason": "加费承保"}
    site.done("underwriter", f"{case}/underwriting", loaded)
    refused(site, "agent", f"{case}/signature", {"signed_on": str(TODAY)}, "policy.not_offered")
    site.done("service", f"{case}/offer", {"valid_until": str(LATER)})


def _concluded(site: Site, case: str) -> None:
    refused(site, "underwriter", f"{case}/issue", {}, "policy.not_signed", "SALE-SIGN-SELF")
    site.done("agent", f"{case}/signature", {"signed_on": str(TODAY)})
    refused(site, "underwriter", f"{case}/issue", {}, "policy.not_paid")
    due = site.read("cashier", case)["premium"]
    paid = {"amount": money(due), "paid_on": str(TODAY), "reference": "R-9"}
    site.done("cashier", f"{case}/premiums", paid)
    call = {"made_on": str(TODAY), "record": "LY-9", "confirmed": []}
    refused(site, "service", f"{case}/call-back", call, "policy.not_delivered")
    site.done("underwriter", f"{case}/issue")
    site.done("agent", f"{case}/delivery", {"delivered_on": str(TODAY), "evidence": "E-9"})
    refused(site, "service", f"{case}/call-back", call, "policy.not_the_applicant", "CALLBACK-CONTENT-2023")


def test_when_a_registration_is_found_to_have_lapsed_what_was_sold_since_is_listed(site: Site, sale: dict[str, Any]):
    seller, product = site.seller("second_agent"), sale["LIFE-9"]
    year = {"starts_on": str(LATER), "ends_on": str(LATER + timedelta(days=300))}
    body = application(sale, product=product, agent=seller, period=year)
    refused(site, "agent", "/policies", body, "policy.anothers_sale")
    sold = site.done("second_agent", "/policies", body)["stream"]
    assert site.read("compliance", f"/agents/{seller}/affected-policies") == []
    lapse = {"lapsed_on": str(TODAY - timedelta(days=3)), "reason": "未按时延续"}
    site.done("compliance", f"/agents/{seller}/practice-lapse", lapse)
    [listed] = site.read("compliance", f"/agents/{seller}/affected-policies")
    assert listed["policy"] == sold
    refused(site, "second_agent", "/policies", body, "agent.unlicensed", "SALE-LICENSED-ONLY")
    assert site.get("cashier", f"/agents/{seller}/affected-policies").status_code == 403
    assert site.get("compliance", "/agents/NOBODY/affected-policies").status_code == 404
