"""Who a customer is, what is corrected, and what was talked about."""

from __future__ import annotations

from datetime import date

import pytest

from domain.customer import (
    BORN_LATER,
    Channel,
    ContactNoted,
    CorrectCustomer,
    Customer,
    CustomerCorrected,
    NoteContact,
    RegisterCustomer,
)
from tests.kit import STREAM, TODAY, folded, given
from tests.samples import REGISTERED_CUSTOMER, replaced

REGISTER = RegisterCustomer(name="王小明", born_on=date(1990, 2, 28), phone="13800000000")
TOMORROW = date(2026, 3, 3)


def correct(**changes: object) -> CorrectCustomer:
    return CorrectCustomer(reason="per identity card", **changes)


def corrected(**changes: object) -> CustomerCorrected:
    return CustomerCorrected(reason="per identity card", **changes)


def test_a_customer_is_registered_under_the_next_number():
    registered = given().when(REGISTER, number="K202600000001").then(REGISTERED_CUSTOMER)
    assert registered.party == STREAM


def test_a_customer_may_keep_the_number_of_a_former_system():
    kept = REGISTER.model_copy(update={"number": "OLD-7"})
    given().when(kept, number="K202600000001").then(replaced(REGISTERED_CUSTOMER, number="OLD-7"))


def test_a_customer_is_born_by_today():
    newborn = REGISTER.model_copy(update={"born_on": TODAY})
    given().when(newborn, number="K1").then(replaced(REGISTERED_CUSTOMER, number="K1", born_on=TODAY))
    given().when(REGISTER.model_copy(update={"born_on": TOMORROW})).refused(BORN_LATER)


def test_a_birth_is_not_corrected_into_the_future():
    given(REGISTERED_CUSTOMER).when(correct(born_on=TOMORROW)).refused(BORN_LATER)
    given(REGISTERED_CUSTOMER).when(correct(born_on=TODAY)).then(corrected(born_on=TODAY))


def test_a_correction_records_what_changed_and_nothing_else():
    told = correct(name="王晓明", phone="13800000000")
    now = given(REGISTERED_CUSTOMER).when(told).then(corrected(name="王晓明"))
    assert (now.name, now.phone) == ("王晓明", "13800000000")


def test_a_detail_can_be_emptied():
    now = given(REGISTERED_CUSTOMER).when(correct(phone="")).then(corrected(phone=""))
    assert now.phone == ""


@pytest.mark.parametrize("told", [{}, {"name": "王小明"}, {"phone": "13800000000", "email": ""}])
def test_a_correction_that_corrects_nothing_is_no_event(told):
    given(REGISTERED_CUSTOMER).when(correct(**told)).then()


def test_a_contact_is_noted():
    noted = ContactNoted(channel=Channel.PHONE, subject="asked for the claim form")
    command = NoteContact(channel=Channel.PHONE, subject="asked for the claim form")
    given(REGISTERED_CUSTOMER).when(command).then(noted)


@pytest.mark.parametrize(
    ("born_on", "day", "age"),
    [
        (date(1990, 2, 28), date(2026, 2, 27), 35),
        (date(1990, 2, 28), date(2026, 2, 28), 36),
        (date(2000, 2, 29), date(2026, 2, 28), 25),
        (date(2000, 2, 29), date(2026, 3, 1), 26),
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (None, TODAY, None),
    ],
)
def test_age_is_counted_in_completed_years(born_on, day, age):
    assert folded(Customer, replaced(REGISTERED_CUSTOMER, born_on=born_on)).age_on(day) == age
