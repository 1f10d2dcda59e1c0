"""Duties that a rule sets a time for, entered by hand."""

from __future__ import annotations

from datetime import date

import pytest

from domain import duty as d
from domain.kernel import NOT_YET
from domain.rules.change import RuleChange, Switch
from domain.rules.rulebook import THE_LAW, EditionAdopted
from tests.kit import given

RULE = "PROD-FILING-10WD"
AROSE = d.DutyArose(
    number="D202600000001", rule=RULE, arose_on=date(2026, 2, 24), about="HLT-9 filed late?", owner="han", regards=None
)
OPEN = d.OpenDuty(rule=RULE, arose_on=date(2026, 2, 24), about="HLT-9 filed late?", owner="han")
DONE = d.DischargeDuty(done_on=date(2026, 2, 27), evidence="CN-7")
PAUSED = d.DutyPaused(paused_on=date(2026, 2, 25), reason="the regulator asked for more")


def test_a_duty_is_entered_under_a_rule_that_sets_a_time() -> None:
    given(beside=[THE_LAW]).when(OPEN, number="D202600000001").then(AROSE)


def test_no_duty_is_entered_under_a_rule_that_nobody_knows_or_that_sets_no_time() -> None:
    unknown, timeless = (OPEN.model_copy(update={"rule": rule}) for rule in ("NO-SUCH", "PROD-GRADING"))
    given(beside=[THE_LAW]).when(unknown).refused(d.NO_SUCH_RULE)
    given(beside=[THE_LAW]).when(timeless).refused(d.NO_TIME)


def test_a_duty_that_has_not_arisen_yet_is_not_entered() -> None:
    given(beside=[THE_LAW]).when(OPEN, on=date(2026, 2, 20)).refused(NOT_YET)


def test_a_rule_demands_nothing_before_it_was_in_force() -> None:
    early = OPEN.model_copy(update={"arose_on": date(2015, 10, 18)})
    given(beside=[THE_LAW]).when(early).refused(d.NO_SUCH_RULE)


def test_what_does_not_bind_demands_nothing_until_it_is_switched_on() -> None:
    unread = OPEN.model_copy(update={"rule": "PROD-DIVIDEND-RATE-15WD"})
    given(beside=[THE_LAW]).when(unread).refused(d.NOT_BINDING)
    on = EditionAdopted(
        standard="PRD-1",
        version=1,
        effective_on=date(2026, 1, 1),
        changes=(RuleChange(rule="PROD-DIVIDEND-RATE-15WD", switch=Switch.ON),),
    )
    [arose] = given(beside=[[on]]).when(unread, number="D202600000001").outcome()
    assert arose == d.DutyArose(**dict(unread) | {"number": "D202600000001"})


@pytest.mark.parametrize("rule", ["CLAIM-DECIDE-COMPLEX-30D", "OWN-FILE-3"])
def test_no_duty_is_entered_that_would_have_no_clock(rule: str) -> None:
    own = EditionAdopted(
        standard="PRD-1",
        version=1,
        effective_on=date(2026, 1, 1),
        changes=(RuleChange(rule="OWN-FILE-3", like="PROD-FILING-10WD", value=3),),
    )
    given(beside=[[own]]).when(OPEN.model_copy(update={"rule": rule})).refused(d.STARTS_ELSEWHERE)


def test_a_duty_is_discharged_once() -> None:
    discharged = d.DutyDischarged(done_on=date(2026, 2, 27), evidence="CN-7")
    given(AROSE).when(DONE).then(discharged)
    given(AROSE, PAUSED).when(DONE).then(discharged)
    given(AROSE, discharged).when(DONE).then()
    given(AROSE, discharged).when(DONE.model_copy(update={"done_on": date(2026, 2, 26)})).refused(d.OVER)


def test_nothing_is_done_before_it_arose() -> None:
    early = DONE.model_copy(update={"done_on": date(2026, 2, 23)})
    given(AROSE).when(early).refused(d.BEFORE_IT_AROSE)


def test_a_duty_is_paused_and_resumed_and_only_what_is_paused_is_resumed() -> None:
    pause = d.PauseDuty(paused_on=date(2026, 2, 25), reason="the regulator asked for more")
    resume, resumed = d.ResumeDuty(resumed_on=date(2026, 2, 28)), d.DutyResumed(resumed_on=date(2026, 2, 28))
    given(AROSE).when(pause).then(PAUSED)
    given(AROSE, PAUSED).when(pause).then()
    given(AROSE, PAUSED).when(resume).then(resumed)
    given(AROSE).when(resume).refused(d.NOT_PAUSED)
    given(AROSE, PAUSED, resumed).when(resume).refused(d.NOT_PAUSED)


def test_a_duty_is_not_resumed_before_it_was_paused() -> None:
    given(AROSE, PAUSED).when(d.ResumeDuty(resumed_on=date(2026, 2, 24))).refused(d.BEFORE_THE_PAUSE)
    given(AROSE, PAUSED).when(d.ResumeDuty(resumed_on=date(2026, 3, 3))).refused(NOT_YET)


def test_a_duty_that_is_over_stays_over() -> None:
    dropped = d.DutyDropped(reason="never put on sale")
    given(AROSE).when(d.DropDuty(reason="never put on sale")).then(dropped)
    given(AROSE, dropped).when(DONE).refused(d.OVER)
    given(AROSE, dropped).when(d.PauseDuty(paused_on=date(2026, 2, 25), reason="late")).refused(d.OVER)
    given(AROSE, dropped).when(d.DropDuty(reason="again")).refused(d.OVER)
