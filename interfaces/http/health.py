"""Is it alive, and is it ready: the only answers given to strangers."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router, get
from pydantic import BaseModel

LAG = 10_000
"""Events that the read models may be behind before this process calls itself not ready."""


class Health(BaseModel):
    status: str
    head: int = 0
    position: int = 0


@get("/live", operation_id="Live", summary="Alive")
async def live() -> Health:
    return Health(status="live")


@get("/ready", operation_id="Ready", summary="Ready", raises=[])
async def ready(request: Request[Any, Any, Any]) -> Response[Health]:
    """Ready when the database answers and the read models are near the head of the log; 503 until then."""
    house = request.app.state.house
    try:
        head, position = await house.store.head(), await house.reads.position()
    except Exception:
        return Response(Health(status="database unreachable"), status_code=503)
    near = head - position <= LAG
    return Response(
        Health(status="ready" if near else "catching up", head=head, position=position),
        status_code=200 if near else 503,
    )


HEALTH = Router("/health", route_handlers=[live, ready], tags=["health"])
