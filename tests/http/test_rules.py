"""The rules over HTTP: anybody who has signed in may read them."""

from __future__ import annotations

import asyncio

from domain.rules.law import law
from tests.http.conftest import Site, customer_token


def test_every_rule_is_listed_with_how_far_it_is_applied(site: Site) -> None:
    told = site.get("auditor", "/rules").json()
    assert [each["id"] for each in told["rules"]] == list(law().editions)
    assert sum(each["rules"] for each in told["tallies"]) == len(told["rules"])
    [signed] = [each for each in told["rules"] if each["id"] == "SALE-SIGN-SELF"]
    assert signed["coverage"] == ["enforced"] and signed["binds"] and "policy.not_signed" in signed["where"]


def test_rules_are_filtered_and_those_that_nobody_has_read_do_not_bind(site: Site) -> None:
    told = site.get("auditor", "/rules", process="aml", unverified=True).json()["rules"]
    assert told and {each["process"] for each in told} == {"aml"}
    assert not any(each["binds"] or each["verified"] for each in told)
    assert site.get("auditor", "/rules", process="nonsense").status_code == 400


def test_a_rule_is_told_in_full_in_both_languages(site: Site) -> None:
    told = site.get("service", "/rules/CLAIM-REJECT-3D").json()
    assert told["limit"] == ["不超过3日", "at most 3 days"]
    assert told["concept"][0] and told["concept"][1] and told["title"][1] == "Insurance Law of the PRC"
    assert told["moves"][0] == {"how": "starts", "events": ["ClaimRejected"]}
    assert site.get("service", "/rules/NO-SUCH-RULE").status_code == 404


def test_a_rule_that_is_not_in_force_yet_is_told_as_it_will_be(site: Site) -> None:
    told = site.get("service", "/rules/CLAIM-REJECT-3D", on="2010-01-01").json()
    assert told["starts_on"] == "2015-04-24"


def test_a_customer_may_read_what_protects_them(site: Site) -> None:
    customer = site.done("service", "/customers", {"name": "王小明"})["stream"]
    site.tokens["wang"] = asyncio.run(customer_token(site.url, "wang", customer))
    assert site.get("wang", "/rules/CLAIM-REJECT-3D").json()["binds"]
    assert site.get("wang", "/rules", kind="deadline").status_code == 200
