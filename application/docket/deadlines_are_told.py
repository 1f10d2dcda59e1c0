"""Whoever should know of a deadline is told in time, and it is recorded when one is missed."""

from __future__ import annotations

from uuid import UUID

from application.docket.dockets import CaseClocks, Dockets
from application.round import Round
from domain.docket.commands import TellDeadlines
from domain.docket.state import docket_of
from domain.kernel import Command


class DeadlinesAreTold(Round):
    name = "deadlines_are_told"
    says = ("到期前提示，逾期记录并上报", "Deadlines are told of, and taken further when missed")
    reads = Dockets
    by = "next_at"

    @staticmethod
    def gives(row: CaseClocks) -> tuple[UUID, Command]:
        return docket_of(row.case), TellDeadlines(case=row.case)
