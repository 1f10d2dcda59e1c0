"""What a case still lacks, step by step, before anybody tries: every gate that is shut, not only the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from application.handling import Handling
from application.sitting import NOBODY
from domain.catalogue import COMMANDS
from domain.kernel import Aggregate, Command, Gate, Given, Refused
from domain.words import Actor


@dataclass(frozen=True, slots=True)
class Step:
    """A step to which the case has come, and every refusal that it would meet now."""

    command: type[Command]
    missing: tuple[Refused, ...]


async def missing(handling: Handling, case: Aggregate, actor: Actor) -> list[Step]:
    """The steps to which the case has come; those that lack nothing can be taken, so far as the case is concerned."""
    gated = [each for each in COMMANDS if each.gates and each.on is type(case)]
    consulted = {kind: await _beside(handling, case, kind) for each in gated for kind in each.consults}
    now = handling.clock.now()
    given = Given(now=now, occurred_at=now, actor=actor, consulted=consulted)
    return list(steps(case, gated, given))


def steps(case: Aggregate, commands: list[type[Command]], given: Given) -> Iterator[Step]:
    for command in commands:
        come, *needs = command.gates
        if _shut(come, case, given) is None:
            yield Step(command, tuple(refused for gate in needs if (refused := _shut(gate, case, given))))


def _shut(gate: Gate, case: Aggregate, given: Given) -> Refused | None:
    try:
        gate(case, given)
    except Refused as refused:
        return refused
    return None


async def _beside(handling: Handling, case: Aggregate, kind: type[Aggregate]) -> Aggregate:
    """The aggregate of that kind to which the case refers; one that does not exist where it refers to none."""
    stream = kind.only or getattr(case, kind.kind(), None)
    return await handling.recall(kind, stream) if stream else kind(id=NOBODY)
