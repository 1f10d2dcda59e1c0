"""Somebody asks to be forgotten: what is told before, who may do it, what is refused and why, and the receipt."""

from __future__ import annotations

import re
from pathlib import Path

from litestar.testing import TestClient

from application.customer.customer_directory import CustomerCard, CustomerDirectory
from domain.words import FORGOTTEN
from interfaces import main
from interfaces.console.catalogue import ROOMS
from interfaces.console.doors import DOORS
from interfaces.http.app import application
from tests.cli.conftest import Town
from tests.handling.door import Door
from tests.http.conftest import Site
from tests.http.test_service_chain import in_force, on_sale

NAME, PHONE = "张三丰", "13812345678"
GROUND = {"ground": "consent_withdrawn"}


def registered(site: Site) -> str:
    customer = site.done("service", "/customers", {"name": NAME, "phone": PHONE})["stream"]
    site.done("service", f"/customers/{customer}/contacts", {"channel": "phone", "subject": "asked to be forgotten"})
    return f"/customers/{customer}"


def insured(site: Site, code: str) -> tuple[str, str]:
    """A customer with a policy in force, and the policy's number."""
    customer = registered(site)
    return customer, in_force(site, on_sale(site, code), customer.rpartition("/")[2])[1]


def test_what_forgetting_would_do_is_told_in_counts_and_not_done(site: Site) -> None:
    customer = registered(site)
    told = site.get("compliance", f"{customer}/forgetting")
    plan = told.json()
    assert told.status_code == 200 and (plan["possible"], plan["kept"], plan["held"]) == (True, [], False)
    [case] = plan["cases"]
    assert case["personal"] == {"CustomerRegistered": {"name": 1, "phone": 1}, "ContactNoted": {"subject": 1}}
    assert NAME not in told.text and PHONE not in told.text
    tried = site.done("compliance", f"{customer}/forgetting?dry_run=true", GROUND)
    assert tried["events"] == ["PersonForgotten"] and tried["dry_run"]
    assert site.read("service", customer)["name"] == NAME
    assert site.get("compliance", f"{customer}/forgetting/receipt").status_code == 404


def test_who_keeps_somebody_is_told_beforehand_and_by_the_refusal_itself(site: Site) -> None:
    customer, number = insured(site, "FORGET-1")
    plan = site.get("auditor", f"{customer}/forgetting").json()
    assert not plan["possible"]
    rules = {each["rule"]: each for each in plan["kept"]}
    assert set(rules) == {"PRIV-BASIS", "RET-BOOKS-5Y", "RET-SUITABILITY-5Y", "RET-AML-10Y"}
    assert all(each["number"] == number and each["until"] for each in rules.values())
    refused = site.post("compliance", f"{customer}/forgetting", GROUND)
    problem = refused.json()
    assert (refused.status_code, problem["code"], problem["rule"]) == (409, "customer.kept", "RET-AML-10Y")
    assert "反洗钱法第34条" in problem["message"]["zh"] and rules["RET-AML-10Y"]["until"] in problem["message"]["en"]
    [denied] = site.get("compliance", "/refusals", limit=1).json()
    assert (denied["code"], denied["rule"]) == ("customer.kept", "RET-AML-10Y")


def test_a_legal_hold_keeps_everybody_until_it_is_released(site: Site) -> None:
    customer = registered(site)
    site.done("compliance", f"{customer}/legal-hold", {"reason": "a lawsuit"})
    assert site.get("compliance", f"{customer}/forgetting").json()["held"]
    assert site.post("compliance", f"{customer}/forgetting", GROUND).json()["code"] == "customer.held"
    assert site.read("compliance", customer)["held"]
    site.done("compliance", f"{customer}/legal-hold/release", {"reason": "settled"})
    site.done("compliance", f"{customer}/forgetting", GROUND)


def test_only_compliance_officers_forget_and_only_guardians_look(site: Site) -> None:
    customer = registered(site)
    for role in ("service", "supervisor", "administrator", "auditor"):
        assert site.post(role, f"{customer}/forgetting", GROUND).status_code == 403
    for role in ("service", "agent", "administrator"):
        assert site.get(role, f"{customer}/forgetting").status_code == 403
        assert site.get(role, f"{customer}/forgetting/receipt").status_code == 403
    assert site.get("compliance", "/customers/K1/forgetting").status_code == 404


