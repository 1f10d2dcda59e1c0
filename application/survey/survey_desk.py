"""Surveys sent and answered, latest scores first in need of a call."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.kernel import Recorded
from domain.survey import Survey, SurveyAnswered, SurveyRequested, Touchpoint
from domain.words import Role


class SurveyCard(Row):
    key = ("survey",)
    order = ("asked_on", "survey")
    indexes = ("customer", "about", "satisfaction")
    personal = ("comment",)
    person = "customer"

    survey: UUID
    touchpoint: Touchpoint
    about: UUID
    customer: UUID
    asked_on: date
    answered_on: date | None = None
    satisfaction: int | None = None
    recommend: int | None = None
    comment: str = ""


class SurveyDesk(Projection):
    name = "survey_desk"
    says = ("满意度调查", "Survey desk")
    row = SurveyCard
    hears = events_of(Survey)
    shown_to = Projection.shown_to | {Role.CUSTOMER}
    own = "customer"

    @staticmethod
    def evolve(row: SurveyCard | None, recorded: Recorded) -> SurveyCard | None:
        match recorded.event:
            case SurveyRequested(touchpoint=touchpoint, about=about, customer=customer):
                return SurveyCard(
                    survey=recorded.stream,
                    touchpoint=touchpoint,
                    about=about,
                    customer=customer,
                    asked_on=recorded.occurred_on,
                )
            case SurveyAnswered(satisfaction=satisfaction, recommend=recommend, comment=comment):
                return row and row.but(
                    answered_on=recorded.occurred_on, satisfaction=satisfaction, recommend=recommend, comment=comment
                )
        return row
