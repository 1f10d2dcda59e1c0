"""Whoever waits at the same moment is served together, in one call; who is alone waits for nobody."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")

Serve = Callable[[Sequence[Q]], Awaitable[Sequence[A | Exception]]]
"""Serves the first of those asking, as many as it can at once: an answer or an exception for each that it served."""

CROWD = 8
"""From how many on a crowd goes in halves: below, a call's own cost counts for more than what is done meanwhile."""


class Gathering(Generic[Q, A]):
    def __init__(self, serve: Serve[Q, A], most: int = 256) -> None:
        self._serve, self._most = serve, most
        self._waiting: deque[tuple[Q, asyncio.Future[A]]] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._busy = self._crowded = False

    async def ask(self, question: Q) -> A:
        """The answer. Raises what the serving raised for this question."""
        loop = asyncio.get_running_loop()
        if self._loop is not loop:
            self._loop, self._busy, self._crowded = loop, False, False
            self._waiting.clear()
        if not self._busy and not self._crowded:
            return await self._serve_alone(question)
        future: asyncio.Future[A] = loop.create_future()
        self._waiting.append((question, future))
        if not self._busy:
            self._go_on(loop)
        return await future

    async def _serve_alone(self, question: Q) -> A:
        """Without a task in between, which would cost as much as the rest of a command."""
        self._busy = True
        try:
            [answer] = await self._serve([question])
        finally:
            self._busy = False
            if self._waiting:
                self._go_on(asyncio.get_running_loop())
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _go_on(self, loop: asyncio.AbstractEventLoop) -> None:
        # The task begins once all who are ready now have asked.
        self._busy = True
        self._task = loop.create_task(self._serve_waiting(loop))

    async def _serve_waiting(self, loop: asyncio.AbstractEventLoop) -> None:
        """A crowd goes in two halves: one thinks while the other is served. In step, they would wait for each other."""
        untold: list[tuple[asyncio.Future[A], A | Exception]] = []
        while self._waiting:
            asking = self._next(len(untold))
            serving = loop.create_task(self._served([question for question, _ in asking]))
            # It is on its way to the server before those who are told now go on.
            _tell(untold)
            answers = await serving
            self._waiting.extendleft(reversed(asking[len(answers) :]))
            answered = [(future, answer) for (_, future), answer in zip(asking, answers, strict=False)]
            self._crowded = len(answered) > 1
            # Who is told now may ask again at once, and goes with those who wait.
            now = max(_share(len(answered) + len(self._waiting)) - len(self._waiting), 0)
            _tell(answered[:now])
            untold = answered[now:]
            if self._crowded:
                await asyncio.sleep(0)
        _tell(untold)
        self._busy = False

    def _next(self, others: int) -> list[tuple[Q, asyncio.Future[A]]]:
        """Their share of a crowd to which `others` belong who may ask again at once."""
        most = min(self._most, _share(len(self._waiting) + others))
        asking = [self._waiting.popleft() for _ in range(min(most, len(self._waiting)))]
        return [each for each in asking if not each[1].done()]

    async def _served(self, asking: Sequence[Q]) -> Sequence[A | Exception]:
        try:
            return await self._serve(asking) if asking else ()
        except Exception as error:
            return [error] * len(asking)


def _share(crowd: int) -> int:
    return crowd if crowd < CROWD else (crowd + 1) // 2


def _tell(answered: Sequence[tuple[asyncio.Future[A], A | Exception]]) -> None:
    for future, answer in answered:
        if future.done():
            continue
        if isinstance(answer, Exception):
            future.set_exception(answer)
        else:
            future.set_result(answer)
