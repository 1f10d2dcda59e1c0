"""How far a rule is applied here: found in the code itself, never declared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import NamedTuple

import domain
from domain import retention
from domain.catalogue import COMMANDS
from domain.kernel import Refusal
from domain.rules.rule import Clockwork, Heard, Rule, Validity
from domain.rules.terms import Gap, Process
from domain.words import Term


class Coverage(Term):
    """The strongest first."""

    ENFORCED = "enforced", "办理时遵守", "enforced"
    CLOCKED = "clocked", "计时", "clocked"
    COMPUTED = "computed", "据以计算", "computed"
    KEPT = "kept", "据以保存", "kept"
    CATALOGUED = "catalogued", "仅列示", "only listed"


class Cover(NamedTuple):
    """One way in which a rule is applied, and where: a command, a refusal's code, a clock's wiring, a function."""

    coverage: Coverage
    where: str


COMPUTED = {
    "TIME-START-NEXTDAY": "domain.measure.Days.between",
    "TIME-MONTH-YEAR-END": "domain.words.plus_months",
    "TIME-HOLIDAY-ROLL": "domain.clock.rolled",
    "TIME-INSLAW-DAYS": "domain.measure.Days",
    "TIME-O2020-3-NATURAL": "domain.measure.Days",
    "TIME-O2020-11-WD": "domain.measure.WorkingDays",
    "TIME-O2011-3-WD": "domain.measure.WorkingDays",
    "CLAIM-CLOCK-PAUSE": "domain.clock.Clock.pause",
}
"""What computes as a rule says, by the rule; a test finds each of them."""

PROVEN = {
    Coverage.ENFORCED: "tests/rules/test_enforced.py::test_a_rule_is_enforced",
    Coverage.CLOCKED: "tests/rules/test_clocked.py::test_a_rule_is_clocked",
    Coverage.COMPUTED: "tests/rules/test_computed.py::test_a_rule_is_computed",
    Coverage.KEPT: "tests/rules/test_kept.py::test_a_rule_is_kept",
}
"""The test that shows a rule of that coverage at work, by the rule's id: `…::test_a_rule_is_enforced[SALE-SIGN-SELF]`."""


def covers(rule: Rule) -> tuple[Cover, ...]:
    """Every way in which the rule is applied, the strongest first; none where it is only listed."""
    return tuple(_covers(rule))


def _covers(rule: Rule) -> Iterator[Cover]:
    yield from (Cover(Coverage.ENFORCED, where) for where in enforced().get(rule.id, ()))
    if rule.clock:
        yield Cover(Coverage.CLOCKED, wiring(rule.clock))
    if rule.id in COMPUTED:
        yield Cover(Coverage.COMPUTED, COMPUTED[rule.id])
    yield from (Cover(Coverage.KEPT, where) for where in kept().get(rule.id, ()))


def coverage(rule: Rule) -> tuple[Coverage, ...]:
    found = tuple(dict.fromkeys(each.coverage for each in covers(rule)))
    return found or (Coverage.CATALOGUED,)


def gap(rule: Rule) -> Gap | None:
    """Why nothing applies the rule; None where something does."""
    if covers(rule):
        return None
    if rule.process is Process.COMPARISON:
        return Gap.ABROAD
    if rule.status is not Validity.IN_FORCE:
        return Gap.NOT_IN_FORCE
    return rule.why if rule.verified else Gap.NOT_READ


def test_of(rule: Rule) -> str:
    """The test that shows the rule at work in the strongest of the ways in which it is applied."""
    proven = PROVEN.get(coverage(rule)[0])
    return f"{proven}[{rule.id}]" if proven else ""


@cache
def enforced() -> Mapping[str, tuple[str, ...]]:
    """By rule: the commands that apply it, and the codes of the refusals that rest on it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for command in COMMANDS:
        for rule in command.applies:
            found[rule][f"{command.__module__}:{command.__name__}"] = None
    for thing in _things():
        if isinstance(thing, Refusal) and thing.rule:
            found[thing.rule][thing.code] = None
    return {rule: tuple(where) for rule, where in found.items()}


@cache
def kept() -> Mapping[str, tuple[str, ...]]:
    """By rule: the duty under which what is known of a case is kept."""
    duties = ((name, thing) for name, thing in vars(retention).items() if isinstance(thing, retention.Duty))
    return {duty.rule: (f"{retention.__name__}:{name}",) for name, duty in duties}


def wiring(clock: Clockwork) -> str:
    """What moves a clock, in words."""
    parts = {
        "started by": clock.starts,
        "paused by": clock.pauses,
        "resumed by": clock.resumes,
        "restarted by": clock.restarts,
        "stopped by": clock.stops,
        "ended by": clock.ends,
    }
    return "; ".join(f"{how} {' or '.join(map(_said, heard))}" for how, heard in parts.items() if heard)


def _said(heard: Heard) -> str:
    where = " and ".join(f"{name} {'/'.join(map(str, values))}" for name, values in heard.where.items())
    return f"{heard.event}{f' ({where})' if where else ''}"


def _things() -> Iterator[object]:
    for found in walk_packages(domain.__path__, f"{domain.__name__}."):
        yield from vars(import_module(found.name)).values()
