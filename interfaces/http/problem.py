"""Every refusal and every bad request as problem+json: which field, why, by which rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.openapi.datastructures import ResponseSpec
from pydantic import BaseModel

from application.ports import BadCursor, Unavailable
from domain.kernel import Refusal, Refused

log = structlog.get_logger("uberrima.http")
MEDIA = "application/problem+json"


class FieldError(BaseModel):
    field: str
    reason: str


class Message(BaseModel):
    zh: str
    en: str


class Problem(BaseModel):
    """RFC 9457, with a stable code, the rule that was applied, and the fields in question."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    code: str
    rule: str = ""
    message: Message | None = None
    errors: list[FieldError] = []


STATUS = {
    "unknown": 404,
    "unknown_reference": 422,
    "not_allowed": 403,
    "not_yours": 403,
    "changed_since": 412,
    "key_reused": 422,
    "busy": 503,
    "behind": 503,
}

BEHIND = Refusal("behind", ("读模型尚未追上位置{position}", "the read models have not reached position {position} yet"))

TITLES = {
    400: "The request is not understood",
    401: "Sign in first",
    403: "Not allowed",
    404: "Not found",
    409: "Refused",
    412: "Changed since",
    422: "Refused",
    503: "Try again",
}


def _documented(*statuses: int) -> dict[int, ResponseSpec]:
    return {
        status: ResponseSpec(
            data_container=Problem, description=TITLES[status], media_type=MEDIA, generate_examples=False
        )
        for status in statuses
    }


ON_WRITE = _documented(400, 401, 403, 404, 409, 412, 422, 503)
ON_READ = _documented(400, 401, 403, 404, 503)


def response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response[dict[str, Any]]:
    headers = {"WWW-Authenticate": "Bearer"} if problem.status == 401 else headers
    return Response(
        problem.model_dump(exclude_none=True), status_code=problem.status, media_type=MEDIA, headers=headers
    )


def problem(status: int, code: str, detail: str, errors: Sequence[FieldError] = ()) -> Problem:
    return Problem(title=TITLES.get(status, "Error"), status=status, detail=detail, code=code, errors=list(errors))


def of_refusal(refused: Refused) -> Problem:
    status = STATUS.get(refused.code, 409)
    return Problem(
        title=TITLES[status],
        status=status,
        detail=refused.tell("en"),
        code=refused.code,
        rule=refused.rule,
        message=Message(zh=refused.tell("zh"), en=refused.tell("en")),
    )


def on_refused(_: Request[Any, Any, Any], refused: Refused) -> Response[Any]:
    return response(of_refusal(refused))


def on_http(_: Request[Any, Any, Any], error: HTTPException) -> Response[Any]:
    errors = []
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        errors = [
            FieldError(field=str(each.get("key", each.get("source", ""))), reason=str(each.get("message", "")))
            for each in error.extra
        ]
    codes = {400: "request.invalid", 401: "request.unauthenticated", 403: "request.forbidden", 404: "request.not_found"}
    code = codes.get(error.status_code, f"request.{error.status_code}")
    return response(problem(error.status_code, code, error.detail or "", errors))


def on_unavailable(request: Request[Any, Any, Any], error: Unavailable) -> Response[Any]:
    log.warning("the database is away", path=request.url.path, error=str(error))
    detail = "the database is away; give the same again, under the same key if it was a command"
    return response(problem(503, "unavailable", detail), {"Retry-After": "2"})


def on_cursor(_: Request[Any, Any, Any], error: BadCursor) -> Response[Any]:
    return response(
        problem(400, "request.invalid", "the cursor is not one of ours", [FieldError(field="cursor", reason="unknown")])
    )


def on_bytes(_: Request[Any, Any, Any], __: UnicodeDecodeError) -> Response[Any]:
    return response(
        problem(400, "request.invalid", "the body is not UTF-8", [FieldError(field="body", reason="not UTF-8")])
    )


def on_anything(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    log.error("unexpected", path=request.url.path, method=request.method, exc_info=error)
    return response(problem(500, "unexpected", "something went wrong here; it has been logged"))
