"""What becomes of a notice before it is a claim: joined to another, told apart from it, its cover decided on."""

from __future__ import annotations

from uuid import UUID

from domain.kernel import Event
from domain.words import Personal, Term


class Known(Term):
    """Which of two views of the same day's cover counts."""

    AT_NOTICE = "at_notice", "报案时已知", "as known at the notice"
    NOW = "now", "现在已知", "as known now"


class NoticeJoined(Event):
    """It told of a loss that another claim is already about, and goes on there."""

    tells = ("并入案件{number}", "joined to claim {number}")
    into: UUID
    number: str


class NoticeTakenIn(Event):
    """Appended by the one door beside the joining."""

    tells = ("案件{number}的报案并入本案", "the notice of claim {number} was joined to this")
    claim: UUID
    number: str


class NoticeDivided(Event):
    """Appended by the one door beside a further notice that came of this one."""

    tells = ("同一报案另立案件{number}", "claim {number} was opened on the same notice")
    claim: UUID
    number: str


class LossFoundDistinct(Event):
    internal = True
    tells = ("认定与案件{number}不是同一损失：{reason}", "found not to be the loss of claim {number}: {reason}")
    other: UUID
    policy: UUID
    number: str
    reason: Personal[str]


class CoverDecided(Event):
    """The contract was changed for the day of the loss after the notice; somebody decided which view of it counts."""

    internal = True
    tells = (
        "报案后保单有追溯变更，按{known}的保障处理：{reason}",
        "the contract was backdated after the notice; the cover {known} counts: {reason}",
    )
    known: Known
    reason: Personal[str]
    decider: str
