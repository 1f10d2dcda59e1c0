"""A claim's early warning: signals, the model that explains itself, the table of desks, and what follows from them."""

from __future__ import annotations

import math
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from domain.claim import settlement, triage
from domain.claim.events import Severity
from domain.claim.screening import TRAITS, Seen, Sign, Track, read, screen
from domain.losses import Cause
from domain.product import Line
from domain.words import Role
from tests import samples as s
from tests.claim import scrutinies as c
from tests.claim.test_matching import IN_FORCE, REGISTER, loss, told
from tests.kit import actor_for, given
from tests.policy.test_service import endorsed

LONG_AGO = date(2024, 1, 1)
LOSS_ON = date(2026, 2, 10)
QUIET = Seen(Line.PROPERTY, Cause.FIRE, None, LOSS_ON, LOSS_ON, LONG_AGO)


@pytest.mark.parametrize(
    ("seen", "sign", "points"),
    [
        (replace(QUIET, began_on=LOSS_ON - timedelta(29)), Sign.SOON_AFTER_INCEPTION, 25),
        (replace(QUIET, raised_on=LOSS_ON - timedelta(29)), Sign.SOON_AFTER_INCREASE, 30),
        (replace(QUIET, others=2), Sign.FREQUENT, 20),
        (replace(QUIET, noticed_on=LOSS_ON + timedelta(31)), Sign.LATE_NOTICE, 15),
        (replace(QUIET, amended=2), Sign.AMENDED, 10),
        (replace(QUIET, backdated=True), Sign.BACKDATED, 30),
        (replace(QUIET, overdue=True), Sign.OVERDUE, 10),
    ],
)
def test_each_sign_has_its_points(seen, sign, points):
    judged = screen().judge(seen)
    assert (judged.warnings, judged.score, judged.version) == ((sign,), points, "2026-1")


@pytest.mark.parametrize(
    "seen",
    [
        QUIET,
        replace(QUIET, began_on=LOSS_ON - timedelta(30)),
        replace(QUIET, raised_on=LOSS_ON - timedelta(30)),
        replace(QUIET, others=1),
        replace(QUIET, noticed_on=LOSS_ON + timedelta(30)),
        replace(QUIET, amended=1),
    ],
)
def test_short_of_it_there_is_none(seen):
    judged = screen().judge(seen)
    assert (judged.warnings, judged.score, judged.chance) == ((), 0, None)


def test_the_model_tells_how_far_each_trait_moved_it():
    judged = screen().judge(replace(QUIET, cause=Cause.THEFT, severity=Severity.MAJOR, began_on=date(2025, 6, 1)))
    assert [(each.trait, each.weight) for each in judged.pulls] == [
        ("major", 1910),
        ("theft", -96),
        ("first_year", 308),
    ]
    odds = (-1520 + 1910 - 96 + 308) / 1000
    assert judged.chance == round(1000 / (1 + math.exp(-odds)))
    assert judged.score == judged.chance // 20


@pytest.mark.parametrize(
    ("seen", "track", "row"),
    [
        (replace(QUIET, backdated=True, raised_on=LOSS_ON), Track.INVESTIGATION, 1),
        (replace(QUIET, cause=Cause.DEATH), Track.COMPLEX, 2),
        (replace(QUIET, line=Line.LIABILITY), Track.COMPLEX, 3),
        (replace(QUIET, severity=Severity.TOTAL), Track.COMPLEX, 4),
        (replace(QUIET, severity=Severity.MINOR), Track.FAST, 5),
        (replace(QUIET, severity=Severity.MINOR, others=2), Track.STANDARD, 6),
        (QUIET, Track.STANDARD, 6),
    ],
)
def test_the_first_row_that_fits_sends_it_to_its_desk(seen, track, row):
    judged = screen().judge(seen)
    assert (judged.track, judged.row) == (track, row)


