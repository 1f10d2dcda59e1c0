"""A form says what the command says, whatever the command; and what is wrong is told at its field."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.catalogue import COMMANDS
from domain.claim.events import Paper
from domain.claim.intake import GiveNotice, RequestDocuments
from domain.claim.settlement import AssessCoverage, PayClaim
from domain.customer import CorrectCustomer, RegisterCustomer
from domain.policy.application import ApplyForPolicy
from domain.product import DraftProduct, Line
from domain.words import Money
from interfaces.console.forms import Form, Mistake, blanks, compacted, filled, mistaken, read
from tests.console.values import any_of


def meant(command, form: Form):
    plain, wrong = read(blanks(command), compacted(blanks(command), form))
    assert not wrong
    return command.model_validate(plain)


def mistakes(command, form: Form, language: str = "en") -> list[Mistake]:
    plain, wrong = read(blanks(command), compacted(blanks(command), form))
    try:
        command.model_validate(plain)
    except ValidationError as invalid:
        return mistaken(blanks(command), invalid, wrong, language)
    return mistaken(blanks(command), None, wrong, language)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.__name__)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_form_filled_with_a_command_means_that_command(command, data):
    given_ = data.draw(any_of(command))
    assert meant(command, filled(blanks(command), dict(given_))) == given_


@pytest.mark.parametrize("command", COMMANDS, ids=lambda each: each.__name__)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_whatever_a_browser_sends_is_read_or_named_as_a_mistake(command, data):
    form = filled(blanks(command), dict(data.draw(any_of(command))))
    for name in form:
        form[name] = [data.draw(st.text(max_size=12))]
    for mistake in mistakes(command, form, data.draw(st.sampled_from(["zh", "en"]))):
        assert mistake.path and mistake.name and mistake.says


def test_rows_left_blank_are_left_out_and_the_others_move_up():
    form = {
        "beneficiaries.0": [""],
        "beneficiaries.2": ["李小红"],
        "sums.1.benefit": ["HOSPITAL"],
        "sums.1.insured.amount": ["1,000,000"],
        "sums.1.insured.currency": ["CNY"],
        "sums.3.insured.currency": ["CNY"],
    }
    plain, wrong = read(blanks(ApplyForPolicy), compacted(blanks(ApplyForPolicy), form))
    assert not wrong
    assert plain["beneficiaries"] == ["李小红"]
    assert plain["sums"] == [{"benefit": "HOSPITAL", "insured": {"minor": 100_000_000, "currency": "CNY"}}]


def test_a_mistake_in_a_row_names_the_row_as_it_is_shown_again():
    form = {"sums.4.benefit": ["HOSPITAL"], "sums.4.insured.amount": ["ten"], "sums.0.benefit": [" "]}
    assert "sums.0.insured" in [each.path for each in mistakes(ApplyForPolicy, form)]


@pytest.mark.parametrize("text", ["1.005", "abc", "1e400", "NaN", "Infinity", "9" * 30])
def test_an_amount_that_is_none_is_a_mistake_at_its_field(text):
    form = {"benefit": ["HOSPITAL"], "claimed.amount": [text], "claimed.currency": ["CNY"]}
    assert [each.path for each in mistakes(AssessCoverage, form)] == ["claimed"]


def test_amounts_are_written_with_two_decimals_and_read_with_separators():
    form = filled(blanks(AssessCoverage), {"benefit": "HOSPITAL", "claimed": Money(1286050)})
    assert form["claimed.amount"] == ["12860.50"]
    assert meant(AssessCoverage, form | {"claimed.amount": ["12,860.5"]}).claimed == Money(1286050)


def test_an_amount_below_zero_is_told_in_the_readers_language():
    form = {"benefit": ["A"], "claimed.amount": ["-1"]}
    assert mistakes(AssessCoverage, form, "zh") == [Mistake("claimed", "claimed", "不得为负")]


def test_a_day_beyond_counting_and_a_character_beyond_print_are_told_as_such():
    form = {"reason": ["moved"], "born_on": ["1066-10-14"], "address": ["a\x07"]}
    said = {each.path: each.says for each in mistakes(CorrectCustomer, form, "en")}
    assert said["born_on"] == "between 1900-01-01 and 2200-12-31"
    assert "cannot be printed" in said["address"]


def test_what_is_left_blank_takes_its_default_and_what_is_needed_is_asked_for():
    assert meant(GiveNotice, {}) == GiveNotice()
    assert {each.path for each in mistakes(PayClaim, {})} == {"benefit", "amount", "payee", "reference", "paid_on"}


def test_a_text_may_be_left_as_it_is_or_emptied():
    assert meant(CorrectCustomer, {"reason": ["moved"], "phone": [""]}).phone is None
    assert meant(CorrectCustomer, {"reason": ["moved"], "phone": [""], "phone.empty": ["on"]}).phone == ""


def test_several_choices_are_boxes_to_tick():
    assert meant(RequestDocuments, {"papers": ["invoice", "identity"]}).papers == (Paper.INVOICE, Paper.IDENTITY)
    assert [each.path for each in mistakes(RequestDocuments, {"papers": ["gold"]})] == ["papers"]


def test_a_date_is_written_as_year_month_day_and_nothing_else():
    assert [each.path for each in mistakes(RegisterCustomer, {"name": ["王"], "born_on": ["0"]})] == ["born_on"]


def test_a_group_that_is_new_says_its_defaults():
    form = filled(blanks(DraftProduct), {})
    assert form["terms.longest_months"] == ["12"]
    assert [each.choices for each in blanks(DraftProduct)[2].parts if each.name == "line"] == [tuple(Line)]
