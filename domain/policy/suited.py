"""What has to come before an application: advice that suits, disclosure, statement, double recording, identity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.advice.events import Disclosure
from domain.advice.state import Advice
from domain.advice.suitability import UNCERTAIN
from domain.customer import Channel, Customer
from domain.kernel import Given, Refusal
from domain.product import Edition, Form, Line, Product
from domain.profile import Profile
from domain.rules.rulebook import Rulebook
from domain.words import Money, Period, Telling, plus_years

NOT_ADVISED = Refusal(
    "policy.not_advised",
    (
        "一年期以上个人人身保险须先了解客户并推介",
        "life, health and accident cover of over a year for a person begins with their profile and advice",
    ),
    rule="SALE-KYC-NEEDS",
)
NOT_SHOWN = Refusal(
    "policy.not_shown",
    ("推介中未展示产品{code}第{version}版", "the advice did not show version {version} of {code}"),
    rule="SALE-KYC-NEEDS",
)
UNSUITABLE = Refusal(
    "policy.unsuitable",
    ("不适合该客户，不得销售：{objections}", "it does not suit and may not be sold: {objections}"),
    rule="SALE-UNSUITABLE-DENY",
)
NOT_CONFIRMED = Refusal(
    "policy.choice_not_confirmed",
    (
        "不适合该客户（{objections}），客户坚持投保须书面确认",
        "against it speaks: {objections}; who insists confirms that in writing",
    ),
    rule="SALE-UNSUITABLE-ADVISE",
)
UNDISCLOSED = Refusal(
    "policy.undisclosed",
    ("投保前还须提供并说明：{missing}", "still to be given and explained before an application: {missing}"),
    rule="SALE-PRESALE-DISCLOSE",
)
UNEXPLAINED = Refusal(
    "policy.exclusions_unexplained",
    (
        "尚未提示并说明责任免除、免赔额与比例赔付",
        "exclusions, deductibles and ratios have not been pointed out and explained",
    ),
    rule="SALE-EXCLUSION-EXPLAIN",
)
UNINFORMED = Refusal(
    "policy.suitability_untold",
    ("尚未告知适当性匹配意见", "the applicant has not been told how far it suits"),
    rule="SALE-SUIT-INFORM",
)
UNIDENTIFIED = Refusal(
    "policy.unidentified", ("尚未核实客户身份", "the customer's identity has not been verified"), rule="AML-CDD-WHEN"
)
NOT_RECORDED = Refusal(
    "policy.not_recorded", ("此类销售须双录", "such a sale is recorded in sound and picture"), rule="SALE-DUALREC-SCOPE"
)
RECORDING_SHORT = Refusal(
    "policy.recording_short",
    ("双录缺少：{missing}", "the recording lacks: {missing}"),
    rule="SALE-DUALREC-CONTENT",
)
_STATEMENT: Telling = (
    "利益不确定，投保人须先签署投保声明：{why}",
    "its benefits are not certain: the applicant first signs a statement, as {why}",
)
SINGLE_STATEMENT = Refusal("policy.single_statement", _STATEMENT, rule="SALE-UNCERTAIN-SINGLE-4X")
REGULAR_STATEMENT = Refusal("policy.regular_statement", _STATEMENT, rule="SALE-UNCERTAIN-REGULAR-20PCT")
AGE_STATEMENT = Refusal("policy.age_statement", _STATEMENT, rule="SALE-UNCERTAIN-AGE-75")
BUDGET_STATEMENT = Refusal("policy.budget_statement", _STATEMENT, rule="SALE-UNCERTAIN-BUDGET-150PCT")
SUITED = (
    *("SALE-KYC-NEEDS", "SALE-UNSUITABLE-DENY", "SALE-UNSUITABLE-ADVISE", "SALE-PRESALE-DISCLOSE", "AML-CDD-WHEN"),
    *("SALE-DUALREC-SCOPE", "SALE-DUALREC-CONTENT", "SALE-UNCERTAIN-SINGLE-4X", "SALE-UNCERTAIN-REGULAR-20PCT"),
    *("SALE-UNCERTAIN-AGE-75", "SALE-UNCERTAIN-BUDGET-150PCT", "SALE-EXCLUSION-EXPLAIN", "SALE-SUIT-INFORM"),
    *("UW-MINOR-DEATH-CAP-10Y", "UW-MINOR-DEATH-CAP-18Y"),
)
"""The rules on which this refuses."""
_CHILD: Telling = (
    "未成年人身故保额合计{insured}超过上限{most}",
    "cover on the death of a minor comes to {insured} with all insurers, above {most}",
)
CHILD_UNDER_10 = Refusal("policy.child_under_10", _CHILD, rule="UW-MINOR-DEATH-CAP-10Y")
CHILD_UNDER_18 = Refusal("policy.child_under_18", _CHILD, rule="UW-MINOR-DEATH-CAP-18Y")
OLD = 60
REMOTE = frozenset({Channel.PHONE, Channel.APP, Channel.WEB})


@dataclass(frozen=True, slots=True)
class Deal:
    """What is to be sold: the version of the product, for how long, for how much premium in how many instalments."""

    edition: Edition
    period: Period
    premium: Money
    instalments: int
    channel: Channel

    @property
    def over_a_year(self) -> bool:
        return plus_years(self.period.starts_on, 1) <= self.period.ends_on

    @property
    def years(self) -> int:
        return max(1, round(self.period.days / 365.25))

    @property
    def single(self) -> bool:
        """Whether all premium is paid at once."""
        return self.instalments == 1

    @property
    def yearly(self) -> Money:
        """What is paid in a year; of a single premium, all of it."""
        return self.premium if self.single else self.premium.share(1, self.years)


def suited(given: Given, deal: Deal) -> None:
    """Raises Refused, naming the step that is missing, unless the sale may come to an application.

    Property and liability business, cover of a year or less and group business need no advice
    (Measures of 2025, art 40).
    """
    terms = deal.edition.terms
    if not (terms.is_individual and deal.over_a_year):
        return
    advice, profile, product = given[Advice], given[Profile], given[Product]
    NOT_ADVISED.unless(advice.exists and advice.customer == given[Customer].id)
    shown = advice.showed(product.id)
    there = shown is not None and shown.version == deal.edition.version
    NOT_SHOWN.unless(there, code=product.code, version=deal.edition.version)
    assert shown
    barring = tuple(each for each in shown.objections if each.bars)
    UNSUITABLE.unless(not barring, objections=barring)
    NOT_CONFIRMED.unless(not shown.objections or product.id in advice.insisted, objections=shown.objections)
    UNEXPLAINED.unless(Disclosure.EXCLUSIONS in advice.given)
    UNINFORMED.unless(Disclosure.SUITABILITY in advice.given)
    UNDISCLOSED.unless(not advice.undisclosed, missing=advice.undisclosed)
    UNIDENTIFIED.unless(profile.verified_on)
    if product.id not in advice.stated:
        for refusal, why in _statements(given, deal, profile):
            refusal.unless(False, why=why)
    if recorded_by_law(deal, given[Customer].age_on(given.today)):
        NOT_RECORDED.unless(advice.recording)
        RECORDING_SHORT.unless(not advice.unheard, missing=advice.unheard)


def within_child_cap(given: Given, born_on: date | None, insured: Money) -> None:
    """Raises Refused where a minor would be insured on death for more than the law lets (N2015-90 s. 1)."""
    if born_on is None:
        return
    for refusal, under in ((CHILD_UNDER_10, 10), (CHILD_UNDER_18, 18)):
        if given.today < plus_years(born_on, under):
            most = _number(given, refusal)
            limit = Money(most * 100, "CNY") if most is not None else insured
            refusal.unless(insured <= limit, insured=insured, most=limit)
            return


def recorded_by_law(deal: Deal, age: int | None) -> bool:
    """Whether the sale is recorded: unit-linked, or life cover of over a year to somebody of 60 or more, not from afar
    (N2017-54 art 4)."""
    terms = deal.edition.terms
    if deal.channel in REMOTE:
        return False
    return terms.form is Form.UNIT_LINKED or (terms.line is Line.LIFE and age is not None and age >= OLD)


def _statements(given: Given, deal: Deal, profile: Profile) -> Iterator[tuple[Refusal, Telling | str]]:
    """Why a statement is needed, where benefits are not certain (Measures of 2025, art 39)."""
    means = profile.means
    if deal.edition.terms.form not in UNCERTAIN or means is None:
        return
    most = _number(given, SINGLE_STATEMENT)
    if most is not None and deal.single and means.income.share(most, 1) < deal.premium:
        yield SINGLE_STATEMENT, f"{deal.premium} > {most} × {means.income}"
    most = _number(given, REGULAR_STATEMENT)
    if most is not None and not deal.single and means.income.share(most, 100) < deal.yearly:
        yield REGULAR_STATEMENT, f"{deal.yearly} > {most} % × {means.income}"
    most, age = _number(given, AGE_STATEMENT), given[Customer].age_on(given.today)
    paid_for = 1 if deal.single else deal.years
    if most is not None and age is not None and age + paid_for >= most:
        yield AGE_STATEMENT, f"{age} + {paid_for} ≥ {most}"
    most = _number(given, BUDGET_STATEMENT)
    if most is not None and means.budget.share(most, 100) <= deal.yearly:
        yield BUDGET_STATEMENT, f"{deal.yearly} ≥ {most} % × {means.budget}"


def _number(given: Given, refusal: Refusal) -> int | None:
    return given[Rulebook].number(refusal.rule, given.today)
