"""A customer's profile and the advice that follows it, with one event of each kind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from domain import profile as p
from domain.advice import events as e
from domain.advice.events import Disclosure, Scene, Shown
from domain.advice.state import Advice
from domain.advice.suitability import Merit, Objection
from domain.customer import Channel
from domain.kernel import Event
from domain.product import Form, Grade, Line
from domain.profile import Capacity, Means, Need, Profile, Tolerance
from domain.words import Period
from tests.kit import folded
from tests.samples import CUSTOMER_ID, DRAFTED, FILED, ON_SALE, PRODUCT_ID, TERMS, replaced, yuan

ADVICE_ID = UUID(int=31, version=4)
OTHER_ID = UUID(int=32, version=4)
PROFILE_ID = p.profile_of(CUSTOMER_ID)

MEANS = Means(income=yuan(240_000), budget=yuan(20_000), wanted=yuan(1_000_000), assets=yuan(800_000), dependants=1)
TAKEN = p.ProfileTaken(
    customer=CUSTOMER_ID,
    taken_on=date(2026, 3, 1),
    needs=(Need.ILLNESS, Need.FAMILY),
    means=MEANS,
    held=(Line.ACCIDENT,),
    capacity=Capacity.FULL,
    occupation="teacher",
)
ASSESSED = p.ToleranceAssessed(customer=CUSTOMER_ID, assessed_on=date(2026, 3, 1), tolerance=Tolerance.C3, record="Q-1")
VERIFIED = p.IdentityVerified(
    customer=CUSTOMER_ID, verified_on=date(2026, 3, 1), document="居民身份证 110101", evidence="I-1"
)
KNOWN: tuple[Event, ...] = (TAKEN, ASSESSED, VERIFIED)


def profile(*history: Event) -> Profile:
    found = folded(Profile, *(history or KNOWN), stream=PROFILE_ID)
    assert isinstance(found, Profile)
    return found


SHOWN_AS = Shown(PRODUCT_ID, "HLT-1", 1, 1, 80, (Merit.FIRST_NEED, Merit.FILLS_GAP, Merit.WITHIN_BUDGET))
BEGUN = e.AdviceBegun(
    number="V202600000001",
    customer=CUSTOMER_ID,
    profile=PROFILE_ID,
    agent="AG-7",
    channel=Channel.AGENT,
    begun_on=date(2026, 3, 2),
    credential="ZY-7",
)
SHOWN = e.ProductsShown(shown=(SHOWN_AS,), shown_on=date(2026, 3, 2))
UNSUITED = e.ProductsShown(
    shown=(Shown(PRODUCT_ID, "HLT-1", 1, 1, 25, (Merit.WITHIN_BUDGET,), (Objection.NOT_NEEDED,)),),
    shown_on=date(2026, 3, 2),
)
BARRED = e.ProductsShown(
    shown=(Shown(PRODUCT_ID, "HLT-1", 1, 1, 25, (), (Objection.BEYOND_TOLERANCE,)),), shown_on=date(2026, 3, 2)
)
GIVEN = e.DisclosureGiven(given=tuple(Disclosure), given_on=date(2026, 3, 2), evidence="D-1")
AGAINST = e.AdvisedAgainst(
    product=PRODUCT_ID, code="HLT-1", objections=(Objection.NOT_NEEDED,), advised_on=date(2026, 3, 2)
)
INSISTED = e.ChoiceConfirmed(product=PRODUCT_ID, code="HLT-1", confirmed_on=date(2026, 3, 2), evidence="S-1")
STATED = e.StatementSigned(product=PRODUCT_ID, code="HLT-1", signed_on=date(2026, 3, 2), evidence="S-2")
RECORDED = e.SaleRecorded(
    reference="SL-1", sha256="a" * 64, seconds=900, scenes=tuple(Scene), recorded_on=date(2026, 3, 2)
)
FAULTY = e.RecordingFaultFound(
    scenes=(Scene.EXCLUSIONS,), found_on=date(2026, 3, 2), checker="he.ting", note="spoken too fast"
)
CORRECTED = e.RecordingCorrected(reference="SL-2", sha256="b" * 64, corrected_on=date(2026, 3, 2))
PASSED = e.RecordingPassed(checked_on=date(2026, 3, 2), checker="he.ting")
READY: tuple[Event, ...] = (BEGUN, SHOWN, GIVEN)
"""Advice after which an application may follow."""
HAPPENED: tuple[Event, ...] = (
    *KNOWN,
    *(BEGUN, SHOWN, GIVEN, AGAINST, INSISTED, STATED, RECORDED, FAULTY, CORRECTED, PASSED),
)


def advice(*history: Event) -> Advice:
    found = folded(Advice, *(history or READY), stream=ADVICE_ID)
    assert isinstance(found, Advice)
    return found


LASTING = Period(date(2026, 4, 1), date(2031, 3, 31))
"""A period of over a year."""


def long_term(form: Form = Form.INDEMNITY, line: Line = Line.HEALTH, grade: Grade = Grade.R1) -> tuple[Event, ...]:
    """The history of a product that runs for years, of this form, line and grade."""
    terms = replace(TERMS, form=form, line=line, grade=grade, longest_months=120)
    return replaced(DRAFTED, terms=terms), FILED, ON_SALE
