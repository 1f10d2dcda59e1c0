"""Whatever is asked of an aggregate, in whatever order: it accepts or refuses, and its history always folds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import msgspec
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as whatever
from hypothesis import strategies as st

from domain import account, customer, reservation, survey
from domain.account import Account
from domain.catalogue import AGGREGATES, events_of
from domain.claim import intake, settlement
from domain.claim.events import ClaimApproved
from domain.claim.state import Claim, Status
from domain.kernel import CALENDAR_ZONE, Aggregate, Command, Event, Recorded, Refused
from domain.losses import Losses
from domain.policy import sale, service
from domain.policy.contract import Step
from domain.policy.state import Policy
from domain.product import Product, PutProductOnSale, Stage
from domain.reservation import Reservation
from domain.standard import commands as standard
from domain.standard.events import Phase, StandardApproved, StandardTookEffect
from domain.standard.state import UNDER_WAY, Standard
from domain.tally import Tally
from domain.words import SYSTEM, Money, Role
from tests import samples as s
from tests.kit import STREAM, folded, given, going_on
from tests.standard import samples as standards
from tests.strategies import DAYS, actors, commands, events

DECIDING = [kind for kind in AGGREGATES if kind not in (Reservation, Tally, Losses)]
"""Reservations, tallies and what was told of losses are kept by the one door for commands; nobody gives them a command."""

BEGUN: dict[type[Aggregate], list[tuple[Event, ...]]] = {
    Product: [s.SOLD],
    Policy: [s.in_force()[:3], s.in_force()[:-1], s.in_force(), s.in_force(instalments=2)],
    Claim: [(s.NOTICED,), s.OPEN_CLAIM, s.PAYABLE[:-1], s.PAYABLE],
    Standard: [standards.CONSULTED, standards.IN_EFFECT[:-1], standards.IN_EFFECT, standards.NEXT_APPROVED],
}
"""Where a story may begin, beside at its beginning: the later commands would rarely be reached from there."""

POLICIES = [s.policy(*s.in_force(instalments=n)) for n in (1, 2)]

IDEMPOTENT = (
    PutProductOnSale,
    customer.CorrectCustomer,
    sale.SignPolicy,
    sale.DeliverPolicy,
    service.EndorsePolicy,
    service.AwaitPremium,
    intake.AmendNotice,
    intake.RequestDocuments,
    intake.ReceiveDocument,
    intake.HoldClaim,
    intake.HoldForPremium,
    settlement.ChangeReserve,
    settlement.ApproveClaim,
    account.ChangeRoles,
    account.SuspendAccount,
    account.RestoreAccount,
    standard.OpenConsultation,
    standard.TakeEffect,
    standard.WithdrawStandard,
    standard.AcknowledgeStandard,
)
"""Given again at once, these yield nothing."""


def claim_keeps_its_word(before: Claim, event: Event, after: Claim) -> None:
    assert all(x.paid <= x.payable and not x.reserve < Money(0) for x in after.exposures)
    assert after.is_open or not after.owed
    assert after.is_open == (after.outcome is None and after.status is not Status.JOINED)
    if isinstance(event, ClaimApproved):
        assert event.approver not in before.assessors


def policy_keeps_its_word(before: Policy, event: Event, after: Policy) -> None:
    assert [entry.number for entry in after.stack] == list(range(1, len(after.stack) + 1))
    ends = [entry.effective_on for entry in after.stack if entry.step is Step.CANCELLATION]
    assert len(ends) <= 1
    for day in DAYS:
        assert after.issued or after.cover_on(day) is None
        assert not (ends and day >= ends[0] and after.cover_on(day))
        assert not after.owed_on(day) < Money(0)
        assert Money(0) <= service.unearned(after, day) <= after.paid


def product_keeps_its_word(before: Product, event: Event, after: Product) -> None:
    assert [edition.version for edition in after.editions] == list(range(1, len(after.editions) + 1))
    assert sum(edition.stage is Stage.DRAFT for edition in after.editions) <= 1
    assert all((found := after.sold_on(day)) is None or found.stage is Stage.ON_SALE for day in DAYS)


def account_keeps_its_word(before: Account, event: Event, after: Account) -> None:
    assert Role.SYSTEM not in after.roles
    assert (after.roles == (Role.CUSTOMER,)) == (after.customer is not None)


def standard_keeps_its_word(before: Standard, event: Event, after: Standard) -> None:
    assert [version.number for version in after.versions] == list(range(1, len(after.versions) + 1))
    assert sum(version.phase is Phase.EFFECTIVE for version in after.versions) <= 1
    coming = [version for version in after.versions if version.phase in (*UNDER_WAY, Phase.APPROVED)]
    assert coming in ([], [after.last])
    if isinstance(event, StandardApproved):
        approved = after.versions[event.version - 1]
        assert event.approver not in (approved.drafter, approved.content.owner) and not after.unanswered
        assert approved.until and approved.until < event.effective_on
    if isinstance(event, StandardTookEffect):
        assert before.versions[event.version - 1].phase is Phase.APPROVED
        assert (before.current and before.current.number) == event.supersedes


WORDS: dict[type[Aggregate], Callable[..., None]] = {
    Claim: claim_keeps_its_word,
    Policy: policy_keeps_its_word,
    Product: product_keeps_its_word,
    Account: account_keeps_its_word,
    Standard: standard_keeps_its_word,
}


def told(data: st.DataObject, kind: type[Aggregate], state: Aggregate, command: Command) -> list[Event]:
    """The events that one command leads to in its story; none if it is refused. Anything else raised is a defect."""
    beside = (s.PRODUCT, s.CUSTOMER, data.draw(st.sampled_from(POLICIES)))
    when = given(beside=beside).when(
        command, by=data.draw(actors(type(command))), on=data.draw(st.sampled_from(DAYS)), number="N-1"
    )
    try:
        decided = command.outcome(state, when.knows)
    except Refused as refused:
        assert refused.tell("zh") and refused.tell("en")
        return []
    for event in decided:
        assert msgspec.json.decode(msgspec.json.encode(event), type=type(event)) == event
        after = going_on(state, event)
        WORDS.get(kind, lambda *_: None)(state, event, after)
        state = after
    if isinstance(command, IDEMPOTENT):
        assert command.outcome(state, when.knows) == []
    return decided


def recorded(history: list[Event]) -> list[Recorded]:
    at = datetime(2026, 3, 2, tzinfo=CALENDAR_ZONE)
    envelope = {"stream": STREAM, "recorded_at": at, "occurred_at": at, "actor": SYSTEM}
    key = {"command": UUID(int=0), "correlation": UUID(int=0)}
    return [Recorded(**envelope, **key, version=n, event=event) for n, event in enumerate(history, 1)]


STORIES = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("kind", DECIDING)
@STORIES
@whatever(data=st.data())
def test_every_command_is_accepted_or_refused_and_every_history_folds(kind, data):
    history = list(data.draw(st.sampled_from([(), *BEGUN.get(kind, [])])))
    if not history and kind.opened:
        history += told(data, kind, kind(id=STREAM), data.draw(commands(kind, opens=True)))
    if history or not kind.opened:
        for command in data.draw(st.lists(commands(kind), min_size=8, max_size=15)):
            history += told(data, kind, folded(kind, *history), command)
    middle = data.draw(st.integers(0, len(history)))
    envelopes = recorded(history)
    whole = kind(id=STREAM).after(envelopes)
    assert whole == folded(kind, *history)
    assert whole == kind(id=STREAM).after(envelopes[:middle]).after(envelopes[middle:])


SELF_CONTAINED = [customer.Customer, Account, survey.Survey, Policy, reservation.Reservation]
"""These fold any events in any order. A product's events name versions that must be there and a claim's payments
name assessed benefits: they fold in every order that was ever accepted, which the stories above show."""


@pytest.mark.parametrize("kind", SELF_CONTAINED)
@STORIES
@whatever(data=st.data())
def test_events_fold_in_any_order(kind, data):
    state = kind(id=STREAM)
    for event in data.draw(st.lists(events(*events_of(kind)), max_size=8)):
        state = state.evolve(event)
    assert state.id == STREAM


@pytest.mark.parametrize("kind", AGGREGATES)
def test_an_event_of_another_aggregate_changes_nothing(kind):
    foreign = s.NOTICED if kind is not Claim else s.DRAFTED
    assert kind(id=STREAM).evolve(foreign) == kind(id=STREAM)
