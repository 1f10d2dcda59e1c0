"""What a case lacks, asked over HTTP before anybody tries."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.http.conftest import Site, customer_token
from tests.http.test_service_chain import TODAY, in_force, money, on_sale, registered


@pytest.fixture(scope="module")
def policy(site: Site) -> dict[str, str]:
    product = on_sale(site, "ACC-LACKS")
    customer = site.done("agent", "/customers", {"name": "王小明", "phone": "13900000001"})["stream"]
    stream, number = in_force(site, product, customer)
    return {"policy": stream, "number": number, "customer": customer, "product": product}


def lacking(site: Site, who: str, case: str) -> dict[str, list[str]]:
    told = site.get(who, f"{case}/missing")
    assert told.status_code == 200, told.text
    return {step["command"]: [each["code"] for each in step["missing"]] for step in told.json()["steps"]}


def test_what_an_approval_lacks_goes_step_by_step(site: Site, policy: dict[str, str]):
    case = f"/claims/{registered(site, policy['policy'])}"
    site.done("claims_handler", f"{case}/document-request", {"papers": ["invoice"]})
    site.done("claims_handler", f"{case}/hold", {"hold": "investigation"})
    told = lacking(site, "service", case)
    assert told["ApproveClaim"] == ["claim.on_hold", "claim.not_assessed", "claim.papers_missing"]
    site.done("claims_handler", f"{case}/release", {"hold": "investigation"})
    site.done("claims_handler", f"{case}/assessment", {"benefit": "medical", "claimed": money(3_100_00)})
    assert lacking(site, "service", case)["ApproveClaim"] == ["claim.papers_missing"]
    paper = {"paper": "invoice", "name": "invoice.pdf", "sha256": "c" * 64, "received_on": str(TODAY)}
    site.done("service", f"{case}/documents", paper)
    assert lacking(site, "service", case)["ApproveClaim"] == []
    site.done("second_claims_handler", f"{case}/approval")
    agreed = {"amount": money(3_000_00), "agreed_on": str(TODAY)}
    refused = site.post("service", f"{case}/agreement", agreed)
    assert refused.json()["code"] == "claim.untold"
    [untold] = next(
        each["missing"]
        for each in site.get("service", f"{case}/missing").json()["steps"]
        if each["command"] == "AgreeSettlement"
    )
    assert untold["rule"] == refused.json()["rule"] == "CLAIM-TELL-RESULT"
    assert "art 23(1)" in untold["ground"][1]
    site.done("service", f"{case}/decision-told", {"told_on": str(TODAY)})
    site.done("service", f"{case}/agreement", agreed)
    assert "AgreeSettlement" not in lacking(site, "service", case)


def test_asking_writes_nothing(site: Site, policy: dict[str, str]):
    case = f"/claims/{registered(site, policy['policy'])}"
    before = site.get("claims_handler", f"{case}/missing").json()
    refusals = site.get("auditor", "/refusals", limit=1).json()
    assert site.get("claims_handler", f"{case}/missing").json() == before
    assert site.get("auditor", "/refusals", limit=1).json() == refusals


def test_a_policy_is_asked_by_its_number_and_an_application_tells_what_it_lacks(site: Site, policy: dict[str, str]):
    assert lacking(site, "agent", f"/policies/{policy['number']}") == {}
    applied = site.done(
        "agent",
        "/policies",
        {
            "product": policy["product"],
            "customer": policy["customer"],
            "insured": "王小明",
            "sums": [{"benefit": "medical", "insured": money(50_000_00), "deductible": money(100_00)}],
            "period": {"starts_on": str(TODAY), "ends_on": str(TODAY + timedelta(days=30))},
            "agent": site.seller(),
        },
    )
    told = lacking(site, "underwriter", f"/policies/{applied['stream']}")
    assert told["IssuePolicy"] == ["policy.not_accepted", "policy.not_signed", "policy.not_paid"]


def test_customers_are_told_of_their_own_steps_in_their_own_cases_only(site: Site, policy: dict[str, str]):
    case = f"/claims/{registered(site, policy['policy'])}"
    site.done("claims_handler", f"{case}/hold", {"hold": "suspected_fraud"})
    stranger = site.done("agent", "/customers", {"name": "钱七"})["stream"]
    site.tokens["own"] = asyncio.run(customer_token(site.url, "own", policy["customer"]))
    site.tokens["other"] = asyncio.run(customer_token(site.url, "other", stranger))
    assert lacking(site, "own", case) == {"RequestClaim": []}
    assert site.get("other", f"{case}/missing").status_code == 404
    assert site.get("auditor", "/claims/nowhere/missing").status_code == 404
    assert site.get("auditor", f"/claims/{policy['policy']}/missing").status_code == 404
