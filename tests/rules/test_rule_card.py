"""How a rule is read: whether it binds, how far it is applied, what the company has made of it."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest

from application.rules.coverage import COMPUTED, Coverage, by_hand, coverage, covers, enforced, gap, kept, proof_of
from application.rules.rule_card import card, line, narrowed, rule_of, rules_of, tallied
from domain.catalogue import COMMANDS
from domain.retention import BOOKS_10Y
from domain.rules.change import RuleChange, Switch
from domain.rules.law import law
from domain.rules.rule import Rule, RuleKind, Validity
from domain.rules.rulebook import THE_LAW, EditionAdopted
from domain.rules.terms import Gap, Process

TODAY = date(2026, 3, 2)
RULES = list(rules_of(THE_LAW, TODAY))


def rule(id: str) -> Rule:
    found = rule_of(THE_LAW, id, TODAY)
    assert found
    return found


def adopted(*changes: RuleChange) -> EditionAdopted:
    return EditionAdopted(standard="CLM-1", version=1, effective_on=date(2026, 1, 1), changes=changes)


def test_every_rule_is_told_once() -> None:
    assert [each.id for each in RULES] == list(law().editions)


def test_a_rule_that_a_command_applies_or_refuses_by_is_enforced() -> None:
    places = enforced()
    assert {id for command in COMMANDS for id in command.applies} <= set(places)
    found = covers(rule("SALE-SIGN-SELF"))
    assert {each.where for each in found} >= {"domain.policy.sale:SignPolicy", "policy.not_signed"}
    assert coverage(rule("SALE-SIGN-SELF")) == (Coverage.ENFORCED,)


def test_a_clock_says_what_moves_it_and_whether_somebody_enters_that() -> None:
    filing, told = rule("PROD-FILING-10WD"), card(rule("CLAIM-REJECT-3D"))
    assert by_hand(filing) and not told.by_hand
    assert covers(filing)[0].where.startswith("started by DutyArose (rule PROD-FILING-10WD); paused by DutyPaused")
    assert [(each.how.value, each.events) for each in told.moves][:2] == [
        ("starts", ("ClaimRejected",)),
        ("stops", ("RejectionSent",)),
    ]


def test_what_the_law_keeps_is_kept_by_the_duty_that_names_it() -> None:
    assert kept()[BOOKS_10Y.rule] == ("domain.retention:BOOKS_10Y",)
    assert coverage(rule(BOOKS_10Y.rule)) == (Coverage.KEPT,)


@pytest.mark.parametrize("name", sorted(set(COMPUTED.values())))
def test_what_computes_as_a_rule_says_is_there(name: str) -> None:
    module, *parts = name.split(".")
    while parts and parts[0].islower() and not hasattr(import_module(module), parts[0]):
        module = f"{module}.{parts.pop(0)}"
    found: object = import_module(module)
    for part in parts:
        found = getattr(found, part)
    assert callable(found)


def test_what_computes_is_named_for_rules_that_exist() -> None:
    assert set(COMPUTED) <= set(law().editions)


def test_whatever_is_only_listed_says_why() -> None:
    listed = [each for each in RULES if coverage(each) == (Coverage.CATALOGUED,)]
    assert [each.id for each in listed if gap(each) is None] == []
    assert all(gap(each) is None for each in RULES if each not in listed)


@pytest.mark.parametrize(
    ("id", "why"),
    [
        ("CMP-IDD-15H", Gap.ABROAD),
        ("AML-OLD-TRANSFER-200K", Gap.NOT_IN_FORCE),
        ("AML-SURRENDER-10K", Gap.NOT_READ),
        ("SALE-REPLACEMENT", Gap.NO_FACT),
    ],
)
def test_why_nothing_applies_a_rule_goes_by_what_is_known_of_it(id: str, why: Gap) -> None:
    assert gap(rule(id)) is why
    assert line(rule(id)).why == (why.zh, why.en)


def test_rules_are_narrowed_by_business_kind_coverage_and_name() -> None:
    deadlines = narrowed(RULES, Process.CLAIM, RuleKind.DEADLINE)
    assert {each.process for each in deadlines} == {Process.CLAIM} and len(deadlines) > 3
    assert {each.kind for each in deadlines} == {RuleKind.DEADLINE}
    assert all(Coverage.KEPT in coverage(each) for each in narrowed(RULES, covered=Coverage.KEPT))
    assert not any(each.verified for each in narrowed(RULES, unverified=True))
    assert [each.id for each in narrowed(RULES, text="reject-3d")] == ["CLAIM-REJECT-3D"]


def test_every_rule_is_counted_once_under_the_strongest_of_its_coverages() -> None:
    tallies = tallied(RULES)
    assert [each.coverage for each in tallies] == list(Coverage)
    assert sum(each.rules for each in tallies) == len(RULES)
    assert sum(each.binding for each in tallies) == sum(each.binds for each in RULES)


def test_what_nobody_has_read_does_not_bind_until_the_company_switches_it_on() -> None:
    loose, told = rule("COOL-BANCA-15D"), card(rule("COOL-BANCA-15D"))
    assert not loose.verified and not told.binds and not told.switched_on
    book = THE_LAW.evolve(adopted(RuleChange(rule=loose.id, switch=Switch.ON)))
    on = rule_of(book, loose.id, TODAY)
    assert on and card(on).binds and card(on).switched_on and not card(on).verified


def test_the_companys_own_rules_come_last_and_bind() -> None:
    own = RuleChange(rule="OWN-REJECT-2D", like="CLAIM-REJECT-3D", value=2, zh="两日内发出", en="Sent within two days")
    book = THE_LAW.evolve(adopted(own))
    last = list(rules_of(book, TODAY))[-1]
    assert last.id == "OWN-REJECT-2D" and last.binds and last.limit and last.limit.value == 2
    assert card(last).limit == ("不超过2日", "at most 2 days") and coverage(last) == (Coverage.CLOCKED,)


def test_a_rule_that_is_no_more_is_told_as_it_last_was() -> None:
    ended = rule("AML-OLD-TRANSFER-200K")
    assert ended.status is Validity.SUPERSEDED and card(ended).ends_on == date(2025, 12, 31)
    assert rule_of(THE_LAW, "NO-SUCH-RULE", TODAY) is None


def test_a_rule_names_the_test_that_shows_it_at_work() -> None:
    assert proof_of(rule("PROD-FILING-10WD")).endswith("counted_on_paper[PROD-FILING-10WD]")
    assert "until_it_is_switched_on" in proof_of(rule("COOL-BANCA-15D"))
    assert proof_of(rule("SALE-REPLACEMENT")) == ""
