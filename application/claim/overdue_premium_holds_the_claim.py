"""A claim under a policy whose premium is overdue waits for that premium."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.reaction import Reaction
from domain.claim.events import ClaimRegistered
from domain.claim.intake import HoldForPremium
from domain.kernel import Command, Recorded
from domain.policy.service import AwaitPremium


class OverduePremiumHoldsTheClaim(Reaction):
    name = "overdue_premium_holds_the_claim"
    says = ("保费逾期的保单，理赔暂停处理", "a claim under a policy with overdue premium is held")
    hears = (ClaimRegistered,)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        assert isinstance(recorded.event, ClaimRegistered)
        yield recorded.stream, HoldForPremium()
        yield recorded.event.policy, AwaitPremium(claim=recorded.stream)
