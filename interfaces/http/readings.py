"""Who has looked at what is known of a person: noted with every answer that tells of one, and shown to who guards it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import unquote
from uuid import UUID

from litestar import Request, Router, get
from litestar.exceptions import PermissionDeniedException
from litestar.params import Parameter
from pydantic import BaseModel

from application.access import Caller
from application.supervision.readings import readings_of
from application.supervision.replay import find_case
from domain.customer import Customer
from domain.kernel import UNKNOWN, Refused
from domain.words import Role
from interfaces.http.problem import ON_READ

PURPOSE, LONGEST = "Uberrima-Purpose", 200
"""The header in which whoever reads may say what for, percent-encoded where it is not plain ASCII."""
SHOWN_TO = frozenset({Role.COMPLIANCE, Role.AUDITOR})

Ask = Request[Caller, str, Any]


class Read(BaseModel):
    """One look at one person's data."""

    id: int
    at: datetime
    actor: str
    role: str
    door: str
    kind: str
    person: UUID
    stream: UUID
    purpose: str


async def note(request: Ask, shown: Any, kind: str, door: str = "http") -> None:
    """Notes the persons that an answer tells of; it is given only afterwards. Raises Unavailable."""
    purpose = unquote(request.headers.get(PURPOSE, ""))[:LONGEST].replace("\0", "")
    actor = request.user.acting(frozenset(request.user.roles))
    await request.app.state.house.readings.note(readings_of(shown, datetime.now(UTC), actor, door, kind, purpose))


@get("/readings", operation_id="Readings", responses=ON_READ, summary="查阅记录 · Readings of personal data")
async def readings(
    request: Ask,
    customer: Annotated[str | None, Parameter(max_length=80, description="The customer's id or number.")] = None,
    limit: Annotated[int, Parameter(query="limit", ge=1, le=500)] = 50,
    before: Annotated[int | None, Parameter(query="before", ge=1, le=2**62)] = None,
) -> list[Read]:
    """Who looked at what is known of a customer, or of anybody, and what for; latest first."""
    if not request.user.sees(SHOWN_TO):
        raise PermissionDeniedException("readings are shown to compliance officers and auditors")
    house = request.app.state.house
    person = await find_case(house.store, customer, Customer.kind()) if customer else None
    if customer and person is None:
        raise Refused(UNKNOWN, {"kind": Customer.kind()})
    found = await house.readings.latest(person, limit, before)
    return [
        Read(id=id, **{name: getattr(each, name) for name in Read.model_fields if name != "id"}) for id, each in found
    ]


READINGS = Router("/api/supervision", route_handlers=[readings], tags=["supervision"])
