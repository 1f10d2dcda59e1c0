"""What a notice is held against before it is a claim: other notices of the loss, and the contract as it was known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import MinLen

from domain.claim.notice import CoverDecided, Known, LossFoundDistinct, NoticeJoined
from domain.claim.state import Claim, Status
from domain.kernel import Command, Event, Given, Refusal
from domain.losses import Losses
from domain.policy.contract import Cover, cover_of
from domain.policy.state import Policy
from domain.words import Note, Role

PERHAPS_TWICE = Refusal(
    "claim.perhaps_twice",
    (
        "案件{numbers}可能是同一损失：请并案，或认定不是同一损失",
        "{numbers} may tell of the same loss: join them, or find them distinct",
    ),
)
ITSELF = Refusal("claim.itself", ("不能与自身并案或比较", "a claim is not joined to itself, nor compared with itself"))
OTHER_POLICY = Refusal("claim.other_policy", ("两案件的保单不同", "the two claims are about different policies"))
NOT_A_NOTICE = Refusal(
    "claim.not_a_notice", ("案件已立案或已并案，不能再并案", "it is more than a notice, or has been joined before")
)
JOINED_ITSELF = Refusal("claim.joined_itself", ("案件{number}本身已并入他案", "claim {number} was joined to another"))
COVER_CHANGED = Refusal(
    "claim.cover_changed",
    (
        "报案后出险日的保障有追溯变更，须先由核保或主管认定按何时所知处理",
        "the cover of that day was changed after the notice: an underwriter or supervisor decides which view counts",
    ),
)
COVER_UNCHANGED = Refusal(
    "claim.cover_unchanged", ("报案后出险日的保障没有变更", "the cover of that day is what it was at the notice")
)


def cover_then(claim: Claim, policy: Policy) -> Cover | None:
    """What was insured on the day of the loss, so far as was known at the notice."""
    loss_on, known = claim.notice.loss_on, claim.scrutiny.contract
    return cover_of(policy.stack[:known], loss_on) if loss_on else None


def insured_then(claim: Claim, policy: Policy) -> Cover | None:
    """What counts as insured on the day of the loss: as known now, unless somebody decided for the notice's view."""
    loss_on = claim.notice.loss_on
    if claim.scrutiny.cover is Known.AT_NOTICE:
        return cover_then(claim, policy)
    return policy.cover_on(loss_on) if loss_on else None


def backdated(claim: Claim, policy: Policy) -> bool:
    """Whether the contract says something else of the day of the loss than it did at the notice."""
    loss_on = claim.notice.loss_on
    if not (loss_on and policy.exists and claim.scrutiny.contract is not None):
        return False
    then, now = cover_then(claim, policy), policy.cover_on(loss_on)
    return (then and then.sums) != (now and now.sums)


def cover_settled(claim: Claim, given: Given) -> None:
    COVER_CHANGED.unless(claim.scrutiny.cover or not backdated(claim, given[Policy]))


def not_twice(claim: Claim, given: Given) -> None:
    notice, losses = claim.notice, given[Losses]
    like = losses.like(claim.id, notice.loss_on, notice.cause) if notice.loss_on else ()
    PERHAPS_TWICE.unless(not like, numbers=", ".join(each.number for each in like))


class _OfTwo(Command):
    on, consults = Claim, (Claim,)
    may = frozenset({Role.CLAIMS_HANDLER})
    claim: UUID

    def other(self, claim: Claim, given: Given) -> Claim:
        """Raises Refused where the two cannot tell of the same loss."""
        other = given[Claim]
        ITSELF.unless(other.id != claim.id)
        OTHER_POLICY.unless(claim.policy is None or other.policy in (None, claim.policy))
        return other


class JoinNotice(_OfTwo):
    """This notice tells of the loss that another claim is about; what was told is kept, and goes on there."""

    says = ("并案", "Join to another claim")

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_A_NOTICE.unless(claim.status is Status.NOTICED)
        other = self.other(claim, given)
        JOINED_ITSELF.unless(other.status is not Status.JOINED, number=other.number)
        yield NoticeJoined(into=other.id, number=other.number)


class TellLossesApart(_OfTwo):
    """This claim and the other tell of two losses, however alike they look."""

    says = ("认定不是同一损失", "Find losses distinct")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        other = self.other(claim, given)
        policy = claim.policy or other.policy
        OTHER_POLICY.unless(policy)
        assert policy
        yield LossFoundDistinct(other=other.id, policy=policy, number=other.number, reason=self.reason)


class DecideCover(Command):
    """Says which view of the cover counts where the contract was backdated after the notice."""

    on, consults = Claim, (Policy,)
    may = frozenset({Role.UNDERWRITER, Role.SUPERVISOR})
    says = ("认定适用保障", "Decide which cover counts")
    known: Known
    reason: Annotated[Note, MinLen(1)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_A_NOTICE.unless(claim.status is Status.NOTICED)
        COVER_UNCHANGED.unless(backdated(claim, given[Policy]))
        if claim.scrutiny.cover is not self.known:
            yield CoverDecided(known=self.known, reason=self.reason, decider=given.actor.name)
