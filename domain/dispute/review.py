"""How a dispute is decided: an internal review by somebody who had no part in it, its check, judgments, remand."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Annotated

from annotated_types import MinLen

from domain.claim.state import Claim
from domain.dispute import contest as c
from domain.dispute.commands import DECIDERS, HANDLERS, UNCHECKED, still_open
from domain.dispute.contest import Finding, Level
from domain.dispute.contesting import Number, before_court, found, not_held
from domain.dispute.state import Dispute
from domain.kernel import Command, Event, Given, Refusal, not_in_future, same_currency
from domain.words import Amount, Day, Note, Role, Text

IN_REVIEW = Refusal("dispute.in_review", ("{reviewer}正在复核", "{reviewer} is reviewing it"))
INVOLVED = Refusal(
    "dispute.involved",
    ("{name}经办过原案，不得复核", "{name} had a part in what is disputed, and does not review it"),
)
NO_ISSUES = Refusal("dispute.no_issues", ("尚未提出争点", "no issue has been disputed"))
NOT_THE_REVIEWER = Refusal("dispute.not_the_reviewer", ("仅复核人可作决定", "only the reviewer decides"))
NOTHING_REVISED = Refusal(
    "dispute.nothing_revised", ("变更的须有新数额，维持的不得有", "what changes has a new figure, what stands has none")
)
NOT_SAMPLED = Refusal("dispute.not_sampled", ("没有待质检的复核决定", "no decision waits for a check"))
OWN_REVIEW = Refusal("dispute.own_review", ("复核人不得质检本人的决定", "nobody checks their own review"))
NOT_DECIDED = Refusal("dispute.nothing_to_tell", ("没有待告知的复核决定", "there is no review's decision to tell"))

CHANCE = 570
"""Of ten thousand decisions of reviews so many are checked before they leave: the insurer's own standard."""
ORDINARY = frozenset(Role) - {Role.CUSTOMER, Role.SYSTEM}


def drawn(dispute: Dispute) -> int:
    """A number below ten thousand that follows from the dispute and its length alone: a replay draws the same."""
    return int.from_bytes(sha256(f"{dispute.id}/{dispute.version}".encode()).digest()[:8], "big") % 10_000


def to_review(dispute: Dispute, given: Given) -> None:
    still_open(dispute, given)
    NO_ISSUES.unless(dispute.matter.issues)


def reviewed(dispute: Dispute, given: Given) -> None:
    still_open(dispute, given)
    NOT_DECIDED.unless(dispute.matter.reviewer and not dispute.matter.undecided and not dispute.matter.told)


def checked(dispute: Dispute, _: Given) -> None:
    UNCHECKED.unless(not dispute.matter.waits_for_check)


class OpenReview(Command):
    """Whoever gives it reviews the decision; they are not found in the history of claim, policy or earlier rulings."""

    on, may, consults, rereads = Dispute, DECIDERS, (Claim,), ("claim", "policy")
    says = ("开始内部复核", "Open an internal review")
    gates = (to_review, not_held)

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        reviewer = given.actor.name
        IN_REVIEW.unless(not dispute.matter.reviewer or dispute.matter.told, reviewer=dispute.matter.reviewer)
        disputed = (each.actor for each in given.history if each.stream != dispute.id)
        involved = {actor.name for actor in disputed if actor.role in ORDINARY} | dispute.matter.deciders
        INVOLVED.unless(reviewer not in involved, name=reviewer)
        yield c.ReviewOpened(reviewer=reviewer, involved=tuple(sorted(involved)), opened_on=given.today)


class _Deciding(Command):
    on = Dispute
    issue: Number
    finding: Finding
    revised: Amount | None = None
    reasons: Annotated[Note, MinLen(1)]

    def decided(self, dispute: Dispute, given: Given) -> c.IssueDecided:
        issue = found(dispute, self.issue)
        changed = self.finding in (Finding.CHANGED, Finding.PART)
        NOTHING_REVISED.unless((self.revised is not None) == changed)
        if self.revised is not None and issue.original is not None:
            same_currency(self.revised, issue.original)
        return c.IssueDecided(
            **dict(self), level=dispute.matter.level, decider=given.actor.name, original=issue.original
        )


class DecideIssue(_Deciding):
    """The reviewer's decision on one issue; after the last it is drawn whether somebody checks them."""

    may = DECIDERS
    says = ("决定争点", "Decide an issue")
    gates = (still_open, not_held)

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        NOT_THE_REVIEWER.unless(given.actor.name == dispute.matter.reviewer and dispute.matter.level is Level.REVIEW)
        decided = self.decided(dispute, given)
        yield decided
        after = dispute.evolve(decided)
        if not after.matter.undecided and (number := drawn(dispute)) < CHANCE:
            yield c.ReviewSampled(drawn=number, chance=CHANCE)


class CheckReview(Command):
    """Somebody else looks at a decision that was drawn, before it leaves."""

    on, may = Dispute, DECIDERS
    says = ("质检复核决定", "Check the review's decision")
    passed: bool
    note: Note = ""

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        NOT_SAMPLED.unless(dispute.matter.waits_for_check)
        OWN_REVIEW.unless(given.actor.name not in dispute.matter.deciders)
        yield c.ReviewChecked(**dict(self), checker=given.actor.name)


class TellReview(Command):
    on, may = Dispute, HANDLERS
    says = ("告知复核决定", "Tell the review's decision")
    gates = (reviewed, checked)
    told_on: Day

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.told_on, given)
        yield c.ReviewTold(told_on=self.told_on)


class RecordJudgment(_Deciding):
    """What a court or arbitrators decided on one issue."""

    may = HANDLERS
    says = ("记录裁判结果", "Record a judgment")
    gates = (before_court,)

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        yield self.decided(dispute, given)


class RemandDispute(Command):
    """The court sends it back to the first level, with reasons: every issue is open again."""

    on, may = Dispute, HANDLERS
    says = ("发回重审", "Remand")
    gates = (before_court,)
    body: Text
    remanded_on: Day
    reasons: Annotated[Note, MinLen(1)]

    def decide(self, dispute: Dispute, given: Given) -> Iterator[Event]:
        not_in_future(self.remanded_on, given)
        yield c.DisputeRemanded(**dict(self))
