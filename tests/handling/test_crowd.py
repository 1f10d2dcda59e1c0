"""How a crowd is served: whoever waits goes together, and a large crowd in halves that take turns with the server."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from infrastructure.gathering import CROWD, Gathering

ROUNDS = 12


class Server:
    """Answers as slowly as it is told to, and keeps what it was asked at once."""

    def __init__(self) -> None:
        self.calls: list[list[int]] = []
        self.serving = False

    async def serve(self, asked: Sequence[int]) -> Sequence[int | Exception]:
        assert not self.serving, "one call at a time"
        self.serving = True
        self.calls.append(list(asked))
        for _ in range(5):
            await asyncio.sleep(0)
        self.serving = False
        return [-each for each in asked]


async def crowd(server: Server, size: int) -> list[int]:
    """That many ask, over and over; returns what they were answered."""
    gathering, heard = Gathering(server.serve), list[int]()

    async def ask(number: int) -> None:
        for _ in range(ROUNDS):
            heard.append(await gathering.ask(number))

    await asyncio.gather(*map(ask, range(size)))
    return heard


@pytest.mark.parametrize("size", [1, 2, 3, CROWD - 1, CROWD, CROWD + 1, 64, 600])
async def test_everybody_who_asks_is_answered_once_for_each_time(size: int) -> None:
    server = Server()
    heard = await crowd(server, size)
    assert sorted(heard) == sorted(-number for number in range(size) for _ in range(ROUNDS))
    assert sum(map(len, server.calls)) == size * ROUNDS


@pytest.mark.parametrize("size", [CROWD, 16, 64])
async def test_a_large_crowd_is_served_in_halves(size: int) -> None:
    server = Server()
    await crowd(server, size)
    settled = [len(call) for call in server.calls[ROUNDS // 2 : ROUNDS]]
    assert set(settled) == {size // 2}


@pytest.mark.parametrize("size", [2, 3, CROWD - 1])
async def test_a_small_crowd_is_served_at_once(size: int) -> None:
    server = Server()
    await crowd(server, size)
    settled = [len(call) for call in server.calls[ROUNDS // 2 : ROUNDS]]
    assert set(settled) == {size}


async def test_who_is_not_served_this_time_is_served_first_the_next() -> None:
    calls: list[list[int]] = []

    async def only_two(asked: Sequence[int]) -> Sequence[int | Exception]:
        calls.append(list(asked))
        await asyncio.sleep(0)
        return list(asked[:2])

    gathering = Gathering(only_two)
    assert await asyncio.gather(*map(gathering.ask, range(6))) == list(range(6))
    assert [each for call in calls for each in call[:2]] == list(range(6))


async def test_a_failed_call_fails_those_it_served_and_nobody_after() -> None:
    failing = [True, True, False]

    async def serve(asked: Sequence[int]) -> Sequence[int | Exception]:
        await asyncio.sleep(0)
        if failing.pop(0):
            raise OSError("gone")
        return asked

    gathering = Gathering(serve)
    first = await asyncio.gather(*map(gathering.ask, range(3)), return_exceptions=True)
    assert all(isinstance(each, OSError) for each in first)
    assert await gathering.ask(7) == 7
