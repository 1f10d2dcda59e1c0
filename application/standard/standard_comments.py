"""What staff said about drafts of standards, and what they were answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from application.projection import Key, Projection, Row
from domain.kernel import Recorded
from domain.standard.events import CommentAnswered, StandardCommented


class CommentCard(Row):
    key = ("standard", "number")
    indexes = ("standard", "commenter", "answered_on")
    personal = ("comment", "answer")
    person = "standard"

    standard: UUID
    number: int
    version: int
    commenter: str
    commented_on: date
    comment: str
    answer: str = ""
    answered_on: date | None = None


class StandardComments(Projection):
    name = "standard_comments"
    says = ("标准意见", "Comments on standards")
    row = CommentCard
    hears = (StandardCommented, CommentAnswered)

    @staticmethod
    def keys(recorded: Recorded) -> Iterator[Key]:
        match recorded.event:
            case StandardCommented(number=number) | CommentAnswered(number=number):
                yield recorded.stream, number

    @staticmethod
    def evolve(row: CommentCard | None, recorded: Recorded) -> CommentCard | None:
        match recorded.event:
            case StandardCommented(version=version, number=number, comment=comment, commenter=commenter):
                return CommentCard(
                    standard=recorded.stream,
                    number=number,
                    version=version,
                    commenter=commenter,
                    commented_on=recorded.occurred_on,
                    comment=comment,
                )
            case CommentAnswered(answer=answer):
                return row and row.but(answer=answer, answered_on=recorded.occurred_on)
        return row
