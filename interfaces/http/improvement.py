"""The monthly improvement review over HTTP."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Annotated

from litestar import Response, Router, get
from litestar.exceptions import PermissionDeniedException, ValidationException
from litestar.params import Parameter

from application.improvement.build import build
from application.improvement.review import Review, month_of
from domain.kernel import CALENDAR_ZONE
from domain.words import Role
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Ask

REVIEWED_BY = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR})
Month = Annotated[str, Parameter(max_length=7, description="The month, as 2026-03.")]


async def review_of(request: Ask, month: str) -> Review:
    """Raises PermissionDenied, Validation, Refused."""
    if not request.user.sees(REVIEWED_BY):
        raise PermissionDeniedException("reviews are shown to supervisors, compliance officers and auditors")
    try:
        first = month_of(month)
    except ValueError:
        fault = {"key": "month", "message": "a month is written as 2026-03"}
        raise ValidationException("that is no month", extra=[fault]) from None
    house = request.app.state.house
    return await build(house.store, house.reads, first, datetime.now(UTC).astimezone(CALENDAR_ZONE).date())


@get("/reviews/{month:str}", operation_id="Review", responses=ON_READ, summary="改进评审 · Improvement review")
async def review(month: Month, request: Ask) -> Review:
    """How long things took, which deadlines were missed, what was refused, and what got worse than the month before."""
    return await review_of(request, month)


@get(
    "/reviews/{month:str}/csv",
    operation_id="ReviewAsCsv",
    responses=ON_READ,
    media_type="text/csv",
    summary="改进评审（CSV）· As CSV",
)
async def review_csv(month: Month, request: Ask) -> Response[str]:
    """The figures of the review as lines of a table."""
    return Response(as_csv(await review_of(request, month)), media_type="text/csv; charset=utf-8")


def as_csv(told: Review) -> str:
    """Every figure on a line of its own: what, about what, which figure, its value."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(("figure", "about", "name", "value"))
    lines.writerows(
        (
            ("review", told.month, "position", told.position),
            ("review", told.month, "finished", told.finished),
            ("review", told.month, "over_baseline", told.over_baseline),
        )
    )
    for part, about, names in _PARTS:
        for each in getattr(told, part):
            shown = " ".join(str(found) for name in about if (found := getattr(each, name)))
            lines.writerows((part, shown, name, getattr(each, name)) for name in names)
    return text.getvalue()


_PARTS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("durations", ("capability", "since", "until"), ("count", "median", "ninetieth", "over")),
    ("deadlines", ("rule",), ("met", "missed", "open")),
    ("refusals", ("code", "rule"), ("count",)),
    ("worse", ("what", "about"), ("before", "now")),
)

IMPROVEMENT = Router("/api/improvement", route_handlers=[review, review_csv], tags=["improvement"])
