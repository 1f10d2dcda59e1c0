"""When days off become known, what was due on days unknown is dated anew, each case by an event of its own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from application.docket.dockets import CaseClocks
from domain.docket.commands import RedateDeadlines
from domain.docket.state import docket_of
from domain.kernel import Command
from domain.rules.rulebook import Rulebook


def redating(row: CaseClocks, book: Rulebook) -> Iterator[tuple[UUID, Command]]:
    """What dates a case anew, where it was counted by another calendar than is known now."""
    if any(each.clock.open and each.clock.calendar != book.calendar.name for each in row.clocks):
        yield docket_of(row.case), RedateDeadlines(case=row.case)
