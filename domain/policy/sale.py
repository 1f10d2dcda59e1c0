"""What can be asked of a policy until it is in the customer's hands, in the order in which it is sold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import MaxLen, MinLen
from pydantic import Field

from domain.customer import Customer
from domain.kernel import Command, Event, Given, Refusal, not_in_future, same_currency
from domain.policy import events as e
from domain.policy import risk as r
from domain.policy.arrears import arrears_after
from domain.policy.events import Answer, Signature, Sum
from domain.policy.risk import Interest
from domain.policy.servicing import free
from domain.policy.state import Policy
from domain.policy.upkeep import Dealing, ServicePremiumArrived
from domain.product import NOT_ON_SALE, Line, Product, Terms
from domain.words import Amount, Day, Note, Number, Period, Role, ShortText, Text, total

UNKNOWN_BENEFIT = Refusal("policy.unknown_benefit", ("产品没有责任{benefit}", "the product has no benefit {benefit}"))
SUM_TOO_LARGE = Refusal(
    "policy.sum_too_large", ("{benefit}的保额超过上限{largest}", "the sum for {benefit} exceeds its limit of {largest}")
)
PERIOD_TOO_LONG = Refusal(
    "policy.period_too_long", ("保险期间倒置或超过{months}个月", "the period runs backwards or over {months} months")
)
BENEFIT_TWICE = Refusal("policy.benefit_twice", ("同一责任重复投保", "a benefit is named twice"))
NOTHING_INSURED = Refusal("policy.nothing_insured", ("没有任何保额", "nothing is insured"))
ALREADY_ISSUED = Refusal("policy.already_issued", ("保单已经出单", "the policy has been issued already"))
NOT_ISSUED = Refusal("policy.not_issued", ("保单尚未出单", "the policy has not been issued"))
NOT_DISCLOSED = Refusal(
    "policy.not_disclosed", ("尚未完成如实告知", "the disclosure questions are unanswered"), rule="SALE-ASK-SPECIFIC"
)
NOT_ACCEPTED = Refusal(
    "policy.not_accepted", ("核保尚未通过", "underwriting has not accepted the risk"), rule="CONTRACT-FORMATION"
)
NOT_OFFERED = Refusal(
    "policy.not_offered",
    ("没有有效的要约（最近有效期至{until}）", "there is no offer that still holds (the last: {until})"),
)
WITHDRAWN = Refusal("policy.application_withdrawn", ("投保申请已撤回", "the application has been withdrawn"))
NO_CONSENT = Refusal(
    "policy.no_consent",
    (
        "以死亡为给付条件，须经被保险人同意并认可保额",
        "the insured has to agree to cover that pays on death, and to its sum",
    ),
    rule="UW-DEATH-CONSENT",
)
NO_INTEREST = Refusal(
    "policy.no_interest",
    ("投保人对被保险人没有保险利益，且未经其同意", "no insurable interest in the insured, who has not agreed"),
    rule="UW-INSURABLE-INTEREST",
)
NO_CONSENT_NEEDED = Refusal("policy.no_consent_needed", ("投保人即被保险人", "the applicant is the insured"))
NOT_SIGNED = Refusal("policy.not_signed", ("投保人尚未签署", "the applicant has not signed"), rule="SALE-SIGN-SELF")
NOT_PAID = Refusal("policy.not_paid", ("首期保费{amount}尚未缴清", "the first premium of {amount} has not been paid"))
NOTHING_PAID = Refusal("policy.nothing_paid", ("缴费金额须大于零", "a payment is above zero"))
REFERENCE_REUSED = Refusal(
    "policy.reference_reused", ("流水号{reference}已被使用", "the reference {reference} has been used")
)
CANCELLED = Refusal("policy.cancelled", ("合同已终止", "the contract has ended"))

SELLERS = frozenset({Role.AGENT, Role.SERVICE})


def fitting(sums: tuple[Sum, ...], terms: Terms) -> None:
    NOTHING_INSURED.unless(any(each.insured for each in sums))
    BENEFIT_TWICE.unless(len({each.benefit for each in sums}) == len(sums))
    for each in sums:
        benefit = terms.benefit(each.benefit)
        same_currency(each.insured, each.deductible, terms.benefits[0].largest)
        UNKNOWN_BENEFIT.unless(benefit, benefit=each.benefit)
        assert benefit
        SUM_TOO_LARGE.unless(each.insured <= benefit.largest, benefit=each.benefit, largest=benefit.largest)


def unissued(policy: Policy, _: Given) -> None:
    ALREADY_ISSUED.unless(not policy.issued)
    WITHDRAWN.unless(not policy.examined.withdrawn)


def disclosed(policy: Policy, _: Given) -> None:
    NOT_DISCLOSED.unless(policy.disclosed)


def accepted(policy: Policy, _: Given) -> None:
    NOT_ACCEPTED.unless(policy.verdict and policy.verdict.binds)


def offered(policy: Policy, given: Given) -> None:
    until = policy.examined.offered_until
    NOT_OFFERED.unless(until and given.today <= until, until=until)


def consented(policy: Policy, _: Given) -> None:
    """Of a minor child a parent insures, no consent is asked (Insurance Law art 34, third paragraph)."""
    if policy.line.is_personal and policy.individual:
        agreed = policy.examined.consented is not None
        NO_INTEREST.unless(agreed or policy.interest is not Interest.OTHER)
        needs = policy.line is Line.LIFE and policy.interest not in (Interest.SELF, Interest.CHILD)
        NO_CONSENT.unless(agreed or not needs)


def signed(policy: Policy, _: Given) -> None:
    NOT_SIGNED.unless(policy.signed_on)


def first_paid(policy: Policy, _: Given) -> None:
    NOT_PAID.unless(policy.first_due <= policy.paid, amount=policy.first_due)


class AnswerDisclosure(Command):
    """The applicant's answers to the questions asked; asked again, the later answers stand beside the earlier."""

    on, may = Policy, SELLERS | {Role.CUSTOMER}
    says = ("如实告知", "Answer the disclosure")
    applies = ("SALE-ASK-SPECIFIC",)
    answers: Annotated[tuple[Answer, ...], MinLen(1), MaxLen(100)]

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        ALREADY_ISSUED.unless(not policy.issued)
        yield e.DisclosureAnswered(answers=self.answers)


