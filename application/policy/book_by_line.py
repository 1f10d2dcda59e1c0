"""The book of business: policies, premium and sums insured by line and status."""

from __future__ import annotations

from application.policy.policy_register import PolicyRegister
from application.ports import ReadStore
from application.report import Figures, Report


class BookByLine(Report):
    name = "book_by_line"
    says = ("分险种业务统计", "Book by line")

    @staticmethod
    async def build(store: ReadStore) -> Figures:
        position, lines = await store.figures(
            PolicyRegister, by=("line", "status", "currency"), total=("premium", "paid", "sum_insured")
        )
        return Figures(report=BookByLine.name, position=position, lines=tuple(lines))
