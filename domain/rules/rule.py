"""A rule of the trade as dated data: what it asks, from what day, on whose authority, and what starts and stops it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self

from domain.rules.terms import Gap, Pace, Process, Quantity
from domain.words import LAST_DAY, Telling, Term


class RuleKind(Term):
    DEADLINE = "deadline", "时限", "deadline"
    WINDOW = "window", "期间", "window"
    MIN_PERIOD = "min_period", "最短期间", "minimum period"
    GATE = "gate", "必经步骤", "gate"
    PROHIBITION = "prohibition", "禁止", "prohibition"
    CAP = "cap", "上限", "cap"
    THRESHOLD = "threshold", "门槛", "threshold"
    RETENTION = "retention", "保存期限", "retention"
    FREQUENCY = "frequency", "频次", "frequency"
    FORMULA = "formula", "公式", "formula"
    COMPUTATION = "computation", "计算方法", "computation"
    SCOPE = "scope", "适用范围", "scope"


class Unit(Term):
    CALENDAR_DAYS = "calendar_days", "日", "days"
    WORKING_DAYS = "working_days", "个工作日", "working days"
    HOURS = "hours", "小时", "hours"
    WORKING_HOURS = "working_hours", "个工作小时", "working hours"
    MONTHS = "months", "个月", "months"
    YEARS = "years", "年", "years"


class Bound(Term):
    AT_MOST = "at_most", "不超过", "at most"
    AT_LEAST = "at_least", "不少于", "at least"
    EXACTLY = "exactly", "恰", "exactly"
    EVERY = "at_most_every", "至少每", "at most every"


class Validity(Term):
    IN_FORCE = "in_force", "现行有效", "in force"
    GUIDELINE = "guideline", "指引", "guideline"
    SUPERSEDED = "superseded", "已被取代", "superseded"
    OVERRIDDEN = "overridden", "被优先规定排除", "overridden"
    HISTORIC = "historic", "历史规定", "historic"
    DRAFT = "draft", "征求意见稿", "draft"
    INDUSTRY_COMMITMENT = "industry_commitment", "行业承诺", "industry commitment"
    VOLUNTARY_STANDARD = "voluntary_standard", "推荐性标准", "voluntary standard"


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time. `rolls` says that a last day on a holiday moves to the first day after it (Civil Code art 203);
    where an instrument counts natural days, it does not.
    """

    value: int
    unit: Unit
    bound: Bound = Bound.AT_MOST
    rolls: bool = True

    def tell(self, language: str) -> str:
        if language == "zh":
            return f"{self.bound.zh}{self.value}{self.unit.zh}"
        return f"{self.bound.en} {self.value} {self.unit.en}"


@dataclass(frozen=True, slots=True)
class Threshold:
    """Any number that is no time: money in major units, an age, a share, a count."""

    value: int
    unit: Quantity

    def tell(self, language: str) -> str:
        unit = self.unit.tell(language)
        return f"{self.value:,}{unit}" if language == "zh" or unit.startswith("%") else f"{self.value:,} {unit}"


@dataclass(frozen=True, slots=True)
class Heard:
    """An event by its name, if each field named in `where` has one of the values given.

    `on` names the field with the day from which is counted, where that is not when the event occurred; `limit`, on what
    starts a clock, the field with the number of units, where the instrument leaves it to the contract; `instead_of` the
    rule whose clock it takes the place of: the time for which that one stood still, this one stands still too.
    """

    event: str
    on: str = ""
    limit: str = ""
    instead_of: str = ""
    where: Mapping[str, tuple[object, ...]] = field(default_factory=dict)

    def hears(self, event: object) -> bool:
        if type(event).__name__ != self.event:
            return False
        return all(getattr(event, name) in values for name, values in self.where.items())

    def day(self, event: object) -> date | None:
        """The day that the event itself names."""
        day: date | None = getattr(event, self.on) if self.on else None
        return day


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What moves a clock, by event.

    It runs from what `starts` it to what `stops` it. While it is paused, time is not counted. What `restarts` it begins
    the count anew; what `ends` it leaves nothing to be met or missed, as when a complaint is withdrawn.
    """

    starts: tuple[Heard, ...]
    stops: tuple[Heard, ...] = ()
    pauses: tuple[Heard, ...] = ()
    resumes: tuple[Heard, ...] = ()
    restarts: tuple[Heard, ...] = ()
    ends: tuple[Heard, ...] = ()
    extends: int = 0
    """By how many units at most it may be made longer, where the instrument allows that; 400 where it sets no bound."""

    @property
    def heard(self) -> tuple[Heard, ...]:
        return (*self.starts, *self.stops, *self.pauses, *self.resumes, *self.restarts, *self.ends)

    def started_by(self, event: object) -> Heard | None:
        return next((heard for heard in self.starts if heard.hears(event)), None)


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One edition of one rule. It binds if it is in force, its text was read, and the day is in its time."""

    id: str
    process: Process
    kind: RuleKind
    concept: Telling
    source: str
    title: Telling
    article: str
    verified: bool
    status: Validity
    starts_on: date
    ends_on: date = LAST_DAY
    assumed: bool = False
    """Whether the day from which it is in force was not read, but taken from what else is known of the instrument."""
    scope: str = "all"
    trigger: str = ""
    stop: str = ""
    limit: Limit | None = None
    promptly: Pace | None = None
    threshold: Threshold | None = None
    extension: str = ""
    consequence: str = ""
    note: str = ""
    formula: str = ""
    evidence: str = ""
    reference: str = ""
    checklist: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    clock: Clockwork | None = None
    switched_on: bool = False
    """Whether the insurer has chosen to be bound by what would not bind it."""
    why: Gap | None = None
    """Why it is only listed, where nothing applies it yet."""

    @property
    def edition(self) -> str:
        """The rule and the day from which this edition of it stands, as decisions record it."""
        return f"{self.id}@{self.starts_on}"

    @property
    def is_law(self) -> bool:
        """Whether it binds without anybody having switched it on: in force here, and its text has been read."""
        return self.verified and self.status is Validity.IN_FORCE and self.process is not Process.COMPARISON

    @property
    def binds(self) -> bool:
        return self.is_law or self.switched_on

    def but(self, **changes: object) -> Self:
        return replace(self, **changes)  # type: ignore[arg-type]

    def tell(self, language: str) -> str:
        """What it is about and where it stands; of one whose text nobody has read, that too."""
        form = ("{}（{} {}{}）", "{} ({} {}{})")
        return _in(language, form).format(
            _in(language, self.concept),
            _in(language, self.title),
            self.article,
            "" if self.verified else _in(language, UNREAD),
        )


UNREAD = ("，条文未核实", ", text not verified")


def _in(language: str, telling: Telling) -> str:
    return telling[0 if language == "zh" else 1]
