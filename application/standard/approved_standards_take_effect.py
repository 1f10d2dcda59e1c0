"""An approved standard takes effect on its day, whether or not anybody thinks of it."""

from __future__ import annotations

from uuid import UUID

from application.round import Round
from application.standard.standards_register import StandardCard, StandardsRegister
from domain.kernel import Command
from domain.standard.commands import TakeEffect


class ApprovedStandardsTakeEffect(Round):
    name = "approved_standards_take_effect"
    says = ("已批准的标准到期生效", "An approved standard takes effect on its day")
    reads = StandardsRegister
    by = "begins_at"

    @staticmethod
    def gives(row: StandardCard) -> tuple[UUID, Command]:
        assert row.next_version
        return row.standard, TakeEffect(version=row.next_version)
