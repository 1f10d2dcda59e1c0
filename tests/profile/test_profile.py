"""What is asked of a customer before anything is recommended, and how often their tolerance may be tested."""

from __future__ import annotations

from datetime import date

import pytest

from domain import profile as p
from domain.kernel import NOT_YET
from domain.product import Line
from domain.profile import Need, Tolerance
from domain.rules.rulebook import RULEBOOK, Rulebook
from tests.advice import samples as a
from tests.kit import TODAY, given
from tests.samples import CUSTOMER, CUSTOMER_ID, replaced

BESIDE = (CUSTOMER, Rulebook(id=RULEBOOK))
TAKE = p.TakeProfile(
    customer=CUSTOMER_ID,
    taken_on=date(2026, 3, 1),
    needs=(Need.ILLNESS, Need.FAMILY, Need.ILLNESS),
    means=a.MEANS,
    held=(Line.ACCIDENT,),
    occupation="teacher",
)
TEST = p.AssessTolerance(customer=CUSTOMER_ID, assessed_on=TODAY, tolerance=Tolerance.C3, record="Q-9")


def after_tests(*days: date):
    return given(*(replaced(a.ASSESSED, assessed_on=day) for day in days), beside=BESIDE)


def test_a_profile_keeps_each_need_once_the_most_urgent_first():
    after = given(beside=BESIDE).when(TAKE).then(a.TAKEN)
    assert after.needs == (Need.ILLNESS, Need.FAMILY) and after.party == CUSTOMER_ID


def test_there_is_one_profile_for_a_customer():
    assert TAKE.home == TEST.home == p.profile_of(CUSTOMER_ID)


def test_nothing_is_asked_in_the_future():
    given(beside=BESIDE).when(TAKE.model_copy(update={"taken_on": date(2026, 3, 3)})).refused(NOT_YET)


def test_tolerance_is_assessed_twice_a_day_and_not_a_third_time():
    assert after_tests(TODAY).when(TEST).outcome()
    after_tests(TODAY, TODAY).when(TEST).refused(p.TESTED_TODAY)


@pytest.mark.parametrize(("oldest", "allowed"), [(date(2025, 3, 2), True), (date(2025, 3, 3), False)])
def test_tolerance_is_assessed_eight_times_in_twelve_months(oldest, allowed):
    attempt = after_tests(oldest, *(date(2025, month, 9) for month in range(4, 11))).when(TEST)
    if allowed:
        assert attempt.outcome()
    else:
        attempt.refused(p.TESTED_OFTEN)


def test_whoever_was_never_assessed_bears_the_least():
    assert a.profile(a.TAKEN).level == 1
    assert a.profile().level == 3


@pytest.mark.parametrize(("day", "valid"), [(date(2027, 3, 1), True), (date(2027, 3, 2), False)])
def test_an_assessment_holds_for_twelve_months(day, valid):
    assert a.profile().assessed_within(12, day) is valid


def test_every_need_is_met_by_a_line():
    assert {need.met_by for need in Need} == set(Line)
