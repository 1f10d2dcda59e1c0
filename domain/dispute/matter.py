"""What a dispute remembers of its matter: the issues, the offers, the level, the hearing, the review."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.dispute import contest as c
from domain.dispute.contest import Finding, Level, Side
from domain.kernel import Event
from domain.words import Money


@dataclass(frozen=True, slots=True)
class Issue:
    number: int
    ground: c.Ground
    original: Money | None = None
    finding: Finding | None = None
    revised: Money | None = None


@dataclass(frozen=True, slots=True)
class Matter:
    """`offer` is the one on the table, by `offered_by`; `deciders` are all who ever decided an issue of it."""

    issues: tuple[Issue, ...] = ()
    level: Level = Level.NEGOTIATION
    offers: int = 0
    offer: Money | None = None
    offered_by: Side | None = None
    offered_until: date | None = None
    hearings: int = 0
    hearing_on: date | None = None
    reviewer: str = ""
    sampled: bool = False
    passed: bool = False
    told: bool = False
    deciders: frozenset[str] = frozenset()
    held_until: date | None = None

    def after(self, event: Event) -> Matter:
        match event:
            case c.IssueDisputed(issue=number, ground=ground, original=original):
                return replace(self, issues=(*self.issues, Issue(number, ground, original)))
            case c.IssueDecided():
                decided = replace(self, deciders=self.deciders | {event.decider}, sampled=False, passed=False)
                return decided._with(event.issue, finding=event.finding, revised=event.revised)
            case c.SettlementOffered():
                until = event.valid_until
                return replace(self, offers=event.offer, offer=event.amount, offered_by=event.side, offered_until=until)
            case c.SettlementAccepted() | c.SettlementDeclined():
                return replace(self, offer=None, offered_by=None, offered_until=None)
            case c.LevelReached(level=level):
                return replace(self, level=level)
            case c.HearingScheduled(hearing=hearing, on=on):
                return replace(self, hearings=hearing, hearing_on=on)
            case c.HearingPostponed(until=until):
                return replace(self, hearing_on=until)
            case c.HearingMissed() | c.HearingHeld():
                return replace(self, hearing_on=None)
        return self._reviewed(event)

    def _reviewed(self, event: Event) -> Matter:
        match event:
            case c.ReviewOpened(reviewer=reviewer):
                return replace(self, level=Level.REVIEW, reviewer=reviewer, sampled=False, passed=False, told=False)
            case c.ReviewSampled():
                return replace(self, sampled=True)
            case c.ReviewChecked(passed=passed):
                return replace(self, passed=passed)
            case c.ReviewTold():
                return replace(self, told=True)
            case c.DisputeRemanded():
                anew = tuple(replace(each, finding=None, revised=None) for each in self.issues)
                return replace(self, issues=anew, level=Level.NEGOTIATION, reviewer="", told=False, hearing_on=None)
            case c.DisputeHeld(until=until):
                return replace(self, held_until=until)
            case c.DisputeResumed():
                return replace(self, held_until=None)
        return self

    def issue(self, number: int) -> Issue | None:
        return next((each for each in self.issues if each.number == number), None)

    def _with(self, number: int, finding: Finding, revised: Money | None) -> Matter:
        decided = tuple(
            replace(each, finding=finding, revised=revised) if each.number == number else each for each in self.issues
        )
        return replace(self, issues=decided)

    @property
    def undecided(self) -> tuple[int, ...]:
        return tuple(each.number for each in self.issues if each.finding is None)

    @property
    def changes(self) -> bool:
        """Whether anything of what was decided is changed."""
        return any(each.finding and each.finding.changes for each in self.issues)

    @property
    def waits_for_check(self) -> bool:
        return self.sampled and not self.passed

    def held_on(self, day: date) -> bool:
        return self.held_until is not None and day <= self.held_until
