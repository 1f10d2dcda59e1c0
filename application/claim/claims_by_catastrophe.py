"""What each catastrophe costs: its claims counted and added up by status."""

from __future__ import annotations

from application.claim.claim_register import ClaimRegister
from application.ports import ReadStore
from application.report import Figures, Report


class ClaimsByCatastrophe(Report):
    name = "claims_by_catastrophe"
    says = ("巨灾理赔统计", "Claims by catastrophe")

    @staticmethod
    async def build(store: ReadStore) -> Figures:
        position, lines = await store.figures(
            ClaimRegister, by=("catastrophe", "status", "currency"), total=("claimed", "payable", "reserve", "paid")
        )
        grouped = tuple(line for line in lines if line["catastrophe"])
        return Figures(report=ClaimsByCatastrophe.name, position=position, lines=grouped)
