"""What lets an agent sell, what forbids it, and how the record ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.agent import commands as c
from domain.agent import events as e
from domain.agent import fitness as f
from domain.agent.fitness import fit_to_sell
from domain.kernel import NOT_YET, Refused
from domain.product import Grade, Line
from domain.words import Period
from tests import samples as s
from tests.agent import samples as a
from tests.kit import TODAY, given

HIRE = c.RegisterAgent(
    code="ag-7",
    name="高远",
    identity="110101198001010011",
    engagement=a.REGISTERED.engagement,
    joined_on=date(2020, 1, 6),
)
MILLION = s.yuan(1_000_000)
LIFE = replace(s.TERMS, line=Line.LIFE)


def sells(*history, terms=s.TERMS, insured=MILLION, on=TODAY):
    fit_to_sell(a.agent(*history), terms, insured, on)


def refused(refusal, *history, **more):
    with pytest.raises(Refused) as caught:
        sells(*history, **more)
    assert caught.value.refusal is refusal
    assert caught.value.tell("zh") and caught.value.tell("en")


def without(*gone):
    return tuple(each for each in a.ABLE if each not in gone)


def test_an_agent_is_known_by_the_code_in_capitals():
    given().when(HIRE).then(a.REGISTERED)


def test_nobody_joins_in_the_future():
    given().when(HIRE.model_copy(update={"joined_on": date(2026, 3, 3)})).refused(NOT_YET)


def test_whoever_is_registered_appointed_graded_and_trained_sells():
    sells(*a.ABLE)


@pytest.mark.parametrize(
    ("missing", "refusal"),
    [
        (a.PRACTISING, f.UNLICENSED),
        (a.APPOINTED, f.NOT_APPOINTED),
        (a.GRADED, f.GRADE_TOO_LOW),
        (a.TRAINED, f.UNTRAINED),
        (a.PROFILE, f.BEYOND_PROFILE),
    ],
)
def test_what_is_missing_forbids_the_sale_and_is_named(missing, refusal):
    refused(refusal, *without(missing))


@pytest.mark.parametrize(
    ("day", "held"),
    [(date(2023, 12, 31), False), (date(2024, 1, 1), True), (date(2028, 12, 31), True), (date(2029, 1, 1), False)],
)
def test_a_registration_holds_from_its_first_day_to_its_last(day, held):
    assert a.agent(*a.ABLE).licensed_on(day) is held


@pytest.mark.parametrize(("day", "held"), [(date(2025, 11, 30), True), (date(2025, 12, 1), False)])
def test_a_registration_found_to_have_lapsed_never_held_since(day, held):
    assert a.agent(*a.ABLE, a.LAPSED).licensed_on(day) is held
    renewed = e.PracticeRegistered(registration="ZY-8", valid=Period(date(2026, 1, 1), date(2028, 12, 31)))
    after = a.agent(*a.ABLE, a.LAPSED, renewed)
    assert after.licensed_on(day) is held and after.licensed_on(TODAY)


@pytest.mark.parametrize(
    ("what", "day", "refusal"),
    [
        (a.SUSPENDED, TODAY, f.SUSPENDED),
        (a.VIOLATION, date(2026, 6, 30), f.BARRED),
        (a.ENDED, date(2026, 2, 1), f.NOT_APPOINTED),
        (a.LEFT, date(2026, 2, 20), f.LEFT),
        (a.LAPSED, TODAY, f.UNLICENSED),
    ],
)
def test_what_happens_later_forbids_the_sale(what, day, refusal):
    refused(refusal, *a.ABLE, what, on=day)


@pytest.mark.parametrize(
    ("what", "day"),
    [(a.VIOLATION, date(2026, 7, 1)), (a.ENDED, date(2026, 1, 31)), (a.LEFT, date(2026, 2, 19))],
)
def test_before_it_begins_and_after_it_is_over_it_forbids_nothing(what, day):
    sells(*a.ABLE, what, on=day)


def test_a_suspension_that_is_lifted_forbids_nothing():
    sells(*a.ABLE, a.SUSPENDED, a.LIFTED)


@pytest.mark.parametrize(("grade", "sold"), [(Grade.R1, True), (Grade.R4, True), (Grade.R5, False)])
def test_a_product_of_a_higher_grade_is_not_sold(grade, sold):
    terms = replace(s.TERMS, grade=grade)
    if sold:
        sells(*a.ABLE, terms=terms)
    else:
        refused(f.GRADE_TOO_LOW, *a.ABLE, terms=terms)


def test_an_appointment_and_a_training_are_for_their_lines_only():
    health = (Line.HEALTH,)
    refused(f.NOT_APPOINTED, *without(a.APPOINTED), s.replaced(a.APPOINTED, lines=health), terms=LIFE)
    refused(f.UNTRAINED, *without(a.TRAINED), s.replaced(a.TRAINED, lines=health), terms=LIFE)
    sells(*without(a.TRAINED), s.replaced(a.TRAINED, lines=health))


def test_the_profile_sets_the_largest_sum_that_is_taken_in():
    small = (*without(a.PROFILE), s.replaced(a.PROFILE, largest=s.yuan(1_000_000)))
    sells(*small, insured=s.yuan(1_000_000))
    refused(f.BEYOND_PROFILE, *small, insured=s.yuan("1000000.01"))


def test_given_again_nothing_changes():
    appoint = c.AppointAgent(lines=tuple(Line), period=a.APPOINTED.period)
    given(*a.ABLE).when(appoint).then()
    given(*a.ABLE).when(c.RegisterPractice(registration="ZY-7", valid=a.PRACTISING.valid)).then()
    given(*a.ABLE).when(c.SetAuthorityProfile(largest=a.PROFILE.largest)).then()
    given(*a.ABLE, a.SUSPENDED).when(c.SuspendAgent(reason="again")).then()
    given(*a.ABLE).when(c.LiftSuspension(reason="again")).then()
    given(*a.ABLE, a.LAPSED).when(c.FindPracticeLapsed(lapsed_on=a.LAPSED.lapsed_on, reason="again")).then()


def test_a_lapse_lies_within_the_registration_that_lapsed():
    lapse = c.FindPracticeLapsed(lapsed_on=date(2023, 12, 31), reason="unpaid")
    given(*a.ABLE).when(lapse).refused(c.LAPSED_OUTSIDE)
    given(a.REGISTERED).when(lapse).refused(c.NO_PRACTICE)
    within = c.FindPracticeLapsed(lapsed_on=a.LAPSED.lapsed_on, reason="unpaid renewal")
    given(*a.ABLE).when(within).then(a.LAPSED)


def test_a_violation_is_recorded_once_and_the_longest_bar_holds():
    record = c.RecordViolation(
        number="W-1", found_on=date(2026, 2, 1), conduct="signed for a customer", barred_until=date(2026, 6, 30)
    )
    given(*a.ABLE).when(record).then(a.VIOLATION)
    given(*a.ABLE, a.VIOLATION).when(record).refused(c.SAME_VIOLATION)
    shorter = s.replaced(a.VIOLATION, number="W-2", barred_until=date(2026, 4, 1))
    assert a.agent(*a.ABLE, a.VIOLATION, shorter).barred_until == date(2026, 6, 30)


def test_who_has_left_is_not_appointed_graded_or_suspended_any_more():
    gone = given(*a.ABLE, a.LEFT)
    for command in (
        c.AppointAgent(lines=(Line.LIFE,), period=a.APPOINTED.period),
        c.GradeAgent(grade=Grade.R1, graded_on=TODAY, assessment="x"),
        c.SuspendAgent(reason="x"),
        c.LeaveAgent(left_on=TODAY, reason="x"),
    ):
        gone.when(command).refused(c.LEFT_BEFORE)


def test_the_registration_is_cancelled_once_the_agent_has_left():
    cancel = c.CancelPractice(cancelled_on=a.CANCELLED.cancelled_on)
    given(*a.ABLE).when(cancel).refused(c.STILL_HERE)
    given(*a.ABLE, a.LEFT).when(cancel).then(a.CANCELLED)
    given(*a.ABLE, a.LEFT, a.CANCELLED).when(cancel).then()
    given(a.REGISTERED, a.LEFT).when(cancel).refused(c.NO_PRACTICE)


def test_an_appointment_ends_where_there_is_one():
    end = c.EndAppointment(ended_on=a.ENDED.ended_on, reason="moved to another region")
    given(a.REGISTERED).when(end).refused(c.NO_APPOINTMENT)
    given(*a.ABLE).when(end).then(a.ENDED)
    given(*a.ABLE, a.ENDED).when(end).then()


def test_no_period_runs_backwards():
    back = Period(date(2026, 3, 2), date(2026, 3, 1))
    given(*a.ABLE).when(c.AppointAgent(lines=(Line.LIFE,), period=back)).refused(c.BACKWARDS)
    given(*a.ABLE).when(c.RegisterPractice(registration="ZY-9", valid=back)).refused(c.BACKWARDS)
