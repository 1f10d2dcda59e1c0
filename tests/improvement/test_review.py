"""The monthly review: its figures counted on paper, and the same for the same position."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from hypothesis import given as whatever
from hypothesis import strategies as st

from application.docket.dockets import CaseClocks, Dockets
from application.improvement.review import Review, What, month_of, reviewed
from application.improvement.stages import CaseStages, Milestone, Stages
from application.ports import Denial
from application.projection import fold
from domain.duty import DutyArose, DutyDischarged
from domain.kernel import Event, Recorded
from tests import samples as s
from tests.rules.clocked import history

MARCH, AS_AT = date(2026, 3, 1), date(2026, 4, 1)
RULE = "PROD-FILING-10WD"


def claim(number: int, *told: tuple[date, Event]) -> list[Recorded]:
    return history(*((day, event, UUID(int=number)) for day, event in told))


def settled(number: int, noticed: date, registered: date, decided: date, closed: date) -> list[Recorded]:
    return claim(
        number,
        (noticed, s.NOTICED),
        (registered, s.REGISTERED),
        (registered, s.assessed()),
        (decided, s.approved()),
        (decided, s.claim_paid()),
        (closed, s.closed()),
    )


def duty(number: int, arose_on: date, done_on: date | None) -> list[Recorded]:
    arose = DutyArose(number=f"D{number}", rule=RULE, arose_on=arose_on, about="HLT-9", owner="han")
    later = [(done_on, DutyDischarged(done_on=done_on, evidence="CN-1"))] if done_on else []
    return claim(number, (arose_on, arose), *later)


def review(
    *cases: list[Recorded], denials: tuple[Denial, ...] = (), month: date = MARCH, as_at: date = AS_AT
) -> Review:
    stages, dockets = (
        [row for each in cases for row in fold(projection, {}, each).values() if isinstance(row, kind)]
        for projection, kind in ((Stages, CaseStages), (Dockets, CaseClocks))
    )
    return reviewed(month, 9, stages, dockets, denials, as_at)  # type: ignore[arg-type]


def denial(day: date, code: str = "policy.not_signed", rule: str = "SALE-SIGN-SELF") -> Denial:
    at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
    return Denial(at=at, actor="han", role="service", command="IssuePolicy", stream=UUID(int=1), code=code, rule=rule)


QUICK = settled(1, date(2026, 3, 2), date(2026, 3, 3), date(2026, 3, 5), date(2026, 3, 6))
SLOW = settled(2, date(2026, 2, 24), date(2026, 2, 27), date(2026, 3, 20), date(2026, 3, 24))


def test_stages_are_counted_in_working_days_in_the_month_in_which_they_ended() -> None:
    told = review(QUICK, SLOW)
    by_stage = {(each.since, each.until): each for each in told.durations}
    registration = by_stage[Milestone.NOTICED, Milestone.REGISTERED]
    assert (registration.count, registration.median) == (1, 1.0)
    decision = by_stage[Milestone.ASSESSED, Milestone.DECIDED]
    # The last Saturday of February 2026 was worked: 27 February to 20 March is 16 working days.
    assert (decision.count, decision.median, decision.ninetieth, decision.over) == (2, 9.0, 16, 1)
    assert [each.weight for each in decision.longest] == [16, 2]
    assert (told.finished, told.over_baseline) == (2, 1)


def test_deadlines_are_counted_in_the_month_in_which_they_fell_due() -> None:
    met, late, undone, coming = (
        duty(1, date(2026, 3, 2), date(2026, 3, 10)),
        duty(2, date(2026, 3, 2), date(2026, 3, 20)),
        duty(3, date(2026, 3, 3), None),
        duty(4, date(2026, 3, 25), None),
    )
    [kept] = review(met, late, undone, coming).deadlines
    assert (kept.rule, kept.met, kept.missed, kept.open) == (RULE, 1, 2, 0)
    assert [each.number for each in kept.latest] == ["D3", "D2"]
    [early] = review(met, late, undone, coming, as_at=date(2026, 3, 10)).deadlines
    assert (early.met, early.open) == (1, 1)


def test_what_got_worse_names_the_cases_that_did_it() -> None:
    february = settled(3, date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 4), date(2026, 2, 5))
    told = review(february, SLOW, duty(4, date(2026, 3, 2), None), denials=(denial(date(2026, 3, 9)),))
    assert {each.what for each in told.worse} == {What.DURATION, What.DEADLINE, What.REFUSAL}
    slower = next(each for each in told.worse if each.about == "claim assessed–decided")
    assert (slower.before, slower.now) == (1.0, 16.0) and slower.cases[0].case == UUID(int=2)


def test_refusals_are_counted_by_rule_in_their_month() -> None:
    told = review(denials=(denial(date(2026, 3, 1)), denial(date(2026, 3, 31)), denial(date(2026, 2, 28))))
    [refused] = told.refusals
    assert (refused.rule, refused.code, refused.count) == ("SALE-SIGN-SELF", "policy.not_signed", 2)


def test_an_empty_month_is_empty() -> None:
    told = review()
    assert (told.durations, told.deadlines, told.refusals, told.worse, told.finished) == ((), (), (), (), 0)


def test_a_month_is_written_as_year_and_month() -> None:
    assert month_of("2026-03") == MARCH


@whatever(st.permutations([QUICK, SLOW, duty(7, date(2026, 3, 2), None), duty(8, date(2026, 3, 2), date(2026, 3, 9))]))
def test_the_same_cases_in_any_order_give_the_same_bytes(cases: list[list[Recorded]]) -> None:
    assert review(*cases).model_dump_json() == review(*cases[::-1]).model_dump_json()


def test_working_days_never_run_backwards_where_dates_were_entered_late() -> None:
    odd = claim(5, (date(2026, 3, 9), s.NOTICED), (date(2026, 3, 2), s.REGISTERED))
    [row] = fold(Stages, {}, odd).values()
    assert isinstance(row, CaseStages) and row.stages[0].working_days == 0
    assert timedelta(0) <= timedelta(row.working_days)
