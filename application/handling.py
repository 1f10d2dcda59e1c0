"""The one door for commands: may they? load, consult, decide, append, retry, and keep every refusal."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import suppress
from uuid import UUID

import msgspec

from application.ports import Answer, Batch, Clock, Conflict, EventStore, Forgotten
from application.remembered import Remembered
from application.sitting import Sitting, denial
from application.submission import BUSY, KEY_REUSED, PERSON_FORGOTTEN, Outcome, Submission
from domain.kernel import Aggregate, Refused

RETRIES = 100
"""Those who met somebody retry one after the other, so that a process has one of them at a time to lose again."""


class Handling:
    """Decides submissions one after the other and appends all that a batch of them leads to at once.

    `pretend` decides and appends nothing.
    """

    def __init__(self, store: EventStore, clock: Clock, remember: int = 20_000) -> None:
        self.store, self.clock = store, clock
        self._remembered = Remembered(store, remember)
        self._turn = asyncio.Lock()

    async def handle(self, submission: Submission, *, pretend: bool = False) -> Outcome:
        """The outcome of one submission. Raises Refused."""
        [outcome] = await self.handle_all([submission], pretend=pretend)
        if isinstance(outcome, Refused):
            raise outcome
        return outcome

    async def handle_all(self, submissions: Sequence[Submission], *, pretend: bool = False) -> list[Outcome | Refused]:
        """An outcome or a refusal for each; a refusal never fails its neighbours."""
        if pretend:
            return await self._attempt(submissions, pretend=True, careful=True)
        if len(submissions) == 1:
            with suppress(Conflict, Refused, Forgotten):
                return await self._attempt(submissions, trusting=True)
            return await self._carefully(submissions)
        with suppress(Conflict, Forgotten):
            return await self._attempt(submissions)
        if submissions and await self._overtaken(submissions[-1]):
            return [Refused(BUSY)] * len(submissions)
        return [(await self._carefully([each]))[0] for each in submissions]

    async def recall(self, kind: type[Aggregate], stream: UUID, lately: float = 0) -> Aggregate:
        """The aggregate as it stands now, or as it stood not longer ago than these seconds."""
        return await self._remembered.glance(kind, stream, lately)

    async def _carefully(self, submissions: Sequence[Submission]) -> list[Outcome | Refused]:
        with suppress(Conflict):
            return await self._attempt(submissions, careful=True)
        async with self._turn:
            for _ in range(RETRIES):
                if await self._overtaken(submissions[-1]):
                    break
                with suppress(Conflict):
                    return await self._attempt(submissions, careful=True)
        return [Refused(BUSY)] * len(submissions)

    async def _overtaken(self, submission: Submission) -> bool:
        """Whether another process has gone on with what this submission's reader reads."""
        mark = submission.mark
        return mark is not None and await self.store.mark(mark.reader) >= mark.position

    async def _attempt(
        self, submissions: Sequence[Submission], *, pretend: bool = False, trusting: bool = False, careful: bool = False
    ) -> list[Outcome | Refused]:
        """Raises Conflict; Refused when trusting; Forgotten when not careful."""
        sitting = Sitting(self.store, self._remembered, self.clock.now(), pretend, trusting, careful)
        # A key that has been answered is a conflict, so who trusts need not ask.
        answered = {} if trusting else await self.store.answers([each.key for each in submissions])
        await sitting.convene([order for each in submissions if each.key not in answered for order in each.orders])
        outcomes = [
            _repeated(each, answered[each.key]) if each.key in answered else await sitting.decide(each)
            for each in submissions
        ]
        mark = submissions[-1].mark if submissions else None
        if pretend or not (sitting.events or sitting.answers or sitting.denials or mark):
            return outcomes
        try:
            last = await self.store.append(sitting.batch(mark))
        except Forgotten:
            if not careful:
                raise
            return [await self._refuse(sitting, submissions[0])]
        self._remembered.learn(sitting.states.values())
        return list(_placed(outcomes, last - len(sitting.events)))

    async def _refuse(self, sitting: Sitting, submission: Submission) -> Refused:
        """The refusal to record anything about somebody who has been forgotten."""
        refused = Refused(PERSON_FORGOTTEN)
        denials = [denial(sitting.now, submission.orders[-1], refused)]
        await self.store.append(Batch(denials=denials, mark=submission.mark))
        return refused


def _repeated(submission: Submission, answer: Answer) -> Outcome | Refused:
    if answer.fingerprint not in ("", submission.fingerprint):
        return Refused(KEY_REUSED)
    return Outcome(answer.stream, answer.version, answer.position, count=answer.events, repeated=True)


def _placed(outcomes: Sequence[Outcome | Refused], before: int) -> Iterator[Outcome | Refused]:
    """Each with the position of its last event: a batch stands at consecutive positions, after the one before it."""
    for outcome in outcomes:
        if isinstance(outcome, Refused) or outcome.repeated or not outcome.count:
            yield outcome
        else:
            before += outcome.count
            yield msgspec.structs.replace(outcome, position=before)