@whatever(
    st.builds(
        Seen,
        st.sampled_from(Line),
        st.sampled_from(Cause),
        st.none() | st.sampled_from(Severity),
        st.dates(LONG_AGO, LOSS_ON),
        st.dates(LONG_AGO, LOSS_ON),
        st.dates(LONG_AGO, LOSS_ON),
        st.none() | st.dates(LONG_AGO, LOSS_ON),
        st.integers(0, 9),
        st.integers(0, 9),
        st.booleans(),
        st.booleans(),
    )
)
def test_whatever_is_seen_is_scored_of_a_hundred_and_sent_somewhere(seen):
    judged = screen().judge(seen)
    assert 0 <= judged.score <= 100 and judged == screen().judge(seen)


def test_a_screen_that_names_no_such_desk_or_sign_is_not_read():
    written = tomllib.loads(files("domain").joinpath("claim", "screening.toml").read_text("utf-8"))
    with pytest.raises(KeyError):
        read({**written, "row": [{"track": "nowhere"}]})
    with pytest.raises(KeyError):
        read({**written, "points": {}})
    assert set(written["model"]["weights"]) == set(TRAITS)


# -- on a claim -----------------------------------------------------------------------


def registering(policy=IN_FORCE, *losses, notice=s.NOTICED):
    return given(notice).when(REGISTER, consulting=[policy, told(*losses)]).outcome()[1]


def test_registering_a_claim_screens_it():
    judged = registering()
    assert (judged.score, judged.track) == (0, Track.STANDARD)


def test_the_beginning_the_raising_and_the_other_losses_are_read_from_the_policy():
    soon = s.replaced(s.NOTICED, notice=replace(s.NOTICE, loss_on=date(2026, 1, 20)), contract=None)
    assert registering(notice=soon).warnings == (Sign.SOON_AFTER_INCEPTION, Sign.LATE_NOTICE)
    raised = s.policy(*s.in_force(endorsed(date(2026, 2, 1))))
    knew = s.replaced(s.NOTICED, contract=2)
    assert registering(raised, notice=knew).warnings == (Sign.SOON_AFTER_INCREASE, Sign.OVERDUE)
    before = (loss(date(2026, 1, 5)), s.replaced(loss(date(2026, 1, 9)), claim=s.CUSTOMER_ID))
    assert registering(IN_FORCE, *before).warnings == (Sign.FREQUENT,)


def test_what_calls_for_investigation_is_not_approved_before_it_was_looked_into():
    assessed = (*s.OPEN_CLAIM, c.SCREENED, s.assessed())
    approve = settlement.ApproveClaim()
    given(*assessed).when(approve, by=s.SECOND).refused(settlement.NOT_LOOKED_INTO)
    assert given(*assessed, c.ORDERED, c.REPORTED).when(approve, by=s.SECOND).outcome()
    assert given(*assessed, c.ROUTED).when(approve, by=s.SECOND).outcome()


def test_a_supervisor_sends_a_claim_elsewhere_with_a_reason():
    command = triage.RouteClaim(track=Track.STANDARD, reason="known to us for years")
    assert triage.RouteClaim.may == {Role.SUPERVISOR}
    given(*s.OPEN_CLAIM, c.SCREENED).when(command, by=s.SECOND).then(c.ROUTED)
    given(*s.OPEN_CLAIM, c.SCREENED, c.ROUTED).when(command, by=s.SECOND).then()
    given(s.NOTICED).when(command, by=s.SECOND).refused(triage.NOT_OPEN)


def test_a_claim_is_screened_again_by_what_is_known_by_then():
    again = triage.ScreenClaim()
    [judged] = given(*s.OPEN_CLAIM).when(again, by=actor_for(triage.ScreenClaim), consulting=[IN_FORCE]).outcome()
    assert judged.score == 0
    given(s.NOTICED).when(again, consulting=[IN_FORCE]).refused(triage.NOT_OPEN)
