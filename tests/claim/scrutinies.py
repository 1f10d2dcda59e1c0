"""One event of each kind that tells how a claim was looked at, and of what it is held against."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.catastrophe import CatastropheDeclared, CatastropheEnded
from domain.claim import inquiry as i
from domain.claim import money as m
from domain.claim import notice as n
from domain.claim.screening import ClaimRouted, ClaimScreened, Pull, Sign, Track
from domain.kernel import Event
from domain.losses import Cause, LossesToldApart, LossMoved, LossTold
from domain.sanction import PartyDelisted, PartySanctioned, Source, sanction_of
from domain.words import Period
from tests.samples import CLAIM_ID, HANDLER, LOSS_ON, POLICY_ID, SECOND, yuan

OTHER = UUID(int=71, version=4)
STORM = UUID(int=72, version=4)

DIVIDED = n.NoticeDivided(claim=OTHER, number="C-2")
JOINED = n.NoticeJoined(into=OTHER, number="C-2")
TAKEN_IN = n.NoticeTakenIn(claim=OTHER, number="C-2")
DISTINCT = n.LossFoundDistinct(other=OTHER, policy=POLICY_ID, number="C-2", reason="another room")
COVER = n.CoverDecided(known=n.Known.AT_NOTICE, reason="asked for after the storm", decider=SECOND.name)
SCREENED = ClaimScreened(
    version="2026-1",
    warnings=(Sign.SOON_AFTER_INCEPTION, Sign.LATE_NOTICE),
    score=66,
    track=Track.INVESTIGATION,
    row=1,
    chance=530,
    pulls=(Pull("major", 1910),),
)
ROUTED = ClaimRouted(track=Track.STANDARD, reason="known to us for years", router=SECOND.name)
ORDERED = i.InvestigationOrdered(
    inquiry="I1",
    method=i.Method.SURVEY,
    question="Was the ward open that day?",
    investigator=HANDLER.name,
    due_on=date(2026, 3, 9),
)
REPORTED = i.InvestigationReported(
    inquiry="I1",
    finding=i.Finding.UNFOUNDED,
    findings="It was, and the nurse remembers",
    sha256="d" * 64,
    investigator=HANDLER.name,
)
CLEARED = i.MatchCleared(sanction=sanction_of("王小明"), entry="UN-7", reason="born in another year", officer="wu")
GROUPED = i.ClaimGrouped(catastrophe=STORM, code="STORM-1")
ASTRAY = m.ReserveReviewed(reserved=yuan(100), paid=yuan(900), explanation="a second operation")
TOLD = LossTold(claim=OTHER, number="C-2", loss_on=LOSS_ON, cause=Cause.ILLNESS)
MOVED = LossMoved(claim=OTHER)
APART = LossesToldApart(claim=CLAIM_ID, other=OTHER)
LISTED = PartySanctioned(source=Source.UN, entry="UN-7", listed_on=date(2026, 1, 5), name="王小明")
DELISTED = PartyDelisted(entry="UN-7", reason="taken off by the committee")
DECLARED = CatastropheDeclared(
    code="STORM-1",
    title="Typhoon of February",
    causes=(Cause.STORM, Cause.WATER, Cause.ILLNESS),
    period=Period(date(2026, 2, 8), date(2026, 2, 12)),
)
ENDED = CatastropheEnded(code="STORM-1")
HAPPENED: tuple[Event, ...] = (
    *(DIVIDED, JOINED, TAKEN_IN, DISTINCT, COVER, SCREENED, ROUTED, ORDERED, REPORTED, CLEARED, GROUPED, ASTRAY),
    *(TOLD, MOVED, APART, LISTED, DELISTED, DECLARED, ENDED),
)
