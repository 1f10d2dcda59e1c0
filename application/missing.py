"""What a case still lacks, step by step, before anybody tries: every gate that is shut, not only the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import BaseModel, ConfigDict

from application.handling import Handling
from application.sitting import NOBODY
from domain.catalogue import COMMANDS
from domain.kernel import Aggregate, Command, Gate, Given, Refused
from domain.rules.law import law
from domain.words import Actor, Role, Telling


class Lack(BaseModel):
    """One refusal that a step would meet; where a rule demands it, `ground` is the rule with its article."""

    model_config = ConfigDict(frozen=True)

    code: str
    says: Telling
    rule: str = ""
    ground: Telling = ("", "")


class Step(BaseModel):
    """A step to which the case has come, who may take it, and all that it lacks so far as the case is concerned."""

    model_config = ConfigDict(frozen=True)

    command: str
    says: Telling
    may: tuple[Role, ...]
    missing: tuple[Lack, ...]


async def missing(handling: Handling, case: Aggregate, actor: Actor) -> list[Step]:
    """The steps to which the case has come, in the order of the catalogue."""
    gated = [each for each in COMMANDS if each.gates and each.on is type(case)]
    consulted = {kind: await _beside(handling, case, kind) for each in gated for kind in each.consults}
    now = handling.clock.now()
    return list(steps(case, gated, Given(now=now, occurred_at=now, actor=actor, consulted=consulted)))


async def lacks(handling: Handling, case: Aggregate, command: type[Command], actor: Actor) -> tuple[Lack, ...]:
    """Every gate of that command that is shut, whether the case has come to it or not."""
    consulted = {kind: await _beside(handling, case, kind) for kind in command.consults}
    now = handling.clock.now()
    given = Given(now=now, occurred_at=now, actor=actor, consulted=consulted)
    shut = (refused for gate in command.gates if (refused := _shut(gate, case, given)))
    return tuple(_lack(refused, given.today) for refused in shut)


def steps(case: Aggregate, commands: Sequence[type[Command]], given: Given) -> Iterator[Step]:
    for command in commands:
        come, *needs = command.gates
        if _shut(come, case, given) is None:
            shut = (refused for gate in needs if (refused := _shut(gate, case, given)))
            lacks = tuple(_lack(refused, given.today) for refused in shut)
            may = tuple(role for role in Role if role in command.may)
            yield Step(command=command.__name__, says=command.says, may=may, missing=lacks)


def _lack(refused: Refused, day: date) -> Lack:
    rule = law().on(refused.rule, day)
    ground = (rule.tell("zh"), rule.tell("en")) if rule else ("", "")
    return Lack(code=refused.code, says=(refused.tell("zh"), refused.tell("en")), rule=refused.rule, ground=ground)


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
