"""How far the log is sealed, the latest checkpoint to keep, and a case's evidence to take away."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Response, get

from interfaces.console.pages import Ask, page
from interfaces.http.evidence import archive, packed


@get("/evidence", include_in_schema=False)
async def evidence(request: Ask) -> Response[Any]:
    asked = archive(request)
    standing, note = await asyncio.to_thread(lambda: (asked.standing(), asked.latest()))
    return await page(request, "evidence.html", standing=standing, note=note)


@get("/evidence/pack", include_in_schema=False)
async def pack(request: Ask) -> Response[bytes]:
    return await packed(request, request.query_params.get("case", "").strip())


EVIDENCE = (evidence, pack)
