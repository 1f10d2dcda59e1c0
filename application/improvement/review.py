"""The monthly improvement review: how long things took, which clocks were missed, what was refused, what got worse."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from math import ceil
from statistics import median
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from application.docket.dockets import CaseClocks, Timed
from application.improvement.stages import CaseStages, Milestone
from application.ports import Denial
from domain.clock import State
from domain.kernel import CALENDAR_ZONE
from domain.rules.rule import RuleKind
from domain.words import Term, plus_days, plus_months

BASELINE = 15
"""Working days that a service process takes at a large insurer, on average (manual, purpose): ours is to be shorter."""
NAMED = 10
"""Cases named for a figure at most; those that weigh most come first."""


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True)


class Case(Frozen):
    """A case behind a figure, and how much it weighs in it: working days, or days late."""

    case: UUID
    number: str
    weight: int


class Duration(Frozen):
    """How long a stage took that was finished in the month, in working days; `since` is empty for the whole process."""

    capability: str
    since: Milestone | None
    until: Milestone | None
    count: int
    median: float
    ninetieth: int
    over: int
    longest: tuple[Case, ...]


class Kept(Frozen):
    """A rule's deadlines that fell due in the month: met, missed (late or still undone), and not due to be judged yet."""

    rule: str
    editions: tuple[str, ...]
    met: int
    missed: int
    open: int
    latest: tuple[Case, ...]


class Refused(Frozen):
    rule: str
    code: str
    count: int


class What(Term):
    DURATION = "duration", "办理时长", "it took longer"
    DEADLINE = "deadline", "逾期", "more deadlines were missed"
    REFUSAL = "refusal", "拒绝", "more was refused"


class Worse(Frozen):
    """What got worse than in the month before, and which cases did it."""

    what: What
    about: str
    before: float
    now: float
    cases: tuple[Case, ...]


class Review(Frozen):
    """Built from read models that stand at one position; the same position gives the same bytes.

    Refusals are kept beside the log, by time: those of a month that is not over may still become more.
    """

    month: str
    position: int
    baseline: int
    finished: int
    over_baseline: int
    durations: tuple[Duration, ...]
    deadlines: tuple[Kept, ...]
    refusals: tuple[Refused, ...]
    worse: tuple[Worse, ...]


def month_of(text: str) -> date:
    """The first day of a month written as 2026-03. Raises ValueError."""
    return date.fromisoformat(f"{text}-01") if len(text) == 7 else date.fromisoformat("")


def reviewed(
    month: date,
    position: int,
    stages: Sequence[CaseStages],
    dockets: Sequence[CaseClocks],
    refusals: Sequence[Denial],
    as_at: date,
) -> Review:
    """The review of the month that begins with that day; `as_at` is the day up to which anything is known."""
    before = plus_months(month, -1)
    durations, earlier = (tuple(_durations(stages, each)) for each in (month, before))
    deadlines, missed = (tuple(_deadlines(dockets, each, as_at)) for each in (month, before))
    refused, denied = (tuple(_refusals(refusals, each)) for each in (month, before))
    finished = [row for row in stages if row.done_on and falls_in(row.done_on, month)]
    return Review(
        month=f"{month:%Y-%m}",
        position=position,
        baseline=BASELINE,
        finished=len(finished),
        over_baseline=sum(row.working_days > BASELINE for row in finished),
        durations=durations,
        deadlines=deadlines,
        refusals=refused,
        worse=tuple(_worse((durations, earlier), (deadlines, missed), (refused, denied))),
    )


def falls_in(day: date, month: date) -> bool:
    return month <= day < plus_months(month, 1)


def _durations(rows: Iterable[CaseStages], month: date) -> Iterator[Duration]:
    taken: dict[tuple[str, Milestone | None, Milestone | None], list[tuple[CaseStages, int]]] = defaultdict(list)
    for row in rows:
        if row.done_on and falls_in(row.done_on, month):
            taken[row.capability, None, None].append((row, row.working_days))
        for stage in row.stages:
            if falls_in(stage.reached_on, month):
                taken[row.capability, stage.since, stage.until].append((row, stage.working_days))
    for capability, since, until in sorted(taken, key=lambda key: (key[0], _place(key[1]), _place(key[2]))):
        cases = taken[capability, since, until]
        days = sorted(each for _, each in cases)
        yield Duration(
            capability=capability,
            since=since,
            until=until,
            count=len(days),
            median=float(median(days)),
            ninetieth=days[ceil(len(days) * 0.9) - 1],
            over=sum(each > BASELINE for each in days),
            longest=_heaviest((row.case, row.number, each) for row, each in cases),
        )


