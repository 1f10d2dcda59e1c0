"""A customer is asked once and answers once."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from domain.survey import ANSWERED, AnswerSurvey, RequestSurvey, SurveyAnswered, SurveyRequested, Touchpoint
from tests.kit import given
from tests.samples import CLAIM_ID, CUSTOMER_ID

ASKED = SurveyRequested(touchpoint=Touchpoint.CLAIM_SETTLED, about=CLAIM_ID, customer=CUSTOMER_ID)
ANSWER = AnswerSurvey(satisfaction=5, recommend=9, comment="quick and kind")
ANSWERED_5 = SurveyAnswered(satisfaction=5, recommend=9, comment="quick and kind")


def test_a_customer_is_asked_about_a_settled_claim():
    command = RequestSurvey(touchpoint=Touchpoint.CLAIM_SETTLED, about=CLAIM_ID, customer=CUSTOMER_ID)
    asked = given().when(command).then(ASKED)
    assert asked.party == CUSTOMER_ID


def test_the_customer_answers():
    given(ASKED).when(ANSWER).then(ANSWERED_5)


def test_a_survey_is_answered_once():
    given(ASKED, ANSWERED_5).when(ANSWER).refused(ANSWERED)


@pytest.mark.parametrize(
    ("satisfaction", "recommend", "fits"),
    [(1, 0, True), (5, 10, True), (3, None, True), (0, 5, False), (6, 5, False), (3, -1, False), (3, 11, False)],
)
def test_an_answer_stays_on_its_scale(satisfaction, recommend, fits):
    try:
        AnswerSurvey(satisfaction=satisfaction, recommend=recommend)
    except ValidationError:
        assert not fits
    else:
        assert fits
