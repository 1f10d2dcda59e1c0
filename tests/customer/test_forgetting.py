"""A person is forgotten once nothing keeps them: no legal hold, no open case, no duty of the law."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

import pytest

from domain import retention
from domain.claim.state import Claim
from domain.customer import (
    BLANK,
    FORGOTTEN_BEFORE,
    HELD,
    KEPT,
    NOT_HELD,
    ForgetPerson,
    Ground,
    LegalHoldPlaced,
    LegalHoldReleased,
    PersonForgotten,
    PlaceLegalHold,
    ReleaseLegalHold,
    keeping,
)
from domain.kernel import Refused
from domain.policy.state import Policy
from domain.retention import NOT_HERE, Duty
from domain.words import Period
from tests import samples as s
from tests.kit import TODAY, Story, folded, given
from tests.laws.code import ROOT

RULEBOOK = ROOT.parent / "shared" / "rules" / "rulebook.yaml"
FORGET = ForgetPerson(ground=Ground.SERVICE_ENDED)
CUSTOMER: Story = given(s.REGISTERED_CUSTOMER)
HOLD = LegalHoldPlaced(reason="a lawsuit", until=date(2026, 3, 31))
POLICY = s.policy(*s.in_force())
LIFELONG = s.policy(
    s.replaced(s.APPLIED, period=Period(date(2016, 1, 1), date(2025, 12, 31))),
    *s.in_force()[1:-1],
    s.replaced(s.ISSUED, period=Period(date(2016, 1, 1), date(2025, 12, 31))),
)
CLAIM = folded(Claim, *s.PAYABLE, s.claim_paid(), s.closed(), stream=s.CLAIM_ID)
OPEN = folded(Claim, *s.OPEN_CLAIM, stream=s.CLAIM_ID)
LATER = date(2037, 1, 1)


def forgetting(*cases, on: date, after: Story = CUSTOMER):
    return after.when(FORGET, on=on, gathered=cases, stream=s.CUSTOMER_ID)


def refused(*cases, on: date) -> Refused:
    with pytest.raises(Refused) as caught:
        forgetting(*cases, on=on).outcome()
    assert caught.value.code == KEPT.code
    return caught.value


def forgotten(*subjects: UUID) -> PersonForgotten:
    return PersonForgotten(subjects=(s.CUSTOMER_ID, *subjects), ground=Ground.SERVICE_ENDED)


def test_a_customer_without_any_contract_is_forgotten_at_once():
    now = forgetting(on=TODAY).then(forgotten())
    assert now.forgotten and {name: getattr(now, name) for name in BLANK} == BLANK
    assert now.number == s.REGISTERED_CUSTOMER.number


def test_with_the_customer_all_their_cases_are_forgotten():
    forgetting(POLICY, CLAIM, on=LATER).then(forgotten(POLICY.id, CLAIM.id))


def test_a_case_that_has_become_another_customers_is_left_alone():
    other = POLICY.but(customer=UUID(int=99))
    forgetting(other, on=TODAY).then(forgotten())


def test_a_policy_in_force_keeps_its_customer_and_the_longest_duty_is_named_first():
    said = refused(POLICY, on=TODAY)
    assert said.rule == "RET-AML-10Y"
    for language, words in (("en", "Anti-Money Laundering Law art 34"), ("zh", "反洗钱法第34条")):
        assert words in said.tell(language) and "RET-BOOKS-5Y" in said.tell(language)
    assert "P202600000001" in said.tell("en") and "2036-12-31" in said.tell("en")


@pytest.mark.parametrize(
    ("on", "rules"),
    [
        (date(2026, 12, 31), {"PRIV-BASIS", "RET-BOOKS-5Y", "RET-SUITABILITY-5Y", "RET-AML-10Y"}),
        (date(2027, 1, 1), {"RET-BOOKS-5Y", "RET-SUITABILITY-5Y", "RET-AML-10Y"}),
        (date(2031, 12, 31), {"RET-BOOKS-5Y", "RET-SUITABILITY-5Y", "RET-AML-10Y"}),
        (date(2032, 1, 1), {"RET-AML-10Y"}),
        (date(2036, 12, 31), {"RET-AML-10Y"}),
        (LATER, set()),
    ],
)
def test_a_duty_binds_up_to_and_including_its_last_day(on, rules):
    customer = folded(FORGET.on, s.REGISTERED_CUSTOMER, stream=s.CUSTOMER_ID)
    assert {each.duty.rule for each in keeping(customer, [POLICY], on)} == rules


def test_the_books_of_a_contract_of_more_than_a_year_are_kept_for_ten():
    assert refused(LIFELONG, on=date(2035, 12, 31)).rule in ("RET-BOOKS-10Y", "RET-AML-10Y")
    assert {each.duty.rule for each in LIFELONG.kept()} >= {"RET-BOOKS-10Y"}
    forgetting(LIFELONG, on=date(2036, 1, 1)).then(forgotten(LIFELONG.id))


def test_a_contract_that_was_cancelled_ended_on_that_day():
    ended = folded(
        Policy,
        *s.in_force(),
        s.p.PolicyCancelled(effective_on=date(2026, 3, 1), ending=s.p.Ending.REQUEST, refund=s.yuan(0)),
        stream=s.POLICY_ID,
    )
    assert {each.until for each in ended.kept() if each.duty.rule == "RET-BOOKS-5Y"} == {date(2031, 3, 1)}


def test_an_application_that_came_to_nothing_keeps_nobody():
    applied = folded(Policy, *s.in_force()[:1], stream=s.POLICY_ID)
    forgetting(applied, on=TODAY).then(forgotten(applied.id))


def test_an_open_claim_keeps_its_customer_however_long_it_takes():
    said = refused(OPEN, on=date(2150, 1, 1))
    assert said.rule == "PRIV-BASIS"
    assert "until it is closed" in said.tell("en") and "结案前" in said.tell("zh")


def test_a_payment_is_kept_for_ten_years():
    assert refused(CLAIM, on=date(2036, 2, 20)).rule == "RET-AML-10Y"
    forgetting(CLAIM, on=date(2036, 2, 21)).then(forgotten(CLAIM.id))


def test_a_duty_that_was_not_verified_is_told_and_binds_nobody():
    sold = folded(Policy, s.replaced(s.APPLIED, channel=s.Channel.PHONE), *s.in_force()[1:], stream=s.POLICY_ID)
    told = [each for each in sold.kept() if not each.duty.verified]
    assert [each.duty.rule for each in told] == ["RET-TEL-5Y"]
    customer = folded(FORGET.on, s.REGISTERED_CUSTOMER, stream=s.CUSTOMER_ID)
    assert told[0] in keeping(customer, [sold], date(2030, 1, 1))
    forgetting(sold.but(stack=(), paid_on=None), on=TODAY).then(forgotten(sold.id))


def test_nobody_is_forgotten_while_a_legal_hold_stands():
    held = given(s.REGISTERED_CUSTOMER, HOLD)
    for on in (TODAY, date(2026, 3, 31)):
        forgetting(on=on, after=held).refused(HELD)
    forgetting(on=date(2026, 4, 1), after=held).then(forgotten())
    endless = given(s.REGISTERED_CUSTOMER, s.replaced(HOLD, until=None))
    forgetting(on=date(2150, 1, 1), after=endless).refused(HELD)


def test_a_legal_hold_is_placed_prolonged_and_released():
    placing = PlaceLegalHold(reason="a lawsuit", until=date(2026, 3, 31))
    CUSTOMER.when(placing).then(HOLD)
    held = given(s.REGISTERED_CUSTOMER, HOLD)
    held.when(placing).then()
    longer = PlaceLegalHold(reason="an appeal")
    held.when(longer).then(LegalHoldPlaced(reason="an appeal"))
    held.when(ReleaseLegalHold(reason="settled")).then(LegalHoldReleased(reason="settled"))
    CUSTOMER.when(ReleaseLegalHold(reason="settled")).refused(NOT_HELD)


def test_nobody_is_forgotten_twice():
    gone = given(s.REGISTERED_CUSTOMER, forgotten())
    forgetting(on=TODAY, after=gone).refused(FORGOTTEN_BEFORE)
    gone.when(PlaceLegalHold(reason="too late")).refused(FORGOTTEN_BEFORE)


@pytest.mark.skipif(not RULEBOOK.exists(), reason="the rulebook is not beside this checkout")
def test_every_verified_rule_on_keeping_is_a_duty_or_is_said_to_keep_nothing_here():
    rules = RULEBOOK.read_text("utf-8").split("\n- id: ")[1:]
    keeping_rules = [rule for rule in rules if re.search(r"^  kind: retention$", rule, re.MULTILINE)]
    verified = {rule.split("\n")[0] for rule in keeping_rules if "\n  verified: true" in rule}
    duties = {each.rule: each for each in vars(retention).values() if isinstance(each, Duty)}
    assert verified == ({rule for rule, duty in duties.items() if duty.verified} - {"PRIV-BASIS"}) | NOT_HERE.keys()
    unverified = {rule.split("\n")[0] for rule in keeping_rules} - verified
    assert {rule for rule, duty in duties.items() if not duty.verified} <= unverified
    for rule in keeping_rules:
        duty, years = duties.get(rule.split("\n")[0]), re.search(r"\n    value: (\d+)\n    unit: years", rule)
        assert duty is None or (years is not None and duty.years == int(years[1]))
