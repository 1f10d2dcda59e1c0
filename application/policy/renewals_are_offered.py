"""Thirty days before its last, the next period of a contract is offered."""

from __future__ import annotations

from uuid import UUID

from application.policy.renewals import RenewalCard, Renewals
from application.round import Round
from domain.kernel import Command
from domain.policy.renewal import OfferRenewal


class RenewalsAreOffered(Round):
    name = "renewals_are_offered"
    says = ("期满前发出续保要约", "A renewal is offered before the end")
    reads = Renewals
    by = "offer_at"

    @staticmethod
    def gives(row: RenewalCard) -> tuple[UUID, Command]:
        return row.policy, OfferRenewal()