class ConsentToCover(Command):
    """The insured agrees to being insured, and to the sum."""

    on, may = Policy, SELLERS | {Role.UNDERWRITER}
    says = ("被保险人同意", "Record the insured's consent")
    applies = ("UW-DEATH-CONSENT", "UW-INSURABLE-INTEREST")
    gates = (unissued,)
    consented_on: Day
    evidence: Number = Field(description="Number of the signed consent, in any form.")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.consented_on, given)
        NO_CONSENT_NEEDED.unless(policy.interest is not Interest.SELF)
        insured = total(each.insured for each in policy.sums)
        if policy.examined.consented != insured:
            yield r.InsuredConsented(**dict(self), agreed_to=insured)


class WithdrawApplication(Command):
    """The applicant thinks otherwise before there is a contract."""

    on, may = Policy, SELLERS | {Role.CUSTOMER}
    says = ("撤回投保申请", "Withdraw the application")
    gates = (unissued,)
    reason: Note = ""

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        yield r.ApplicationWithdrawn(reason=self.reason)


class SignPolicy(Command):
    """The applicant's own signature under what underwriting offers."""

    on, may = Policy, SELLERS | {Role.CUSTOMER}
    says = ("签署", "Sign")
    applies = ("SALE-SIGN-SELF",)
    gates = (unissued, accepted, offered)
    signed_on: Day
    method: Signature = Signature.ELECTRONIC

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.signed_on, given)
        if policy.signed_on is None:
            yield e.PolicySigned(signed_on=self.signed_on, method=self.method)


