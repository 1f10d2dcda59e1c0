"""What can be asked of a dispute's matter: issues, positions, evidence, offers, levels, hearings, holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import Ge, MaxLen, MinLen

from domain.dispute import contest as c
from domain.dispute.commands import DECIDERS, HANDLERS, still_open
from domain.dispute.contest import Finding, Ground, Level, Side
from domain.dispute.matter import Issue
from domain.dispute.state import Dispute
from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.words import Amount, Day, Note, Role, Sha256, Text

NO_ISSUE = Refusal("dispute.no_issue", ("没有争点{issue}", "there is no issue {issue}"))
NO_OFFER = Refusal("dispute.no_offer", ("没有有效的和解方案", "there is no offer on the table that still holds"))
OWN_OFFER = Refusal("dispute.own_offer", ("不得接受本方的方案", "nobody accepts what their own side offered"))
OFFER_OVER = Refusal("dispute.offer_over", ("有效期早于今天", "it would have lapsed already"))
NOT_OUTSIDE = Refusal("dispute.not_outside", ("尚未进入仲裁或诉讼", "the dispute is not before a court or arbitrators"))
LEVEL_BACK = Refusal("dispute.level_back", ("不得退回{level}", "it does not go back to {level} but by a remand"))
NO_HEARING = Refusal("dispute.no_hearing", ("没有已排期的开庭", "no hearing is scheduled"))
HEARING_SET = Refusal("dispute.hearing_set", ("已有开庭排期{on}", "a hearing is scheduled already, on {on}"))
TOO_EARLY = Refusal("dispute.hearing_too_early", ("开庭日{on}未到", "the hearing is on {on}"))
HELD = Refusal("dispute.held", ("中止处理至{until}", "the dispute is held until {until}"))
NOT_HELD = Refusal("dispute.not_held", ("没有中止处理", "the dispute is not held"))
UNTOLD = Refusal("dispute.review_untold", ("复核决定尚未告知", "the review's decision has not been told"))

PARTIES = HANDLERS | {Role.CUSTOMER}
Number = Annotated[int, Ge(1)]


def not_held(dispute: Dispute, given: Given) -> None:
    HELD.unless(not dispute.matter.held_on(given.today), until=dispute.matter.held_until)


def side_of(given: Given) -> Side:
    return Side.CUSTOMER if given.actor.role is Role.CUSTOMER else Side.INSURER


def found(dispute: Dispute, number: int) -> Issue:
    issue = dispute.matter.issue(number)
    NO_ISSUE.unless(issue, issue=number)
    assert issue
    return issue


class DisputeIssue(Command):
    """One point of what is disputed: on which ground, what was decided, what is wanted instead."""

    on, may = Dispute, PARTIES
    says = ("提出争点", "Dispute an issue")
    ground: Ground
    position: Annotated[Note, MinLen(1)]
    original: Amount | None = None
    wanted: Amount | None = None

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        still_open(dispute, given)
        yield c.IssueDisputed(issue=len(dispute.matter.issues) + 1, **dict(self))


class TakePosition(Command):
    """What the insurer answers to one issue."""

    on, may = Dispute, HANDLERS
    says = ("答辩", "Take a position")
    issue: Number
    position: Annotated[Note, MinLen(1)]

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        still_open(dispute, given)
        found(dispute, self.issue)
        yield c.PositionTaken(**dict(self))


class DropIssue(Command):
    """The customer lets one issue be."""

    on, may = Dispute, PARTIES
    says = ("撤回争点", "Drop an issue")
    issue: Number
    reasons: Note = ""

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        still_open(dispute, given)
        issue, level = found(dispute, self.issue), dispute.matter.level
        if issue.finding is None:
            yield c.IssueDecided(
                issue=issue.number,
                level=level,
                finding=Finding.DROPPED,
                reasons=self.reasons,
                decider=given.actor.name,
                original=issue.original,
            )


class FileEvidence(Command):
    on, may = Dispute, PARTIES
    says = ("提交证据", "File evidence")
    kind: Text
    name: Text
    sha256: Sha256
    filed_on: Day

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        still_open(dispute, given)
        not_in_future(self.filed_on, given)
        yield c.EvidenceFiled(**dict(self), side=side_of(given))


class OfferSettlement(Command):
    """A sum for all that is still undecided, until a day."""

    on, may = Dispute, DECIDERS | {Role.CUSTOMER}
    says = ("提出和解方案", "Offer to settle")
    amount: Amount
    valid_until: Day
    terms: Annotated[Note, MinLen(1)]

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        still_open(dispute, given)
        OFFER_OVER.unless(given.today <= self.valid_until)
        yield c.SettlementOffered(offer=dispute.matter.offers + 1, side=side_of(given), **dict(self))


class AcceptSettlement(Command):
    """The other side accepts: every issue still undecided is settled by agreement."""

    on, may = Dispute, DECIDERS | PARTIES
    says = ("接受和解方案", "Accept the offer")

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        still_open(dispute, given)
        matter = dispute.matter
        NO_OFFER.unless(matter.offer is not None and matter.offered_until and given.today <= matter.offered_until)
        OWN_OFFER.unless(matter.offered_by is not side_of(given) or given.actor.role is Role.SERVICE)
        yield c.SettlementAccepted(offer=matter.offers, accepted_on=given.today)
        for number in matter.undecided:
            issue = found(dispute, number)
            yield c.IssueDecided(
                issue=number,
                level=matter.level,
                finding=Finding.AGREED,
                reasons="",
                decider=given.actor.name,
                original=issue.original,
                revised=matter.offer,
            )


class DeclineSettlement(Command):
    on, may = Dispute, DECIDERS | PARTIES
    says = ("不接受和解方案", "Decline the offer")
    reason: Note = ""

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        NO_OFFER.unless(dispute.matter.offer is not None)
        yield c.SettlementDeclined(offer=dispute.matter.offers, reason=self.reason)


class GoBefore(Command):
    """The dispute goes to the regulator, to arbitrators or to court; there is no way back but a remand."""

    on, may = Dispute, HANDLERS
    says = ("转至监管部门、仲裁或诉讼", "Go to the regulator, arbitration or court")
    level: Level
    reached_on: Day
    body: Text

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        still_open(dispute, given)
        not_in_future(self.reached_on, given)
        NOT_OUTSIDE.unless(self.level.is_outside)
        order = list(Level)
        LEVEL_BACK.unless(order.index(dispute.matter.level) < order.index(self.level), level=self.level)
        reviewing = dispute.matter.reviewer and not dispute.matter.undecided
        UNTOLD.unless(not reviewing or dispute.matter.told)
        yield c.LevelReached(**dict(self))


def before_court(dispute: Dispute, given: Given) -> None:
    still_open(dispute, given)
    NOT_OUTSIDE.unless(dispute.matter.level.is_outside)


def scheduled(dispute: Dispute, given: Given) -> None:
    still_open(dispute, given)
    NO_HEARING.unless(dispute.matter.hearing_on)


class ScheduleHearing(Command):
    on, may = Dispute, HANDLERS
    says = ("排期开庭", "Schedule a hearing")
    gates = (before_court,)
    held_on: Day
    room: Annotated[Text, MaxLen(120)]

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        HEARING_SET.unless(not dispute.matter.hearing_on, on=dispute.matter.hearing_on)
        yield c.HearingScheduled(hearing=dispute.matter.hearings + 1, on=self.held_on, room=self.room)


class PostponeHearing(Command):
    on, may = Dispute, HANDLERS
    says = ("延期开庭", "Postpone the hearing")
    gates = (scheduled,)
    until: Day
    reason: Annotated[Note, MinLen(1)]

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        yield c.HearingPostponed(hearing=dispute.matter.hearings, **dict(self))


class MissHearing(Command):
    on, may = Dispute, HANDLERS
    says = ("缺席开庭", "Record that a hearing was missed")
    gates = (scheduled,)
    side: Side

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        on = dispute.matter.hearing_on
        assert on
        TOO_EARLY.unless(on <= given.today, on=on)
        yield c.HearingMissed(hearing=dispute.matter.hearings, side=self.side, missed_on=on)


class HoldHearing(Command):
    on, may = Dispute, HANDLERS
    says = ("开庭", "Record that a hearing was held")
    gates = (scheduled,)

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        on = dispute.matter.hearing_on
        assert on
        TOO_EARLY.unless(on <= given.today, on=on)
        yield c.HearingHeld(hearing=dispute.matter.hearings, held_on=on)


class HoldDispute(Command):
    on, may = Dispute, DECIDERS
    says = ("中止处理", "Hold the dispute")
    gates = (still_open,)
    until: Day
    reason: Annotated[Note, MinLen(1)]

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        if dispute.matter.held_until != self.until:
            yield c.DisputeHeld(**dict(self))


class ResumeDispute(Command):
    on, may = Dispute, DECIDERS
    says = ("恢复处理", "Take the dispute up again")

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        NOT_HELD.unless(dispute.matter.held_on(given.today))
        yield c.DisputeResumed(resumed_on=given.today)
