"""Advice over HTTP: the register, what suits a customer of all that is on sale, and the steps of advice."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import Parameter
from pydantic import BaseModel

from application.advice.advice_register import AdviceRegister
from application.advice.ranking import ranking
from application.profile.profile_sheets import ProfileSheets
from application.supervision.replay import find_case
from domain.advice import commands
from domain.advice.state import Advice
from domain.advice.suitability import Merit, Objection
from domain.kernel import CALENDAR_ZONE
from domain.profile import Profile
from interfaces.http.missing import Missing
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Accepts, Ask, Shows

ADVICE = (
    Shows("", AdviceRegister),
    Shows("", AdviceRegister, one=True),
    Missing(Advice),
    Accepts("", commands.BeginAdvice),
    Accepts("/products", commands.ShowProducts),
    Accepts("/disclosure", commands.GiveDisclosure),
    Accepts("/objection", commands.AdviseAgainst),
    Accepts("/choice", commands.ConfirmChoice),
    Accepts("/statement", commands.SignStatement),
    Accepts("/recording", commands.RecordSale),
    Accepts("/recording-check", commands.CheckRecording),
    Accepts("/recording-correction", commands.CorrectRecording),
)


class Against(BaseModel):
    """What speaks against a product, the rule it rests on, and whether the customer may not insist either."""

    objection: Objection
    rule: str
    bars: bool


class Suiting(BaseModel):
    """A product on sale as it was weighed; the score is of a hundred."""

    rank: int
    product: UUID
    code: str
    name: str
    score: int
    suits: bool
    merits: tuple[Merit, ...]
    against: tuple[Against, ...]


@get(
    "/{case:str}/ranking",
    operation_id="AdviceRanking",
    responses=ON_READ,
    summary="适合的产品 · What suits, and what does not",
)
async def ranked(
    case: Annotated[str, Parameter(max_length=80, description="The advice's id or number.")],
    request: Ask,
    limit: Annotated[int, Parameter(ge=1, le=2000)] = 50,
) -> list[Suiting]:
    """Every product on sale, weighed against the customer's profile as it is now."""
    house, caller = request.app.state.house, request.user
    if not caller.sees(ProfileSheets.shown_to):
        raise PermissionDeniedException("what suits a customer is shown to those who may see profiles")
    stream = await find_case(house.store, case, Advice.kind())
    advice = await house.handling.recall(Advice, stream) if stream else None
    own = isinstance(advice, Advice) and (not caller.is_customer or advice.customer == caller.party)
    if not isinstance(advice, Advice) or not advice.exists or not own:
        raise NotFoundException("there is no such advice")
    assert advice.profile
    profile = await house.handling.recall(Profile, advice.profile)
    assert isinstance(profile, Profile)
    day = house.handling.clock.now().astimezone(CALENDAR_ZONE).date()
    found = (await ranking(house.reads, profile, day))[:limit]
    return [
        Suiting(
            rank=rank,
            product=each.sheet.product,
            code=each.sheet.code,
            name=each.sheet.name,
            score=each.weighed.score,
            suits=each.weighed.suits,
            merits=each.weighed.merits,
            against=tuple(Against(objection=o, rule=o.ground, bars=o.bars) for o in each.weighed.objections),
        )
        for rank, each in enumerate(found, 1)
    ]
