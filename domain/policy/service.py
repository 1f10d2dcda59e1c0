"""What can be asked of a policy in force: that it is changed, prolonged, ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import Field

from domain.kernel import Command, Event, Given, Refusal
from domain.policy import events as e
from domain.policy.arrears import arrears_after, ends
from domain.policy.contract import premium_for
from domain.policy.events import Ending, Sum
from domain.policy.reapplied import Endorsement, endorsing, later_changes
from domain.policy.sale import CANCELLED, NOT_ISSUED, SELLERS, fitting
from domain.policy.servicing import free
from domain.policy.state import Policy
from domain.policy.upkeep import Dealing, RefundFellDue
from domain.product import Product
from domain.rating import Rating
from domain.rules.rulebook import Rulebook
from domain.words import LAST_DAY, Day, Money, Note, Period, Role, plus_days, plus_years, total

NOT_IN_FORCE = Refusal("policy.not_in_force", ("保单在{day}不在有效状态", "the policy is not in force on {day}"))
TOO_FAR = Refusal("policy.too_far", ("续保不得超过{last}", "no contract is renewed beyond {last}"))
COOLING_OFF_OVER = Refusal(
    "policy.cooling_off_over",
    ("犹豫期{days}天已过或未送达", "the cooling-off period of {days} days is over or never began"),
)
NO_GROUND = Refusal(
    "policy.no_ground_to_rescind",
    (
        "没有记录未如实告知，保险人不得解除合同",
        "no non-disclosure is on record, and without a ground an insurer rescinds nothing",
    ),
    rule="CONTRACT-INSURER-NO-RESCIND",
)
WAIVED = Refusal(
    "policy.waived",
    (
        "知道未如实告知后仍收取保费，不得再解除",
        "premium was taken although the ground was known, so it is none any more",
    ),
    rule="CONTEST-WAIVER-PREMIUM",
)
KNOWN_TOO_LONG = Refusal(
    "policy.known_too_long",
    ("自知道之日起的期限已于{until}届满", "the time from the day on which it was known ended on {until}"),
    rule="CONTEST-30D",
)
INCONTESTABLE = Refusal(
    "policy.incontestable",
    (
        "自合同成立已满两年（{until}），不得解除",
        "two years from the making of the contract ended on {until}: it stands",
    ),
    rule="CONTEST-2Y",
)
UNASKED_RENEWAL = Refusal(
    "policy.unasked_renewal",
    ("未经客户同意不得自动续保", "nothing is renewed by itself without the customer's consent"),
    rule="SALE-NET-RENEW-CONSENT",
)
RATED_HIGH = Refusal(
    "policy.rated_high",
    ("高风险客户不自动续保，须人工审核", "for a customer rated high nothing is renewed by itself: somebody looks"),
)
BACKDATED = Refusal("policy.backdated", ("客户退保不得追溯生效", "a surrender takes no effect before it was asked for"))


class EndorsePolicy(Command):
    """Changes what is insured from a day on; the price difference is pro rata for the days that remain."""

    on, consults = Policy, (Product,)
    may = frozenset({Role.UNDERWRITER, Role.SERVICE})
    says = ("批改", "Endorse")
    applies = ("CONTRACT-AMEND-ENDORSE",)
    effective_on: Day
    sums: Annotated[tuple[Sum, ...], MinLen(1), MaxLen(50)]
    reason: Annotated[Note, MinLen(1)]
    carry: bool = Field(
        default=False, description="Whether changes that take effect later are reversed and made anew on top of it."
    )

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        CANCELLED.unless(not policy.cancelled)
        free(policy, Dealing.ENDORSEMENT)
        cover = policy.cover_on(self.effective_on)
        NOT_IN_FORCE.unless(cover, day=self.effective_on)
        edition = given[Product].edition(policy.product_version)
        assert cover and edition
        fitting(self.sums, edition.terms)
        if self.sums != cover.sums:
            change = Endorsement(self.effective_on, self.sums, self.reason)
            later = later_changes(policy, self.effective_on) if self.carry else ()
            after = policy
            for event in endorsing(policy, edition.terms, change, later, given.today):
                after = after.evolve(event)
                yield event
            yield from arrears_after(policy, after, given.today)


class RenewPolicy(Command):
    """Prolongs the contract by the same length, from the day after its last."""

    on, consults = Policy, (Product, Rating)
    may = SELLERS | {Role.UNDERWRITER, Role.CUSTOMER, Role.SYSTEM}
    says = ("续保", "Renew")
    applies = ("SALE-NET-RENEW-CONSENT",)
    instalments: Annotated[int, Ge(1), Le(12)] = 1

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        CANCELLED.unless(not policy.cancelled)
        free(policy, Dealing.RENEWAL)
        by_itself = given.actor.role is Role.SYSTEM
        UNASKED_RENEWAL.unless(not by_itself or policy.standing.agreed)
        RATED_HIGH.unless(not (by_itself and given[Rating].high))
        NOT_IN_FORCE.unless(policy.cover_on(policy.period.ends_on), day=policy.period.ends_on)
        starts_on = plus_days(policy.period.ends_on, 1)
        period = Period(starts_on, plus_days(starts_on, policy.period.days - 1))
        TOO_FAR.unless(period.ends_on <= LAST_DAY, last=LAST_DAY)
        yield e.PolicyRenewed(period=period, premium=_next_price(policy, period, given), instalments=self.instalments)


def _next_price(policy: Policy, period: Period, given: Given) -> Money:
    edition = given[Product].edition(policy.product_version)
    assert edition
    return premium_for(edition.terms, policy.sums, period.days, policy.loading_percent)


class CancelPolicy(Command):
    """Ends the contract: all premium back within the cooling-off period, the unearned part after it."""

    on, consults = Policy, (Product, Rulebook)
    may = frozenset({Role.SERVICE, Role.UNDERWRITER, Role.CUSTOMER})
    says = ("终止合同", "Cancel")
    effective_on: Day
    ending: Ending

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        CANCELLED.unless(not policy.cancelled)
        NOT_ISSUED.unless(policy.issued)
        free(policy, Dealing.CANCELLATION)
        if self.ending is Ending.COOLING_OFF:
            edition = given[Product].edition(policy.product_version)
            days = edition.terms.cooling_off_days if edition else 0
            delivered = policy.delivered_on
            ends_on = max(given.today, self.effective_on)
            COOLING_OFF_OVER.unless(days and delivered and ends_on <= plus_days(delivered, days), days=days)
            refund = policy.paid
        else:
            if self.ending is Ending.RESCISSION:
                _rescindable(policy, given)
            BACKDATED.unless(self.ending is not Ending.REQUEST or self.effective_on >= given.today)
            NOT_IN_FORCE.unless(policy.cover_on(self.effective_on), day=self.effective_on)
            refund = self._given_back(policy, given)
        yield e.PolicyCancelled(effective_on=self.effective_on, ending=self.ending, refund=refund)
        if refund:
            yield RefundFellDue(amount=refund, since=given.today, line=policy.line)

    def _given_back(self, policy: Policy, given: Given) -> Money:
        """The cash value of the contract's table where a surrendered one has any, the unearned premium elsewhere."""
        edition = given[Product].edition(policy.product_version)
        values = edition.terms.cash_values if edition else ()
        if self.ending is not Ending.REQUEST or not values:
            return unearned(policy, self.effective_on)
        began_on = policy.stack[0].effective_on
        years = sum(plus_years(began_on, n) <= self.effective_on for n in range(1, len(values)))
        return policy.paid.share(values[years], 100)


