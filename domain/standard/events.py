"""What happens to a standard."""

from __future__ import annotations

from datetime import date

from domain.kernel import Event
from domain.rules.change import RuleChange
from domain.standard.content import Content
from domain.words import Personal, Term


class Phase(Term):
    DRAFT = "draft", "拟定", "draft"
    CONSULTATION = "consultation", "征求意见", "out for comment"
    APPROVED = "approved", "已批准", "approved"
    EFFECTIVE = "effective", "已生效", "in effect"
    SUPERSEDED = "superseded", "已被取代", "superseded"
    WITHDRAWN = "withdrawn", "已废止", "withdrawn"


class StandardDrafted(Event):
    tells = ("拟定标准{code}（起草人{drafter}）", "standard {code} drafted by {drafter}")
    unique = ("code",)
    code: str
    content: Content
    drafter: str


class StandardRevised(Event):
    tells = ("拟定第{version}版（起草人{drafter}）：{reason}", "version {version} drafted by {drafter}: {reason}")
    version: int
    content: Content
    reason: str
    drafter: str


class CommentsInvited(Event):
    tells = ("第{version}版征求意见，至{until}止", "version {version} out for comment until {until}")
    version: int
    until: date


class StandardCommented(Event):
    tells = (
        "对第{version}版的第{number}条意见（{commenter}）：{comment}",
        "comment {number}, by {commenter} on version {version}: {comment}",
    )
    version: int
    number: int
    comment: Personal[str]
    commenter: str


class CommentAnswered(Event):
    tells = ("答复第{number}条意见：{answer}", "comment {number} answered: {answer}")
    number: int
    answer: Personal[str]


class StandardApproved(Event):
    """`training` are the courses that have to be taken before it takes effect."""

    tells = (
        "第{version}版经{approver}批准，自{effective_on}起生效",
        "version {version} approved by {approver}, to take effect on {effective_on}",
    )
    version: int
    effective_on: date
    approver: str
    training: tuple[str, ...] = ()


class StandardTookEffect(Event):
    """`supersedes` is the version in whose place it comes."""

    tells = (
        "{code}第{version}版自{effective_on}起生效，取代版本：{supersedes}",
        "{code} version {version} in effect from {effective_on}, in place of: {supersedes}",
    )
    code: str
    version: int
    effective_on: date
    changes: tuple[RuleChange, ...] = ()
    supersedes: int | None = None


class StandardWithdrawn(Event):
    tells = ("{code}第{version}版废止：{reason}", "{code} version {version} withdrawn: {reason}")
    code: str
    version: int
    reason: str


class StandardAcknowledged(Event):
    tells = ("第{version}版由{reader}阅知", "version {version} acknowledged by {reader}")
    version: int
    reader: str
