"""Is it alive, is it ready, and how far behind is what: for whoever watches over it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from litestar import MediaType, Request, Response, Router, get
from litestar.exceptions import PermissionDeniedException
from pydantic import BaseModel

from application.health import Condition
from domain.words import STAFF, Role
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Ask

LAG = 10_000
"""Events that the read models may be behind before this process calls itself not ready."""


WATCHING = STAFF | {Role.ADMINISTRATOR}


class Health(BaseModel):
    status: str
    head: int = 0
    position: int = 0
    broken: list[str] = []


@get("/live", operation_id="Live", summary="Alive")
async def live() -> Health:
    return Health(status="live")


@get("/ready", operation_id="Ready", summary="Ready", raises=[])
async def ready(request: Request[Any, Any, Any]) -> Response[Health]:
    """Ready when the database answers and the read models are near the head of the log; 503 until then.

    Read models that are broken stand still and are named; the others go on, and the status is degraded.
    """
    house = request.app.state.house
    try:
        condition = await house.reads.health()
    except Exception:
        return Response(Health(status="database unreachable"), status_code=503)
    broken = [each.name for each in condition.broken]
    position = min((each.position for each in condition.models if each.broken_at is None), default=0)
    near = condition.head - position <= LAG
    status = "catching up" if not near else "degraded" if broken else "ready"
    health = Health(status=status, head=condition.head, position=position, broken=broken)
    return Response(health, status_code=200 if near else 503)


@get("/metrics", operation_id="Metrics", summary="Metrics", media_type=MediaType.TEXT, responses=ON_READ)
async def metrics(request: Ask) -> str:
    """Gauges as text, one a line, as monitoring systems collect them."""
    if not request.user.sees(WATCHING):
        raise PermissionDeniedException("metrics are not shown to your roles")
    return "\n".join(gauges(await request.app.state.house.reads.health())) + "\n"


def gauges(condition: Condition) -> Iterator[str]:
    yield f"uberrima_log_position {condition.head}"
    yield f"uberrima_log_sealed_position {condition.sealed}"
    for each in condition.models:
        model = f'{{name="{each.name}"}}'
        yield f"uberrima_read_model_position{model} {each.position}"
        yield f"uberrima_read_model_events_behind{model} {each.events_behind}"
        yield f"uberrima_read_model_seconds_behind{model} {each.seconds_behind:.3f}"
        yield f"uberrima_read_model_broken{model} {int(each.broken_at is not None)}"
    yield f"uberrima_stalls {len(condition.stalls)}"
    yield f"uberrima_stall_seconds {max((each.seconds for each in condition.stalls), default=0):.3f}"
    yield f"uberrima_stalled_appends {sum(each.waiting for each in condition.stalls)}"


HEALTH = Router("/health", route_handlers=[live, ready], tags=["health"])
METRICS = Router("/", route_handlers=[metrics], tags=["health"])
