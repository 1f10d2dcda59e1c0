"""The insurer's own book of rules and working days: what it promises beyond the law, and what it has switched on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

from domain.calendar import Calendar, china
from domain.kernel import Aggregate, Command, Event, Given, Refusal, stream_of
from domain.rules.change import RuleChange
from domain.rules.law import law
from domain.rules.rule import Heard, Limit, Rule
from domain.words import Day, Number, Role, ShortText

YEAR_KNOWN = Refusal("rules.year_known", ("{year}年的安排已经公布", "the days off of {year} are known already"))
OTHER_YEAR = Refusal("rules.other_year", ("{day}不在{year}年", "{day} does not lie in {year}"))
NEXT_YEAR_FIRST = Refusal(
    "rules.next_year_first", ("应先公布{year}年的安排", "the days off of {year} are to be announced first")
)
BOTH = Refusal("rules.both", ("{day}不能既放假又上班", "{day} is either off or worked, not both"))


RULEBOOK = stream_of("rulebook", "company")


class EditionAdopted(Event):
    """A standard of the insurer's took effect, and with it what it changes of the rules; all that it changed before is
    changed no more.
    """

    tells = (
        "标准{standard}第{version}版自{effective_on}起生效，规则变更：{changes}",
        "standard {standard} version {version} in effect from {effective_on}, changing {changes}",
    )
    standard: str
    version: int
    effective_on: date
    changes: tuple[RuleChange, ...]


class YearAnnounced(Event):
    tells = (
        "{year}年休假安排：放假{off}，上班{worked}（{source}）",
        "the days off of {year}: off {off}, worked {worked} ({source})",
    )
    year: int
    off: tuple[date, ...]
    worked: tuple[date, ...]
    source: str


class DaysChanged(Event):
    tells = (
        "公司日历变更：放假{off}，上班{worked}（{source}）",
        "the company's own days: off {off}, worked {worked} ({source})",
    )
    off: tuple[date, ...]
    worked: tuple[date, ...]
    source: str


class Rulebook(Aggregate):
    """There is one. It needs no opening: before anybody has changed anything, it is the law and China's calendar."""

    only = RULEBOOK
    opened = False

    adopted: tuple[EditionAdopted, ...] = ()
    years: tuple[YearAnnounced, ...] = ()
    days: tuple[DaysChanged, ...] = ()

    def evolve(self, event: Event) -> Rulebook:
        match event:
            case EditionAdopted():
                return self.but(adopted=(*self.adopted, event))
            case YearAnnounced():
                return self.but(years=(*self.years, event))
            case DaysChanged():
                return self.but(days=(*self.days, event))
        return self

    @property
    def calendar(self) -> Calendar:
        return _calendar(self.years, self.days)

    def rule(self, id: str, day: date) -> Rule | None:
        """The rule as it stands on a day: the law's edition, with what the insurer has promised beyond it."""
        return _rule(self.adopted, id, day)

    def binding(self, id: str, day: date) -> Rule | None:
        """The rule, if it binds on that day: as law, or because it was switched on."""
        rule = self.rule(id, day)
        return rule if rule and rule.binds else None

    def limit(self, id: str, day: date) -> Limit:
        """How long that rule gives on that day. Raises LookupError where there is no such rule with a limit."""
        rule = self.rule(id, day)
        if rule is None or rule.limit is None:
            raise LookupError(f"{id} sets no limit on {day}")
        return rule.limit

    def number(self, id: str, day: date) -> int | None:
        """The number that the rule sets, in its own unit; None where it sets none or does not bind on that day."""
        rule = self.binding(id, day)
        asked = rule and (rule.limit or rule.threshold)
        return asked.value if asked else None

    def editions(self, ids: Iterable[str], day: date) -> tuple[str, ...]:
        """The editions of these rules that stand on that day, as decisions record them."""
        return tuple(rule.edition for rule in (self.rule(id, day) for id in ids) if rule)

    def moved_by(self, event: str) -> tuple[str, ...]:
        """The rules whose clocks an event of that name may start, move or stop."""
        return _moved_by(self.adopted, event)

    def started_by(self, event: Event, day: date) -> tuple[str, ...]:
        """The editions of the rules that bind and whose clocks this event, of that day, starts."""
        return tuple(rule.edition for rule, _ in self.starting(event, day))

    def starting(self, event: Event, day: date) -> Iterator[tuple[Rule, Heard]]:
        for id in self.moved_by(type(event).__name__):
            if rule := self.started(id, event, day):
                yield rule

    def started(self, id: str, event: Event, day: date) -> tuple[Rule, Heard] | None:
        """The edition of that rule whose clock the event starts, if it does and the rule binds, and as what it does."""
        like = self.rule(id, day)
        heard = like and like.clock and like.clock.started_by(event)
        rule = self.binding(id, heard.day(event) or day) if heard else None
        return (rule, heard) if rule and heard else None


