"""How a sale begins: the application, taken in by somebody who may sell, for a product that suits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import Field

from domain.advice.state import Advice
from domain.agent.fitness import FIT, fit_to_sell
from domain.agent.state import Agent
from domain.customer import Channel, Customer
from domain.kernel import Command, Event, Given, Refusal
from domain.policy import events as e
from domain.policy.contract import premium_for
from domain.policy.events import Sum
from domain.policy.risk import Interest
from domain.policy.sale import PERIOD_TOO_LONG, SELLERS, fitting
from domain.policy.state import Policy
from domain.policy.suited import SUITED, Deal, suited, within_child_cap
from domain.product import NOT_ON_SALE, Line, Product, Terms
from domain.profile import Profile
from domain.rules.rulebook import Rulebook
from domain.words import Amount, Day, Money, Number, Period, Role, Text, plus_months, total

SELLER_UNNAMED = Refusal(
    "policy.seller_unnamed",
    (
        "须指明有执业登记的销售人员；仅客户自助投保除外",
        "a registered seller is named, unless customers apply by themselves",
    ),
    rule="SALE-LICENSED-ONLY",
)
ANOTHERS_SALE = Refusal(
    "policy.anothers_sale", ("{code}不是本人，不得以其名义销售", "nobody sells in the name of another: {code}")
)


def sold_by(given: Given, terms: Terms, insured: Money) -> None:
    """Raises Refused unless whoever sells may, as far as is known at this moment."""
    agent = given[Agent]
    SELLER_UNNAMED.unless(agent.exists or given.actor.role is Role.CUSTOMER)
    if agent.exists:
        own = given.actor.role is not Role.AGENT or given.actor.name.upper() == agent.code
        ANOTHERS_SALE.unless(own, code=agent.code)
        fit_to_sell(agent, terms, insured, given.today)


class ApplyForPolicy(Command):
    """An application: for a product on sale, by a known customer, for sums within the product's limits."""

    on, opens, numbers = Policy, True, "application"
    may = SELLERS | {Role.CUSTOMER}
    consults = (Product, Customer, Agent, Advice, Profile, Rulebook)
    says = ("投保申请", "Apply for a policy")
    applies = (*FIT, *SUITED)
    application: Number | None = None
    product: UUID
    customer: UUID
    insured: Text
    beneficiaries: Annotated[tuple[Text, ...], MaxLen(20)] = ()
    sums: Annotated[tuple[Sum, ...], MinLen(1), MaxLen(50)]
    period: Period
    instalments: Annotated[int, Ge(1), Le(12)] = 1
    agent: UUID | None = Field(default=None, description="Who sells; nobody where customers apply by themselves.")
    channel: Channel = Channel.AGENT
    interest: Interest = Interest.SELF
    insured_born_on: Day | None = None
    death_cover_elsewhere: Amount = Field(default=Money(0), description="What pays on the insured's death elsewhere.")
    advice: UUID | None = Field(
        default=None,
        description="The advice before; needed for a person's life, health or accident cover of over a year.",
    )

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        product = given[Product]
        edition = product.sold_on(given.today)
        NOT_ON_SALE.unless(edition, code=product.code, day=given.today)
        assert edition
        fitting(self.sums, edition.terms)
        longest = edition.terms.longest_months
        beyond = plus_months(self.period.starts_on, longest)
        PERIOD_TOO_LONG.unless(self.period.days > 0 and self.period.ends_on < beyond, months=longest)
        sold_by(given, edition.terms, total(each.insured for each in self.sums))
        premium = premium_for(edition.terms, self.sums, self.period.days)
        if edition.terms.line is Line.LIFE:
            insured = total(each.insured for each in self.sums)
            within_child_cap(given, self.insured_born_on, insured + self.death_cover_elsewhere)
        suited(given, Deal(edition, self.period, premium, self.instalments, self.channel))
        yield e.PolicyAppliedFor(
            **{name: value for name, value in self if name not in ("application", "agent", "death_cover_elsewhere")},
            application=self.application or given.number,
            agent=given[Agent].code,
            product_code=product.code,
            product_version=edition.version,
            line=edition.terms.line,
            premium=premium,
            recording=given[Advice].recording,
            individual=edition.terms.is_individual,
        )
