"""A draft tried out on what happened: whose outcome turns, and whose does not."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from application.rules.draft import DraftRefused, read
from application.rules.what_if import Comparison, Draft, Turn, Verdict
from domain.docket.events import ClockExtended
from domain.duty import DutyArose, DutyDischarged
from domain.kernel import Recorded
from domain.rules.change import RuleChange, Switch
from tests.kit import STREAM
from tests.rules.clocked import AROSE, history

RULE, SLEEPING = "PROD-FILING-10WD", "PROD-DIVIDEND-RATE-15WD"
LAST = AROSE + timedelta(60)


def arose(rule: str = RULE) -> DutyArose:
    return DutyArose(number="D202600000001", rule=rule, arose_on=AROSE, about="HLT-9", owner="han")


def case(done_after: int | None = None, rule: str = RULE) -> list[Recorded]:
    """A duty that arose and was discharged so many days later, or not at all."""
    told = [(AROSE, arose(rule), STREAM)]
    if done_after is not None:
        done_on = AROSE + timedelta(done_after)
        told.append((done_on, DutyDischarged(done_on=done_on, evidence="CN-1"), STREAM))
    return history(*told)


def compared(draft: Draft, *cases: list[Recorded], last: date = LAST) -> Comparison:
    comparison = Comparison(draft, AROSE, last)
    for each in cases:
        comparison.take(each[0].stream, each)
    return comparison


def stricter(value: int, starts_on: date = date(2020, 1, 1)) -> Draft:
    return Draft(starts_on=starts_on, changes=(RuleChange(rule=RULE, value=value),))


def test_a_stricter_time_turns_what_was_met_in_time_into_a_breach() -> None:
    [flip] = compared(stricter(5), case(done_after=8)).flips
    assert (flip.turn, flip.before.verdict, flip.after.verdict) == (Turn.BREACHED, Verdict.MET, Verdict.LATE)
    assert (flip.before.due_on, flip.after.due_on) == (date(2026, 3, 16), date(2026, 3, 9))
    assert flip.number == "D202600000001"


def test_a_longer_time_turns_a_breach_into_none() -> None:
    [flip] = compared(stricter(20), case(done_after=16)).flips
    assert flip.turn is Turn.KEPT and flip.after.verdict is Verdict.MET


def test_a_due_date_that_moves_and_hurts_nobody_is_told_too() -> None:
    [flip] = compared(stricter(9), case(done_after=1)).flips
    assert flip.turn is Turn.MOVED


def test_a_draft_counts_from_its_day_only() -> None:
    assert compared(stricter(5, starts_on=AROSE + timedelta(1)), case(done_after=8)).flips == []


def test_a_draft_older_than_the_law_changes_the_law_from_its_beginning() -> None:
    [flip] = compared(stricter(5, starts_on=date(2000, 1, 1)), case(done_after=8)).flips
    assert flip.after.edition == f"{RULE}@2015-10-19" and flip.after.verdict is Verdict.LATE


def test_switching_a_sleeping_rule_on_starts_its_clocks() -> None:
    on = Draft(starts_on=date(2024, 1, 1), changes=(RuleChange(rule=SLEEPING, switch=Switch.ON),))
    [flip] = compared(on, case(rule=SLEEPING)).flips
    assert (flip.turn, flip.before.verdict) == (Turn.STARTED, Verdict.NOT_STARTED)


def test_what_did_not_start_in_the_period_is_left_out() -> None:
    comparison = Comparison(stricter(5), AROSE + timedelta(1), LAST)
    comparison.take(STREAM, case(done_after=8))
    assert comparison.flips == [] and comparison.clocks == 0


def test_time_that_was_granted_still_counts_under_the_draft() -> None:
    granted = ClockExtended(case=STREAM, rule=RULE, run=1, units=5, asker="han", approver="sun")
    done_on = AROSE + timedelta(8)
    told = history(
        (AROSE, arose(), STREAM),
        (AROSE, granted, STREAM),
        (done_on, DutyDischarged(done_on=done_on, evidence="CN-1"), STREAM),
    )
    [flip] = compared(stricter(5), told).flips
    assert flip.turn is Turn.MOVED and flip.after.due_on == date(2026, 3, 16)


@whatever(st.lists(st.integers(0, 40) | st.none(), max_size=6))
def test_an_empty_draft_turns_nothing(days: list[int | None]) -> None:
    assert compared(Draft(), *map(case, days)).flips == []


@whatever(st.integers(0, 40), st.integers(1, 9))
def test_a_stricter_time_never_mends_a_breach(done_after: int, value: int) -> None:
    turns = {flip.turn for flip in compared(stricter(value), case(done_after)).flips}
    assert turns <= {Turn.BREACHED, Turn.MOVED}


@whatever(st.permutations(list(enumerate([case(8), case(16), case(None), case(1)]))))
def test_the_order_in_which_cases_are_looked_at_does_not_matter(cases: list[tuple[int, list[Recorded]]]) -> None:
    told = []
    for order in (cases, cases[::-1]):
        comparison = Comparison(stricter(5), AROSE, LAST)
        for number, each in order:
            comparison.take(UUID(int=number), each)
        told.append(comparison.told(9).model_dump_json())
    assert told[0] == told[1]


def test_a_draft_is_read_as_people_write_it() -> None:
    draft = read('starts_on = 2026-01-01\n[[change]]\nrule = "PROD-FILING-10WD"\nvalue = 5', "[[days]]\nyear = 2027")
    assert draft.changes == (RuleChange(rule=RULE, value=5),) and draft.years[0].year == 2027


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[[change]]\nrule = 'NO-SUCH'", "change 1: there is no rule NO-SUCH"),
        ("[[change]]\nvalue = 5", "change, number 1, rule: Field required"),
        ("[[change]]\nrule = 'PROD-GRADING'\nvalue = 5", "change 1, value: the rule PROD-GRADING has no number"),
        ("[[days]]\nyear = 2030", "days 1, year: 2027 comes next, not 2030"),
        ("rules = 1", "rules: Extra inputs are not permitted"),
        ("[[change]", "line 1"),
    ],
)
def test_what_is_wrong_with_a_draft_is_said_where_it_is(text: str, fault: str) -> None:
    with pytest.raises(DraftRefused) as caught:
        read(text)
    assert any(fault in each for each in caught.value.faults)