def _rescindable(policy: Policy, given: Given) -> None:
    """Raises Refused where the insurer may not rescind, or not any more (Insurance Law arts 15 and 16)."""
    known_on = policy.progress.non_disclosure_on
    NO_GROUND.unless(known_on)
    assert known_on
    WAIVED.unless(not policy.progress.waived)
    until = ends("CONTEST-30D", known_on, given)
    KNOWN_TOO_LONG.unless(given.today <= until, until=until)
    made_on = policy.issued_on or policy.period.starts_on
    until = ends("CONTEST-2Y", made_on, given)
    INCONTESTABLE.unless(given.today <= until, until=until)


def unearned(policy: Policy, day: date) -> Money:
    """Of what was paid, the part beyond what the days before that day have earned; credits earn nothing."""
    nothing = Money(0, policy.paid.currency)
    priced = ((entry.difference, entry.period) for entry in policy.stack if entry.period and entry.stands)
    earned = total((price.share(p.days - p.days_left(day), p.days) for price, p in priced), policy.paid.currency)
    return max(policy.paid - max(earned, nothing), nothing)


class AwaitPremium(Command):
    """Keeps that a claim waits for overdue premium, so that its arrival can be told to the claim."""

    on, may = Policy, frozenset({Role.SYSTEM})
    says = ("理赔待缴保费", "Claim awaits premium")
    claim: UUID

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        if policy.overdue_since(given.today) and self.claim not in policy.waiting_claims:
            yield e.ClaimAwaitedPremium(claim=self.claim)
