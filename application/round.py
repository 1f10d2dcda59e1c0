"""A round looks at what has come due and gives a command for each, exactly once: time itself writes no events."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar
from uuid import UUID

from application.projection import Projection, Row
from domain.kernel import Command
from domain.words import Telling


class Round:
    """Its name is the sentence it makes true.

    Of the read model that it `reads`, the rows whose column `by` lies in the past lead to a command each. What the
    command finds done already, it does not do again; once it has done it, the row moves on.
    """

    name: ClassVar[str]
    says: ClassVar[Telling]
    reads: ClassVar[type[Projection]]
    by: ClassVar[str]
    gives: ClassVar[Callable[..., tuple[UUID, Command]]]


def key_of(round: type[Round], row: Row) -> str:
    """What stands for having done it for this row, as it is."""
    names = (*round.reads.row.key, round.by)
    return "/".join((round.name, *(str(getattr(row, name)) for name in names)))
