"""The monthly improvement review as a page, and the cases behind each of its figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException, PermissionDeniedException, ValidationException
from litestar.response import Redirect

from application.improvement.behind import behind_deadline, behind_duration
from application.improvement.build import as_at, standing
from application.improvement.review import Review, about_of, month_of
from application.improvement.stages import Milestone
from domain.rules.rulebook import Rulebook
from domain.words import plus_months
from interfaces.console.looks import today
from interfaces.console.pages import SAFE, Ask, caller_in, page
from interfaces.console.rooms.lists import clean
from interfaces.http.improvement import REVIEWED_BY, review_of
from interfaces.http.rules import rulebook

SHOWN = 500
"""Cases behind a figure shown at most."""


def _month(text: str) -> date:
    try:
        return month_of(text)
    except ValueError:
        raise NotFoundException("there is no such month") from None


def _milestone(request: Ask, name: str) -> Milestone | None:
    asked = request.query_params.get(name)
    return next((each for each in Milestone if each.value == asked), None)


def widest(told: Review) -> float:
    """What the longest bar stands for; the baseline lies within."""
    return max((float(told.baseline), *(float(each.ninetieth) for each in told.durations)))


@get("/improvement", include_in_schema=False)
async def last_month() -> Redirect:
    """The last month that is over."""
    return Redirect(f"/improvement/{plus_months(today().replace(day=1), -1):%Y-%m}", status_code=303, headers=SAFE)


@get("/improvement/{month:str}", include_in_schema=False)
async def review(month: str, request: Ask) -> Response[Any]:
    first = _month(clean(month))
    try:
        told = await review_of(request, f"{first:%Y-%m}")
    except ValidationException:
        raise NotFoundException("there is no such month") from None
    following = plus_months(first, 1)
    return await page(
        request,
        "improvement.html",
        review=told,
        widest=widest(told),
        capabilities=list(dict.fromkeys(each.capability for each in told.durations)),
        concepts=_concepts(await rulebook(request), told, first),
        stages={about_of(each): each for each in told.durations},
        earlier=f"{plus_months(first, -1):%Y-%m}",
        later=f"{following:%Y-%m}" if following <= today() else None,
        position=told.position,
    )


def _concepts(book: Rulebook, told: Review, day: date) -> dict[str, tuple[str, str]]:
    """What each rule in the review is about."""
    known = {each.rule: book.rule(each.rule, day) or book.rule(each.rule, today()) for each in told.deadlines}
    return {id: rule.concept for id, rule in known.items() if rule}


@get("/improvement/{month:str}/cases", include_in_schema=False)
async def behind(month: str, request: Ask) -> Response[Any]:
    caller = caller_in(request)
    if caller is None or not caller.sees(REVIEWED_BY):
        raise PermissionDeniedException("reviews are shown to supervisors, compliance officers and auditors")
    first = _month(clean(month))
    stages, dockets, position = await standing(request.app.state.house.reads)
    rule, capability = (clean(request.query_params.get(name, "")) for name in ("rule", "capability"))
    since, until = (_milestone(request, name) for name in ("since", "until"))
    late = behind_deadline(dockets, first, as_at(first, today()), rule)
    found = late if rule else behind_duration(stages, first, capability, since, until)
    return await page(
        request,
        "behind.html",
        month=f"{first:%Y-%m}",
        found=found[:SHOWN],
        count=len(found),
        rule=rule,
        concept=(await rulebook(request)).rule(rule, today()) if rule else None,
        capability=capability,
        since=since,
        until=until,
        position=position,
    )


IMPROVEMENT = (last_month, review, behind)
