"""As premium comes in for a contract in force, commission is earned on it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.reaction import Reaction
from domain.commission import EarnCommission, commission_of
from domain.kernel import Command, Recorded
from domain.policy.events import PolicyIssued, PremiumPaid


class PaidPremiumEarnsCommission(Reaction):
    name = "paid_premium_earns_commission"
    says = ("保费到账后计提佣金", "paid premium earns commission")
    hears = (PremiumPaid, PolicyIssued)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        yield commission_of(recorded.stream), EarnCommission(policy=recorded.stream)
