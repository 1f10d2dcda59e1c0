"""Surveys over HTTP."""

from __future__ import annotations

from application.survey.survey_desk import SurveyDesk
from domain.survey import AnswerSurvey, RequestSurvey
from interfaces.http.routes import Accepts, Shows

SURVEYS = (
    Shows("", SurveyDesk),
    Shows("", SurveyDesk, one=True),
    Accepts("", RequestSurvey),
    Accepts("/answer", AnswerSurvey),
)
