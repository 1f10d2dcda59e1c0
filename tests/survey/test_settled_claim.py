"""Whoever had a claim settled is asked how it went: once for each closing, and while it is remembered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from application.survey.settled_claim_asks_for_a_survey import SettledClaimAsksForASurvey
from domain.claim.events import ClaimClosed, Outcome, WithoutPayment
from domain.survey import RequestSurvey, SurveyRequested, Touchpoint
from domain.words import SYSTEM
from tests import samples as s
from tests.kit import given
from tests.rows import happened

CLOSED_ON = date(2026, 3, 2)
UNPAID = s.closed(Outcome.WITHOUT_PAYMENT, 0, without=WithoutPayment.WITHDRAWN)


def asked(event: ClaimClosed, *, days_late: int = 0, version: int = 6) -> list:
    known_on = CLOSED_ON + timedelta(days=days_late)
    recorded = happened(event, on=CLOSED_ON, known_on=known_on, stream=s.CLAIM_ID, version=version)
    return list(SettledClaimAsksForASurvey.react(recorded))


@pytest.mark.parametrize("outcome", [Outcome.PAID, Outcome.PART_PAID])
def test_a_customer_who_was_paid_is_asked_about_the_claim(outcome):
    [(_, command)] = asked(s.closed(outcome))
    assert command == RequestSurvey(touchpoint=Touchpoint.CLAIM_SETTLED, about=s.CLAIM_ID, customer=s.CUSTOMER_ID)
    given().when(command, by=SYSTEM).then(
        SurveyRequested(touchpoint=Touchpoint.CLAIM_SETTLED, about=s.CLAIM_ID, customer=s.CUSTOMER_ID)
    )


@pytest.mark.parametrize("event", [UNPAID, s.closed(Outcome.REJECTED, 0)], ids=["withdrawn", "rejected"])
def test_a_customer_who_was_not_paid_is_not_asked(event):
    assert asked(event) == []


def test_nobody_is_asked_about_a_claim_that_is_nobodys():
    assert asked(s.closed(customer=None)) == []


@pytest.mark.parametrize(("days_late", "times"), [(0, 1), (29, 1), (30, 0), (400, 0)])
def test_history_entered_late_asks_nobody(days_late, times):
    assert len(asked(s.closed(), days_late=days_late)) == times


def test_the_same_closing_is_asked_about_in_the_same_survey_and_another_closing_in_another():
    [(first, _)], [(again, _)], [(reclosed, _)] = (asked(s.closed(), version=n) for n in (6, 6, 8))
    assert first == again != reclosed


def test_only_a_closing_asks():
    assert SettledClaimAsksForASurvey.hears == (ClaimClosed,)
