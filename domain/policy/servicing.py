"""What a policyholder may ask for between issue and end, and what may hold a policy meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import Field

from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.losses import Cause, Losses
from domain.policy import upkeep as u
from domain.policy.standing import Wish
from domain.policy.state import Policy
from domain.policy.upkeep import Blocking, Change, Dealing
from domain.words import Day, Note, Number, Role, Text

NOT_STANDING = Refusal("policy.not_standing", ("保单未承保或已终止", "the policy is not issued, or has ended"))
WISH_OPEN = Refusal("policy.wish_open", ("保全申请{request}尚未办结", "request {request} is not done yet"))
WISH_TWICE = Refusal("policy.wish_twice", ("编号{request}已被使用", "the number {request} has been used"))
NO_WISH = Refusal("policy.no_wish", ("没有此状态的保全申请", "no request is at this step"))
HELD = Refusal("policy.held", ("因{why}，{dealing}受限制", "{dealing} is blocked while the policy is held for {why}"))
NOT_HELD = Refusal("policy.not_held", ("没有因{blocking}受限制", "it is not held for {blocking}"))
NO_CONSENT = Refusal(
    "policy.insured_unasked",
    (
        "变更受益人须经被保险人同意并书面通知",
        "a change of beneficiary needs the insured's consent, and notice in writing",
    ),
    rule="SERV-BENEFICIARY-CHANGE",
)
EVENT_HAPPENED = Refusal(
    "policy.insured_event_happened",
    ("保险事故已发生（案件{claim}），变更无效", "the insured event has happened (claim {claim}): a change is void"),
    rule="SERV-BENEFICIARY-CHANGE",
)
NO_BENEFICIARY = Refusal(
    "policy.no_beneficiary", ("财产类保险没有受益人", "only life, health and accident cover has beneficiaries")
)

SERVANTS = frozenset({Role.SERVICE, Role.UNDERWRITER})
GUARDIANS = frozenset({Role.COMPLIANCE, Role.SUPERVISOR})


def standing(policy: Policy) -> None:
    """Raises Refused where it is not issued, or has ended."""
    NOT_STANDING.unless(policy.issued and not policy.cancelled)


def free(policy: Policy, dealing: Dealing) -> None:
    """Raises Refused where a hold blocks that kind of dealing."""
    why = policy.standing.blocking(dealing)
    HELD.unless(not why, why=why, dealing=dealing)


def wished(policy: Policy, *, accepted: bool) -> Wish:
    """The request at that step. Raises Refused."""
    wish = policy.standing.wish
    NO_WISH.unless(wish and wish.accepted is accepted)
    assert wish
    return wish


class RequestService(Command):
    """A policyholder asks that something be changed; one request at a time."""

    on, may = Policy, SERVANTS | {Role.AGENT, Role.CUSTOMER}
    says = ("申请保全", "Ask for a change")
    request: Number
    change: Change
    received_on: Day
    complete: bool = Field(default=True, description="Whether everything it needs came with it.")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        standing(policy)
        not_in_future(self.received_on, given)
        wish = policy.standing.wish
        WISH_OPEN.unless(wish is None or (not wish.complete and self.complete), request=wish and wish.number)
        WISH_TWICE.unless(self.request not in policy.standing.requests, request=self.request)
        yield u.ServiceRequested(**dict(self), line=policy.line, individual=policy.individual)


class TellServiceCorrections(Command):
    """Tells everything that a request lacks, at once."""

    on, may = Policy, SERVANTS
    says = ("一次性告知补正", "Tell what is missing")
    told_on: Day

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.told_on, given)
        wish = wished(policy, accepted=False)
        NO_WISH.unless(not wish.complete)
        yield u.ServiceCorrectionsTold(request=wish.number, told_on=self.told_on)


class AcceptService(Command):
    """Agrees to what was asked for; from then on it has its days to be done."""

    on, may = Policy, SERVANTS
    says = ("同意保全申请", "Agree to a change")
    premium: bool = Field(default=False, description="Whether the change costs something, so that payment comes first.")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        wish = wished(policy, accepted=False)
        NO_WISH.unless(wish.complete)
        yield u.ServiceAccepted(
            request=wish.number,
            accepted_on=given.today,
            premium=self.premium,
            line=policy.line,
            individual=policy.individual,
        )


class DeclineService(Command):
    on, may = Policy, SERVANTS
    says = ("不同意保全申请", "Decline a change")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        wish = policy.standing.wish
        NO_WISH.unless(wish)
        assert wish
        yield u.ServiceDeclined(request=wish.number, declined_on=given.today, reason=self.reason)


class CompleteService(Command):
    """What was asked for and agreed to is done."""

    on, may = Policy, SERVANTS
    says = ("保全办结", "Complete a change")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        wish = wished(policy, accepted=True)
        NO_WISH.unless(not wish.owing)
        yield u.ServiceCompleted(request=wish.number, done_on=given.today)


class ChangeBeneficiaries(Command):
    """Names other beneficiaries, told in writing and with the insured's consent, before any insured event."""

    on, may, consults = Policy, SERVANTS, (Losses,)
    says = ("变更受益人", "Change beneficiaries")
    applies = ("SERV-BENEFICIARY-CHANGE",)
    beneficiaries: Annotated[tuple[Text, ...], MinLen(1), MaxLen(20)]
    told_on: Day
    consent: Number | None = Field(
        default=None, description="Evidence of the insured's consent and the written notice."
    )

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        standing(policy)
        free(policy, Dealing.BENEFICIARY)
        not_in_future(self.told_on, given)
        NO_BENEFICIARY.unless(policy.line.is_personal)
        NO_CONSENT.unless(self.consent)
        died = [each for each in given[Losses].told.values() if each.cause is Cause.DEATH]
        EVENT_HAPPENED.unless(not died, claim=", ".join(each.number for each in died))
        yield u.BeneficiariesChanged(**dict(self))


class HoldPolicy(Command):
    """Blocks kinds of dealing, for a reason that stays until it is released by name."""

    on, may = Policy, GUARDIANS
    says = ("限制保单", "Hold the policy")
    blocking: Blocking
    dealings: Annotated[tuple[Dealing, ...], MinLen(1), MaxLen(6)]
    note: Annotated[Note, MinLen(1)]

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        dealings = tuple(sorted(set(self.dealings)))
        if policy.standing.holds.get(self.blocking) != frozenset(dealings):
            yield u.PolicyHeld(blocking=self.blocking, dealings=dealings, note=self.note, holder=given.actor.name)


class ReleasePolicy(Command):
    on, may = Policy, GUARDIANS
    says = ("解除限制", "Release the policy")
    blocking: Blocking
    note: Annotated[Note, MinLen(1)]

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        NOT_HELD.unless(self.blocking in policy.standing.holds, blocking=self.blocking)
        yield u.PolicyReleased(blocking=self.blocking, note=self.note, holder=given.actor.name)
