"""When a dispute ends with a decision changed, the claim is opened again, so that it is assessed and paid anew."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.reaction import Reaction
from domain.claim.closing import ReopenClaim
from domain.claim.events import Reopening
from domain.dispute.events import DisputeClosed
from domain.kernel import Command, Recorded


class ChangedDecisionReopensTheClaim(Reaction):
    name = "changed_decision_reopens_the_claim"
    says = ("争议变更原决定后，理赔重新立案", "a decision changed in a dispute reopens the claim")
    hears = (DisputeClosed,)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        assert isinstance(recorded.event, DisputeClosed)
        if recorded.event.changes and recorded.event.claim:
            yield recorded.event.claim, ReopenClaim(ground=Reopening.DISPUTE)
