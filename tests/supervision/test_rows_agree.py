"""Whatever happens to a case: its rows follow it, hold what their columns hold, and tell what the case itself says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given as whatever
from hypothesis import strategies as st

from application.account.account_list import AccountCard, AccountList
from application.catalogue import PROJECTIONS
from application.claim.claim_register import ClaimCard, ClaimRegister
from application.customer.customer_directory import CustomerCard, CustomerDirectory
from application.policy.policy_register import PolicyCard, PolicyRegister, PolicyStatus
from application.policy.policy_transactions import PolicyTransactions
from application.policy.premiums_due import PremiumAccount, PremiumsDue
from application.product.product_catalogue import ProductCatalogue, ProductSheet
from application.projection import Projection, Row
from application.standard.standard_versions import StandardVersions
from application.standard.standards_register import StandardCard, StandardsRegister
from application.survey.survey_desk import SurveyCard, SurveyDesk
from domain.account import Account
from domain.catalogue import events_of
from domain.claim.events import Outcome
from domain.claim.state import Claim, Status
from domain.customer import CORRECTABLE, Customer
from domain.kernel import Aggregate, Event
from domain.policy.arrears import stands_until
from domain.policy.contract import Step
from domain.policy.state import Policy
from domain.product import Product, Stage
from domain.standard.events import Phase
from domain.standard.state import Standard
from domain.survey import Survey
from domain.words import plus_days, total
from tests.kit import STREAM, folded
from tests.laws.test_histories import BEGUN, DECIDING, STORIES, told
from tests.rows import seen
from tests.strategies import commands


def lives(data: st.DataObject, kind: type[Aggregate]) -> list[Event]:
    """A history that was accepted, command by command."""
    history: list[Event] = list(data.draw(st.sampled_from([(), *BEGUN.get(kind, [])])))
    if not history and kind.opened:
        history += told(data, kind, kind(id=STREAM), data.draw(commands(kind, opens=True)))
    for command in data.draw(st.lists(commands(kind), min_size=6, max_size=14)) if history or not kind.opened else ():
        history += told(data, kind, folded(kind, *history), command)
    return history


def alike(row: Row, case: Aggregate, *names: str) -> None:
    assert {name: getattr(row, name) for name in names} == {name: getattr(case, name) for name in names}


def status_of(policy: Policy) -> PolicyStatus:
    if policy.cancelled:
        return PolicyStatus.ENDED
    if policy.issued:
        return PolicyStatus.LAPSED if policy.lapsed_on else PolicyStatus.IN_FORCE
    if policy.signed_on:
        return PolicyStatus.SIGNED
    if policy.verdict:
        return PolicyStatus.ACCEPTED if policy.verdict.binds else PolicyStatus.REFUSED
    return PolicyStatus.DISCLOSED if policy.disclosed else PolicyStatus.APPLIED


def registered(row: PolicyCard, policy: Policy) -> None:
    alike(row, policy, "application", "number", "product", "product_code", "product_version", "line", "customer")
    alike(row, policy, "instalments", "signed_on", "delivered_on", "lapsed_on")
    assert row.status is status_of(policy)
    assert row.status is not PolicyStatus.IN_FORCE or policy.stack[-1].step not in (Step.LAPSE, Step.CANCELLATION)
    assert (row.premium, row.paid, row.currency) == (policy.premium.minor, policy.paid.minor, policy.premium.currency)
    assert (row.starts_on, row.ends_on) == (policy.period.starts_on, policy.period.ends_on)
    assert row.transactions == len(policy.stack)
    assert row.source or row.verdict is policy.verdict
    cover = policy.cover_on(policy.period.ends_on)
    assert cover is None or row.sums == cover.sums
    assert row.sum_insured == total(each.insured for each in row.sums).minor


def owing(row: PremiumAccount, policy: Policy) -> None:
    alike(row, policy, "number", "customer", "period", "premium", "instalments", "dues", "paid")
    days = {due.due_on for due in policy.dues}
    if row.due_on is None:
        assert row.due == 0 and row.grace_until == date.max
        assert not any(policy.overdue_since(plus_days(day, 1)) or policy.owed_on(day) for day in days)
    else:
        assert policy.overdue_since(plus_days(row.due_on, 1)) == row.due_on
        assert policy.owed_on(row.due_on).minor == row.due
        assert row.grace_until == stands_until(row.line, row.due_on, None)
        assert not any(policy.overdue_since(plus_days(day, 1)) for day in days if day < row.due_on)


def claimed(row: ClaimCard, claim: Claim) -> None:
    alike(row, claim, "number", "status", "policy", "customer", "exposures", "outcome")
    sums = {"payable": claim.payable, "paid": claim.paid}
    sums |= {name: total(getattr(x, name) for x in claim.exposures) for name in ("claimed", "reserve")}
    assert {name: getattr(row, name) for name in sums} == {name: amount.minor for name, amount in sums.items()}
    passed = claim.progress
    assert row.asked == (passed.asked or ())
    assert (row.requested_on, row.complex) == (passed.requested_on, passed.complex)
    days = (row.proven_on, row.told_on, row.letter_on, row.agreed_on)
    assert tuple(map(bool, days)) == (passed.proven, passed.told, bool(passed.letter), passed.agreed is not None)
    assert (set(row.received), set(row.holds)) == (claim.received, claim.holds)
    assert row.loss_on == (claim.loss_on or claim.notice.loss_on)
    assert (row.closed_on is not None) == (claim.status is Status.CLOSED)
    assert not row.grounds or claim.status in (Status.REJECTED, Status.CLOSED)
    decided = claim.status in (Status.APPROVED, Status.REJECTED) or claim.outcome is Outcome.REJECTED
    assert not decided or (row.decided_on and row.approver)
    assert decided or not claim.is_open or not (row.decided_on or row.approver)


def catalogued(row: ProductSheet, product: Product) -> None:
    alike(row, product, "code", "name")
    latest = product.editions[-1]
    told = {name: getattr(latest.terms, name) for name in type(latest.terms).__slots__}
    assert {name: getattr(row, name) for name in told} == told
    assert (row.version, row.sold_from, row.withdrawn_on) == (latest.version, latest.sold_from, latest.sold_until)
    assert row.stage is (Stage.WITHDRAWN if latest.sold_until else latest.stage)
    assert bool(row.filing) == (latest.stage is not Stage.DRAFT)


def known(row: CustomerCard, customer: Customer) -> None:
    alike(row, customer, "number", "nature", *CORRECTABLE)


def asked(row: SurveyCard, survey: Survey) -> None:
    alike(row, survey, "customer")
    assert (row.answered_on is not None) == (row.satisfaction is not None) == survey.answered


def listed(row: AccountCard, account: Account) -> None:
    alike(row, account, "login", "name", "roles", "authority", "customer", "suspended")


def in_the_register(row: StandardCard, standard: Standard) -> None:
    alike(row, standard, "code", "comments")
    current, last = standard.current, standard.last
    assert (row.versions, row.unanswered) == (last.number, len(standard.unanswered))
    assert (row.title_zh, row.owner) == (last.content.title_zh, last.content.owner)
    assert (row.current, row.effective_on) == ((current.number, current.effective_on) if current else (None, None))
    coming = last if last.phase in (Phase.DRAFT, Phase.CONSULTATION, Phase.APPROVED) else None
    assert (row.next_version, row.next_phase) == ((coming.number, coming.phase) if coming else (None, None))
    assert (row.next_effective_on, row.until) == ((coming.effective_on, coming.until) if coming else (None, None))
    assert row.phase is (Phase.EFFECTIVE if current else coming.phase if coming else Phase.WITHDRAWN)


AGREES: dict[type[Projection], tuple[type[Aggregate], Callable[[Any, Any], None]]] = {
    ProductCatalogue: (Product, catalogued),
    CustomerDirectory: (Customer, known),
    PolicyRegister: (Policy, registered),
    PremiumsDue: (Policy, owing),
    ClaimRegister: (Claim, claimed),
    SurveyDesk: (Survey, asked),
    AccountList: (Account, listed),
    StandardsRegister: (Standard, in_the_register),
}
"""The read models that show one row for each case, and what such a row has to agree with it about."""


@pytest.mark.parametrize("kind", DECIDING)
@STORIES
@whatever(data=st.data())
def test_every_row_holds_what_its_columns_hold_whatever_happens(kind, data):
    history = lives(data, kind)
    for projection in PROJECTIONS:
        if set(projection.hears) & set(events_of(kind)):
            for row in seen(projection, *history).rows:
                assert type(row).model_validate(dict(row)) == row


@pytest.mark.parametrize("projection", AGREES, ids=lambda projection: projection.name)
@STORIES
@whatever(data=st.data())
def test_a_row_tells_what_the_case_itself_says_at_every_version(projection, data):
    kind, agrees = AGREES[projection]
    history = lives(data, kind)
    for version in range(1, len(history) + 1):
        case = folded(kind, *history[:version])
        rows = seen(projection, *history[:version]).rows
        gone = projection is PremiumsDue and isinstance(case, Policy) and case.cancelled
        assert len(rows) == (0 if gone else 1)
        for row in rows:
            agrees(row, case)


@STORIES
@whatever(data=st.data())
def test_the_lines_of_a_contract_are_its_transactions(data):
    history = lives(data, Policy)
    lines = seen(PolicyTransactions, *history).rows
    stack = folded(Policy, *history).stack
    assert [line.step for line in lines] == [entry.step for entry in stack]
    for line, entry in zip(lines, stack, strict=True):
        assert (line.effective_on, line.difference) == (entry.effective_on, entry.difference.minor)


@STORIES
@whatever(data=st.data())
def test_the_versions_of_a_standard_are_those_it_has_come_through(data):
    history = lives(data, Standard)
    rows = seen(StandardVersions, *history).rows
    versions = folded(Standard, *history).versions
    assert [(row.version, row.phase, row.drafter) for row in rows] == [(v.number, v.phase, v.drafter) for v in versions]
    for row, version in zip(rows, versions, strict=True):
        assert row.content == version.content
        assert (row.until, row.effective_on) == (version.until, version.effective_on)
        assert (row.superseded_on is not None) == (version.phase is Phase.SUPERSEDED)
        assert (row.withdrawn_on is not None) == (version.phase is Phase.WITHDRAWN)
