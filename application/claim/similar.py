"""Other claims that may tell of the same loss, each with what speaks for it; decided from the events themselves."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from application.handling import Handling
from domain.claim.state import Claim, Status
from domain.losses import Losses
from domain.words import Term


class Likeness(Term):
    SAME_DAY = "same_day", "同日出险", "same day"
    NEAR_DAY = "near_day", "出险日相近", "days close by"
    SAME_CAUSE = "same_cause", "原因相同", "same cause"
    SAME_REPORTER = "same_reporter", "报案人相同", "same reporter"
    SAME_PHONE = "same_phone", "电话相同", "same telephone"
    SAME_PLACE = "same_place", "地点相同", "same place"


class Similar(BaseModel):
    """A claim under the same policy, and what it has in common with the one asked about."""

    model_config = ConfigDict(frozen=True)

    claim: UUID
    number: str
    status: Status
    likeness: tuple[Likeness, ...]


async def similar(handling: Handling, claim: Claim) -> list[Similar]:
    """Those not told apart from it, the most alike first."""
    notice = claim.notice
    if claim.losses is None or notice.loss_on is None:
        return []
    losses = await handling.recall(Losses, claim.losses)
    assert isinstance(losses, Losses)
    found = []
    for loss in losses.like(claim.id, notice.loss_on, notice.cause):
        other = await handling.recall(Claim, loss.claim)
        assert isinstance(other, Claim)
        alike = tuple(_alike(claim, other))
        found.append(Similar(claim=loss.claim, number=loss.number, status=other.status, likeness=alike))
    return sorted(found, key=lambda each: (-len(each.likeness), each.number))


def _alike(claim: Claim, other: Claim) -> Iterator[Likeness]:
    mine, theirs = claim.notice, other.notice
    yield Likeness.SAME_DAY if mine.loss_on == theirs.loss_on else Likeness.NEAR_DAY
    named = {
        Likeness.SAME_CAUSE: "cause",
        Likeness.SAME_REPORTER: "reporter",
        Likeness.SAME_PHONE: "phone",
        Likeness.SAME_PLACE: "place",
    }
    yield from (each for each, name in named.items() if (said := getattr(mine, name)) and said == getattr(theirs, name))
