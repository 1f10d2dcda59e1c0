"""What if: a draft of rules and days, put together on a page and tried out on what was recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.exceptions import PermissionDeniedException
from pydantic import ValidationError

from application.rules.draft import Days, DraftRefused, Written
from application.rules.what_if import Turn, WhatIf
from domain.rules.change import RuleChange, Switch
from domain.rules.law import law
from domain.rules.rule import Unit
from domain.words import plus_years
from interfaces.console.looks import today
from interfaces.console.pages import Ask, caller_in, page
from interfaces.console.rooms.lists import clean
from interfaces.http.what_if import REHEARSED_BY

SHOWN = 100
"""Cases told on the page at most; the file has them all."""
PARTS = ("rule", "value", "unit", "switch", "like")
"""What is written of a change in the address, in this order, with tildes between."""


def written(change: RuleChange) -> str:
    values = (getattr(change, name) for name in PARTS)
    return "~".join("" if each is None else str(getattr(each, "value", each)) for each in values)


def address(changes: Sequence[RuleChange]) -> str:
    """The room with these changes filled in."""
    return "/whatif?" + urlencode([("change", written(each)) for each in changes])


def _plain(text: str) -> dict[str, str]:
    return {name: each for name, each in zip(PARTS, clean(text).split("~"), strict=False) if each}


def _changes(request: Ask) -> Iterator[dict[str, str]]:
    """Those collected so far, and the one in the fields of the form."""
    dropped = request.query_params.get("drop", "")
    for text in request.query_params.getall("change", []):
        if text != dropped:
            yield _plain(text)
    fields = {name: clean(request.query_params.get(name, "")) for name in PARTS[:-1]}
    if fields["rule"]:
        yield {name: each for name, each in fields.items() if each}


def _day(request: Ask, name: str, otherwise: date) -> date:
    try:
        return date.fromisoformat(request.query_params.get(name, ""))
    except ValueError:
        return otherwise


def _days(request: Ask) -> list[dict[str, Any]]:
    named = {name: clean(request.query_params.get(name, "")).replace("，", ",") for name in ("off", "worked")}
    days = {name: [each.strip() for each in text.split(",") if each.strip()] for name, text in named.items()}
    return [days] if any(days.values()) else []


def drafted(request: Ask) -> tuple[list[RuleChange], Written | None, list[str]]:
    """The changes that can be read, the whole draft if all of it can, and what is wrong with it."""
    known, faults = [], []
    for plain in _changes(request):
        try:
            known.append(Written.model_validate({"change": [plain]}).change[0])
        except ValidationError as wrong:
            faults += [f"{plain.get('rule', '')}: {each['loc'][-1]}: {each['msg']}" for each in wrong.errors()]
    try:
        draft = Written(change=tuple(known), days=tuple(Days.model_validate(each) for each in _days(request)))
        draft.draft()
    except ValidationError as wrong:
        return known, None, [*faults, *(f"{each['loc'][0]}: {each['input']}: {each['msg']}" for each in wrong.errors())]
    except DraftRefused as refused:
        return known, None, [*faults, *refused.faults]
    return known, None if faults else draft, faults


@get("/whatif", include_in_schema=False)
async def whatif(request: Ask) -> Response[Any]:
    caller = caller_in(request)
    if caller is None or not caller.sees(REHEARSED_BY):
        raise PermissionDeniedException("drafts are tried out by supervisors, compliance officers and auditors")
    changes, draft, faults = drafted(request)
    last = _day(request, "to", today())
    first = _day(request, "from", plus_years(last, -1))
    found: WhatIf | None = None
    if draft and (draft.change or draft.days) and "try" in request.query_params:
        found = await request.app.state.house.rehearse(draft.draft(), first, last)
    return await page(
        request,
        "whatif.html",
        changes=[(each, written(each), law().on(each.like or each.rule, last)) for each in changes],
        faults=faults,
        first=first,
        last=last,
        off=clean(request.query_params.get("off", "")),
        worked=clean(request.query_params.get("worked", "")),
        found=found,
        shown=found.flips[:SHOWN] if found else (),
        turns=tuple(Turn),
        rules=[rule for rule in law() if rule.limit or rule.threshold],
        units=tuple(Unit),
        switches=tuple(Switch),
    )
