"""One line per kind of case: what it still lacks, asked before anybody tries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Parameter
from pydantic import BaseModel

from application.missing import Step, missing
from application.supervision.replay import find_case
from domain.kernel import Aggregate
from domain.words import STAFF, Role
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Ask


class Lacking(BaseModel):
    """The steps to which a case has come at this version, and what each of them lacks."""

    stream: UUID
    version: int
    steps: list[Step]


@dataclass(frozen=True, slots=True)
class Missing:
    """What a case of that kind still lacks. Customers are told of the steps that are theirs to take."""

    kind: type[Aggregate]

    def handler(self, capability: str) -> HTTPRouteHandler:
        kind = self.kind

        async def show(
            case: Annotated[str, Parameter(max_length=80, description="The case's id or number.")], request: Ask
        ) -> Lacking:
            return await _lacking(request, case, kind)

        return get(
            "/{case:str}/missing",
            operation_id=f"{kind.__name__}Missing",
            summary="尚缺事项 · What is missing",
            responses=ON_READ,
        )(show)


async def _lacking(request: Ask, reference: str, kind: type[Aggregate]) -> Lacking:
    house, caller = request.app.state.house, request.user
    stream = await find_case(house.store, reference, kind.kind())
    case: Any = await house.handling.recall(kind, stream) if stream else None
    theirs = caller.sees(STAFF) or (case is not None and case.party is not None and case.party == caller.party)
    if case is None or not case.exists or not isinstance(case, kind) or not theirs:
        raise NotFoundException("there is no such case, or it is not yours to see")
    steps = await missing(house.handling, case, caller.acting(frozenset()))
    told = [each for each in steps if caller.sees(STAFF) or Role.CUSTOMER in each.may]
    return Lacking(stream=case.id, version=case.version, steps=told)
