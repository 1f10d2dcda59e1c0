"""What can be asked of a standard: drafting, comment, approval by a second person, effect on its day, taking note."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import Ge, MaxLen, MinLen
from pydantic import Field

from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.rules.law import law
from domain.rules.rule import Rule
from domain.standard import events as e
from domain.standard.content import Content
from domain.standard.events import Phase
from domain.standard.state import PUBLISHED, UNDER_WAY, Standard, Version
from domain.standard.strictness import Law, lawful
from domain.words import STAFF, Day, Note, Number, Role, plus_days

NO_VERSION = Refusal("standard.no_version", ("没有第{version}版", "there is no version {version}"))
NO_TEXT = Refusal("standard.no_text", ("须有正文或附有文件", "it needs a text of its own or a document"))
NO_CHECKSUM = Refusal(
    "standard.no_checksum", ("文件与其校验值须同时填写", "a document and its checksum go together, or neither")
)
AWAITS_ITS_DAY = Refusal(
    "standard.awaits_its_day",
    (
        "第{version}版已批准，{day}起生效，此前不得修订",
        "version {version} is approved and takes effect on {day}: it is revised after that day, or withdrawn",
    ),
)
NOT_UNDER_WAY = Refusal("standard.not_under_way", ("没有拟定中的版本", "no version is being worked on"))
UNTIL_PAST = Refusal(
    "standard.until_past", ("征求意见不得止于过去的{until}", "comments cannot be invited until {until}")
)
SHORTENED = Refusal(
    "standard.shortened", ("征求意见已公布至{until}，不得缩短", "comments are invited until {until}; no earlier")
)
NOT_OUT = Refusal(
    "standard.not_out_for_comment", ("没有征求意见中的版本", "no version is out for comment, or its time is over")
)
NOT_WAITING = Refusal(
    "standard.comment_not_waiting", ("没有待答复的第{number}条意见", "no comment {number} waits for an answer")
)
NOT_CONSULTED = Refusal(
    "standard.not_consulted", ("第{version}版尚未征求意见", "version {version} has not been out for comment")
)
DRAFTER_APPROVES = Refusal(
    "standard.drafter_approves", ("起草人不得批准", "who drafted a standard does not approve it: four eyes")
)
OWNER_APPROVES = Refusal(
    "standard.owner_approves",
    ("负责人不得批准本人负责的标准", "the owner of a standard does not approve it: four eyes"),
)
UNANSWERED = Refusal("standard.unanswered", ("尚有意见未答复：{numbers}", "comments without an answer: {numbers}"))
TOO_EARLY = Refusal(
    "standard.too_early",
    (
        "生效日不得早于{first}，须晚于批准日与征求意见截止日",
        "it takes effect on {first} at the earliest: after its approval, and after the time for comments",
    ),
)
NOT_APPROVED = Refusal("standard.not_approved", ("第{version}版未经批准", "version {version} has not been approved"))
ALREADY = Refusal("standard.already", ("第{version}版{phase}", "version {version} is {phase} already"))
NOT_PUBLISHED = Refusal(
    "standard.not_published", ("第{version}版尚未批准发布", "version {version} is not published yet")
)
OUT_OF_SCOPE = Refusal(
    "standard.out_of_scope", ("第{version}版不适用于{role}", "version {version} does not bind a {role}")
)

DRAFTERS = frozenset({Role.COMPLIANCE, Role.SUPERVISOR})
APPROVERS = frozenset({Role.COMPLIANCE})
VersionNumber = Annotated[int, Ge(1), Field(description="The version of the standard.")]


def complete(content: Content) -> None:
    """Raises Refused where it says nothing, or would loosen the law as it is known to come."""
    NO_TEXT.unless(content.text or content.document)
    NO_CHECKSUM.unless(bool(content.document) == bool(content.sha256))
    lawful(content.changes, coming_law)


def coming_law(id: str) -> Rule | None:
    """The latest edition: a standard may be drafted for a law that is not in force yet."""
    return law().editions.get(id, (None,))[-1]


def law_on(day: Day) -> Law:
    def edition(id: str) -> Rule | None:
        return law().on(id, day)

    return edition


def found(standard: Standard, number: int) -> Version:
    version = standard.numbered(number)
    NO_VERSION.unless(version, version=number)
    assert version
    return version


class DraftStandard(Command):
    """Begins a standard with its first version."""

    on, opens, may = Standard, True, DRAFTERS
    says = ("拟定标准", "Draft a standard")
    code: Number
    content: Content

    def decide(self, standard: Standard, given: Given) -> Iterator[Event]:
        complete(self.content)
        yield e.StandardDrafted(code=self.code, content=self.content, drafter=given.actor.name)


class ReviseStandard(Command):
    """Drafts the next version, which takes the place of one still being worked on; one in effect stays in effect."""

    on, may = Standard, DRAFTERS
    says = ("修订标准", "Revise")
    content: Content
    reason: Annotated[Note, MinLen(1)]

    def decide(self, standard: Standard, given: Given) -> Iterator[Event]:
        last = standard.last
        AWAITS_ITS_DAY.unless(last.phase is not Phase.APPROVED, version=last.number, day=last.effective_on)
        complete(self.content)
        yield e.StandardRevised(
            version=last.number + 1, content=self.content, reason=self.reason, drafter=given.actor.name
        )


class OpenConsultation(Command):
    """Invites all staff to comment on the draft until a day, that day included; given again, it prolongs the time."""

    on, may = Standard, DRAFTERS
    says = ("征求意见", "Invite comments")
    until: Day

    def decide(self, standard: Standard, given: Given) -> Iterator[Event]:
        version = standard.under_way
        NOT_UNDER_WAY.unless(version)
        assert version
        UNTIL_PAST.unless(self.until >= given.today, until=self.until)
        SHORTENED.unless(version.until is None or self.until >= version.until, until=version.until)
        if self.until != version.until:
            yield e.CommentsInvited(version=version.number, until=self.until)


class CommentOnStandard(Command):
    on, may = Standard, STAFF
    says = ("提出意见", "Comment")
    comment: Annotated[Note, MinLen(1)]

    def decide(self, standard: Standard, given: Given) -> Iterator[Event]:
        version = standard.under_way
        NOT_OUT.unless(version and version.until and given.today <= version.until)
        assert version
        yield e.StandardCommented(
            version=version.number,
            number=standard.comments + 1,
            comment=self.comment,
            commenter=given.actor.name,
        )


class AnswerComment(Command):
    """What became of a comment, and why."""

    on, may = Standard, DRAFTERS
    says = ("答复意见", "Answer a comment")
    number: Annotated[int, Ge(1)]
    answer: Annotated[Note, MinLen(1)]

    def decide(self, standard: Standard, given: Given) -> Iterator[Event]:
        NOT_WAITING.unless(self.number in standard.unanswered, number=self.number)
        yield e.CommentAnswered(number=self.number, answer=self.answer)


def consulted(standard: Standard, version: Version, given: Given) -> None:
    ALREADY.unless(version.phase in UNDER_WAY, version=version.number, phase=version.phase)
    NOT_CONSULTED.unless(version.until, version=version.number)


def answered(standard: Standard, version: Version, given: Given) -> None:
    UNANSWERED.unless(not standard.unanswered, numbers=sorted(standard.unanswered))


def four_eyes(standard: Standard, version: Version, given: Given) -> None:
    """Whoever wrote any of the versions that led to this one wrote it."""
    since = standard.current.number if standard.current else 0
    drafters = {each.drafter for each in standard.versions[since : version.number]}
    DRAFTER_APPROVES.unless(given.actor.name not in drafters)
    OWNER_APPROVES.unless(given.actor.name != version.content.owner)


APPROVABLE = (consulted, four_eyes, answered)


class ApproveStandard(Command):
    """Approves a version, by neither its drafter nor its owner, to take effect on a later day.

    `training` lists the courses that staff have to take before.
    """

    on, may = Standard, APPROVERS
    says = ("批准", "Approve")
    version: VersionNumber
    effective_on: Day
    training: Annotated[tuple[Number, ...], MaxLen(20)] = ()

    def decide(self, standard: Standard, given: Given) -> Iterator[Event]:
        version = found(standard, self.version)
        for rule in APPROVABLE:
            rule(standard, version, given)
        first = plus_days(max(given.today, version.until or given.today), 1)
        TOO_EARLY.unless(self.effective_on >= first, first=first)
        lawful(version.content.changes, law_on(self.effective_on))
        yield e.StandardApproved(
            version=self.version, effective_on=self.effective_on, approver=given.actor.name, training=self.training
        )


class TakeEffect(Command):
    """Has an approved version take effect, on its day or as soon after it as somebody notices; once."""

    on, may = Standard, frozenset({Role.SYSTEM})
    says = ("生效", "Take effect")
    version: VersionNumber

    def decide(self, standard: Standard, given: Given) -> Iterator[Event]:
        version = found(standard, self.version)
        if version.phase in (Phase.EFFECTIVE, Phase.SUPERSEDED):
            return
        NOT_APPROVED.unless(version.phase is Phase.APPROVED and version.effective_on, version=self.version)
        assert version.effective_on
        not_in_future(version.effective_on, given)
        yield e.StandardTookEffect(
            code=standard.code,
            version=self.version,
            effective_on=version.effective_on,
            changes=version.content.changes,
            supersedes=standard.current.number if standard.current else None,
        )


class WithdrawStandard(Command):
    """Ends one version that is not over yet: a draft, one that awaits its day, or the one in effect."""

    on, may = Standard, APPROVERS
    says = ("废止", "Withdraw")
    version: VersionNumber
    reason: Annotated[Note, MinLen(1)]

    def decide(self, standard: Standard, given: Given) -> Iterator[Event]:
        version = found(standard, self.version)
        if version.phase is Phase.WITHDRAWN:
            return
        ALREADY.unless(version.phase is not Phase.SUPERSEDED, version=self.version, phase=version.phase)
        yield e.StandardWithdrawn(code=standard.code, version=self.version, reason=self.reason)


class AcknowledgeStandard(Command):
    """One person has read one version; the next version needs its own."""

    on, may = Standard, STAFF
    says = ("确认阅知", "Acknowledge")
    version: VersionNumber

    def decide(self, standard: Standard, given: Given) -> Iterator[Event]:
        version = found(standard, self.version)
        over = version.phase in (Phase.SUPERSEDED, Phase.WITHDRAWN)
        ALREADY.unless(not over, version=self.version, phase=version.phase)
        NOT_PUBLISHED.unless(version.phase in PUBLISHED, version=self.version)
        role = given.actor.role
        OUT_OF_SCOPE.unless(version.content.scope.binds(role), version=self.version, role=role)
        if given.actor.name not in version.readers:
            yield e.StandardAcknowledged(version=self.version, reader=given.actor.name)
