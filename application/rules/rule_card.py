"""A rule as people and programs read it: what it says, whether it binds, how far it is applied, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict

from application.rules.coverage import Coverage, Moving, by_hand, coverage, covers, gap, moves, proof_of
from domain.rules.law import law
from domain.rules.rule import Rule, RuleKind, Validity
from domain.rules.rulebook import Rulebook
from domain.rules.terms import Process
from domain.words import LAST_DAY, Telling


class RuleLine(BaseModel):
    """A rule in a list. Of its coverage the strongest comes first; `limit` is its time, number or pace.

    One clocked `by_hand` is clocked where somebody enters the duty.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    edition: str
    process: Process
    kind: RuleKind
    concept: Telling
    source: str
    title: Telling
    article: str
    limit: Telling | None
    verified: bool
    status: Validity
    binds: bool
    coverage: tuple[Coverage, ...]
    by_hand: bool
    where: tuple[str, ...]
    test: str
    why: Telling | None


class Move(BaseModel):
    model_config = ConfigDict(frozen=True)

    how: Moving
    events: tuple[str, ...]


class RuleCard(RuleLine):
    """A rule in full. Where `assumed`, the day from which it is in force was not read."""

    starts_on: date
    ends_on: date | None
    assumed: bool
    switched_on: bool
    scope: str
    trigger: str
    stop: str
    extension: str
    consequence: str
    note: str
    formula: str
    checklist: tuple[str, ...]
    evidence: str
    reference: str
    moves: tuple[Move, ...]
    editions: tuple[str, ...]


class Tally(BaseModel):
    """How many rules are applied in that way as the strongest, how many of them bind, how many are clocked by hand."""

    coverage: Coverage
    rules: int
    binding: int
    by_hand: int


def rules_of(book: Rulebook, day: date) -> Iterator[Rule]:
    """Every rule as it stands on a day, the insurer's own last; of one that is not in force then, its latest edition."""
    for latest in law():
        yield book.rule(latest.id, day) or latest
    for own in dict.fromkeys(change.rule for each in book.adopted for change in each.changes if change.is_own):
        if rule := book.rule(own, day):
            yield rule


def rule_of(book: Rulebook, id: str, day: date) -> Rule | None:
    latest = law().editions.get(id, (None,))[-1]
    return book.rule(id, day) or latest


def line(rule: Rule) -> RuleLine:
    return RuleLine(**_line(rule))


def card(rule: Rule) -> RuleCard:
    told = {name: getattr(rule, name) for name in RuleCard.model_fields if hasattr(rule, name)}
    return RuleCard(
        **told
        | _line(rule)
        | {
            "ends_on": None if rule.ends_on == LAST_DAY else rule.ends_on,
            "moves": tuple(Move(how=how, events=events) for how, events in moves(rule.clock)) if rule.clock else (),
            "editions": tuple(each.edition for each in law().editions.get(rule.id, ())),
        }
    )


def _line(rule: Rule) -> dict[str, object]:
    why = gap(rule)
    length = rule.limit or rule.threshold or rule.promptly
    return {name: getattr(rule, name) for name in RuleLine.model_fields if hasattr(rule, name)} | {
        "limit": length and (length.tell("zh"), length.tell("en")),
        "coverage": coverage(rule),
        "by_hand": by_hand(rule),
        "where": tuple(each.where for each in covers(rule)),
        "test": proof_of(rule),
        "why": why and (why.zh, why.en),
    }


def narrowed(
    rules: Iterable[Rule],
    process: Process | None = None,
    kind: RuleKind | None = None,
    covered: Coverage | None = None,
    *,
    unverified: bool = False,
    text: str = "",
) -> list[Rule]:
    """The rules of that process, kind and coverage; with `unverified`, those only whose text nobody has read."""
    return [
        rule
        for rule in rules
        if process in (None, rule.process)
        and kind in (None, rule.kind)
        and (covered is None or covered in coverage(rule))
        and not (unverified and rule.verified)
        and text.casefold() in " ".join((rule.id, *rule.concept, *rule.title, rule.source)).casefold()
    ]


def tallied(rules: Iterable[Rule]) -> list[Tally]:
    strongest: dict[Coverage, list[Rule]] = {each: [] for each in Coverage}
    for rule in rules:
        strongest[coverage(rule)[0]].append(rule)
    return [
        Tally(
            coverage=each,
            rules=len(found),
            binding=sum(rule.binds for rule in found),
            by_hand=sum(by_hand(rule) for rule in found),
        )
        for each, found in strongest.items()
    ]
