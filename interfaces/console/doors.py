"""What a person sees instead of a page: sign in first, not for your eyes, not found, refused, something went wrong."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import structlog
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect

from application.ports import BadCursor
from domain.kernel import Refused
from interfaces.console.pages import SAFE, Ask, drawn, link_with
from interfaces.http import problem

log = structlog.get_logger("uberrima.console")
MACHINES = ("/api/", "/schema", "/health/", "/static/")
"""Addresses that answer in problem+json, whoever asks."""


def for_machines(request: Ask) -> bool:
    return request.url.path.startswith(MACHINES) or request.url.path == "/api"


def sorry(request: Ask, status: int, why: str) -> Response[str]:
    title = "gone_form" if why == "gone_form_why" else f"gone_{status if status in (401, 403, 404) else 500}"
    try:
        return drawn(request, "sorry.html", status=status, title=title, why=why, position=None)
    except Exception as error:
        log.error("no page", path=request.url.path, exc_info=error)
        return Response("Something went wrong · 出错了", status_code=500, media_type="text/plain", headers=SAFE)


def on_http(request: Ask, error: HTTPException) -> Response[Any]:
    if for_machines(request):
        return problem.on_http(request, error)
    if error.status_code == 401 and request.method in ("GET", "HEAD"):
        return Redirect(f"/sign-in?next={quote(link_with(request))}", status_code=303, headers=SAFE)
    if error.status_code == 403 and isinstance(error.extra, dict):
        return sorry(request, 403, "gone_form_why")
    why = {403: "gone_403_why", 401: "gone_403_why", 500: "gone_500_why"}
    return sorry(request, error.status_code, why.get(error.status_code, "gone_404_why"))


def on_refused(request: Ask, refused: Refused) -> Response[Any]:
    if for_machines(request):
        return problem.on_refused(request, refused)
    status = problem.STATUS.get(refused.code, 409)
    return sorry(request, status, {403: "gone_403_why", 503: "gone_busy_why"}.get(status, "gone_404_why"))


def on_cursor(request: Ask, error: BadCursor) -> Response[Any]:
    if for_machines(request):
        return problem.on_cursor(request, error)
    return sorry(request, 404, "gone_404_why")


def on_anything(request: Ask, error: Exception) -> Response[Any]:
    if for_machines(request):
        return problem.on_anything(request, error)
    log.error("unexpected", path=request.url.path, method=request.method, exc_info=error)
    return sorry(request, 500, "gone_500_why")


DOORS: dict[Any, Any] = {
    HTTPException: on_http,
    Refused: on_refused,
    BadCursor: on_cursor,
    Exception: on_anything,
}
"""The application's exception handlers where the console is part of it."""
