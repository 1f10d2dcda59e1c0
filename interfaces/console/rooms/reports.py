"""Reports as tables: each line leads to the cases behind it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.exceptions import NotFoundException, PermissionDeniedException

from application.catalogue import REPORTS
from application.report import Report
from domain.words import Term
from interfaces.console.forms import bare
from interfaces.console.pages import Ask, caller_in, page
from interfaces.console.rooms.listings import LISTINGS, Listing

BEHIND = {"book_by_line": "policies", "claims_by_line": "claims", "acknowledgement_rate": "standards"}
"""The list whose rows a report counts."""


def shown(caller: Any) -> list[type[Report]]:
    return [each for each in REPORTS if caller.sees(each.shown_to)]


def link(listing: Listing | None, line: dict[str, Any]) -> str:
    """The list of what this line counts."""
    if listing is None:
        return ""
    named = {name: "none" if line[name] is None else line[name] for name in listing.filters if name in line}
    return f"/{listing.path}?{urlencode(named)}"


def told(listing: Listing | None, line: dict[str, Any]) -> dict[str, Any]:
    """The line with its codes as terms."""
    fields = listing.projection.row.model_fields if listing else {}
    return {name: _term(fields[name].annotation, value) if name in fields else value for name, value in line.items()}


def _term(annotation: Any, value: Any) -> Any:
    kind, _, _ = bare(annotation)
    if not (isinstance(kind, type) and issubclass(kind, Term)):
        return value
    return next((each for each in kind if each.value == value), value)


@get("/reports", include_in_schema=False)
async def reports(request: Ask) -> Response[Any]:
    caller = caller_in(request)
    assert caller
    found = shown(caller)
    if not found:
        raise PermissionDeniedException("no report is shown to your roles")
    return await page(request, "reports.html", reports=found)


@get("/reports/{name:str}", include_in_schema=False)
async def report(name: str, request: Ask) -> Response[Any]:
    found = next((each for each in REPORTS if each.name == name), None)
    caller = caller_in(request)
    if found is None:
        raise NotFoundException("there is no such report")
    if caller is None or not caller.sees(found.shown_to):
        raise PermissionDeniedException("this report is not shown to your roles")
    figures = await found.build(request.app.state.house.reads)
    listing = next((each for each in LISTINGS if each.path == BEHIND.get(name)), None)
    lines = [(told(listing, line), link(listing, line), line.get("currency", "CNY")) for line in figures.lines]
    return await page(request, "report.html", report=found, lines=lines, position=figures.position)


REPORT_PAGES = (reports, report)
