"""A draft as people write it down: a file with changes of rules, or with days off."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from application.rules.what_if import Draft
from domain.calendar import china
from domain.rules.change import RuleChange
from domain.rules.law import law
from domain.rules.rulebook import DaysChanged, YearAnnounced
from domain.words import Day


class DraftRefused(ValueError):
    """Every fault of a draft: where it is, and what is wrong there."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(faults))


class Days(BaseModel):
    """The days off and worked of a year not announced, or beside those announced."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    year: int | None = Field(default=None, description="The year, if it is one that has not been announced.")
    off: tuple[Day, ...] = ()
    worked: tuple[Day, ...] = ()


class Written(BaseModel):
    """Changes that count from `starts_on`, and days; either may be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    starts_on: Day = date(2000, 1, 1)
    change: tuple[RuleChange, ...] = ()
    days: tuple[Days, ...] = ()

    def draft(self) -> Draft:
        """Raises DraftRefused."""
        if faults := list(self._faults()):
            raise DraftRefused(faults)
        years, days = [], []
        for each in self.days:
            if each.year:
                years.append(YearAnnounced(year=each.year, off=each.off, worked=each.worked, source="draft"))
            else:
                days.append(DaysChanged(off=each.off, worked=each.worked, source="draft"))
        return Draft(starts_on=self.starts_on, changes=self.change, years=tuple(years), days=tuple(days))

    def _faults(self) -> Iterator[str]:
        for number, change in enumerate(self.change, 1):
            known = change.like or change.rule
            if known not in law().editions:
                yield f"change {number}: there is no rule {known}"
            elif change.value is not None and not any((r.limit or r.threshold) for r in law().editions[known]):
                yield f"change {number}, value: the rule {known} has no number"
        expected = china().known_until.year + 1
        for number, each in enumerate(self.days, 1):
            if each.year and each.year != expected:
                yield f"days {number}, year: {expected} comes next, not {each.year}"
            expected += bool(each.year)


def read(*texts: str) -> Draft:
    """The draft that these TOML texts make together. Raises DraftRefused."""
    together: dict[str, Any] = {}
    for text in texts:
        try:
            written = tomllib.loads(text)
        except tomllib.TOMLDecodeError as wrong:
            raise DraftRefused([str(wrong)]) from wrong
        for name, value in written.items():
            together[name] = [*together.get(name, []), *value] if isinstance(value, list) else value
    try:
        return Written.model_validate(together).draft()
    except ValidationError as wrong:
        raise DraftRefused([f"{_place(each['loc'])}: {each['msg']}" for each in wrong.errors()]) from wrong


def _place(location: Sequence[int | str]) -> str:
    """Where it is, counted as people count."""
    return ", ".join(str(part) if isinstance(part, str) else f"number {part + 1}" for part in location)
