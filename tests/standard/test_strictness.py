"""A company's own edition of a rule is stricter than the law, or it is refused with the rule's name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from domain.kernel import Refusal, Refused
from domain.rules.change import RuleChange, Switch
from domain.rules.law import law
from domain.rules.rule import Bound, Limit, Rule, RuleKind, Threshold, Unit, Validity
from domain.standard import strictness as s
from domain.words import plus_days, plus_months
from tests.kit import TODAY

HOURS, DAYS, WORKING, MONTHS, YEARS = (
    Unit.HOURS,
    Unit.CALENDAR_DAYS,
    Unit.WORKING_DAYS,
    Unit.MONTHS,
    Unit.YEARS,
)
PAY, WAIT = "CLAIM-PAY-10D", "COOL-HEALTH-15D"
UNVERIFIED, GUIDELINE = "PRIV-RIGHTS-15WD", "CLAIM-SMALL-MOTOR-PAY-3D"
OWN = RuleChange(rule="OWN-PAY", like=PAY, value=3, zh="三日付款", en="Paid in three days")


def on_the_day(id: str) -> Rule | None:
    return law().on(id, TODAY)


def held(*changes: RuleChange) -> None:
    s.lawful(changes, on_the_day)


def refused(refusal: Refusal, *changes: RuleChange) -> Refused:
    with pytest.raises(Refused) as caught:
        held(*changes)
    assert caught.value.refusal is refusal
    told = {caught.value.tell("zh"), caught.value.tell("en")}
    assert len(told) == 2 and all(changes[-1].rule in each or (changes[-1].like or "-") in each for each in told)
    return caught.value


# -- numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "value"),
    [(PAY, 9), (PAY, 0), (WAIT, 16), ("RET-BOOKS-10Y", 11), ("SALE-RISK-2PERDAY", 1), ("CONS-NET-2CHANNELS", 3)],
)
def test_less_time_for_ourselves_and_more_for_the_customer_is_stricter(rule, value):
    held(RuleChange(rule=rule, value=value))


@pytest.mark.parametrize(
    ("rule", "value"),
    [(PAY, 10), (PAY, 11), (WAIT, 15), (WAIT, 14), ("RET-BOOKS-10Y", 9), ("SALE-RISK-2PERDAY", 3)],
)
def test_as_much_as_the_law_or_looser_is_refused_by_the_rule_it_is_about(rule, value):
    assert refused(s.NOT_STRICTER, RuleChange(rule=rule, value=value)).rule == rule


@pytest.mark.parametrize(
    ("rule", "value", "unit"),
    [(PAY, 24, HOURS), (PAY, 240, HOURS), ("CLAIM-DECIDE-5WD", 5, DAYS), ("RET-BOOKS-5Y", 72, MONTHS)],
)
def test_another_unit_is_stricter_where_it_is_in_every_case(rule, value, unit):
    held(RuleChange(rule=rule, value=value, unit=unit))


@pytest.mark.parametrize(
    ("rule", "value", "unit"),
    [
        (PAY, 3, WORKING),
        (PAY, 8, Unit.WORKING_HOURS),
        ("CLAIM-DECIDE-5WD", 6, DAYS),
        ("RET-BOOKS-5Y", 60, MONTHS),
        ("SALE-RISK-2PERDAY", 1, DAYS),
    ],
)
def test_what_depends_on_the_calendar_is_not_comparable(rule, value, unit):
    assert refused(s.NOT_COMPARABLE, RuleChange(rule=rule, value=value, unit=unit)).rule == rule


@pytest.mark.parametrize(("value", "unit"), [(1, MONTHS), (1, YEARS), (10, WORKING), (300, HOURS)])
def test_what_is_as_long_or_longer_in_every_case_is_not_stricter(value, unit):
    refused(s.NOT_STRICTER, RuleChange(rule=PAY, value=value, unit=unit))


@pytest.mark.parametrize("rule", ["REINSTATE-2Y", "CLAIM-LIMIT-2Y", "SALE-SENIOR-65", "CPL-WITHDRAW-SAMEDAY"])
def test_where_less_may_take_away_somebodys_right_nothing_is_compared(rule):
    refused(s.NOT_COMPARABLE, RuleChange(rule=rule, value=1))


@pytest.mark.parametrize("rule", sorted(s.THEIRS))
def test_time_that_is_given_to_somebody_else_is_not_ours_to_shorten(rule):
    refused(s.NOT_COMPARABLE, RuleChange(rule=rule, value=1))


def test_every_rule_that_gives_somebody_else_time_is_in_the_law():
    assert all(on_the_day(rule) for rule in s.THEIRS)


def test_a_step_that_is_only_asked_for_has_no_number_to_change():
    refused(s.NO_NUMBER, RuleChange(rule="CLAIM-DOC-ONCE", value=1))


# -- own rules ------------------------------------------------------------------------


def test_an_own_promise_is_like_a_rule_and_stricter_than_it():
    held(OWN)
    assert refused(s.NOT_STRICTER, replace(OWN, value=10)).rule == "OWN-PAY"


def test_an_own_rule_needs_a_rule_that_it_is_like_and_a_name_in_both_languages():
    refused(s.LIKE_NONE, replace(OWN, like=None))
    refused(s.UNNAMED, replace(OWN, en=""))
    refused(s.UNNAMED, replace(OWN, zh=""))
    refused(s.UNKNOWN_RULE, replace(OWN, like="NO-SUCH-RULE"))


def test_an_own_rule_is_taken_back_and_needs_no_switching_on():
    held(replace(OWN, value=None, switch=Switch.OFF))
    refused(s.BINDS_ANYWAY, replace(OWN, switch=Switch.ON))


def test_a_rule_of_the_law_does_not_borrow_from_another():
    refused(s.LIKE_ANOTHER, RuleChange(rule=PAY, like="CLAIM-ADVANCE-60D", value=50))


# -- switches -------------------------------------------------------------------------


@pytest.mark.parametrize("rule", [UNVERIFIED, GUIDELINE])
@pytest.mark.parametrize("switch", Switch)
def test_what_is_unverified_or_not_in_force_is_switched_on_and_off_again(rule, switch):
    held(RuleChange(rule=rule, switch=switch))


def test_the_law_is_not_switched_off():
    assert refused(s.LAW_STAYS, RuleChange(rule=PAY, switch=Switch.OFF)).rule == PAY


def test_what_binds_as_it_is_is_not_switched_on():
    refused(s.BINDS_ANYWAY, RuleChange(rule=PAY, switch=Switch.ON))


# -- lists ----------------------------------------------------------------------------


def test_what_changes_nothing_is_no_change():
    refused(s.NOTHING_CHANGED, RuleChange(rule=PAY, zh="付款", en="Payment"))


def test_no_rule_is_changed_twice_by_one_standard():
    refused(s.CHANGED_TWICE, RuleChange(rule=PAY, value=5), RuleChange(rule=PAY, value=3))


def test_a_rule_that_is_not_there_is_not_changed():
    assert refused(s.UNKNOWN_RULE, RuleChange(rule="NO-SUCH-RULE", value=1)).rule == ""


# -- whatever the numbers -------------------------------------------------------------

LENGTHS = st.tuples(st.integers(1, 400), st.sampled_from([HOURS, DAYS, WORKING, MONTHS, YEARS]))


def of(kind: RuleKind, value: int, unit: Unit, bound: Bound) -> Rule:
    found = on_the_day(PAY)
    assert found
    return found.but(kind=kind, limit=Limit(value, unit, bound))


@whatever(LENGTHS, LENGTHS)
def test_nothing_is_stricter_both_ways_round(one, other):
    for kind, bound in ((RuleKind.DEADLINE, Bound.AT_MOST), (RuleKind.MIN_PERIOD, Bound.AT_LEAST)):
        verdicts = [
            s.is_stricter(RuleChange(rule=PAY, value=new[0], unit=new[1]), of(kind, *old, bound))
            for new, old in ((one, other), (other, one))
        ]
        assert verdicts.count(True) < (1 if one == other else 2)


@whatever(LENGTHS, LENGTHS, st.dates(date(2020, 1, 1), date(2030, 1, 1)))
def test_what_is_stricter_ends_no_later_on_any_calendar(new, old, begins):
    change = RuleChange(rule=PAY, value=new[0], unit=new[1])
    ends = partial(last_day, begins)
    if s.is_stricter(change, of(RuleKind.DEADLINE, *old, Bound.AT_MOST)):
        assert all(ends(*new, off) <= ends(*old, off) for off in ([], SATURDAY_AND_SUNDAY, EVERY_DAY_BUT_ONE))
    if s.is_stricter(change, of(RuleKind.MIN_PERIOD, *old, Bound.AT_LEAST)):
        assert all(ends(*new, off) >= ends(*old, off) for off in ([], SATURDAY_AND_SUNDAY))


SATURDAY_AND_SUNDAY, EVERY_DAY_BUT_ONE = [5, 6], [0, 1, 2, 3, 4, 5]


def last_day(begins: date, value: int, unit: Unit, off: list[int]) -> date:
    """The day on which it is over, counted one day after the other."""
    if unit in (MONTHS, YEARS):
        return plus_months(begins, value * (12 if unit is YEARS else 1))
    if unit is HOURS:
        return plus_days(begins, -(-value // 24))
    day = begins
    while value:
        day = plus_days(day, 1)
        value -= unit is DAYS or day.weekday() not in off
    return day


def test_a_threshold_has_no_unit_of_time():
    rule = of(RuleKind.CAP, 1, DAYS, Bound.AT_MOST).but(
        limit=None, threshold=Threshold(2, "per_day"), status=Validity.IN_FORCE
    )
    assert s.is_stricter(RuleChange(rule=PAY, value=1), rule)
    assert s.is_stricter(RuleChange(rule=PAY, value=1, unit=HOURS), rule) is None
