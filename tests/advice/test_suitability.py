"""How products are weighed for a customer: what speaks for them, what against, and what bars a sale."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.advice.suitability import GROUNDS, WEIGHTS, Merit, Objection, weigh
from domain.product import Form, Grade, Insured, Line
from domain.profile import Capacity, Need, Tolerance
from domain.rules.law import law
from tests.advice import samples as a
from tests.kit import TODAY
from tests.samples import TERMS, replaced, yuan

HEALTH = replace(TERMS, grade=Grade.R2)


def weighed(terms=HEALTH, **known):
    return weigh(a.profile(replaced(a.TAKEN, **known), a.ASSESSED), terms, TODAY)


def test_what_meets_the_first_need_within_the_budget_suits_best():
    found = weighed()
    assert found.suits and not found.barred
    assert found.merits == (Merit.FIRST_NEED, Merit.FILLS_GAP, Merit.WITHIN_BUDGET, Merit.LOW_RISK)
    assert found.score == 100


def test_what_meets_a_later_need_comes_after():
    found = weighed(needs=(Need.FAMILY, Need.ILLNESS))
    assert found.suits and found.score == 85 and Merit.MEETS_NEED in found.merits


@pytest.mark.parametrize(
    ("terms", "known", "objection"),
    [
        (replace(HEALTH, grade=Grade.R4), {}, Objection.BEYOND_TOLERANCE),
        (replace(HEALTH, insured=Insured.GROUP), {}, Objection.NOT_FOR_PERSONS),
        (HEALTH, {"capacity": Capacity.NONE}, Objection.NO_CAPACITY),
        (HEALTH, {"capacity": Capacity.LIMITED}, Objection.NO_CAPACITY),
        (HEALTH, {"needs": (Need.PROPERTY,)}, Objection.NOT_NEEDED),
        (HEALTH, {"held": (Line.HEALTH,)}, Objection.HELD_ALREADY),
        (HEALTH, {"means": replace(a.MEANS, budget=yuan(3649))}, Objection.OVER_BUDGET),
        (HEALTH, {"means": replace(a.MEANS, budget=yuan(1), income=yuan(3649))}, Objection.BEYOND_MEANS),
    ],
)
def test_what_speaks_against_a_product_is_named_alone(terms, known, objection):
    assert weighed(terms, **known).objections == (objection,)


@pytest.mark.parametrize(
    ("terms", "known"),
    [
        (replace(HEALTH, grade=Grade.R3), {}),
        (replace(HEALTH, grade=Grade.R1), {"capacity": Capacity.LIMITED}),
        (HEALTH, {"means": replace(a.MEANS, budget=yuan(3650))}),
        (replace(HEALTH, form=Form.UNIT_LINKED), {}),
    ],
)
def test_just_within_the_limit_nothing_speaks_against_it(terms, known):
    assert weighed(terms, **known).suits


def test_what_puts_the_principal_at_risk_needs_an_assessment_of_the_last_twelve_months():
    linked = replace(HEALTH, form=Form.UNIT_LINKED, grade=Grade.R1)
    never = a.profile(a.TAKEN)
    assert weigh(never, linked, TODAY).objections == (Objection.NOT_ASSESSED,)
    assert weigh(never, replace(linked, form=Form.UNIVERSAL), TODAY).suits


def test_whoever_bears_more_finds_more_suits_and_never_less():
    for grade in Grade:
        suiting = [
            weigh(a.profile(a.TAKEN, replaced(a.ASSESSED, tolerance=level)), replace(HEALTH, grade=grade), TODAY).suits
            for level in Tolerance
        ]
        assert suiting == sorted(suiting)


def test_every_objection_rests_on_a_verified_rule():
    assert set(GROUNDS) == set(Objection)
    assert all(law().editions[rule][-1].verified for rule in GROUNDS.values())


def test_no_product_scores_over_a_hundred():
    assert sum(WEIGHTS.values()) - WEIGHTS[Merit.MEETS_NEED] == 100
