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
            self._go_on()
        return await future

    async def _serve_alone(self, question: Q) -> A:
        """Without a task in between, which would cost as much as the rest of a command."""
        self._busy = True
        try:
            [answer] = await self._serve([question])
        finally:
            self._busy = False
            if self._waiting:
                self._go_on()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _go_on(self) -> None:
        # The task begins once all who are ready now have asked.
        assert self._loop is not None
        self._busy = True
        self._task = self._loop.create_task(self._serve_waiting())

    async def _serve_waiting(self) -> None:
        while self._waiting:
            asking = [self._waiting.popleft() for _ in range(min(self._most, len(self._waiting)))]
            asking = [each for each in asking if not each[1].done()]
            answers: Sequence[A | Exception] = ()
            try:
                answers = await self._serve([question for question, _ in asking]) if asking else ()
            except Exception as error:
                answers = [error] * len(asking)
            self._crowded = len(answers) > 1
            self._waiting.extendleft(reversed(asking[len(answers) :]))
            for (_, future), answer in zip(asking, answers, strict=False):
                if future.done():
                    continue
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)
            if self._crowded:
                # Those answered may ask again at once: they go with those who wait.
                await asyncio.sleep(0)
        self._busy = False