class PayPremium(Command):
    """Premium received. A reference is used once. What was deemed reinstated stands again once all is paid."""

    on, may = Policy, frozenset({Role.CASHIER, Role.CUSTOMER})
    says = ("缴纳保费", "Pay premium")
    applies = ("REINSTATE-EFFECTIVE",)
    amount: Amount = Field(description="What was received, above zero.")
    paid_on: Day
    reference: Number

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.paid_on, given)
        NOT_ACCEPTED.unless(policy.verdict and policy.verdict.binds)
        REFERENCE_REUSED.unless(self.reference not in policy.references, reference=self.reference)
        CANCELLED.unless(not policy.cancelled)
        NOTHING_PAID.unless(self.amount)
        same_currency(self.amount, policy.premium)
        paid = e.PremiumPaid(amount=self.amount, paid_on=self.paid_on, reference=self.reference)
        yield paid
        settled = policy.evolve(paid)
        yield from arrears_after(policy, settled, given.today)
        if settled.owed_on(given.today):
            return
        wish = policy.standing.wish
        if wish and wish.owing:
            yield ServicePremiumArrived(request=wish.number, paid_on=self.paid_on)
        if policy.progress.deemed and policy.lapsed_on:
            # Interpretation III art 8(3): cover is back from the day on which the arrears were paid.
            yield e.PolicyReinstated(effective_on=max(self.paid_on, policy.lapsed_on))
        if policy.waiting_claims:
            yield e.AwaitedPremiumArrived(claims=policy.waiting_claims)


class IssuePolicy(Command):
    """Puts the cover in force, once everything that must come before has come."""

    on, may, numbers = Policy, frozenset({Role.UNDERWRITER, Role.SERVICE}), "policy"
    says = ("承保出单", "Issue")
    applies = ("CONTRACT-FORMATION", "SALE-SIGN-SELF", "UW-DEATH-CONSENT", "UW-INSURABLE-INTEREST")
    gates = (unissued, accepted, consented, signed, first_paid)
    number: Number | None = None

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        free(policy, Dealing.ISSUE)
        yield e.PolicyIssued(
            number=self.number or given.number,
            issued_on=given.today,
            period=policy.period,
            premium=policy.premium,
            line=policy.line,
        )


class DeliverPolicy(Command):
    """The policy reached the applicant; the cooling-off period starts."""

    on, may, consults = Policy, SELLERS, (Product,)
    says = ("送达", "Deliver")
    delivered_on: Day
    evidence: Number = Field(description="Number of the signed receipt, or of the electronic delivery record.")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.delivered_on, given)
        NOT_ISSUED.unless(policy.issued)
        if policy.delivered_on is None:
            edition = given[Product].edition(policy.product_version)
            yield e.PolicyDelivered(
                delivered_on=self.delivered_on,
                evidence=self.evidence,
                line=policy.line,
                individual=policy.individual,
                long_term=policy.long_term,
                cooling_off_days=edition.terms.cooling_off_days or None if edition else None,
            )


class TakeOverPolicy(Command):
    """Takes over a contract concluded elsewhere, with its number, paid up."""

    on, opens, consults = Policy, True, (Product, Customer)
    may = frozenset({Role.UNDERWRITER, Role.SERVICE})
    says = ("承接保单", "Take over a policy")
    number: Number
    source: Text
    product: UUID
    customer: UUID
    insured: Text
    sums: Annotated[tuple[Sum, ...], MinLen(1), MaxLen(50)]
    period: Period
    premium: Amount
    agent: ShortText = ""

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        product = given[Product]
        edition = product.sold_on(self.period.starts_on) or product.sold_on(given.today)
        NOT_ON_SALE.unless(edition, code=product.code, day=self.period.starts_on)
        assert edition
        sums = tuple(each for each in self.sums if each.insured)
        fitting(sums, edition.terms)
        same_currency(self.premium, sums[0].insured)
        PERIOD_TOO_LONG.unless(self.period.days > 0, months=edition.terms.longest_months)
        yield e.PolicyTakenOver(
            **{name: value for name, value in self if name != "sums"},
            sums=sums,
            product_code=product.code,
            product_version=edition.version,
            line=edition.terms.line,
            individual=edition.terms.is_individual,
        )
