"""Forgetting over HTTP: what it would do and what keeps it from being done; the receipt once it is done."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from litestar import Response, Router, get
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import Parameter

from application.customer.forgetting import FINDABLE, Plan, Receipt, plan_of, receipt_of
from application.supervision.replay import find_case
from domain.customer import Customer
from domain.kernel import CALENDAR_ZONE, UNKNOWN, Refused
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Ask

Who = Annotated[str, Parameter(max_length=80, description="The customer's id or number.")]
Language = Annotated[str, Parameter(query="language", pattern="^(zh|en)$", description="zh or en.")]


async def _customer(request: Ask, case: str) -> UUID:
    if not request.user.sees(FINDABLE):
        raise PermissionDeniedException("forgetting is shown to compliance officers, supervisors and auditors")
    stream = await find_case(request.app.state.house.store, case, Customer.kind())
    if stream is None:
        raise Refused(UNKNOWN, {"kind": Customer.kind()})
    return stream


async def _receipt(request: Ask, case: str) -> Receipt:
    receipt = await receipt_of(request.app.state.house.store, await _customer(request, case))
    if receipt is None:
        raise NotFoundException("this person has not been forgotten")
    return receipt


@get("/{case:str}/forgetting", operation_id="Forgetting", responses=ON_READ, summary="删除预览 · Forgetting")
async def forgetting(case: Who, request: Ask) -> Plan:
    """What forgetting the customer would make unreadable, in counts alone, and what keeps it from being done."""
    today = datetime.now(UTC).astimezone(CALENDAR_ZONE).date()
    return await plan_of(request.app.state.house.store, await _customer(request, case), today)


@get(
    "/customers/{case:str}/forgetting/receipt",
    operation_id="ForgettingReceipt",
    responses=ON_READ,
    summary="回执 · Receipt",
)
async def receipt(case: Who, request: Ask) -> Receipt:
    """The receipt of a person who was forgotten; the same whenever it is asked for."""
    return await _receipt(request, case)


@get("/customers/{case:str}/forgetting/receipt/text", operation_id="ForgettingReceiptText", responses=ON_READ)
async def receipt_text(case: Who, request: Ask, language: Language = "zh") -> Response[str]:
    """The receipt to be read, printed and handed over."""
    found = await _receipt(request, case)
    name = f'attachment; filename="forgotten-{found.position}.txt"'
    return Response(found.text(language), media_type="text/plain", headers={"Content-Disposition": name})


FORGETTING = Router("/api", route_handlers=[receipt, receipt_text], tags=["customers"])
