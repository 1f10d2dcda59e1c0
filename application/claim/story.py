"""A claim as its claimant sees it: what came in, what is missing, what was decided and why, what follows by when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from application.docket.explanation import Explanation
from domain.claim.events import DocumentReceived, Paper
from domain.claim.state import Claim, Status
from domain.clock import State
from domain.kernel import Recorded
from domain.rules.law import law
from domain.rules.rule import RuleKind
from domain.words import Money, Telling


class Chapter(BaseModel):
    """One thing that happened, on a day, told plainly, and the rules it rests on."""

    model_config = ConfigDict(frozen=True)

    on: date
    says: Telling
    grounds: tuple[Telling, ...]


class Received(BaseModel):
    """A paper that we have, since when, and the checksum by which it can be told from any other."""

    model_config = ConfigDict(frozen=True)

    paper: Paper
    received_on: date
    sha256: str


class Awaited(BaseModel):
    """What we owe the claimant next, by which rule, and by when; no day while the time stands still."""

    model_config = ConfigDict(frozen=True)

    title: Telling
    rule: str
    due_on: date | None


class ClaimStory(BaseModel):
    """Everything of a claim that its claimant may know, at that version."""

    model_config = ConfigDict(frozen=True)

    number: str
    version: int
    status: Status
    received: tuple[Received, ...]
    missing: tuple[Paper, ...]
    approved: Money | None
    paid: Money
    owed: Money
    awaited: tuple[Awaited, ...]
    chapters: tuple[Chapter, ...]


def story(claim: Claim, told: Sequence[Recorded], clocks: Sequence[Explanation]) -> ClaimStory:
    """From its state, the events that the claimant is told of, and its clocks."""
    papers = [each for recorded in told if isinstance(each := recorded.event, DocumentReceived)]
    return ClaimStory(
        number=claim.number,
        version=claim.version,
        status=claim.status,
        received=tuple(Received(paper=p.paper, received_on=p.received_on, sha256=p.sha256) for p in papers),
        missing=claim.papers_missing,
        approved=claim.approved,
        paid=claim.paid,
        owed=claim.owed,
        awaited=tuple(
            Awaited(title=each.title, rule=each.rule, due_on=each.due_on)
            for each in clocks
            if each.kind is RuleKind.DEADLINE and each.state in (State.RUNNING, State.PAUSED)
        ),
        chapters=tuple(_chapter(each) for each in told),
    )


def _chapter(recorded: Recorded) -> Chapter:
    event = recorded.event
    rules = (law().on(edition.split("@")[0], recorded.occurred_on) for edition in recorded.rules)
    return Chapter(
        on=recorded.occurred_on,
        says=(event.tell("zh"), event.tell("en")),
        grounds=tuple((rule.tell("zh"), rule.tell("en")) for rule in rules if rule),
    )
