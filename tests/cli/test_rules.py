"""`uberrima rules`: which bind, how far each is applied, and one of them in full."""

from __future__ import annotations

from domain.rules.law import law
from tests.cli.conftest import uberrima


def test_the_rules_are_told_to_programs_and_need_no_database() -> None:
    told = uberrima("rules", "--json", UBERRIMA_DATABASE_URL="postgresql://nowhere.invalid/none").json
    assert [each["id"] for each in told] == list(law().editions)
    wanted = {"id", "kind", "process", "verified", "status", "binds", "coverage", "where", "test"}
    assert all(wanted | {"concept", "source", "article", "limit", "why"} <= set(each) for each in told)


def test_rules_are_listed_by_business_kind_and_coverage_and_counted() -> None:
    said = uberrima("rules", "--process", "record_retention", "--coverage", "kept")
    assert "RET-BOOKS-10Y" in said.out and "RET-AV-DISPUTE-2Y" not in said.out
    assert "at least 10 years · 不少于10年" in said.out
    assert "not verified · 未核实" in said.out
    counted = [line.split() for line in said.out.splitlines() if line.startswith("kept · 据以保存")]
    kept = [rule for rule in law() if rule.id.startswith("RET-") and f"\n{rule.id} " in said.out]
    assert counted == [["kept", "·", "据以保存", str(len(kept)), str(sum(rule.binds for rule in kept)), "0"]]


def test_those_that_nobody_has_read_are_listed_alone() -> None:
    told = uberrima("rules", "--unverified", "--json").json
    assert {each["id"] for each in told} == {rule.id for rule in law() if not rule.verified}
    assert not any(each["binds"] for each in told)


def test_one_rule_is_told_in_full_in_both_languages() -> None:
    said = uberrima("rules", "CLAIM-REJECT-3D").out
    assert "at most 3 days · 不超过3日" in said and "中华人民共和国保险法, art 24" in said
    assert "binds · 有约束力" in said and "started by · 起算" in said and "ClaimRejected" in said
    assert uberrima("rules", "CLAIM-REJECT-3D", "--json").json["moves"][0]["events"] == ["ClaimRejected"]


def test_a_rule_that_is_only_listed_says_why() -> None:
    assert "it is another country's, for comparison · 他国规定，仅供对照" in uberrima("rules", "CMP-IDD-15H").out


def test_a_rule_that_there_is_not_is_not_told() -> None:
    said = uberrima("rules", "NO-SUCH-RULE")
    assert said.code == 1 and "unknown" in said.err
