"""What the audit trail shows: every event there is, with who did it, when, and when we knew."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from application.supervision.audit_trail import AuditTrail
from domain.catalogue import AGGREGATE_OF
from domain.reservation import ValueReserved
from domain.tally import ApprovalCounted
from domain.words import Actor, Role
from tests import samples as s
from tests.golden.record import SAMPLES
from tests.kit import STREAM
from tests.rows import happened, noon, seen

HEARD = [each for each in SAMPLES if not isinstance(each, (ValueReserved, ApprovalCounted))]


@pytest.mark.parametrize("event", HEARD, ids=lambda event: type(event).__name__)
def test_every_event_leaves_one_line_that_says_who_did_what_when_and_why(event):
    name = type(event).__name__
    recorded = happened(
        event,
        on=date(2026, 3, 2),
        known_on=date(2026, 3, 5),
        actor=Actor("han", Role.AUDITOR),
        causation="7/3",
        rules=("CLAIM-DOC-ONCE",),
    )
    assert seen(AuditTrail, recorded).columns == {
        "position": 1,
        "stream": STREAM,
        "kind": AGGREGATE_OF[name].kind(),
        "version": 1,
        "event": name,
        "actor": "han",
        "role": Role.AUDITOR,
        "recorded_at": noon(date(2026, 3, 5)),
        "occurred_at": noon(date(2026, 3, 2)),
        "command": UUID(int=1),
        "correlation": UUID(int=2),
        "causation": "7/3",
        "rules": ("CLAIM-DOC-ONCE",),
    }


def test_the_audit_trail_shows_every_event_it_hears():
    assert {type(event) for event in HEARD} == set(AuditTrail.hears)


def test_a_reserved_number_is_told_by_the_event_that_needed_it():
    reserved = ValueReserved(kind="claim", name="number", value="C-1", holder=s.CLAIM_ID)
    seen(AuditTrail, reserved).shows_nothing()


def test_an_approval_is_told_by_its_own_event_and_not_by_the_tally():
    counted = next(each for each in SAMPLES if isinstance(each, ApprovalCounted))
    seen(AuditTrail, counted).shows_nothing()


def test_each_event_of_a_case_has_a_line_of_its_own():
    lines = seen(AuditTrail, *s.PAYABLE).rows
    assert [(line.position, line.event) for line in lines] == [
        (1, "NoticeGiven"),
        (2, "ClaimRegistered"),
        (3, "CoverageAssessed"),
        (4, "ClaimApproved"),
    ]


def test_a_line_never_changes_whatever_it_was_before():
    line = happened(s.NOTICED).but(position=1)
    [row] = seen(AuditTrail, line).rows
    assert AuditTrail.evolve(row, line) == row
