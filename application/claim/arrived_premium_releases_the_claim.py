"""When the overdue premium has come, the claims that waited for it go on."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.reaction import Reaction
from domain.claim.events import Hold
from domain.claim.intake import ReleaseClaim
from domain.kernel import Command, Recorded
from domain.policy.events import AwaitedPremiumArrived


class ArrivedPremiumReleasesTheClaim(Reaction):
    name = "arrived_premium_releases_the_claim"
    says = ("逾期保费缴清后，理赔恢复处理", "once overdue premium arrives, waiting claims go on")
    hears = (AwaitedPremiumArrived,)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        assert isinstance(recorded.event, AwaitedPremiumArrived)
        for claim in recorded.event.claims:
            yield claim, ReleaseClaim(hold=Hold.PREMIUM_OVERDUE)
