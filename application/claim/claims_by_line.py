"""Claims counted and added up by line and status."""

from __future__ import annotations

from application.claim.claim_register import ClaimRegister
from application.ports import ReadStore
from application.report import Figures, Report


class ClaimsByLine(Report):
    name = "claims_by_line"
    says = ("分险种理赔统计", "Claims by line")

    @staticmethod
    async def build(store: ReadStore) -> Figures:
        position, lines = await store.figures(
            ClaimRegister, by=("line", "status", "outcome", "currency"), total=("claimed", "payable", "reserve", "paid")
        )
        return Figures(report=ClaimsByLine.name, position=position, lines=tuple(lines))
