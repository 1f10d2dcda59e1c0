"""Losses: what was told of one policy's losses, so that the same loss is not settled twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.kernel import Aggregate, Event, stream_of
from domain.words import Term, plus_days

NEAR_DAYS = 3
"""How many days apart two notices of the same cause may still tell of one loss: the insurer's own rule."""


class Cause(Term):
    COLLISION = "collision", "碰撞", "collision"
    THEFT = "theft", "盗抢", "theft"
    FIRE = "fire", "火灾", "fire"
    WATER = "water", "水渍", "water"
    STORM = "storm", "风暴", "storm"
    ILLNESS = "illness", "疾病", "illness"
    INJURY = "injury", "意外伤害", "injury"
    DEATH = "death", "身故", "death"
    THIRD_PARTY = "third_party", "第三者责任", "liability to a third party"
    DEFAULT = "default", "违约", "default of a debtor"
    OTHER = "other", "其他", "other"


class LossTold(Event):
    """Appended by the one door beside every notice that names its policy and the day of the loss."""

    internal = True
    tells = ("案件{number}：出险日{loss_on}", "claim {number} tells of a loss on {loss_on}")
    claim: UUID
    number: str
    loss_on: date
    cause: Cause | None = None


class LossMoved(Event):
    """The claim turned out to be about another policy, or was joined to another that tells of the same loss."""

    internal = True
    tells = ("案件不再属于本保单的出险记录", "the claim tells of no loss of its own here")
    claim: UUID


class LossesToldApart(Event):
    internal = True
    tells = ("两案件认定为不同损失", "two claims were found to tell of two losses")
    claim: UUID
    other: UUID


@dataclass(frozen=True, slots=True)
class Loss:
    claim: UUID
    number: str
    loss_on: date
    cause: Cause | None

    def perhaps(self, loss_on: date, cause: Cause | None) -> bool:
        """Whether it may be that loss too: on the same day, or of the same cause within a few days."""
        days = abs((self.loss_on - loss_on).days)
        same = self.cause is None or cause is None or self.cause is cause
        return days == 0 or (days <= NEAR_DAYS and same)


class Losses(Aggregate):
    """What was told of one policy, claim by claim."""

    opened = False

    told: Mapping[UUID, Loss] = {}
    apart: frozenset[frozenset[UUID]] = frozenset()

    def evolve(self, event: Event) -> Losses:
        match event:
            case LossTold():
                loss = Loss(event.claim, event.number, event.loss_on, event.cause)
                return self.but(told={**self.told, event.claim: loss})
            case LossMoved(claim=claim):
                return self.but(told={key: each for key, each in self.told.items() if key != claim})
            case LossesToldApart(claim=claim, other=other):
                return self.but(apart=self.apart | {frozenset((claim, other))})
        return self

    def like(self, claim: UUID, loss_on: date, cause: Cause | None) -> tuple[Loss, ...]:
        """What other claims told that may be the same loss, and was not told apart from it."""
        others = (each for key, each in self.told.items() if key != claim)
        return tuple(x for x in others if x.perhaps(loss_on, cause) and frozenset((claim, x.claim)) not in self.apart)

    def since(self, claim: UUID, day: date, days: int) -> int:
        """How many other losses there were in so many days up to that day."""
        first = plus_days(day, -days)
        return sum(first <= each.loss_on <= day for key, each in self.told.items() if key != claim)


def losses_of(policy: UUID) -> UUID:
    return stream_of(Losses, str(policy))
