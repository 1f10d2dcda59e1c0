"""What each agent earned, and what was taken back of it."""

from __future__ import annotations

from application.commission.commission_ledger import CommissionLedger
from application.ports import ReadStore
from application.report import Figures, Report


class CommissionByAgent(Report):
    name = "commission_by_agent"
    says = ("佣金统计", "Commission by agent")
    shown_to = CommissionLedger.shown_to

    @staticmethod
    async def build(store: ReadStore) -> Figures:
        position, lines = await store.figures(CommissionLedger, by=("agent", "booking", "currency"), total=("amount",))
        return Figures(report=CommissionByAgent.name, position=position, lines=tuple(lines))
