"""The simulated year: its days, its dice, and the queue of everything that is going to happen in it."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from application.submission import Order, Submission
from domain.kernel import CALENDAR_ZONE, Command, stream_of
from domain.words import Actor

T = TypeVar("T")

OPENS, CLOSES = time(9), time(17, 40)
UP, ASLEEP = time(8), time(21, 30)
TOGETHER = 100
"""How many acts are handed in at once, at most."""
STRETCH = 4
"""Hours of the day whose acts may be handed in together: they are all recorded at the moment of the last."""
HOLIDAYS = frozenset({(1, 1), *((5, day) for day in range(1, 6)), *((10, day) for day in range(1, 8))})
"""Those of a fixed date. The demo needs plausible days, not the official table of working days."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody asks of the house at one moment, and the code with which it should refuse it, if it should."""

    key: UUID
    moment: datetime
    order: Order
    refused: str = ""

    @property
    def submission(self) -> Submission:
        return Submission(key=self.key, orders=(self.order,))


Story = Iterator[Act | datetime]
"""Acts in their order; between them the moments until which the story pauses."""


class World:
    """Plays all stories side by side, in the order of their moments. The same name, the same year."""

    def __init__(self, name: str, begins: date, ends: date) -> None:
        self.name, self.begins, self.ends = name, begins, ends
        self._queue: list[tuple[datetime, int, Story]] = []
        self._sequence = count()
        self._numbers: Counter[str] = Counter()
        self._piles: dict[str, list[Any]] = {}

    def dice(self, name: str) -> Random:
        return Random(f"{self.name}/{name}")  # noqa: S311 - a simulation, not a secret

    def begin(self, at: datetime, story: Story) -> None:
        heapq.heappush(self._queue, (at, next(self._sequence), story))

    def number(self, series: str, day: date) -> str:
        """The next number of a series. The dash keeps it apart from the numbers that the house itself draws."""
        self._numbers[f"{series}{day.year}"] += 1
        return f"{series}{day.year}-{self._numbers[f'{series}{day.year}']:06d}"

    def deal(self, pile: str, cards: Sequence[T]) -> T:
        """The next card of a shuffled pile: dealt, not drawn, so that what is rare happens as often as it should."""
        left = self._piles.get(pile)
        if not left:
            left = self._piles[pile] = list(cards)
            self.dice(f"{pile}/{next(self._sequence)}").shuffle(left)
        card: T = left.pop()
        return card

    def acts(self) -> Iterator[Act]:
        last = moment_of(self.ends, time(23, 59))
        while self._queue and self._queue[0][0] <= last:
            now, _, story = heapq.heappop(self._queue)
            for told in story:
                if isinstance(told, datetime):
                    assert told >= now, "no story goes back in time"
                    self.begin(told, story)
                    break
                yield told

    def batches(self) -> Iterator[list[Act]]:
        """Acts that are handed in together: so many at most, of one stretch of one day.

        In each there is one that succeeds, whose answer tells later that the batch was handed in: refusals leave none.
        """
        batch: list[Act] = []
        succeeds = False
        stretch: tuple[date, int] | None = None
        for act in self.acts():
            local = act.moment.astimezone(CALENDAR_ZONE)
            current = (local.date(), local.hour // STRETCH)
            if succeeds and (current != stretch or len(batch) >= TOGETHER):
                yield batch
                batch, succeeds = [], False
            stretch = current
            batch.append(act)
            succeeds = succeeds or not act.refused
        if succeeds:
            yield batch


class Life:
    """One thing's story, with dice of its own, so that a change in one story changes no other."""

    def __init__(self, world: World, name: str, stream: UUID, begins: datetime) -> None:
        self.world, self.name, self.stream, self.now = world, name, stream, begins
        self.dice = world.dice(name)
        self._acts = 0

    @property
    def today(self) -> date:
        return self.now.astimezone(CALENDAR_ZONE).date()

    def story(self) -> Story:
        raise NotImplementedError

    def begin(self) -> None:
        self.world.begin(self.now, self.story())

    def chance(self, percent: float) -> bool:
        return self.dice.random() * 100 < percent

    def between(self, least: int, most: int) -> int:
        return self.dice.randint(least, most)

    # -- pauses -----------------------------------------------------------------------

    def office(self, least: int, most: int | None = None) -> datetime:
        """Until office hours, so many days on."""
        return self.at(self.today + timedelta(days=self.between(least, most or least)))

    def any_day(self, least: int, most: int | None = None) -> datetime:
        """Until some hour of the day, so many days on, be it a Sunday."""
        return self.at(self.today + timedelta(days=self.between(least, most or least)), office=False)

    def soon(self, least: int = 4, most: int = 25) -> datetime:
        """Until some minutes later."""
        self.now += timedelta(seconds=self.between(least * 60, most * 60))
        return self.now

    def at(self, day: date, *, office: bool = True) -> datetime:
        """Until that day, or the first day after it on which there is still time."""
        opens, closes = (OPENS, CLOSES) if office else (UP, ASLEEP)
        day = max(day, self.today)
        while True:
            earliest = max(self.now + timedelta(minutes=3), moment_of(day, opens))
            left = int((moment_of(day, closes) - earliest).total_seconds())
            if left > 0 and (is_working(day) or not office):
                break
            day += timedelta(days=1)
        self.now = earliest + timedelta(seconds=self.between(0, left))
        return self.now

    # -- acts -------------------------------------------------------------------------

    def does(self, actor: Actor, command: Command, *, stream: UUID | None = None, refused: str = "") -> Act:
        self._acts += 1
        key = stream_of("demo", f"{self.world.name}/{self.name}/{self._acts}")
        order = Order(stream=stream or self.stream, command=command, actor=actor, occurred_at=self.now)
        return Act(key, self.now, order, refused)

    def tries(self, actor: Actor, command: Command, refused: str, *, stream: UUID | None = None) -> Act:
        """Something that the house will not have."""
        return self.does(actor, command, stream=stream, refused=refused)


def moment_of(day: date, at: time) -> datetime:
    return datetime.combine(day, at, CALENDAR_ZONE).astimezone(UTC)


def is_working(day: date) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in HOLIDAYS


def cards(counts: Mapping[T, int]) -> tuple[T, ...]:
    """A pile with so many of each card."""
    return tuple(card for card, times in counts.items() for _ in range(times))
