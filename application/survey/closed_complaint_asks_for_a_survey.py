"""A customer whose complaint was decided and closed is asked, once, how it was handled."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.reaction import Reaction
from application.survey.settled_claim_asks_for_a_survey import REMEMBERED
from domain.complaint.events import ComplaintClosed
from domain.kernel import Command, Recorded, stream_of
from domain.survey import RequestSurvey, Survey, Touchpoint


class ClosedComplaintAsksForASurvey(Reaction):
    name = "closed_complaint_asks_for_a_survey"
    says = ("投诉结案后邀请客户评价", "a closed complaint asks for a satisfaction survey")
    hears = (ComplaintClosed,)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        event = recorded.event
        assert isinstance(event, ComplaintClosed)
        if event.customer and recorded.recorded_at - recorded.occurred_at < REMEMBERED:
            yield (
                stream_of(Survey, f"{recorded.stream}/{recorded.version}"),
                RequestSurvey(touchpoint=Touchpoint.COMPLAINT_CLOSED, about=recorded.stream, customer=event.customer),
            )
