"""The way to a renewal: offered in time, agreed to or not, once or always; then money paid back, and maturity."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from pydantic import Field

from domain.customer import Channel
from domain.kernel import Command, Event, Given, Refusal, not_in_future, same_currency
from domain.policy import upkeep as u
from domain.policy.contract import premium_for
from domain.policy.sale import SELLERS
from domain.policy.servicing import free, standing
from domain.policy.state import Policy
from domain.policy.upkeep import Dealing
from domain.product import Product
from domain.sanction import Sanction, sanction_of, unsanctioned
from domain.words import LAST_DAY, Amount, Day, Money, Number, Period, Role, Text, plus_days, total

OFFER_DAYS = 30
"""How long before its last day a renewal is offered: the insurer's own rule."""
OFFERED_ALREADY = Refusal("policy.renewal_offered", ("续保要约已发出", "a renewal has been offered"))
TOO_EARLY = Refusal("policy.renewal_too_early", ("距期满超过{days}天", "its last day is more than {days} days away"))
RENEWED_OR_OVER = Refusal("policy.renewal_over", ("保单已期满", "the period is over"))
NO_OFFER = Refusal("policy.no_renewal_offer", ("没有有效的续保要约", "no offer to renew stands"))
NO_REFUND = Refusal("policy.no_refund", ("没有应退款项", "nothing is to be paid back"))
OTHER_REFUND = Refusal("policy.other_refund", ("应退{refund}", "{refund} is to be paid back"))
REFUND_REUSED = Refusal(
    "policy.refund_reused", ("流水号{reference}已被使用", "the reference {reference} has been used")
)
NOT_MATURE = Refusal("policy.not_mature", ("保单于{day}满期", "it matures after {day}"))
MATURED_ALREADY = Refusal("policy.matured", ("满期已处理", "it has matured"))
NO_MATURITY = Refusal("policy.no_maturity", ("条款没有满期金", "the terms pay nothing at maturity"))


class OfferRenewal(Command):
    """Offers the next period at its price, for consent until the last day of this one."""

    on, consults = Policy, (Product,)
    may = SELLERS | {Role.SYSTEM, Role.UNDERWRITER}
    says = ("续保要约", "Offer a renewal")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        standing(policy)
        free(policy, Dealing.RENEWAL)
        last = policy.period.ends_on
        unfit = policy.standing.offered_until or not policy.cover_on(last) or last < given.today
        if given.actor.role is Role.SYSTEM and unfit:
            return
        OFFERED_ALREADY.unless(policy.standing.offered_until is None)
        TOO_EARLY.unless(plus_days(last, -OFFER_DAYS) <= given.today, days=OFFER_DAYS)
        RENEWED_OR_OVER.unless(given.today <= last and plus_days(last, policy.period.days) <= LAST_DAY)
        period = Period(plus_days(last, 1), plus_days(last, policy.period.days))
        edition = given[Product].edition(policy.product_version)
        assert edition
        premium = premium_for(edition.terms, policy.sums, period.days, policy.loading_percent)
        yield u.RenewalOffered(period=period, premium=premium, valid_until=last)


class AgreeRenewal(Command):
    """The policyholder wants it renewed: this time, or always until they take it back."""

    on, may = Policy, SELLERS | {Role.CUSTOMER}
    says = ("同意续保", "Agree to renew")
    agreed_on: Day
    channel: Channel = Channel.APP
    always: bool = Field(default=False, description="Whether later renewals too happen by themselves.")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        standing(policy)
        not_in_future(self.agreed_on, given)
        NO_OFFER.unless(self.always or (policy.standing.offered_until and given.today <= policy.standing.offered_until))
        yield u.RenewalAgreed(**dict(self))


class DeclineRenewal(Command):
    """The policyholder does not want it renewed, or takes a standing consent back."""

    on, may = Policy, SELLERS | {Role.CUSTOMER}
    says = ("不同意续保", "Decline a renewal")
    declined_on: Day

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        standing(policy)
        not_in_future(self.declined_on, given)
        NO_OFFER.unless(policy.standing.offered_until or policy.standing.agreed)
        yield u.RenewalDeclined(declined_on=self.declined_on)


class PayRefund(Command):
    """Pays back what the contract's end, or its maturity, gives."""

    on, may, consults = Policy, frozenset({Role.CASHIER}), (Sanction,)
    says = ("退费", "Pay back")
    applies = ("AML-SANCTION-LISTS", "SERV-SURRENDER-30D")
    amount: Amount
    payee: Text
    reference: Number
    paid_on: Day

    @property
    def sanction(self) -> UUID:
        return sanction_of(self.payee)

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.paid_on, given)
        free(policy, Dealing.REFUND)
        refund = policy.standing.refund
        NO_REFUND.unless(refund)
        assert refund
        same_currency(refund, self.amount)
        OTHER_REFUND.unless(self.amount == refund, refund=refund)
        REFUND_REUSED.unless(self.reference not in policy.references, reference=self.reference)
        unsanctioned(given, frozenset())
        yield u.RefundPaid(**dict(self))


class MaturePolicy(Command):
    """The contract has run its whole term; what it promises at the end falls due."""

    on, consults = Policy, (Product,)
    may = frozenset({Role.SERVICE, Role.UNDERWRITER})
    says = ("满期", "Mature")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        standing(policy)
        last = policy.period.ends_on
        MATURED_ALREADY.unless(not policy.standing.matured)
        NOT_MATURE.unless(last < given.today and policy.cover_on(last), day=last)
        edition = given[Product].edition(policy.product_version)
        percent = edition.terms.maturity_percent if edition else 0
        NO_MATURITY.unless(percent)
        insured: Money = total(each.insured for each in policy.sums)
        benefit = insured.share(percent, 100)
        yield u.PolicyMatured(matured_on=plus_days(last, 1), benefit=benefit, line=policy.line)
        yield u.RefundFellDue(amount=benefit, since=given.today, line=policy.line)