def test_the_receipt_is_handed_out_in_both_languages_whenever_it_is_asked_for(site: Site) -> None:
    customer = registered(site)
    written = site.done("compliance", f"{customer}/forgetting", GROUND)
    shown = site.read("service", customer)
    assert (shown["name"], shown["phone"]) == (FORGOTTEN, "") and shown["forgotten_on"]
    receipt = site.get("compliance", f"{customer}/forgetting/receipt").json()
    assert (receipt["position"], receipt["by"], receipt["ground"]) == (
        written["position"],
        "compliance",
        GROUND["ground"],
    )
    [key] = receipt["keys"]
    assert key["subject"] == written["stream"] and re.fullmatch(r"[0-9a-f]{64}", key["fingerprint"])
    for language, words in (("zh", "个人撤回同意"), ("en", "consent was withdrawn")):
        text = site.get("auditor", f"{customer}/forgetting/receipt/text", language=language)
        assert "attachment" in text.headers["Content-Disposition"]
        assert words in text.text and key["fingerprint"] in text.text
    again = site.post("compliance", f"{customer}/forgetting", GROUND)
    assert again.json()["code"] == "customer.forgotten"
    spoken = site.post("service", f"{customer}/contacts", {"channel": "phone", "subject": "again"})
    assert spoken.json()["code"] == "person_forgotten"


def test_the_console_offers_it_as_an_action_and_says_what_it_does(site: Site) -> None:
    customer = registered(site).rpartition("/")[2]
    app = application(lambda: main.open_house(site.url), rooms=ROOMS, exception_handlers=DOORS)
    with TestClient(app) as client:
        headers = site.headers("compliance")
        page = client.get(f"/customers/{customer}", headers=headers).text
        assert f"/act/customer/{customer}/ForgetPerson" in page and f"/act/customer/{customer}/PlaceLegalHold" in page
        form = client.get(f"/act/customer/{customer}/ForgetPerson", headers=headers)
        assert form.status_code == 200 and "consent_withdrawn" in form.text
        others = client.get(f"/customers/{customer}", headers=site.headers("service")).text
        assert "ForgetPerson" not in others


# -- on the command line --------------------------------------------------------------


def test_on_the_command_line_the_dry_run_names_who_keeps_the_customer(town: Town) -> None:
    told = town.does("forget", str(town.customer), "--dry-run")
    assert told.code == 0 and "cannot be forgotten now" in told.out
    assert "P-1: RET-AML-10Y (Anti-Money Laundering Law art 34) → 2036-12-31" in told.out
    assert "ContactNoted" in told.out and "call back" not in told.out
    plan = town.does("forget", str(town.customer), "--dry-run", "--json").json
    assert not plan["possible"] and {each["kind"] for each in plan["cases"]} == {"customer", "policy", "claim"}


def test_on_the_command_line_too_what_the_law_keeps_is_refused(town: Town) -> None:
    refused = town.does("forget", str(town.customer), "--yes")
    assert refused.code == 1 and refused.err.startswith("customer.kept: ") and "[RET-AML-10Y]" in refused.err
    assert town.does("forget", "K0", "--yes").code == 1


async def test_on_the_command_line_somebody_is_forgotten_and_the_receipt_is_told_again(
    town: Town, tmp_path: Path
) -> None:
    async with main.open_house(town.url) as house:
        customer = await Door(house.store).customer(NAME)
    unsure = town.does("forget", str(customer))
    assert unsure.code == 1 and "can be forgotten" in unsure.out
    done = town.does("forget", str(customer), "--yes", "--by", "hu", "--receipt", str(tmp_path / "receipt"))
    assert done.code == 0 and "hu (compliance officer)" in done.out
    assert (tmp_path / "receipt").read_text("utf-8") == done.out
    again = town.does("forget", str(customer), "--language", "zh")
    assert again.code == 0 and "个人信息删除回执" in again.out
    assert town.does("forget", str(customer), "--json").json["by"] == "hu"
    async with main.open_house(town.url) as house:
        row = await house.reads.get(CustomerDirectory, customer)
        assert isinstance(row, CustomerCard) and row.name == FORGOTTEN
