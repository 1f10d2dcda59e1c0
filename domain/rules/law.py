"""The rules of the trade, every edition of each, as they are written down beside this file."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from domain.rules.rule import Bound, Clockwork, Heard, Limit, Rule, RuleKind, Threshold, Unit, Validity
from domain.rules.terms import Gap, Pace, Process, Quantity
from domain.words import Term

T = TypeVar("T", bound=Term)

RUNNING = frozenset({RuleKind.DEADLINE, RuleKind.WINDOW, RuleKind.MIN_PERIOD})
"""The kinds of which a clock can be kept."""


@dataclass(frozen=True)
class Law:
    """Every rule by its id, its editions in the order in which they came into force."""

    editions: Mapping[str, tuple[Rule, ...]]

    def __iter__(self) -> Iterator[Rule]:
        """The latest edition of each rule."""
        return (each[-1] for each in self.editions.values())

    def __len__(self) -> int:
        return len(self.editions)

    def on(self, id: str, day: date) -> Rule | None:
        """The edition in force on a day; None where there is no such rule, or not yet, or no more."""
        known = (each for each in reversed(self.editions.get(id, ())) if each.starts_on <= day <= each.ends_on)
        return next(known, None)

    @cached_property
    def moved(self) -> Mapping[str, tuple[str, ...]]:
        """The rules whose clocks an event of that name may start, move or stop."""
        moved: dict[str, dict[str, None]] = defaultdict(dict)
        for rule in (edition for each in self.editions.values() for edition in each):
            for heard in rule.clock.heard if rule.clock else ():
                moved[heard.event][rule.id] = None
        return {event: tuple(rules) for event, rules in moved.items()}

    @cached_property
    def starts(self) -> frozenset[str]:
        """The names of the events that start a clock."""
        all_of_them = (edition.clock for each in self.editions.values() for edition in each if edition.clock)
        return frozenset(heard.event for clock in all_of_them for heard in clock.starts)


@cache
def law() -> Law:
    return read(files("domain").joinpath("rules", "editions"))


def read(here: Traversable) -> Law:
    """Raises ValueError, naming file, rule and field, where something is not written as it should be."""
    sources = tomllib.loads(here.joinpath("sources.toml").read_text("utf-8"))
    editions: dict[str, list[Rule]] = defaultdict(list)
    for folder in sorted((each for each in here.iterdir() if each.is_dir()), key=lambda each: each.name):
        for file in sorted(folder.iterdir(), key=lambda each: each.name):
            for written in tomllib.loads(file.read_text("utf-8"))["rule"]:
                rule = _rule(written, sources, file, folder.name)
                editions[rule.id].append(rule)
    return Law({id: _in_order(each) for id, each in editions.items()})


def _in_order(editions: list[Rule]) -> tuple[Rule, ...]:
    """Each ends the day before the next begins."""
    ordered = sorted(editions, key=lambda each: each.starts_on)
    for number, following in enumerate(ordered[1:]):
        if ordered[number].starts_on == following.starts_on:
            raise ValueError(f"{following.edition} is written down twice")
        if ordered[number].ends_on >= following.starts_on:
            ordered[number] = ordered[number].but(ends_on=following.starts_on - timedelta(days=1))
    return tuple(ordered)


def _rule(written: dict[str, Any], sources: dict[str, Any], file: Traversable, process: str) -> Rule:
    try:
        source = sources[written["source"]]
        rest: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in written.items()
        }
        starts_on = date.fromisoformat(file.name.removesuffix(".toml"))
        kind = _term(RuleKind, rest.pop("kind"))
        limit = rest.pop("limit", None)
        limit = limit and Limit(
            limit["value"], _term(Unit, limit["unit"]), _term(Bound, limit["bound"]), limit["rolls"]
        )
        threshold = rest.pop("threshold", None)
        rest["reference"] = rest.get("reference", source.get("read_at", ""))
        return Rule(
            process=_term(Process, process),
            kind=kind,
            concept=(rest.pop("zh"), rest.pop("en")),
            title=(source["zh"], source["en"]),
            status=_term(Validity, rest.pop("status", "in_force")),
            starts_on=starts_on,
            promptly=_word(Pace, rest.pop("promptly", None)),
            why=_word(Gap, rest.pop("why", None)),
            assumed=source.get("assumed", False),
            limit=limit,
            threshold=threshold and Threshold(threshold["value"], _term(Quantity, threshold["unit"])),
            clock=_clockwork(rest.pop("clock", None)) or (by_hand(rest["id"]) if limit and kind in RUNNING else None),
            **rest,
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{process}/{file.name}, {written.get('id', 'a rule without an id')}: {wrong!r}") from wrong


def _term(kind: type[T], code: str) -> T:
    """Raises ValueError for a word that is not one of its kind."""
    return kind(code)  # type: ignore[call-arg]


def _word(kind: type[T], code: str | None) -> T | None:
    return None if code is None else _term(kind, code)


def by_hand(id: str) -> Clockwork:
    """How a clock is kept for which nothing is recorded of itself: by the duty register."""
    return Clockwork(
        starts=(Heard("DutyArose", on="arose_on", where={"rule": (id,)}),),
        stops=(Heard("DutyDischarged", on="done_on"),),
        pauses=(Heard("DutyPaused", on="paused_on"),),
        resumes=(Heard("DutyResumed", on="resumed_on"),),
        ends=(Heard("DutyDropped"),),
    )


def _clockwork(written: dict[str, Any] | None) -> Clockwork | None:
    if written is None:
        return None
    extends = written.get("extends", 0)
    parts = {name: tuple(map(_heard, heard)) for name, heard in written.items() if name != "extends"}
    return Clockwork(**parts, extends=extends)


def _heard(written: str | dict[str, Any]) -> Heard:
    """An event's name, or a table with more about it."""
    if isinstance(written, str):
        return Heard(written)
    where = {name: tuple(values) for name, values in written.get("where", {}).items()}
    return Heard(**{**written, "where": where})
