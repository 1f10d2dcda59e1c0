"""What if a rule or a day had been another: recorded cases, their clocks counted once more under a draft."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.clock import Clock, State
from domain.docket.clocks import clocks
from domain.kernel import CALENDAR_ZONE, Recorded
from domain.rules.change import RuleChange
from domain.rules.rulebook import RULEBOOK, DaysChanged, EditionAdopted, YearAnnounced
from domain.words import SYSTEM, Term

NOWHERE = UUID(int=0)


class Verdict(Term):
    """How a clock stands on the day as at which is judged."""

    NOT_STARTED = "not_started", "未起算", "not started"
    RUNNING = "running", "计时中", "running"
    PAUSED = "paused", "中止", "paused"
    OVERDUE = "overdue", "已逾期", "overdue"
    MET = "met", "按期完成", "met in time"
    LATE = "late", "逾期完成", "met late"
    ENDED = "ended", "终结", "ended"

    @property
    def is_breach(self) -> bool:
        return self in (Verdict.OVERDUE, Verdict.LATE)


class Turn(Term):
    """What becomes of a clock under the draft."""

    BREACHED = "breached", "变为逾期", "breached under the draft"
    KEPT = "kept", "不再逾期", "no longer breached"
    STARTED = "started", "新起算", "starts under the draft"
    DROPPED = "dropped", "不再起算", "starts no more"
    MOVED = "moved", "到期日变动", "falls due on another day"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Changes of rules that count from a day on, as if they had been known from the beginning, and days off."""

    starts_on: date = date.min
    changes: tuple[RuleChange, ...] = ()
    years: tuple[YearAnnounced, ...] = ()
    days: tuple[DaysChanged, ...] = ()

    def recorded(self) -> Iterator[Recorded]:
        """The draft as events of the rulebook before all others. None of it is ever recorded."""
        events = [*self.years, *self.days]
        if self.changes:
            adopted = EditionAdopted(standard="draft", version=1, effective_on=self.starts_on, changes=self.changes)
            events.insert(0, adopted)
        at = datetime(2000, 1, 1, tzinfo=CALENDAR_ZONE)
        for event in events:
            yield Recorded(
                stream=RULEBOOK,
                version=0,
                recorded_at=at,
                occurred_at=at,
                actor=SYSTEM,
                command=NOWHERE,
                correlation=NOWHERE,
                event=event,
            )


class Side(BaseModel):
    model_config = ConfigDict(frozen=True)

    edition: str = ""
    due_on: date | None = None
    verdict: Verdict = Verdict.NOT_STARTED


class Flip(BaseModel):
    """One clock of one case that would have gone otherwise."""

    model_config = ConfigDict(frozen=True)

    case: UUID
    number: str
    rule: str
    run: int
    since: date
    turn: Turn
    before: Side
    after: Side


class WhatIf(BaseModel):
    """What would have been otherwise among the clocks that started in the period, judged as at its last day.

    `untold` are the recorded decisions and refusals under a changed rule whose outcome the log alone cannot retell: how
    many there were, by rule.
    """

    model_config = ConfigDict(frozen=True)

    first: date
    last: date
    position: int
    cases: int
    clocks: int
    counts: dict[str, dict[str, int]]
    flips: tuple[Flip, ...]
    untold: dict[str, int]


@dataclass(slots=True)
class Comparison:
    """Takes case after case, in any order, and tells the same in the end."""

    draft: Draft
    first: date
    last: date
    rulebook: Sequence[Recorded] = ()
    cases: int = 0
    clocks: int = 0
    flips: list[Flip] = field(default_factory=list)
    untold: Counter[str] = field(default_factory=Counter)

    def take(self, case: UUID, history: Sequence[Recorded]) -> None:
        """The whole history of one case and of its docket, in the one order."""
        as_it_was = sorted((*self.rulebook, *history), key=lambda each: each.position)
        before = self._started(clocks(as_it_was))
        after = self._started(clocks([*self.draft.recorded(), *as_it_was]))
        self.cases += 1
        self.clocks += len(before.keys() | after.keys())
        number = next((found for each in history if (found := getattr(each.event, "number", ""))), "")
        for rule, run in sorted(before.keys() | after.keys(), key=lambda key: (key[1], key[0])):
            old, new = before.get((rule, run)), after.get((rule, run))
            sides = self._side(old), self._side(new)
            turn = _turn(*sides)
            started = old or new
            if turn and started:
                self.flips.append(
                    Flip(
                        case=case,
                        number=number,
                        rule=rule,
                        run=run,
                        since=started.since,
                        turn=turn,
                        before=sides[0],
                        after=sides[1],
                    )
                )
        self._note(history)

    def told(self, position: int) -> WhatIf:
        counts: dict[str, Counter[str]] = {}
        for flip in self.flips:
            counts.setdefault(flip.rule, Counter())[flip.turn.value] += 1
        return WhatIf(
            first=self.first,
            last=self.last,
            position=position,
            cases=self.cases,
            clocks=self.clocks,
            counts={rule: dict(sorted(counts[rule].items())) for rule in sorted(counts)},
            flips=tuple(
                sorted(self.flips, key=lambda each: (each.rule, each.turn.value, each.since, each.case, each.run))
            ),
            untold=dict(sorted(self.untold.items())),
        )

    def _started(self, all_of_them: Iterable[Clock]) -> dict[tuple[str, int], Clock]:
        return {(each.rule, each.run): each for each in all_of_them if self.first <= each.since <= self.last}

    def _side(self, clock: Clock | None) -> Side:
        if clock is None:
            return Side()
        return Side(edition=clock.edition, due_on=clock.due_on, verdict=_verdict(clock, self.last))

    def _note(self, history: Iterable[Recorded]) -> None:
        """Decisions that rested on a changed rule; what they would have been otherwise, their makers only know."""
        changed = {change.rule for change in self.draft.changes}
        for each in history:
            if self.first <= each.occurred_on <= self.last:
                self.untold.update(changed.intersection(edition.partition("@")[0] for edition in each.rules))


def _verdict(clock: Clock, as_at: date) -> Verdict:
    if clock.state is State.RUNNING:
        return Verdict.OVERDUE if clock.due_on and clock.due_on < as_at else Verdict.RUNNING
    return Verdict(clock.state.value)  # type: ignore[call-arg]


def _turn(before: Side, after: Side) -> Turn | None:
    if before.verdict is Verdict.NOT_STARTED or after.verdict is Verdict.NOT_STARTED:
        return Turn.DROPPED if after.verdict is Verdict.NOT_STARTED else Turn.STARTED
    if before.verdict.is_breach != after.verdict.is_breach:
        return Turn.BREACHED if after.verdict.is_breach else Turn.KEPT
    return Turn.MOVED if before.due_on != after.due_on else None
