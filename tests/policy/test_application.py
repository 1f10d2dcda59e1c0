"""Whether a sale may come to an application: the seller, the advice, the disclosure, statements, recording, children."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain.advice.events import Disclosure, Scene
from domain.agent import fitness
from domain.customer import Channel, Customer
from domain.policy import application, suited
from domain.policy.application import ApplyForPolicy
from domain.policy.risk import Interest
from domain.product import Form, Grade, Insured, Line, Product
from domain.rules.rulebook import RULEBOOK, Rulebook
from domain.words import Actor, Role
from tests import samples as s
from tests.advice import samples as a
from tests.agent import samples as agents
from tests.kit import folded, given

SELLER = Actor("ag-7", Role.AGENT)
CUSTOMER = Actor("wang", Role.CUSTOMER, s.CUSTOMER_ID)
BRIEF = ApplyForPolicy(
    product=s.PRODUCT_ID, customer=s.CUSTOMER_ID, insured="王小明", sums=s.MILLION, period=s.YEAR, agent=agents.AGENT_ID
)
LONG = BRIEF.model_copy(update={"period": a.LASTING, "advice": a.ADVICE_ID, "instalments": 5})
SINGLE = LONG.model_copy(update={"instalments": 1})


def product(*history) -> Product:
    return folded(Product, *(history or a.long_term()), stream=s.PRODUCT_ID)


def applies(command=LONG, *, advice=None, profile=None, agent=None, terms=None, customer=s.CUSTOMER, by=SELLER):
    beside = (
        *(product(*(terms or a.long_term())), customer, agent or agents.agent()),
        *(advice or a.advice(), profile or a.profile(), Rulebook(id=RULEBOOK)),
    )
    return given(beside=beside).when(command, by=by, number="A1")


def lacking(event):
    return a.advice(*(each for each in a.READY if each is not event))


def born(day: date) -> Customer:
    return folded(Customer, s.replaced(s.REGISTERED_CUSTOMER, born_on=day), stream=s.CUSTOMER_ID)


def means(**changes):
    return a.profile(s.replaced(a.TAKEN, means=replace(a.MEANS, **changes)), a.ASSESSED, a.VERIFIED)


# -- the seller -----------------------------------------------------------------------


def test_the_seller_is_named_in_the_application():
    [event] = applies().outcome()
    assert event.agent == "AG-7" and event.advice == a.ADVICE_ID


def test_only_customers_apply_without_a_seller():
    alone = BRIEF.model_copy(update={"agent": None})
    given(beside=(s.PRODUCT, s.CUSTOMER)).when(alone, by=SELLER, number="A1").refused(application.SELLER_UNNAMED)
    [event] = given(beside=(s.PRODUCT, s.CUSTOMER)).when(alone, by=CUSTOMER, number="A1").outcome()
    assert event.agent == ""


def test_no_agent_sells_in_the_name_of_another():
    applies(by=Actor("ag-8", Role.AGENT)).refused(application.ANOTHERS_SALE)
    assert applies(by=Actor("he.ting", Role.SERVICE)).outcome()


def test_a_seller_whose_registration_has_lapsed_takes_in_nothing():
    applies(agent=agents.agent(*agents.ABLE, agents.LAPSED)).refused(fitness.UNLICENSED)


# -- advice ---------------------------------------------------------------------------


def test_a_year_or_a_group_or_property_needs_no_advice():
    bare = {"advice": None}
    assert applies(BRIEF.model_copy(update=bare)).outcome()
    exempt = (
        replace(s.TERMS, longest_months=120, **each) for each in ({"insured": Insured.GROUP}, {"line": Line.PROPERTY})
    )
    for terms in exempt:
        history = (s.replaced(s.DRAFTED, terms=terms), s.FILED, s.ON_SALE)
        without = given(beside=(product(*history), s.CUSTOMER, agents.agent()))
        assert without.when(LONG.model_copy(update=bare), by=SELLER, number="A1").outcome()


def test_a_persons_cover_of_over_a_year_begins_with_advice():
    bare = given(beside=(product(), s.CUSTOMER, agents.agent()))
    bare.when(LONG.model_copy(update={"advice": None}), by=SELLER, number="A1").refused(suited.NOT_ADVISED)
    other = a.advice(s.replaced(a.BEGUN, customer=s.PRODUCT_ID), a.SHOWN, a.GIVEN)
    applies(advice=other).refused(suited.NOT_ADVISED)


def test_what_was_not_shown_in_this_version_is_not_applied_for():
    applies(advice=lacking(a.SHOWN)).refused(suited.NOT_SHOWN)
    older = s.replaced(a.SHOWN, shown=(replace(a.SHOWN_AS, version=2),))
    applies(advice=a.advice(a.BEGUN, older, a.GIVEN)).refused(suited.NOT_SHOWN)


def test_what_the_law_bars_is_not_sold_and_what_does_not_suit_only_if_insisted_on():
    applies(advice=a.advice(a.BEGUN, a.BARRED, a.GIVEN, a.INSISTED)).refused(suited.UNSUITABLE)
    applies(advice=a.advice(a.BEGUN, a.UNSUITED, a.GIVEN)).refused(suited.NOT_CONFIRMED)
    assert applies(advice=a.advice(a.BEGUN, a.UNSUITED, a.GIVEN, a.INSISTED)).outcome()


@pytest.mark.parametrize(
    ("missing", "refusal"),
    [
        (Disclosure.EXCLUSIONS, suited.UNEXPLAINED),
        (Disclosure.SUITABILITY, suited.UNINFORMED),
        (Disclosure.TERMS, suited.UNDISCLOSED),
        (Disclosure.NOTES, suited.UNDISCLOSED),
        (Disclosure.RIGHTS, suited.UNDISCLOSED),
    ],
)
def test_everything_is_given_and_explained_before_an_application(missing, refusal):
    given_most = s.replaced(a.GIVEN, given=tuple(each for each in Disclosure if each is not missing))
    applies(advice=a.advice(a.BEGUN, a.SHOWN, given_most)).refused(refusal)


def test_the_customer_is_identified_before_an_application():
    applies(profile=a.profile(a.TAKEN, a.ASSESSED)).refused(suited.UNIDENTIFIED)


# -- statements (Measures of 2025, art 39) --------------------------------------------

UNCERTAIN = a.long_term(Form.PARTICIPATING)
STATED = a.advice(*a.READY, a.STATED)
# Five years of 3,650 a year, and a leap day: 18,260 in all.


@pytest.mark.parametrize(
    ("command", "known", "refusal"),
    [
        (SINGLE, {"income": s.yuan(4_564), "budget": s.yuan(90_000)}, suited.SINGLE_STATEMENT),
        (SINGLE, {"income": s.yuan(4_565), "budget": s.yuan(90_000)}, None),
        (LONG, {"income": s.yuan(18_259)}, suited.REGULAR_STATEMENT),
        (LONG, {"income": s.yuan(18_260)}, None),
        (LONG, {"budget": s.yuan("2434.66")}, suited.BUDGET_STATEMENT),
        (LONG, {"budget": s.yuan("2434.67")}, None),
    ],
)
def test_benefits_that_are_not_certain_need_a_statement_beyond_these_limits(command, known, refusal):
    attempt = applies(command, terms=UNCERTAIN, profile=means(**known))
    if refusal is None:
        assert attempt.outcome()
    else:
        attempt.refused(refusal)
        assert applies(command, terms=UNCERTAIN, profile=means(**known), advice=STATED).outcome()
        assert applies(command, profile=means(**known)).outcome()


@pytest.mark.parametrize(("born_on", "needed"), [(date(1956, 3, 2), True), (date(1956, 3, 3), False)])
def test_age_and_years_of_payment_together_need_a_statement_from_seventy_five(born_on, needed):
    attempt = applies(terms=UNCERTAIN, customer=born(born_on))
    if needed:
        attempt.refused(suited.AGE_STATEMENT)
    else:
        assert attempt.outcome()


# -- double recording -----------------------------------------------------------------

LIFE, LINKED = a.long_term(line=Line.LIFE), a.long_term(Form.UNIT_LINKED)
SIXTY, FIFTY_NINE = born(date(1966, 3, 2)), born(date(1966, 3, 3))
RECORDED = a.advice(*a.READY, a.STATED, a.RECORDED)


@pytest.mark.parametrize(
    ("terms", "customer", "channel", "needed"),
    [
        (LIFE, SIXTY, Channel.AGENT, True),
        (LIFE, FIFTY_NINE, Channel.AGENT, False),
        (LIFE, SIXTY, Channel.APP, False),
        (LIFE, SIXTY, Channel.PHONE, False),
        (LINKED, FIFTY_NINE, Channel.COUNTER, True),
        (LINKED, FIFTY_NINE, Channel.WEB, False),
        (a.long_term(), SIXTY, Channel.AGENT, False),
    ],
)
def test_which_sales_are_recorded(terms, customer, channel, needed):
    command = LONG.model_copy(update={"channel": channel})
    attempt = applies(command, terms=terms, customer=customer, advice=STATED)
    if needed:
        attempt.refused(suited.NOT_RECORDED)
        [event] = applies(command, terms=terms, customer=customer, advice=RECORDED).outcome()
        assert event.recording == "SL-1"
    else:
        assert attempt.outcome()


def test_a_recording_that_lacks_a_scene_does_not_do():
    short = s.replaced(a.RECORDED, scenes=tuple(Scene)[1:])
    applies(terms=LINKED, advice=a.advice(*a.READY, a.STATED, short)).refused(suited.RECORDING_SHORT)
    faulty = a.advice(*a.READY, a.STATED, a.RECORDED, a.FAULTY)
    applies(terms=LINKED, advice=faulty).refused(suited.RECORDING_SHORT)
    mended = a.advice(*a.READY, a.STATED, a.RECORDED, a.FAULTY, a.CORRECTED)
    assert applies(terms=LINKED, advice=mended).outcome()


# -- children -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born_on", "insured", "elsewhere", "refusal"),
    [
        (date(2016, 3, 3), 200_000, 0, None),
        (date(2016, 3, 3), 200_000, 1, suited.CHILD_UNDER_10),
        (date(2016, 3, 2), 500_000, 0, None),
        (date(2016, 3, 2), 500_000, 1, suited.CHILD_UNDER_18),
        (date(2008, 3, 3), 500_001, 0, suited.CHILD_UNDER_18),
        (date(2008, 3, 2), 900_000, 900_000, None),
        (None, 900_000, 900_000, None),
    ],
)
def test_cover_on_the_death_of_a_child_is_capped_over_all_insurers(born_on, insured, elsewhere, refusal):
    said = {
        "insured_born_on": born_on,
        "interest": Interest.CHILD,
        "sums": (s.hospital(insured),),
        "death_cover_elsewhere": s.yuan(elsewhere),
    }
    attempt = applies(LONG.model_copy(update=said), terms=LIFE)
    if refusal is None:
        assert attempt.outcome()
    else:
        attempt.refused(refusal)


def test_the_grade_of_a_product_is_that_of_its_version():
    applies(terms=a.long_term(grade=Grade.R5)).refused(fitness.GRADE_TOO_LOW)
