"""Whatever was forgotten of a history, it folds to the same amounts, dates and statuses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from application.catalogue import PROJECTIONS
from domain.account import Account
from domain.claim.ledger import Ledger
from domain.claim.state import Claim
from domain.commission import Commission
from domain.customer import CORRECTABLE, Customer
from domain.kernel import Aggregate, Event
from domain.personal import forgotten
from domain.policy.state import Policy
from domain.profile import Profile
from tests.kit import folded
from tests.laws.test_histories import DECIDING, STORIES
from tests.rows import seen
from tests.supervision.test_rows_agree import lives

PERSONAL: dict[type[Aggregate], set[str]] = {
    Customer: set(CORRECTABLE),
    Claim: {"notice", "ledger"},
    Account: {"name"},
    Profile: {"needs", "means", "held", "capacity", "tolerance"},
    Policy: {"examined"},
    Commission: {"asked"},
}
"""What an aggregate remembers of a person; it may differ once they are forgotten, and nothing else may."""


def half_forgotten(data: st.DataObject, history: list[Event]) -> list[Event]:
    """The history after any of those it tells of were forgotten."""
    return [forgotten(each) if data.draw(st.booleans()) else each for each in history]


def nameless(ledger: Ledger) -> Ledger:
    return replace(ledger, extras={number: replace(each, payee=None) for number, each in ledger.extras.items()})


def differing(before: Aggregate, after: Aggregate) -> set[str]:
    return {name for name in before.__struct_fields__ if getattr(before, name) != getattr(after, name)}


@pytest.mark.parametrize("kind", DECIDING)
@STORIES
@whatever(data=st.data())
def test_a_forgotten_history_folds_to_the_same_but_for_the_person(kind: type[Aggregate], data: st.DataObject) -> None:
    history = lives(data, kind)
    for version in range(1, len(history) + 1):
        before, after = folded(kind, *history[:version]), folded(kind, *half_forgotten(data, history[:version]))
        assert differing(before, after) <= PERSONAL.get(kind, set())
        if isinstance(before, Claim) and isinstance(after, Claim):
            notices = [(n.policy_number, n.loss_on, n.cause) for n in (before.notice, after.notice)]
            assert notices[0] == notices[1]
            # Where a payee would be listed follows from their name.
            assert nameless(before.ledger) == nameless(after.ledger)
        if isinstance(before, Policy) and isinstance(after, Policy):
            # What was answered adversely is a person's; that it was examined, and how, is not.
            assert replace(before.examined, adverse=()) == replace(after.examined, adverse=())


@pytest.mark.parametrize("kind", DECIDING)
@STORIES
@whatever(data=st.data())
def test_every_row_keeps_all_that_is_not_personal(kind: type[Aggregate], data: st.DataObject) -> None:
    history = lives(data, kind)
    blank = list(map(forgotten, history))
    for projection in PROJECTIONS:
        personal = set(projection.row.personal)
        before, after = (seen(projection, *events).rows for events in (history, blank))
        assert [row.model_dump(exclude=personal) for row in before] == [
            row.model_dump(exclude=personal) for row in after
        ]


@pytest.mark.parametrize("kind", DECIDING)
@STORIES
@whatever(data=st.data())
def test_what_is_forgotten_is_forgotten_once_and_for_all(kind: type[Aggregate], data: st.DataObject) -> None:
    for event in lives(data, kind):
        assert forgotten(forgotten(event)) == forgotten(event)