def about_of(each: Duration) -> str:
    return f"{each.capability} {each.since or ''}–{each.until or ''}"


def _place(milestone: Milestone | None) -> int:
    return -1 if milestone is None else list(Milestone).index(milestone)


def _deadlines(rows: Iterable[CaseClocks], month: date, as_at: date) -> Iterator[Kept]:
    due: dict[str, list[tuple[CaseClocks, Timed]]] = defaultdict(list)
    for row in rows:
        for timed in row.clocks:
            clock = timed.clock
            if judged(timed) and clock.due_on and falls_in(clock.due_on, month):
                due[clock.rule].append((row, timed))
    for rule in sorted(due):
        late = {id(timed): days_late(timed, as_at) for _, timed in due[rule]}
        missed = [(row.case, row.number, days) for row, timed in due[rule] if (days := late[id(timed)]) > 0]
        met = sum(timed.state is State.MET for _, timed in due[rule])
        yield Kept(
            rule=rule,
            editions=tuple(sorted({timed.clock.edition for _, timed in due[rule]})),
            met=met,
            missed=len(missed),
            open=len(due[rule]) - met - len(missed),
            latest=_heaviest(missed),
        )


def judged(timed: Timed) -> bool:
    """Whether it is a deadline that is to be met; what has ended is neither met nor missed."""
    return timed.clock.kind is RuleKind.DEADLINE and timed.clock.state is not State.ENDED


def days_late(timed: Timed, as_at: date) -> int:
    clock = timed.clock
    if timed.state is State.MET or clock.due_on is None:
        return 0
    return max(0, ((clock.stopped_on or as_at) - clock.due_on).days)


def _refusals(denials: Iterable[Denial], month: date) -> Iterator[Refused]:
    counted = Counter(
        (each.rule, each.code) for each in denials if falls_in(each.at.astimezone(CALENDAR_ZONE).date(), month)
    )
    for (rule, code), count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        yield Refused(rule=rule, code=code, count=count)


def _worse(
    durations: tuple[Sequence[Duration], Sequence[Duration]],
    deadlines: tuple[Sequence[Kept], Sequence[Kept]],
    refusals: tuple[Sequence[Refused], Sequence[Refused]],
) -> list[Worse]:
    """The largest changes for the worse first, each kind by its own measure: by how much of what it was it grew."""
    found = []
    took = {(each.capability, each.since, each.until): each.median for each in durations[1]}
    for each in durations[0]:
        before = took.get((each.capability, each.since, each.until))
        if before is not None and each.median > before:
            about = about_of(each)
            found.append(Worse(what=What.DURATION, about=about, before=before, now=each.median, cases=each.longest))
    missed = {each.rule: each.missed for each in deadlines[1]}
    for kept in deadlines[0]:
        if kept.missed > missed.get(kept.rule, 0):
            before = missed.get(kept.rule, 0)
            found.append(Worse(what=What.DEADLINE, about=kept.rule, before=before, now=kept.missed, cases=kept.latest))
    denied = {(each.rule, each.code): each.count for each in refusals[1]}
    for refused in refusals[0]:
        if refused.count > (before := denied.get((refused.rule, refused.code), 0)):
            about = f"{refused.code} {refused.rule}".strip()
            found.append(Worse(what=What.REFUSAL, about=about, before=before, now=refused.count, cases=()))
    return sorted(found, key=lambda each: (list(What).index(each.what), -(each.now - each.before), each.about))


def _heaviest(cases: Iterable[tuple[UUID, str, int]]) -> tuple[Case, ...]:
    ordered = sorted(cases, key=lambda each: (-each[2], each[1], each[0]))
    return tuple(Case(case=case, number=number, weight=weight) for case, number, weight in ordered[:NAMED])


def last_day(month: date) -> date:
    return plus_days(plus_months(month, 1), -1)
