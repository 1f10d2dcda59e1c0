"""A request for reinstatement that nobody refused in time is deemed agreed to."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.reaction import Reaction
from domain.docket.events import DeadlineMissed
from domain.kernel import Command, Recorded
from domain.policy.lapse import DeemReinstated


class SilenceIsConsent(Reaction):
    name = "silence_is_consent"
    says = ("复效申请逾期未拒绝，视为同意", "nobody refused in time: reinstatement is agreed to")
    hears = (DeadlineMissed,)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        assert isinstance(recorded.event, DeadlineMissed)
        if recorded.event.rule == "REINSTATE-DEEMED-30D":
            yield recorded.event.case, DeemReinstated()
