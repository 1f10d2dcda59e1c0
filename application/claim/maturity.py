"""How mature a claim is: for what it is known well enough, and for what not yet, with everything that is missing."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from application.handling import Handling
from application.missing import Lack, lacks
from domain.claim.closing import CloseClaim
from domain.claim.intake import RegisterClaim
from domain.claim.settlement import ApproveClaim, PayClaim
from domain.claim.state import Claim, Status
from domain.kernel import Command
from domain.words import Actor, Term


class Rung(Term):
    """What a claim may be known well enough for, from the bottom."""

    REGISTER = "register", "可立案", "enough to register"
    ASSIGN = "assign", "可分派", "enough to assign"
    ASSESS = "assess", "可定损", "enough to assess"
    APPROVE = "approve", "可核赔", "enough to approve"
    PAY = "pay", "可赔付", "enough to pay"
    CLOSE = "close", "可结案", "enough to close"


OF: Mapping[Rung, type[Command]] = {
    Rung.REGISTER: RegisterClaim,
    Rung.APPROVE: ApproveClaim,
    Rung.PAY: PayClaim,
    Rung.CLOSE: CloseClaim,
}
"""The command whose conditions make each rung. Registering screens and assigns a claim, and opens it to assessment."""


class Step(BaseModel):
    """One rung: whether the claim stands on it or above, and what it still lacks for it."""

    model_config = ConfigDict(frozen=True)

    rung: Rung
    reached: bool
    missing: tuple[Lack, ...]


async def maturity(handling: Handling, claim: Claim, actor: Actor) -> list[Step]:
    """Every rung from the bottom; what has been done already lacks nothing."""
    steps = []
    for rung in Rung:
        commands = () if rung in done(claim) else _needed(rung, claim)
        found = [lack for each in commands for lack in await lacks(handling, claim, each, actor)]
        missing = tuple({lack.code: lack for lack in found}.values())
        steps.append(Step(rung=rung, reached=not missing, missing=missing))
    return steps


def _needed(rung: Rung, claim: Claim) -> tuple[type[Command], ...]:
    """What is not rejected is closed once it could be paid, unless somebody closes it without payment."""
    command = OF.get(rung, RegisterClaim)
    unpaid = rung is Rung.CLOSE and claim.status is not Status.REJECTED and Rung.PAY not in done(claim)
    return (PayClaim, command) if unpaid else (command,)


def done(claim: Claim) -> frozenset[Rung]:
    """What lies behind the claim."""
    found = set()
    if claim.loss_on:
        found |= {Rung.REGISTER, Rung.ASSIGN, Rung.ASSESS}
    if claim.status is Status.APPROVED:
        found.add(Rung.APPROVE)
    if claim.paid and not claim.owed:
        found |= {Rung.APPROVE, Rung.PAY}
    if claim.status in (Status.CLOSED, Status.JOINED):
        found |= set(Rung)
    return frozenset(found)
