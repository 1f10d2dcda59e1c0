"""What the customer directory shows of a customer, and of when we last spoke."""

from __future__ import annotations

from datetime import date

from application.customer.customer_directory import CustomerDirectory
from domain.customer import (
    Channel,
    ContactNoted,
    CustomerCorrected,
    Ground,
    LegalHoldPlaced,
    LegalHoldReleased,
    Nature,
    PersonForgotten,
    Sex,
)
from domain.words import FORGOTTEN
from tests import samples as s
from tests.kit import STREAM, TODAY
from tests.rows import Happens, each_of, happened, heard_in, seen

SPOKEN = ContactNoted(channel=Channel.PHONE, subject="asked how we are")
HELD = LegalHoldPlaced(reason="a lawsuit", until=date(2027, 1, 1))
WANG = {
    "customer": STREAM,
    "number": "K202600000001",
    "nature": Nature.PERSON,
    "name": "王小明",
    "born_on": date(1990, 2, 28),
    "sex": Sex.UNSTATED,
    "identity": "",
    "phone": "13800000000",
    "email": "",
    "address": "",
    "occupation": "",
    "registered_on": TODAY,
    "contacts": 0,
    "held": False,
}
CORRECTION = {
    "name": "王晓明",
    "born_on": date(1990, 2, 27),
    "identity": "310101199002270018",
    "phone": "13900000000",
    "email": "wang@example.com",
    "address": "上海市黄浦区",
    "occupation": "医生",
}

HAPPENINGS = (
    Happens("a customer is registered", (), s.REGISTERED_CUSTOMER, WANG),
    Happens(
        "every detail may be corrected",
        (s.REGISTERED_CUSTOMER,),
        CustomerCorrected(reason="per identity card", **CORRECTION),
        CORRECTION,
    ),
    Happens(
        "what is not corrected stays",
        (s.REGISTERED_CUSTOMER,),
        CustomerCorrected(reason="moved", address="苏州市", phone=""),
        {"address": "苏州市", "phone": ""},
    ),
    Happens(
        "we spoke with the customer",
        (s.REGISTERED_CUSTOMER,),
        happened(SPOKEN, on=date(2026, 3, 4)),
        {"contacts": 1, "contacted_on": date(2026, 3, 4)},
    ),
    Happens(
        "a talk of long ago that is entered late is not the last one",
        (s.REGISTERED_CUSTOMER, happened(SPOKEN, on=date(2026, 3, 4))),
        happened(SPOKEN, on=date(2026, 2, 1), known_on=date(2026, 3, 5)),
        {"contacts": 2},
    ),
    Happens("a legal hold is placed", (s.REGISTERED_CUSTOMER,), HELD, {"held": True, "held_until": date(2027, 1, 1)}),
    Happens(
        "a legal hold is released",
        (s.REGISTERED_CUSTOMER, HELD),
        LegalHoldReleased(reason="settled in court"),
        {"held": False, "held_until": None},
    ),
    Happens(
        "the person is forgotten, and with them whatever is personal",
        (s.REGISTERED_CUSTOMER, CustomerCorrected(reason="per identity card", **CORRECTION), SPOKEN),
        PersonForgotten(subjects=(STREAM,), ground=Ground.SERVICE_ENDED),
        {**dict.fromkeys(CORRECTION, ""), "name": FORGOTTEN, "born_on": None, "forgotten_on": TODAY},
    ),
)


@each_of(HAPPENINGS)
def test_the_customer_directory_shows_what_happened(happening):
    happening.is_seen_in(CustomerDirectory)


def test_the_customer_directory_shows_every_event_it_hears():
    assert heard_in(HAPPENINGS) == set(CustomerDirectory.hears)


def test_a_customer_entered_late_is_a_customer_since_the_day_it_was():
    long_ago = date(2019, 5, 4)
    seen(CustomerDirectory, happened(s.REGISTERED_CUSTOMER, on=long_ago, known_on=TODAY)).shows(registered_on=long_ago)
