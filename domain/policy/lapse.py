"""What can be asked of a policy whose premium stays unpaid: that it lapses, and that it stands again."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MinLen
from pydantic import Field

from domain.customer import Channel
from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.policy import events as e
from domain.policy import milestones as m
from domain.policy.arrears import ends, stands_until
from domain.policy.sale import CANCELLED, SELLERS
from domain.policy.service import NOT_IN_FORCE
from domain.policy.state import Policy
from domain.rules.rulebook import Rulebook
from domain.words import Day, Note, Role, plus_days

NOT_OVERDUE = Refusal(
    "policy.not_overdue",
    ("宽限期至{until}届满，届满前不得中止", "the grace period runs to {until}; no lapse before"),
    rule="PREM-GRACE-60D",
)
NOT_LAPSED = Refusal("policy.not_lapsed", ("保单没有中止", "the policy has not lapsed"))
REINSTATED_TOO_LATE = Refusal(
    "policy.reinstated_too_late", ("中止已满两年", "two years have passed since the lapse"), rule="REINSTATE-2Y"
)
STILL_OWED = Refusal(
    "policy.still_owed", ("尚欠保费{amount}", "a premium of {amount} is still owed"), rule="REINSTATE-2Y"
)
NOT_REQUESTED = Refusal(
    "policy.not_requested", ("没有待答复的复效申请", "no request for reinstatement awaits an answer")
)
RISK_NOT_RISEN = Refusal(
    "policy.risk_not_risen",
    (
        "只有危险程度在中止期间显著增加，才能拒绝复效",
        "reinstatement may be refused only where the risk clearly rose while the cover was suspended",
    ),
    rule="REINSTATE-REFUSE-ONLY-RISK",
)
SILENCE_WAS_CONSENT = Refusal(
    "policy.silence_was_consent",
    ("{until}前未明确拒绝，视为同意复效", "nobody refused by {until}: that is consent, and it stands"),
    rule="REINSTATE-DEEMED-30D",
)
STILL_TIME = Refusal(
    "policy.still_time",
    ("答复期限至{until}届满，此前沉默不是同意", "there is time to answer until {until}; silence is no consent before"),
    rule="REINSTATE-DEEMED-30D",
)


def lapsed(policy: Policy) -> None:
    CANCELLED.unless(not policy.cancelled)
    NOT_LAPSED.unless(policy.lapsed_on)


class LapsePolicy(Command):
    """Suspends cover once an instalment stayed unpaid beyond the grace period, or beyond that of the dunning."""

    on, consults = Policy, (Rulebook,)
    may = frozenset({Role.CASHIER, Role.SYSTEM})
    says = ("效力中止", "Lapse")
    applies = ("PREM-GRACE-60D", "PREM-DUNNING-30D")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        NOT_IN_FORCE.unless(policy.cover_on(given.today), day=given.today)
        due_on, progress = policy.overdue_since(given.today), policy.progress
        dunned_on = progress.dunned_on if due_on and progress.dunned_for == due_on else None
        until = stands_until(policy.line, due_on or given.today, dunned_on, given)
        NOT_OVERDUE.unless(due_on and given.today > until, until=until)
        assert due_on
        yield e.PolicyLapsed(
            effective_on=plus_days(until, 1),
            due_on=due_on,
            dunned_on=dunned_on,
            line=policy.line,
            individual=policy.individual,
        )


class SendLapseNotice(Command):
    """Tells the policyholder that cover is suspended, what follows from it and how it can be reinstated."""

    on, may = Policy, frozenset({Role.SERVICE, Role.CASHIER, Role.SYSTEM})
    says = ("发出效力中止通知", "Send the lapse notice")
    applies = ("LAPSE-NOTICE-10WD",)
    sent_on: Day
    channel: Channel = Channel.LETTER

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.sent_on, given)
        lapsed(policy)
        if not policy.progress.lapse_told:
            yield m.LapseNoticeSent(sent_on=self.sent_on, channel=self.channel)


class RequestReinstatement(Command):
    """The policyholder asks for reinstatement; silence for the time that the law gives is consent."""

    on, consults = Policy, (Rulebook,)
    may = SELLERS | {Role.CUSTOMER}
    says = ("申请复效", "Ask for reinstatement")
    applies = ("REINSTATE-2Y", "REINSTATE-DEEMED-30D")
    received_on: Day

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.received_on, given)
        lapsed(policy)
        assert policy.lapsed_on
        NOT_LAPSED.unless(policy.lapsed_on <= self.received_on)
        REINSTATED_TOO_LATE.unless(self.received_on <= ends("REINSTATE-2Y", policy.lapsed_on, given))
        if policy.progress.reinstatement_on is None:
            yield m.ReinstatementRequested(received_on=self.received_on, line=policy.line)


class RefuseReinstatement(Command):
    """Refuses what was asked for, on the one ground that there is, and in time."""

    on, may, consults = Policy, frozenset({Role.UNDERWRITER}), (Rulebook,)
    says = ("拒绝复效", "Refuse reinstatement")
    applies = ("REINSTATE-REFUSE-ONLY-RISK", "REINSTATE-DEEMED-30D")
    risk_risen: bool = Field(description="Whether the risk clearly rose while the cover was suspended.")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        lapsed(policy)
        requested_on = policy.progress.reinstatement_on
        NOT_REQUESTED.unless(requested_on)
        assert requested_on
        if policy.line.is_personal:
            RISK_NOT_RISEN.unless(self.risk_risen)
            until = ends("REINSTATE-DEEMED-30D", requested_on, given)
            SILENCE_WAS_CONSENT.unless(given.today <= until, until=until)
        yield m.ReinstatementRefused(refused_on=given.today, reason=self.reason)


class DeemReinstated(Command):
    """Takes silence for consent, once the time to answer is over; cover is back when all is paid."""

    on, may, consults = Policy, frozenset({Role.SYSTEM}), (Rulebook,)
    says = ("视为同意复效", "Deem reinstatement agreed to")
    applies = ("REINSTATE-DEEMED-30D", "REINSTATE-EFFECTIVE")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        lapsed(policy)
        requested_on = policy.progress.reinstatement_on
        NOT_REQUESTED.unless(requested_on and policy.line.is_personal)
        assert requested_on and policy.lapsed_on
        until = ends("REINSTATE-DEEMED-30D", requested_on, given)
        STILL_TIME.unless(given.today > until, until=until)
        if policy.progress.deemed:
            return
        yield m.ReinstatementDeemed(agreed_on=plus_days(until, 1))
        if not policy.owed_on(given.today):
            yield e.PolicyReinstated(effective_on=max(policy.paid_on or given.today, policy.lapsed_on))


class ReinstatePolicy(Command):
    """Restores a lapsed cover from today, once what was owed has been paid."""

    on, consults = Policy, (Rulebook,)
    may = frozenset({Role.UNDERWRITER, Role.SERVICE})
    says = ("复效", "Reinstate")
    applies = ("REINSTATE-2Y",)

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        lapsed(policy)
        assert policy.lapsed_on
        REINSTATED_TOO_LATE.unless(given.today <= ends("REINSTATE-2Y", policy.lapsed_on, given))
        owed = policy.owed_on(given.today)
        STILL_OWED.unless(not owed, amount=owed)
        yield e.PolicyReinstated(effective_on=max(given.today, policy.lapsed_on))
