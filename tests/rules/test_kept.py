"""Rules on keeping: a duty keeps what it keeps as long as its rule says."""

from __future__ import annotations

from datetime import date

import pytest

from application.rules.coverage import kept
from domain import retention
from domain.rules.law import law
from domain.rules.rule import Bound, Unit
from domain.words import plus_days, plus_years

ENDED = date(2024, 2, 29)
DUTIES = {each.rule: each for each in vars(retention).values() if isinstance(each, retention.Duty)}


@pytest.mark.parametrize("rule", kept())
def test_what_it_keeps_is_kept_as_long_as_it_says(rule: str) -> None:
    duty, says = DUTIES[rule], law().editions[rule][-1]
    assert duty.verified is says.verified
    if says.limit is None:
        # What the contract needs is kept for as long as it runs.
        assert retention.Kept(duty, "P1").on(plus_years(ENDED, 100))
        return
    assert (says.limit.unit, says.limit.bound) == (Unit.YEARS, Bound.AT_LEAST)
    last = plus_years(ENDED, says.limit.value)
    until = duty.since(ENDED, "P1")
    assert until.on(last) and not until.on(plus_days(last, 1))
