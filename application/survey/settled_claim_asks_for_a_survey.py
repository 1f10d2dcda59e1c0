"""A customer whose claim was settled is asked, once, how it went."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from application.reaction import Reaction
from domain.claim.events import ClaimClosed
from domain.kernel import Command, Recorded, stream_of
from domain.survey import RequestSurvey, Survey, Touchpoint

REMEMBERED = timedelta(days=30)
"""History that is entered later than this is nobody's fresh memory: no one is asked about it."""


class SettledClaimAsksForASurvey(Reaction):
    name = "settled_claim_asks_for_a_survey"
    says = ("理赔结案后邀请客户评价", "a settled claim asks for a satisfaction survey")
    hears = (ClaimClosed,)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        assert isinstance(recorded.event, ClaimClosed)
        fresh = recorded.recorded_at - recorded.occurred_at < REMEMBERED
        if recorded.event.outcome.settled and recorded.event.customer and fresh:
            yield (
                stream_of(Survey, f"{recorded.stream}/{recorded.version}"),
                RequestSurvey(
                    touchpoint=Touchpoint.CLAIM_SETTLED,
                    about=recorded.stream,
                    customer=recorded.event.customer,
                ),
            )
