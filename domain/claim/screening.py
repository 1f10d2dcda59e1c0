"""A claim's early warning: signals by rule, a trained model that explains itself, and the desk that follows from both.

The score is the points of the signals plus the model's chance, per mille, divided by twenty, at most a hundred. The
points, the model's weights and the table of desks stand in `screening.toml`, under one version, which every screening
keeps with its reasons, the row of the table included.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from domain.claim.events import Severity
from domain.kernel import Event
from domain.losses import Cause
from domain.product import Line
from domain.words import Personal, Term


class Sign(Term):
    """A sign that a claim deserves a second look. It proves nothing."""

    SOON_AFTER_INCEPTION = "soon_after_inception", "承保后短期出险", "loss soon after inception"
    SOON_AFTER_INCREASE = "soon_after_increase", "增保后短期出险", "loss soon after the sum was raised"
    FREQUENT = "frequent", "频繁出险", "frequent losses"
    LATE_NOTICE = "late_notice", "迟延报案", "late notice"
    AMENDED = "amended", "报案信息前后不一", "the notice was changed"
    BACKDATED = "backdated", "报案后追溯变更保单", "the contract was backdated after the notice"
    OVERDUE = "overdue", "出险时保费逾期", "premium overdue at the loss"


class Track(Term):
    """The desk that a claim goes to."""

    FAST = "fast", "快速理赔", "fast track"
    STANDARD = "standard", "普通案件", "standard"
    COMPLEX = "complex", "复杂案件", "complex"
    INVESTIGATION = "investigation", "调查案件", "to be investigated"


@dataclass(frozen=True, slots=True)
class Pull:
    """How much one trait moved the model, in thousandths of its log-odds."""

    trait: str
    weight: int


class ClaimScreened(Event):
    """`chance` is the model's, per mille, where there is one for the cause; `row` is the first of the table that fits."""

    internal = True
    tells = (
        "预警评分{score}（{version}），分流至{track}（第{row}行） {warnings}",
        "warning score {score} ({version}), goes to {track} by row {row} {warnings}",
    )
    version: str
    warnings: tuple[Sign, ...]
    score: int
    track: Track
    row: int
    chance: int | None = None
    pulls: tuple[Pull, ...] = ()


class ClaimRouted(Event):
    """Somebody sent it to another desk than the table did."""

    internal = True
    tells = ("由{router}改分流至{track}：{reason}", "sent to {track} by {router}: {reason}")
    track: Track
    reason: Personal[str]
    router: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What a screening looks at."""

    line: Line
    cause: Cause
    severity: Severity | None
    loss_on: date
    noticed_on: date
    began_on: date
    raised_on: date | None = None
    others: int = 0
    amended: int = 0
    backdated: bool = False
    overdue: bool = False

    @property
    def days_in(self) -> int:
        return (self.loss_on - self.began_on).days


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: every condition that it names has to hold."""

    track: Track
    score_from: int = 0
    score_to: int = 100
    lines: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    severities: tuple[str, ...] = ()

    def fits(self, seen: Seen, score: int) -> bool:
        severity = seen.severity.value if seen.severity else ""
        named = ((self.lines, seen.line.value), (self.causes, seen.cause.value), (self.severities, severity))
        return self.score_from <= score <= self.score_to and all(not wanted or is_ in wanted for wanted, is_ in named)


@dataclass(frozen=True, slots=True)
class Screen:
    """One version of points, days, weights and rows."""

    version: str
    points: Mapping[Sign, int]
    soon: int
    late: int
    within: int
    frequent: int
    causes: tuple[str, ...]
    intercept: int
    weights: Mapping[str, int]
    rows: tuple[Row, ...]

    def judge(self, seen: Seen) -> ClaimScreened:
        warnings = tuple(self._warnings(seen))
        chance, pulls = self._model(seen) if seen.cause.value in self.causes else (None, ())
        score = min(100, sum(self.points[each] for each in warnings) + (chance or 0) // 20)
        place = next(number for number, row in enumerate(self.rows, 1) if row.fits(seen, score))
        return ClaimScreened(
            version=self.version,
            warnings=warnings,
            score=score,
            track=self.rows[place - 1].track,
            row=place,
            chance=chance,
            pulls=pulls,
        )

    def _warnings(self, seen: Seen) -> Iterator[Sign]:
        if seen.days_in < self.soon:
            yield Sign.SOON_AFTER_INCEPTION
        if seen.raised_on and (seen.loss_on - seen.raised_on).days < self.soon:
            yield Sign.SOON_AFTER_INCREASE
        if seen.others >= self.frequent:
            yield Sign.FREQUENT
        if (seen.noticed_on - seen.loss_on).days > self.late:
            yield Sign.LATE_NOTICE
        if seen.amended > 1:
            yield Sign.AMENDED
        if seen.backdated:
            yield Sign.BACKDATED
        if seen.overdue:
            yield Sign.OVERDUE

    def _model(self, seen: Seen) -> tuple[int, tuple[Pull, ...]]:
        """Logistic regression over traits that are there or not; each says how far it moved the result."""
        there = (name for name, has in TRAITS.items() if has(seen))
        pulls = tuple(Pull(name, self.weights[name]) for name in there)
        odds = (self.intercept + sum(each.weight for each in pulls)) / 1000
        return round(1000 / (1 + math.exp(-odds))), pulls


TRAITS: Mapping[str, Callable[[Seen], bool]] = {
    "trivial": lambda seen: seen.severity is Severity.TRIVIAL,
    "minor": lambda seen: seen.severity is Severity.MINOR,
    "major": lambda seen: seen.severity is Severity.MAJOR,
    "total": lambda seen: seen.severity is Severity.TOTAL,
    "theft": lambda seen: seen.cause is Cause.THEFT,
    "first_year": lambda seen: seen.days_in < 365,
}
"""What the model looks at: so that what it was trained on and what it judges are read by the same words."""


@cache
def screen() -> Screen:
    return read(tomllib.loads(files("domain").joinpath("claim", "screening.toml").read_text("utf-8")))


def read(written: Mapping[str, Any]) -> Screen:
    """Raises KeyError or ValueError where something is not written as it should be."""
    tracks = {each.value: each for each in Track}
    rows = tuple(
        Row(
            track=tracks[row["track"]],
            score_from=row.get("score_from", 0),
            score_to=row.get("score_to", 100),
            lines=tuple(row.get("lines", ())),
            causes=tuple(row.get("causes", ())),
            severities=tuple(row.get("severities", ())),
        )
        for row in written["row"]
    )
    model = written["model"]
    return Screen(
        version=written["version"],
        points={each: written["points"][each.value] for each in Sign},
        **written["days"],
        frequent=written["frequent"],
        causes=tuple(model["causes"]),
        intercept=model["intercept"],
        weights={name: model["weights"][name] for name in TRAITS},
        rows=rows,
    )
