"""What the policyholder agreed to is renewed before its last day."""

from __future__ import annotations

from uuid import UUID

from application.policy.renewals import RenewalCard, Renewals
from application.round import Round
from domain.kernel import Command
from domain.policy.service import RenewPolicy


class AgreedRenewalsAreMade(Round):
    name = "agreed_renewals_are_made"
    says = ("客户同意的续保予以办理", "An agreed renewal is made")
    reads = Renewals
    by = "renew_at"

    @staticmethod
    def gives(row: RenewalCard) -> tuple[UUID, Command]:
        return row.policy, RenewPolicy()
