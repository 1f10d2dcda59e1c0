"""Variants measured in turns, so that whatever else the machine does meets each of them alike."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping

Measure = Callable[[], float]
CHANCE = random.Random(1)


def in_turns(variants: Mapping[str, Measure], rounds: int) -> dict[str, float]:
    """The median of each variant's figures, after one round that does not count."""
    figures: dict[str, list[float]] = {name: [] for name in variants}
    for turn in range(rounds + 1):
        order = list(variants)
        CHANCE.shuffle(order)
        for name in order:
            figure = variants[name]()
            if turn:
                figures[name].append(figure)
    return {name: statistics.median(each) for name, each in figures.items()}


def per_second(work: Callable[[], int]) -> float:
    """How many a second, of what the work counted."""
    started = time.perf_counter()
    return work() / (time.perf_counter() - started)


def until_deadline(seconds: float) -> Callable[[], bool]:
    end = time.perf_counter() + seconds
    return lambda: time.perf_counter() < end
