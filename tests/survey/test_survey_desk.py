"""What the survey desk shows: who was asked about what, and what they answered."""

from __future__ import annotations

from datetime import date

from application.survey.survey_desk import SurveyDesk
from domain.survey import SurveyAnswered, SurveyRequested, Touchpoint
from tests import samples as s
from tests.kit import STREAM, TODAY
from tests.rows import Happens, each_of, happened, heard_in

ASKED = SurveyRequested(touchpoint=Touchpoint.CLAIM_SETTLED, about=s.CLAIM_ID, customer=s.CUSTOMER_ID)
ANSWERED = SurveyAnswered(satisfaction=2, recommend=0, comment="too slow")

HAPPENINGS = (
    Happens(
        "a customer is asked",
        (),
        ASKED,
        {
            "survey": STREAM,
            "touchpoint": Touchpoint.CLAIM_SETTLED,
            "about": s.CLAIM_ID,
            "customer": s.CUSTOMER_ID,
            "asked_on": TODAY,
            "comment": "",
        },
    ),
    Happens(
        "the customer answers",
        (ASKED,),
        happened(ANSWERED, on=date(2026, 3, 9)),
        {"answered_on": date(2026, 3, 9), "satisfaction": 2, "recommend": 0, "comment": "too slow"},
    ),
    Happens(
        "the customer answers the half of it",
        (ASKED,),
        SurveyAnswered(satisfaction=5),
        {"answered_on": TODAY, "satisfaction": 5},
    ),
)


@each_of(HAPPENINGS)
def test_the_survey_desk_shows_what_happened(happening):
    happening.is_seen_in(SurveyDesk)


def test_the_survey_desk_shows_every_event_it_hears():
    assert heard_in(HAPPENINGS) == set(SurveyDesk.hears)
