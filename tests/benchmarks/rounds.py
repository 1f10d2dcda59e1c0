"""Variants measured in turns, so that whatever else the machine does meets each of them alike."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg

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


async def of_tasks(tasks: int, seconds: float, one: Callable[[int], Awaitable[object]]) -> list[float]:
    """So many tasks in this loop, each doing one after the other: the seconds each took, in the order of their ends."""
    going, took = until_deadline(seconds), list[float]()

    async def work(task: int) -> None:
        began = time.perf_counter()
        while going():
            await one(task)
            ended = time.perf_counter()
            took.append(ended - began)
            began = ended

    await asyncio.gather(*map(work, range(tasks)))
    return took


def of_threads(url: str, threads: int, seconds: float, one: Callable[[int, psycopg.Connection], object]) -> float:
    """How many a second by so many threads, each on a connection of its own."""
    with ExitStack() as stack:
        connections = [stack.enter_context(psycopg.connect(url, autocommit=True)) for _ in range(threads)]
        pool = stack.enter_context(ThreadPoolExecutor(threads))
        going = until_deadline(seconds)

        def work(thread: int) -> int:
            done = 0
            while going():
                one(thread, connections[thread])
                done += 1
            return done

        return per_second(lambda: sum(pool.map(work, range(threads))))
