"""Where a registered claim goes: screened by rule and model, sent to a desk, grouped, cleared of a false match."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import MinLen

from domain.catastrophe import DOES_NOT_FIT, OVER, Catastrophe
from domain.claim.inquiry import ClaimGrouped, MatchCleared
from domain.claim.matching import backdated
from domain.claim.screening import ClaimRouted, ClaimScreened, Seen, Track, screen
from domain.claim.state import Claim
from domain.kernel import Command, Event, Given, Refusal
from domain.losses import Losses
from domain.policy.contract import Step
from domain.policy.state import Policy
from domain.sanction import COMPLIANCE, NOT_LISTED, Sanction, sanction_of
from domain.words import Note, Role, Text, total

NOT_OPEN = Refusal("claim.not_open", ("案件未立案或已结案", "the claim is not registered, or is closed"))
NO_DAY = Refusal("claim.no_day", ("出险日未知", "the day of the loss is not known"))


def screened(claim: Claim, given: Given) -> ClaimScreened:
    """What the screen of this version makes of a registered claim."""
    notice, policy, losses = claim.notice, given[Policy], given[Losses]
    assert claim.loss_on and notice.cause and claim.line
    judge = screen()
    seen = Seen(
        line=claim.line,
        cause=notice.cause,
        severity=notice.severity,
        loss_on=claim.loss_on,
        noticed_on=claim.scrutiny.noticed_on or given.today,
        began_on=min((each.effective_on for each in policy.stack), default=claim.loss_on),
        raised_on=_raised_on(policy, claim),
        others=losses.since(claim.id, claim.loss_on, judge.within),
        amended=claim.scrutiny.amended,
        backdated=backdated(claim, policy),
        overdue=policy.overdue_since(claim.loss_on) is not None,
    )
    return judge.judge(seen)


def _raised_on(policy: Policy, claim: Claim) -> date | None:
    """The last day up to the loss on which an endorsement raised what is insured."""
    assert claim.loss_on
    raised, before = None, None
    for entry in sorted(policy.stack, key=lambda each: (each.effective_on, each.number)):
        if entry.sums is None or entry.effective_on > claim.loss_on:
            continue
        sums = total(each.insured for each in entry.sums)
        if entry.step is Step.ENDORSEMENT and before is not None and before < sums:
            raised = entry.effective_on
        before = sums
    return raised


class ScreenClaim(Command):
    """Screens the claim again, by what is known by now and by the screen of today."""

    on, consults = Claim, (Policy, Losses)
    may = frozenset({Role.CLAIMS_HANDLER, Role.SUPERVISOR})
    says = ("重新预警评分", "Screen again")

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_OPEN.unless(claim.is_registered)
        yield screened(claim, given)


class RouteClaim(Command):
    """Sends the claim to another desk than the table did, for a reason."""

    on, may = Claim, frozenset({Role.SUPERVISOR})
    says = ("改变分流", "Send to another desk")
    track: Track
    reason: Annotated[Note, MinLen(1)]

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        NOT_OPEN.unless(claim.is_registered)
        if claim.scrutiny.track is not self.track:
            yield ClaimRouted(track=self.track, reason=self.reason, router=given.actor.name)


class GroupClaim(Command):
    """Counts the claim among those that come of one catastrophe."""

    on, consults = Claim, (Catastrophe,)
    may = frozenset({Role.CLAIMS_HANDLER, Role.SUPERVISOR})
    says = ("归入巨灾", "Group under a catastrophe")
    catastrophe: UUID

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        found, notice = given[Catastrophe], claim.notice
        OVER.unless(not found.ended, code=found.code)
        NO_DAY.unless(notice.loss_on)
        assert notice.loss_on
        fits = found.period and notice.loss_on in found.period and notice.cause in found.causes
        DOES_NOT_FIT.unless(fits, code=found.code)
        if claim.scrutiny.catastrophe != found.id:
            yield ClaimGrouped(catastrophe=found.id, code=found.code)


class ClearMatch(Command):
    """Finds that whoever is to be paid is not who is on the list, and says why; no money moves before."""

    on, may, consults = Claim, COMPLIANCE, (Sanction,)
    says = ("解除名单误报", "Clear a false match")
    applies = ("AML-SANCTION-LISTS",)
    payee: Text
    reason: Annotated[Note, MinLen(1)]

    @property
    def sanction(self) -> UUID:
        return sanction_of(self.payee)

    def decide(self, claim: Claim, given: Given) -> Iterator[Event]:
        found = given[Sanction]
        NOT_LISTED.unless(found.listed)
        if found.id not in claim.scrutiny.cleared:
            yield MatchCleared(sanction=found.id, entry=found.entry, reason=self.reason, officer=given.actor.name)
