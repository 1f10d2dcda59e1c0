"""One event of each kind while a risk is examined."""

from __future__ import annotations

from datetime import date

from domain.kernel import Event
from domain.policy import risk as r
from domain.policy.risk import Concern, Ruling
from domain.product import Line
from tests.samples import COMPLETE, OFFER, yuan

WANTING = r.ApplicationFoundWanting(
    wanting=("bank account",), received_on=date(2026, 3, 2), line=Line.HEALTH, individual=True
)
ASKED = r.CorrectionsAsked(asked_on=date(2026, 3, 2))
RAISED = r.IssueRaised(concern=Concern.LARGE_SUM, detail="too much", needs=yuan(1_000_000), standard="UW-2024.1")
REFERRED = r.IssueReferred(concern=Concern.LARGE_SUM, reason="beyond mine", referrer="lin")
RULED = r.IssueRuled(
    concern=Concern.LARGE_SUM,
    ruling=Ruling.LOAD,
    ruler="lin",
    reason="blood pressure",
    loading_percent=25,
    exclusion="the left knee",
)
SPECIAL = r.IssueSpeciallyApproved(
    concern=Concern.LARGE_SUM, needs=yuan(1_000_000), authority=yuan(10), ruler="zhou", reason="reinsured"
)
REOPENED = r.IssueReopened(concern=Concern.LARGE_SUM, reason="new results")
TOLD = r.ExaminationAsked(told_on=date(2026, 3, 2))
REPORTED = r.ExaminationReported(
    received_on=date(2026, 3, 2), line=Line.HEALTH, individual=True, findings="nothing found"
)
REFUSED = r.RefusalTold(told_on=date(2026, 3, 2))
CONSENTED = r.InsuredConsented(consented_on=date(2026, 3, 2), agreed_to=yuan(1_000_000), evidence="B-1")
WITHDRAWN = r.ApplicationWithdrawn(reason="thought otherwise")
HAPPENED: tuple[Event, ...] = (
    *(WANTING, ASKED, COMPLETE, RAISED, REFERRED, RULED, SPECIAL, REOPENED, TOLD, REPORTED, REFUSED, OFFER),
    *(CONSENTED, WITHDRAWN),
)
