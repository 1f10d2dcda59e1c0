"""A standard that has been approved takes effect when its day begins."""

from __future__ import annotations

from uuid import UUID

from application.round import Round
from application.standard.standards_register import StandardCard, StandardsRegister
from domain.kernel import Command
from domain.standard.commands import TakeEffect


class ApprovedStandardTakesEffect(Round):
    name = "approved_standard_takes_effect"
    says = ("已批准的标准到期生效", "An approved standard takes effect on its day")
    reads = StandardsRegister
    by = "begins_at"

    @staticmethod
    def gives(row: StandardCard) -> tuple[UUID, Command]:
        assert row.next_version
        return row.standard, TakeEffect(version=row.next_version)
