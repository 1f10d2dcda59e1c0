"""One box for everything: an exact number takes you to its case, anything else finds customers, policies and more."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from application.supervision.replay import find_case, history, kind_of
from interfaces.console.looks import path_of
from interfaces.console.pages import SAFE, Ask, caller_in, page
from interfaces.console.rooms.cases import moment_asked
from interfaces.console.rooms.lists import LISTINGS, clean

SEARCHED = ("customers", "policies", "claims", "products")
FEW = 8


@get("/search", include_in_schema=False)
async def search(request: Ask) -> Response[Any]:
    caller, house = caller_in(request), request.app.state.house
    assert caller
    text = clean(request.query_params.get("q", ""))
    if text and (place := await _place(request, text)):
        return Redirect(place, status_code=303, headers=SAFE)
    hits = []
    for listing in LISTINGS:
        if text and listing.path in SEARCHED and caller.sees(listing.projection.shown_to):
            where = caller.confines(listing.projection)
            found = await house.reads.find(listing.projection, where, text=text, limit=FEW, newest=listing.newest)
            hits.append((listing, found))
    return await page(request, "search.html", text=text, hits=[hit for hit in hits if hit[1].rows])


async def _place(request: Ask, reference: str) -> str | None:
    """Where the case of exactly that number is shown, if there is one."""
    store = request.app.state.house.store
    stream = await find_case(store, reference)
    events = await history(store, stream, version=1) if stream else []
    return path_of(kind_of(events).kind(), stream) if events else None


@get("/case/{reference:str}", include_in_schema=False)
async def case(reference: str, request: Ask) -> Response[Any]:
    """Takes the caller to the room of a case by any number it bears."""
    place = await _place(request, clean(reference))
    if place is None or place.startswith("/case/"):
        raise NotFoundException("there is no such case")
    return Redirect(place + moment_asked(request), status_code=303, headers=SAFE)


SEARCH = (search, case)
