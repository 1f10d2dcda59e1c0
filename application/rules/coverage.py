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
from domain.duty import DutyArose
from domain.kernel import Refusal
from domain.rules.law import RUNNING
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


class Moving(Term):
    """What an event does to a clock."""

    STARTS = "starts", "起算", "started by"
    PAUSES = "pauses", "中止", "paused by"
    RESUMES = "resumes", "恢复", "resumed by"
    RESTARTS = "restarts", "重新起算", "restarted by"
    STOPS = "stops", "完成", "stopped by"
    ENDS = "ends", "终结", "ended by"


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
    Coverage.ENFORCED: "test_enforced.py::test_a_rule_is_enforced",
    Coverage.CLOCKED: "test_clocked.py::test_its_clock_starts_with_what_it_hears_and_is_due_on_the_day_counted_on_paper",
    Coverage.COMPUTED: "test_computed.py::test_it_is_computed_as_on_paper",
    Coverage.KEPT: "test_kept.py::test_what_it_keeps_is_kept_as_long_as_it_says",
}
LOOSE = "test_clocked.py::test_what_does_not_bind_starts_no_clock_until_it_is_switched_on"
"""The tests in `tests/rules` that show a rule at work; each has a case of the rule's id."""


def covers(rule: Rule) -> tuple[Cover, ...]:
    """Every way in which the rule is applied, the strongest first; none where it is only listed."""
    return tuple(_covers(rule))


def _covers(rule: Rule) -> Iterator[Cover]:
    if rule.id in refused() or rule.kind not in RUNNING:
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


def proof_of(rule: Rule) -> str:
    """The test that shows the rule at work in the strongest of the ways in which it is applied."""
    strongest = coverage(rule)[0]
    if strongest is Coverage.CATALOGUED:
        return ""
    proven = PROVEN[strongest] if strongest is not Coverage.CLOCKED or rule.binds else LOOSE
    return f"tests/rules/{proven}[{rule.id}]"


@cache
def enforced() -> Mapping[str, tuple[str, ...]]:
    """By rule: the commands that apply it, and the codes of the refusals that rest on it."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for command in COMMANDS:
        for rule in command.applies:
            found[rule][f"{command.__module__}:{command.__name__}"] = None
    for rule, codes in refused().items():
        found[rule] |= dict.fromkeys(codes)
    return {rule: tuple(where) for rule, where in found.items()}


@cache
def refused() -> Mapping[str, tuple[str, ...]]:
    """By rule: the codes of the refusals that rest on it. A time on which none does is counted, and nothing more."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for thing in _things():
        if isinstance(thing, Refusal) and thing.rule:
            found[thing.rule][thing.code] = None
    return {rule: tuple(codes) for rule, codes in found.items()}


@cache
def kept() -> Mapping[str, tuple[str, ...]]:
    """By rule: the duty under which what is known of a case is kept."""
    duties = ((name, thing) for name, thing in vars(retention).items() if isinstance(thing, retention.Duty))
    return {duty.rule: (f"{retention.__name__}:{name}",) for name, duty in duties}


def moves(clock: Clockwork) -> Iterator[tuple[Moving, tuple[str, ...]]]:
    """What moves a clock, and by which events."""
    for how in Moving:
        if heard := getattr(clock, how.value):
            yield how, tuple(map(_said, heard))


def wiring(clock: Clockwork) -> str:
    return "; ".join(f"{how.en} {' or '.join(events)}" for how, events in moves(clock))


def by_hand(rule: Rule) -> bool:
    """Whether its clock is kept by entering duties, because nothing else records what it turns on."""
    return rule.clock is not None and rule.clock.starts[0].event == DutyArose.__name__


def _said(heard: Heard) -> str:
    where = " and ".join(f"{name} {'/'.join(map(str, values))}" for name, values in heard.where.items())
    return f"{heard.event} ({where})" if where else heard.event


def _things() -> Iterator[object]:
    for found in walk_packages(domain.__path__, f"{domain.__name__}."):
        yield from vars(import_module(found.name)).values()
