"""Advice in its order: begun by a known seller, products shown with reasons, disclosure, choice, recording, its check."""

from __future__ import annotations

from uuid import UUID

import pytest

from domain.advice import commands as c
from domain.advice.events import Disclosure, Scene
from domain.agent import fitness
from domain.customer import Channel
from domain.kernel import UNKNOWN
from domain.product import NOT_ON_SALE, Grade, Product
from domain.words import Actor, Role
from tests import samples as s
from tests.advice import samples as a
from tests.agent import samples as agents
from tests.kit import TODAY, folded, given

BEGIN = c.BeginAdvice(
    profile=a.PROFILE_ID, agent=agents.AGENT_ID, channel=Channel.AGENT, begun_on=TODAY, credential="ZY-7"
)
SHOW = c.ShowProducts(products=(s.PRODUCT_ID,))
GIVE = c.GiveDisclosure(given=tuple(Disclosure), given_on=TODAY, evidence="D-1")
CONFIRM = c.ConfirmChoice(product=s.PRODUCT_ID, confirmed_on=TODAY, evidence="S-1")
AGAINST = c.AdviseAgainst(product=s.PRODUCT_ID)
STATE = c.SignStatement(product=s.PRODUCT_ID, signed_on=TODAY, evidence="S-2")
RECORD = c.RecordSale(reference="SL-1", sha256="a" * 64, seconds=900, scenes=tuple(Scene), recorded_on=TODAY)
CHECK = c.CheckRecording(checked_on=TODAY)
CORRECT = c.CorrectRecording(reference="SL-2", sha256="b" * 64, corrected_on=TODAY)
CHECKER = Actor("he.ting", Role.SERVICE)


def product(number: int, code: str, *history) -> Product:
    drafted = s.replaced(s.DRAFTED, code=code)
    found = folded(Product, *(history or (drafted, s.FILED, s.ON_SALE)), stream=UUID(int=number, version=4))
    assert isinstance(found, Product)
    return found


def story(*history, profile=None, agent=None):
    return given(*history, beside=(profile or a.profile(), s.CUSTOMER, agent or agents.agent()))


def test_advice_begins_with_a_profile_and_a_seller_who_says_who_they_are():
    story().when(BEGIN, number="V202600000001").then(a.BEGUN)


def test_without_needs_and_means_nothing_is_recommended():
    story(profile=a.profile(a.ASSESSED)).when(BEGIN, number="V1").refused(c.NO_PROFILE)


def test_a_seller_who_does_not_say_who_they_are_advises_nobody():
    story().when(BEGIN.model_copy(update={"credential": ""}), number="V1").refused(c.NO_CREDENTIAL)
    nobody = BEGIN.model_copy(update={"agent": None})
    given(beside=(a.profile(), s.CUSTOMER)).when(nobody, number="V1").refused(c.NO_CREDENTIAL)


def test_customers_begin_by_themselves_without_a_seller():
    alone = BEGIN.model_copy(update={"agent": None, "credential": ""})
    me = Actor("wang", Role.CUSTOMER, s.CUSTOMER_ID)
    assert given(beside=(a.profile(), s.CUSTOMER)).when(alone, by=me, number="V1").outcome()


@pytest.mark.parametrize(
    ("history", "refusal"),
    [
        ((*agents.ABLE, agents.LAPSED), fitness.UNLICENSED),
        ((*agents.ABLE, agents.SUSPENDED), fitness.SUSPENDED),
        ((*agents.ABLE, agents.LEFT), fitness.LEFT),
    ],
)
def test_whoever_may_not_sell_does_not_advise(history, refusal):
    story(agent=agents.agent(*history)).when(BEGIN, number="V1").refused(refusal)


def test_products_are_shown_ranked_with_what_speaks_for_and_against_each():
    cheap, dear = product(41, "HLT-A"), product(42, "HLT-B")
    risky = product(
        43, "HLT-C", s.replaced(s.DRAFTED, code="HLT-C", terms=a.long_term(grade=Grade.R5)[0].terms), s.FILED, s.ON_SALE
    )
    show = c.ShowProducts(products=(risky.id, dear.id, cheap.id))
    [shown] = story(a.BEGUN).when(show, gathered=(risky, dear, cheap)).outcome()
    assert [each.code for each in shown.shown] == ["HLT-A", "HLT-B", "HLT-C"]
    assert [each.suits for each in shown.shown] == [True, True, False]
    assert [each.rank for each in shown.shown] == [1, 2, 3]


