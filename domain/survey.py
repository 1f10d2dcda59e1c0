"""A survey: one customer asked, once, how one thing went."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le

from domain.kernel import Aggregate, Command, Event, Given, Refusal
from domain.words import Note, Personal, Role, Term


class Touchpoint(Term):
    POLICY_ISSUED = "policy_issued", "承保", "issue of a policy"
    CLAIM_SETTLED = "claim_settled", "理赔", "settlement of a claim"
    COMPLAINT_CLOSED = "complaint_closed", "投诉处理", "handling of a complaint"


ANSWERED = Refusal("survey.answered", ("调查已答复", "the survey has been answered"))


class SurveyRequested(Event):
    tells = ("就{touchpoint}邀请客户评价", "the customer was asked about the {touchpoint}")
    touchpoint: Touchpoint
    about: UUID
    customer: UUID


class SurveyAnswered(Event):
    tells = (
        "客户满意度{satisfaction}分（满分5分），推荐意愿{recommend}分",
        "satisfaction {satisfaction} of 5, would recommend {recommend} of 10",
    )
    satisfaction: int
    recommend: int | None = None
    comment: Personal[str] = ""


class Survey(Aggregate):
    customer: UUID | None = None
    answered: bool = False

    @property
    def party(self) -> UUID | None:
        return self.customer

    def evolve(self, event: Event) -> Survey:
        match event:
            case SurveyRequested(customer=customer):
                return self.but(customer=customer)
            case SurveyAnswered():
                return self.but(answered=True)
        return self


class RequestSurvey(Command):
    """Asks a customer about one thing we did for them; asked once for each."""

    on, opens = Survey, True
    may = frozenset({Role.SYSTEM, Role.SERVICE})
    says = ("发起调查", "Ask for a survey")
    touchpoint: Touchpoint
    about: UUID
    customer: UUID

    def decide(self, survey: Survey, given: Given) -> Iterator[Event]:
        yield SurveyRequested(touchpoint=self.touchpoint, about=self.about, customer=self.customer)


class AnswerSurvey(Command):
    """The customer's own answer: satisfaction 1 to 5, likelihood to recommend 0 to 10."""

    on = Survey
    may = frozenset({Role.CUSTOMER, Role.SERVICE})
    says = ("答复调查", "Answer the survey")
    satisfaction: Annotated[int, Ge(1), Le(5)]
    recommend: Annotated[int, Ge(0), Le(10)] | None = None
    comment: Note = ""

    def decide(self, survey: Survey, given: Given) -> Iterator[Event]:
        ANSWERED.unless(not survey.answered)
        yield SurveyAnswered(satisfaction=self.satisfaction, recommend=self.recommend, comment=self.comment)
