"""What a standard changes of the rules counts from the day on which it takes effect, until it is withdrawn."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.reaction import Reaction
from domain.kernel import Command, Recorded
from domain.rules.rulebook import RULEBOOK, AdoptEdition, RetractEdition
from domain.standard.events import StandardTookEffect, StandardWithdrawn


class EffectiveStandardChangesTheRulebook(Reaction):
    name = "effective_standard_changes_the_rulebook"
    says = ("标准生效，其规则变更随之适用", "a standard in effect changes the rulebook")
    hears = (StandardTookEffect, StandardWithdrawn)

    @staticmethod
    def react(recorded: Recorded) -> Iterator[tuple[UUID, Command]]:
        match recorded.event:
            case StandardTookEffect() as event:
                yield (
                    RULEBOOK,
                    AdoptEdition(
                        standard=event.code,
                        version=event.version,
                        effective_on=event.effective_on,
                        changes=event.changes,
                    ),
                )
            case StandardWithdrawn(code=code, version=version):
                yield RULEBOOK, RetractEdition(standard=code, version=version)
