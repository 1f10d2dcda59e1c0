"""What the cashier's worklist shows of what a policy owes, and since when."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from application.policy.premiums_due import PremiumsDue
from domain.policy import events as p
from domain.policy import milestones as m
from domain.policy.contract import Due
from domain.product import Line
from tests import samples as s
from tests.kit import STREAM
from tests.policy.kept import REVERSED
from tests.policy.test_policy_register import CANCELLED, DOUBLED, LOADED, OFFERED, RENEWED, TAKEN_OVER
from tests.rows import Happens, each_of, heard_in, seen

NEW_YEAR, FEBRUARY, MARCH, JULY = (date(2026, month, 1) for month in (1, 2, 3, 7))
HALVES = (Due(NEW_YEAR, s.yuan(1825)), Due(JULY, s.yuan(1825)))
NEVER = date.max
GRACE = {MARCH: date(2026, 4, 30), JULY: date(2026, 8, 31), date(2027, 1, 1): date(2027, 3, 2)}
"""Sixty days on; from July that is a Sunday, so that it is the Monday."""
APPLIED = {
    "policy": STREAM,
    "number": "",
    "customer": s.CUSTOMER_ID,
    "period": s.YEAR,
    "premium": s.PREMIUM,
    "paid": s.yuan(0),
    "due": 0,
    "line": Line.HEALTH,
    "grace_until": NEVER,
}


def owing(due_on: date, yuan: int) -> dict[str, object]:
    return {
        "due_on": due_on,
        "due": yuan * 100,
        "grace_until": GRACE[due_on],
        # At midnight in Shanghai the day is over on which it was due.
        "overdue_at": datetime.combine(due_on, time(16), UTC),
    }


def endorsed(difference: int, effective_on: date, due_on: date | None = None) -> p.PolicyEndorsed:
    return s.replaced(DOUBLED, effective_on=effective_on, difference=s.yuan(difference), due_on=due_on)


HAPPENINGS = (
    Happens("an application owes nothing yet", (), s.APPLIED, APPLIED | {"instalments": 1, "dues": ()}),
    Happens(
        "a contract is taken over paid up",
        (),
        TAKEN_OVER,
        APPLIED | {"number": "OLD-1", "instalments": 1, "paid": s.PREMIUM, "dues": (Due(NEW_YEAR, s.PREMIUM),)},
    ),
    Happens("a loading raises what will be due", OFFERED[:2], LOADED, {"premium": s.yuan(4380)}),
    Happens(
        "once issued, the instalments are due that were not paid",
        s.in_force(instalments=2)[:-1],
        s.ISSUED,
        {"number": "P202600000001", "dues": HALVES, **owing(JULY, 1825)},
    ),
    Happens(
        "part of an instalment leaves the rest of it due",
        s.in_force(instalments=2),
        s.paid(825, "R2"),
        {"paid": s.yuan(2650), "due": 1000_00},
    ),
    Happens(
        "the last instalment paid, nothing is due",
        s.in_force(instalments=2),
        s.paid(1825, "R2"),
        {"paid": s.PREMIUM, "due": 0, "due_on": None, "grace_until": NEVER, "overdue_at": None},
    ),
    Happens(
        "a dearer contract owes the difference when it takes effect",
        s.in_force(),
        endorsed(500, JULY),
        {"dues": (Due(NEW_YEAR, s.PREMIUM), Due(JULY, s.yuan(500))), **owing(JULY, 500)},
    ),
    Happens(
        "a change of days gone by owes the difference when it was decided",
        s.in_force(),
        endorsed(500, FEBRUARY, due_on=MARCH),
        {"dues": (Due(NEW_YEAR, s.PREMIUM), Due(MARCH, s.yuan(500))), **owing(MARCH, 500)},
    ),
    Happens(
        "a cheaper contract credits the next instalment",
        s.in_force(instalments=2),
        endorsed(-500, MARCH),
        {"dues": (*HALVES, Due(MARCH, s.yuan(-500))), "due": 1325_00},
    ),
    Happens(
        "a change that falls due with an instalment is added to it",
        s.in_force(instalments=2),
        endorsed(300, JULY),
        {"dues": (*HALVES, Due(JULY, s.yuan(300))), "due": 2125_00},
    ),
    Happens(
        "a credit on the day of an instalment may settle it",
        s.in_force(instalments=2),
        endorsed(-1825, JULY),
        {
            "dues": (*HALVES, Due(JULY, s.yuan(-1825))),
            "due": 0,
            "due_on": None,
            "grace_until": NEVER,
            "overdue_at": None,
        },
    ),
    Happens(
        "a dunning ends grace after thirty days",
        s.in_force(instalments=2),
        m.PremiumDunned(sent_on=date(2026, 7, 5), due_on=JULY, amount=s.yuan(1825), line=Line.HEALTH),
        {"dunned_on": date(2026, 7, 5), "dunned_for": JULY, "grace_until": date(2026, 8, 4)},
    ),
    Happens(
        "what was noted as overdue is not noted again",
        s.in_force(instalments=2),
        m.PremiumFellDue(due_on=JULY, amount=s.yuan(1825), line=Line.HEALTH),
        {"noted_for": JULY, "overdue_at": None},
    ),
    Happens(
        "an endorsement that is taken back is credited",
        s.in_force(DOUBLED),
        REVERSED,
        {
            "dues": (Due(NEW_YEAR, s.PREMIUM), Due(JULY, s.yuan(1840)), Due(JULY, s.yuan(-1840))),
            "due_on": None,
            "due": 0,
            "grace_until": NEVER,
            "overdue_at": None,
        },
    ),
    Happens(
        "a renewal is due in its own instalments",
        s.in_force(),
        RENEWED,
        {
            "period": s.NEXT_YEAR,
            "premium": s.yuan(3700),
            "instalments": 2,
            "dues": (
                Due(NEW_YEAR, s.PREMIUM),
                Due(date(2027, 1, 1), s.yuan(1850)),
                Due(date(2027, 7, 1), s.yuan(1850)),
            ),
            **owing(date(2027, 1, 1), 1850),
        },
    ),
)


@each_of(HAPPENINGS)
def test_the_worklist_of_premiums_shows_what_happened(happening):
    happening.is_seen_in(PremiumsDue)


def test_nothing_is_collected_on_a_contract_that_was_cancelled():
    seen(PremiumsDue, *s.in_force(CANCELLED, instalments=2)).shows_nothing()


def test_the_worklist_of_premiums_shows_every_event_it_hears():
    assert heard_in(HAPPENINGS) | {p.PolicyCancelled, p.PremiumPaid} == set(PremiumsDue.hears)
