"""What the list of a contract's transactions shows: one line for each, with the day, the price and who made it."""

from __future__ import annotations

from datetime import date

import pytest

from application.policy.policy_transactions import PolicyTransactions
from domain.kernel import Event
from domain.policy.contract import Step
from domain.words import Actor, Role
from tests import samples as s
from tests.kit import STREAM, TODAY
from tests.policy.kept import REVERSED
from tests.policy.test_policy_register import CANCELLED, DOUBLED, LAPSED, REINSTATED, RENEWED, TAKEN_OVER
from tests.rows import happened, noon, seen

LINES = (
    (TAKEN_OVER, Step.ISSUE, s.YEAR.starts_on, 3650_00),
    (DOUBLED, Step.ENDORSEMENT, date(2026, 7, 1), 1840_00),
    (REVERSED, Step.REVERSAL, date(2026, 7, 1), -1840_00),
    (RENEWED, Step.RENEWAL, s.NEXT_YEAR.starts_on, 3700_00),
    (LAPSED, Step.LAPSE, date(2026, 9, 1), 0),
    (REINSTATED, Step.REINSTATEMENT, date(2026, 10, 1), 0),
    (CANCELLED, Step.CANCELLATION, date(2026, 9, 15), -1080_00),
)


@pytest.mark.parametrize(("event", "step", "day", "fen"), LINES, ids=[str(step) for _, step, *_ in LINES])
def test_a_change_of_the_contract_is_a_line_with_its_day_and_its_price(event: Event, step: Step, day: date, fen: int):
    line = happened(event, on=TODAY, known_on=date(2026, 3, 5), actor=Actor("zhou", Role.SERVICE))
    seen(PolicyTransactions, line).when(happened(s.DELIVERED)).changes_nothing()
    assert seen(PolicyTransactions, line).columns == {
        "policy": STREAM,
        "version": 1,
        "step": step,
        "effective_on": day,
        "recorded_at": noon(date(2026, 3, 5)),
        "difference": fen,
        "currency": "CNY",
        "by": "zhou",
        "reverses": getattr(event, "transaction", None),
        "reapplies": None,
    }


def test_the_issue_of_an_application_costs_its_premium_from_the_first_day_insured():
    issue = seen(PolicyTransactions, *s.in_force())
    issue.shows(step=Step.ISSUE, version=6, by="clerk", effective_on=s.YEAR.starts_on, difference=3650_00)


def test_every_transaction_has_a_line_of_its_own_in_the_order_in_which_it_was_made():
    shown = seen(PolicyTransactions, *s.in_force(DOUBLED, REVERSED, RENEWED, LAPSED, REINSTATED, CANCELLED)).rows
    assert [row.version for row in shown] == [6, 7, 8, 9, 10, 11, 12]
    assert [row.step for row in shown] == [entry[1] for entry in LINES]


def test_the_list_of_transactions_shows_every_event_it_hears():
    heard = {type(event) for event, *_ in LINES} | {type(s.ISSUED)}
    assert heard == set(PolicyTransactions.hears)
