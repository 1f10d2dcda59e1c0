"""The rulebook over HTTP: the rules and how far each is applied, and the days that are worked."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated, cast

from litestar import get
from litestar.exceptions import NotFoundException
from litestar.params import Parameter
from pydantic import BaseModel

from application.rules.coverage import Coverage
from application.rules.rule_card import RuleCard, RuleLine, Tally, card, line, narrowed, rule_of, rules_of, tallied
from domain.kernel import CALENDAR_ZONE
from domain.rules.rule import RuleKind
from domain.rules.rulebook import RULEBOOK, AnnounceYear, ChangeDays, Rulebook
from domain.rules.terms import Process
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Accepts, Ask

RULES = (
    Accepts("/calendar/years", AnnounceYear),
    Accepts("/calendar/days", ChangeDays),
)

On = Annotated[date | None, Parameter(query="on", description="As they stand on this day; today, if left out.")]


class Rules(BaseModel):
    """Rules as they stand for this insurer on a day, and how many of them are applied in which way."""

    on: date
    rules: list[RuleLine]
    tallies: list[Tally]


async def rulebook(request: Ask) -> Rulebook:
    """The law with what the insurer has adopted beyond it."""
    return cast(Rulebook, await request.app.state.house.handling.recall(Rulebook, RULEBOOK))


def today() -> date:
    return datetime.now(UTC).astimezone(CALENDAR_ZONE).date()


@get("/", operation_id="Rules", responses=ON_READ, summary="规则 · Rules")
async def rules(
    request: Ask,
    process: Annotated[Process | None, Parameter(query="process")] = None,
    kind: Annotated[RuleKind | None, Parameter(query="kind")] = None,
    coverage: Annotated[Coverage | None, Parameter(query="coverage")] = None,
    unverified: Annotated[bool, Parameter(query="unverified", description="Those only that nobody has read.")] = False,
    text: Annotated[str, Parameter(query="text", max_length=100, description="Looked for in id and names.")] = "",
    on: On = None,
) -> Rules:
    """Every rule, whether it binds, and how far and where it is applied; anybody who has signed in may read them."""
    day = on or today()
    standing = rules_of(await rulebook(request), day)
    found = narrowed(standing, process, kind, coverage, unverified=unverified, text=text)
    return Rules(on=day, rules=[line(each) for each in found], tallies=tallied(found))


@get("/{id:str}", operation_id="Rule", responses=ON_READ, summary="规则详情 · A rule in full")
async def rule(id: Annotated[str, Parameter(max_length=40)], request: Ask, on: On = None) -> RuleCard:
    """One rule in full: what it says and where that is read, what moves its clock, where it is applied."""
    found = rule_of(await rulebook(request), id, on or today())
    if found is None:
        raise NotFoundException("there is no such rule")
    return card(found)
