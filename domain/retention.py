"""Duties to keep what is known: by which rule of which law, and until when they hold for a case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from domain.words import Telling, plus_years


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule of the rulebook that keeps data, and the article it rests on.

    One whose text has not been verified binds nobody; it is shown, so that somebody reads the text.
    """

    rule: str
    article: Telling
    years: int = 0
    verified: bool = True

    def since(self, day: date, number: str) -> Kept:
        """What it keeps of a case that came to its end on that day."""
        return Kept(self, number, plus_years(day, self.years))

    def tell(self, language: str) -> str:
        return f"{self.rule} ({self.article[0 if language == 'zh' else 1]})"


@dataclass(frozen=True, slots=True)
class Kept:
    """That a case is kept by a duty up to and including a day; without a day, for as long as it is open."""

    duty: Duty
    number: str
    until: date | None = None

    def on(self, day: date) -> bool:
        return self.until is None or day <= self.until

    def tell(self, language: str) -> str:
        until = {"zh": "结案前", "en": "until it is closed"}[language]
        if self.until:
            until = f"至{self.until}" if language == "zh" else f"until {self.until}"
        return f"{self.number} {self.duty.tell(language)} {until}"


NEEDED = Duty("PRIV-BASIS", ("个人信息保护法第13条：履行合同所必需", "PIPL art 13: needed for the contract"))
BOOKS_5Y = Duty("RET-BOOKS-5Y", ("保险法第87条", "Insurance Law art 87"), 5)
BOOKS_10Y = Duty("RET-BOOKS-10Y", ("保险法第87条", "Insurance Law art 87"), 10)
SUITABILITY = Duty(
    "RET-SUITABILITY-5Y",
    ("金融机构产品适当性管理办法第17条", "Measures on the Suitability of Products of Financial Institutions art 17"),
    5,
)
LAUNDERING = Duty("RET-AML-10Y", ("反洗钱法第34条", "Anti-Money Laundering Law art 34"), 10)
TELESALES_5Y = Duty(
    "RET-TEL-5Y",
    ("人身保险电话销售业务管理办法", "Measures on Telephone Sales of Personal Insurance"),
    5,
    verified=False,
)
TELESALES_10Y = Duty(
    "RET-TEL-10Y",
    ("人身保险电话销售业务管理办法", "Measures on Telephone Sales of Personal Insurance"),
    10,
    verified=False,
)

RECORDING_5Y = Duty("RET-AV-5Y", ("保险销售行为可回溯管理暂行办法第13条", "N2017-54 art 13"), 5)
RECORDING_10Y = Duty("RET-AV-10Y", ("保险销售行为可回溯管理暂行办法第13条", "N2017-54 art 13"), 10)

NOT_HERE = {
    "RET-AV-DISPUTE-2Y": "an open dispute keeps its own policy; the recordings lie elsewhere",
    "RET-AGENCY-5Y": "binds agencies, not the insurer",
    "RET-AGENCY-10Y": "binds agencies, not the insurer",
    "RET-PIA-3Y": "is about assessments, not about customers",
    "RET-DATASHARE-3Y": "no personal data is provided to others from here",
    "RET-NETLOG-6M": "is about network logs",
    "RET-COMPLAINT": "sets no period; what keeps a customer's policies keeps their complaints",
}
"""Verified rules on keeping things that keep nothing of what is kept here, and why."""
