"""What the register shows of a duty."""

from __future__ import annotations

from datetime import date

from application.duty.duty_register import DutyRegister
from domain import duty as d
from domain.kernel import Event
from tests.kit import STREAM
from tests.rows import Seen

AROSE = d.DutyArose(
    number="D202600000001", rule="PROD-FILING-10WD", arose_on=date(2026, 2, 24), about="HLT-9 filed late?", owner="han"
)
PAUSED = d.DutyPaused(paused_on=date(2026, 2, 25), reason="the regulator asked for more")


def seen(*history: Event) -> Seen:
    return Seen(DutyRegister, history)


def test_a_duty_shows_its_rule_its_day_and_who_sees_to_it() -> None:
    seen(AROSE).shows(
        duty=STREAM, number="D202600000001", rule="PROD-FILING-10WD", owner="han", standing=d.Standing.OPEN
    )


def test_each_turn_of_a_duty_shows_and_nothing_else_changes() -> None:
    seen(AROSE).when(PAUSED).changes(standing=d.Standing.PAUSED)
    seen(AROSE, PAUSED).when(d.DutyResumed(resumed_on=date(2026, 2, 28))).changes(standing=d.Standing.OPEN)
    discharged = d.DutyDischarged(done_on=date(2026, 3, 3), evidence="CN-7")
    seen(AROSE).when(discharged).changes(standing=d.Standing.DISCHARGED, done_on=date(2026, 3, 3), evidence="CN-7")
    seen(AROSE).when(d.DutyDropped(reason="never put on sale")).changes(standing=d.Standing.DROPPED)


def test_what_happens_to_a_duty_that_never_arose_shows_nothing() -> None:
    seen(PAUSED).shows_nothing()
