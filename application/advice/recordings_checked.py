"""Which share of the recorded sales was checked, by channel, beside the share that the rule asks for."""

from __future__ import annotations

from typing import Any

from application.advice.advice_register import AdviceRegister, AdviceStage
from application.ports import ReadStore
from application.report import Figures, Report
from domain.rules.law import law

RULE = "SALE-DUALREC-QC-30PCT"
RECORDED = (AdviceStage.RECORDED, AdviceStage.FAULTY, AdviceStage.PASSED)


class RecordingsChecked(Report):
    """Shares in whole percent, rounded down: what is short of the rule is never told as enough."""

    name = "recordings_checked"
    says = ("双录质检比例", "Share of recordings checked")

    @staticmethod
    async def build(store: ReadStore) -> Figures:
        position, lines = await store.figures(AdviceRegister, by=("channel", "stage"), total=())
        threshold = law().editions[RULE][-1].threshold
        assert threshold
        channels: dict[Any, dict[str, int]] = {}
        for line in lines:
            if line["stage"] in RECORDED:
                of = channels.setdefault(line["channel"], {"recorded": 0, "checked": 0})
                of["recorded"] += line["count"]
                of["checked"] += line["count"] if line["stage"] != AdviceStage.RECORDED else 0
        told = tuple(
            {"channel": channel, **of, "percent": of["checked"] * 100 // of["recorded"], "wanted": threshold.value}
            for channel, of in channels.items()
        )
        return Figures(report=RecordingsChecked.name, position=position, lines=told)
