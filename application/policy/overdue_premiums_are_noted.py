"""That an instalment was not paid on its day is noted, and the days of grace are counted from it."""

from __future__ import annotations

from uuid import UUID

from application.policy.premiums_due import PremiumAccount, PremiumsDue
from application.round import Round
from domain.kernel import Command
from domain.policy.premium import NotePremiumDue


class OverduePremiumsAreNoted(Round):
    name = "overdue_premiums_are_noted"
    says = ("逾期保费予以记录", "An overdue premium is noted")
    reads = PremiumsDue
    by = "overdue_at"

    @staticmethod
    def gives(row: PremiumAccount) -> tuple[UUID, Command]:
        return row.policy, NotePremiumDue()
