"""The rules of the trade: which bind, how far each is applied here, and one of them in full."""

from __future__ import annotations

from typing import Any, TypeVar

from litestar import Response, get
from litestar.exceptions import NotFoundException

from application.rules.coverage import Coverage, covers
from application.rules.rule_card import card, line, narrowed, rule_of, rules_of, tallied
from domain.rules.rule import RuleKind
from domain.rules.terms import Process
from domain.words import Term
from interfaces.console.looks import today
from interfaces.console.pages import Ask, page
from interfaces.console.rooms.lists import clean
from interfaces.http.rules import rulebook

T = TypeVar("T", bound=Term)

CHOICES: tuple[tuple[str, str, type[Term]], ...] = (
    ("process", "rule_process", Process),
    ("kind", "rule_kind", RuleKind),
    ("coverage", "rule_coverage", Coverage),
)
"""The filters, what each is called, and what there is to choose from."""


def _chosen(request: Ask, name: str, kind: type[T]) -> T | None:
    asked = request.query_params.get(name)
    return next((each for each in kind if each.value == asked), None)


@get("/rules", include_in_schema=False)
async def rules(request: Ask) -> Response[Any]:
    process = _chosen(request, "process", Process)
    kind = _chosen(request, "kind", RuleKind)
    coverage = _chosen(request, "coverage", Coverage)
    unverified, text = "unverified" in request.query_params, clean(request.query_params.get("q", ""))
    standing = rules_of(await rulebook(request), today())
    found = narrowed(standing, process, kind, coverage, unverified=unverified, text=text)
    return await page(
        request,
        "rules.html",
        rules=[line(each) for each in found],
        tallies=tallied(found),
        choices=CHOICES,
        chosen={"process": process, "kind": kind, "coverage": coverage},
        unverified=unverified,
        text=text,
    )


@get("/rules/{id:str}", include_in_schema=False)
async def rule(id: str, request: Ask) -> Response[Any]:
    found = rule_of(await rulebook(request), clean(id), today())
    if found is None:
        raise NotFoundException("there is no such rule")
    # What moves its clock has a table of its own.
    places = [each.where for each in covers(found) if each.coverage is not Coverage.CLOCKED]
    return await page(request, "rule.html", rule=card(found), places=places)


RULES = (rules, rule)
