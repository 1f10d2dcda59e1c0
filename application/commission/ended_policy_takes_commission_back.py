"""When a contract ends or lapses early, what was earned on it too early is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.reaction import Reaction
from domain.commission import TakeBackCommission, commission_of
from domain.kernel import Command, Recorded
from domain.policy.events import PolicyCancelled, PolicyLapsed


class EndedPolicyTakesCommissionBack(Reaction):
    name = "ended_policy_takes_commission_back"
    says = ("退保或中止后扣回佣金", "an ended contract takes commission back")
    hears = (PolicyCancelled, PolicyLapsed)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        yield commission_of(recorded.stream), TakeBackCommission(policy=recorded.stream)