def test_what_is_not_on_sale_or_no_product_is_not_shown():
    unsold = product(44, "HLT-D", s.replaced(s.DRAFTED, code="HLT-D"))
    story(a.BEGUN).when(SHOW, gathered=(unsold,)).refused(NOT_ON_SALE)
    story(a.BEGUN).when(SHOW, gathered=(s.CUSTOMER,)).refused(UNKNOWN)


def test_shown_again_a_product_is_weighed_anew():
    again = s.replaced(a.UNSUITED, shown_on=TODAY)
    after = a.advice(a.BEGUN, a.SHOWN, again)
    assert [each.suits for each in after.shown] == [False]


def test_what_was_given_once_need_not_be_given_again():
    story(a.BEGUN).when(GIVE).then(a.GIVEN)
    story(a.BEGUN, a.GIVEN).when(GIVE).then()
    some = GIVE.model_copy(update={"given": (Disclosure.TERMS,)})
    after = story(a.BEGUN).when(some).then(s.replaced(a.GIVEN, given=(Disclosure.TERMS,)))
    assert Disclosure.TERMS not in after.undisclosed and len(after.undisclosed) == 4


def test_advice_against_a_product_names_what_speaks_against_it():
    story(a.BEGUN, a.UNSUITED).when(AGAINST).then(a.AGAINST)
    story(a.BEGUN, a.SHOWN).when(AGAINST).refused(c.NOTHING_AGAINST)
    story(a.BEGUN).when(AGAINST).refused(c.NOT_SHOWN)


def test_a_customer_may_insist_in_writing_but_not_on_what_the_law_bars():
    story(a.BEGUN, a.UNSUITED).when(CONFIRM).then(a.INSISTED)
    story(a.BEGUN, a.UNSUITED, a.INSISTED).when(CONFIRM).then()
    story(a.BEGUN, a.BARRED).when(CONFIRM).refused(c.BARRED)
    story(a.BEGUN, a.SHOWN).when(CONFIRM).refused(c.NOTHING_AGAINST)


def test_a_statement_is_signed_for_what_was_shown():
    story(a.BEGUN, a.SHOWN).when(STATE).then(a.STATED)
    story(a.BEGUN, a.SHOWN, a.STATED).when(STATE).then()
    story(a.BEGUN).when(STATE).refused(c.NOT_SHOWN)


def test_a_recording_is_kept_by_its_number_and_checksum():
    story(a.BEGUN).when(RECORD).then(a.RECORDED)
    story(a.BEGUN, a.RECORDED).when(RECORD).then()


def test_a_whole_recording_passes_and_a_short_one_does_not():
    story(a.BEGUN, a.RECORDED).when(CHECK, by=CHECKER).then(a.PASSED)
    short = s.replaced(a.RECORDED, scenes=tuple(Scene)[:-1])
    after = story(a.BEGUN, short).when(CHECK, by=CHECKER).then(s.replaced(a.FAULTY, scenes=(Scene.SIGNED,), note=""))
    assert after.unheard == (Scene.SIGNED,)


def test_nobody_checks_the_recording_of_their_own_sale():
    own = Actor("ag-7", Role.SERVICE)
    story(a.BEGUN, a.RECORDED).when(CHECK, by=own).refused(c.OWN_RECORDING)
    story(a.BEGUN).when(CHECK, by=CHECKER).refused(c.NOT_RECORDED)


def test_what_a_check_found_is_put_right_and_nothing_else_is():
    faulty = (a.BEGUN, a.RECORDED, a.FAULTY)
    after = story(*faulty).when(CORRECT).then(a.CORRECTED)
    assert after.unheard == () and after.recording == "SL-2"
    story(a.BEGUN, a.RECORDED).when(CORRECT).refused(c.NO_FAULT)


def test_a_recording_made_before_the_fault_was_found_stays_faulty():
    after = a.advice(a.BEGUN, a.RECORDED, a.FAULTY)
    assert after.unheard == (Scene.EXCLUSIONS,) and not after.passed
    assert a.advice(a.BEGUN, a.RECORDED, a.PASSED).passed
