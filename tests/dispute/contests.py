"""A dispute with one issue, contested through every level, with one event of each kind."""

from __future__ import annotations

from datetime import date

from domain.dispute import contest as c
from domain.dispute.contest import Finding, Ground, Level, Side
from domain.kernel import Event
from tests.samples import yuan

ON = date(2026, 3, 2)
DISPUTED = c.IssueDisputed(
    issue=1,
    ground=Ground.EXCLUSION,
    position="the exclusion was never explained",
    original=yuan(0),
    wanted=yuan(900),
)
ANSWERED = c.PositionTaken(issue=1, position="it was printed in bold")
FILED = c.EvidenceFiled(side=Side.INSURER, kind="signed list", name="list.pdf of Wang", sha256="a" * 64, filed_on=ON)
OFFERED = c.SettlementOffered(
    offer=1, side=Side.INSURER, amount=yuan(300), valid_until=date(2026, 3, 10), terms="once and for all"
)
ACCEPTED = c.SettlementAccepted(offer=1, accepted_on=ON)
DECLINED = c.SettlementDeclined(offer=1, reason="far too little")
IN_COURT = c.LevelReached(level=Level.LITIGATION, reached_on=ON, body="the district court")
SCHEDULED = c.HearingScheduled(hearing=1, on=ON, room="room 3")
POSTPONED = c.HearingPostponed(hearing=1, until=date(2026, 3, 9), reason="the judge is ill")
MISSED = c.HearingMissed(hearing=1, side=Side.CUSTOMER, missed_on=ON)
HELD = c.HearingHeld(hearing=1, held_on=ON)
REVIEWED = c.ReviewOpened(reviewer="fang", involved=("han", "sun"), opened_on=ON)
UPHELD = c.IssueDecided(
    issue=1,
    level=Level.REVIEW,
    finding=Finding.UPHELD,
    reasons="the list is signed",
    decider="fang",
    original=yuan(0),
)
CHANGED = c.IssueDecided(
    issue=1,
    level=Level.REVIEW,
    finding=Finding.CHANGED,
    reasons="the list is not the applicant's",
    decider="fang",
    original=yuan(0),
    revised=yuan(900),
)
SAMPLED = c.ReviewSampled(drawn=12, chance=570)
CHECKED = c.ReviewChecked(passed=True, checker="song", note="well reasoned")
TOLD = c.ReviewTold(told_on=ON)
REMANDED = c.DisputeRemanded(body="the district court", remanded_on=ON, reasons="who signed was not looked into")
HALTED = c.DisputeHeld(until=date(2026, 3, 20), reason="the hospital has not answered")
RESUMED = c.DisputeResumed(resumed_on=ON)
HAPPENED: tuple[Event, ...] = (
    *(DISPUTED, ANSWERED, FILED, OFFERED, ACCEPTED, DECLINED, IN_COURT, SCHEDULED, POSTPONED, MISSED, HELD),
    *(REVIEWED, CHANGED, SAMPLED, CHECKED, TOLD, REMANDED, HALTED, RESUMED),
)