OF_THE_RULEBOOK = (EditionAdopted, YearAnnounced, DaysChanged)
THE_LAW = Rulebook(id=RULEBOOK)
"""The rulebook before the insurer has changed anything of it."""


def starts_a_clock(event: Event) -> bool:
    return type(event).__name__ in law().starts


@lru_cache(maxsize=8)
def _calendar(years: tuple[YearAnnounced, ...], days: tuple[DaysChanged, ...]) -> Calendar:
    calendar = china()
    for each in years:
        calendar = calendar.announcing(each.year, off=each.off, worked=each.worked)
    for number, change in enumerate(days, 1):
        calendar = calendar.with_days(f"{calendar.name}~{number}", change.off, change.worked)
    return calendar


@lru_cache(maxsize=4096)
def _rule(adopted: tuple[EditionAdopted, ...], id: str, day: date) -> Rule | None:
    # Of each standard, the edition of that day.
    editions = {each.standard: each for each in adopted if each.effective_on <= day}
    changes = [(each, change) for each in editions.values() for change in each.changes if change.rule == id]
    rule = law().on(next((change.like for _, change in changes if change.like), id), day)
    for each, change in changes:
        # No edition is older than the law that it changes.
        rule = rule and change.applied(rule, max(each.effective_on, rule.starts_on))
    return rule if rule and rule.id == id else None


@lru_cache(maxsize=1024)
def _moved_by(adopted: tuple[EditionAdopted, ...], event: str) -> tuple[str, ...]:
    moved = law().moved.get(event, ())
    own = {change.rule: None for each in adopted for change in each.changes if change.like in moved}
    return (*moved, *own)


class AdoptEdition(Command):
    """Takes over what a standard changes of the rules, on the day it takes effect."""

    on, may = Rulebook, frozenset({Role.SYSTEM})
    says = ("采用规则版本", "Adopt an edition")
    standard: Number
    version: Annotated[int, Ge(1)]
    effective_on: Day
    changes: Annotated[tuple[RuleChange, ...], MaxLen(400)] = ()

    def decide(self, book: Rulebook, given: Given) -> Iterator[Event]:
        before = [each for each in book.adopted if each.standard == self.standard]
        if self.changes != (before[-1].changes if before else ()):
            yield EditionAdopted(**dict(self))


class RetractEdition(Command):
    """Takes back what a standard changed, where the version that was withdrawn is the one in effect."""

    on, may = Rulebook, frozenset({Role.SYSTEM})
    says = ("撤回规则版本", "Retract an edition")
    standard: Number
    version: Annotated[int, Ge(1)]

    def decide(self, book: Rulebook, given: Given) -> Iterator[Event]:
        before = [each for each in book.adopted if each.standard == self.standard]
        if before and before[-1].version == self.version and before[-1].changes:
            yield EditionAdopted(**dict(self), effective_on=given.today, changes=())


def _consistent(off: tuple[date, ...], worked: tuple[date, ...]) -> None:
    for day in off:
        BOTH.unless(day not in worked, day=day)


class AnnounceYear(Command):
    """The days off and the weekend days worked of a year, as the State Council has announced them."""

    on, may = Rulebook, frozenset({Role.COMPLIANCE})
    says = ("公布年度休假安排", "Announce a year's days off")
    year: Annotated[int, Ge(2000), Le(2200)]
    off: Annotated[tuple[Day, ...], MinLen(1), MaxLen(60)]
    worked: Annotated[tuple[Day, ...], MaxLen(60)] = ()
    source: Annotated[ShortText, MinLen(1)]

    def decide(self, book: Rulebook, given: Given) -> Iterator[Event]:
        known = book.calendar.known_until.year
        YEAR_KNOWN.unless(self.year > known, year=self.year)
        NEXT_YEAR_FIRST.unless(self.year == known + 1, year=known + 1)
        for day in (*self.off, *self.worked):
            OTHER_YEAR.unless(day.year == self.year, day=day, year=self.year)
        _consistent(self.off, self.worked)
        yield YearAnnounced(**dict(self))


class ChangeDays(Command):
    """Days on which the insurer does not work, or works, beside those announced."""

    on, may = Rulebook, frozenset({Role.COMPLIANCE})
    says = ("变更公司日历", "Change the company's days")
    off: Annotated[tuple[Day, ...], MaxLen(60)] = ()
    worked: Annotated[tuple[Day, ...], MaxLen(60)] = ()
    source: Annotated[ShortText, MinLen(1)]

    def decide(self, book: Rulebook, given: Given) -> Iterator[Event]:
        _consistent(self.off, self.worked)
        yield DaysChanged(**dict(self))
