"""One box for everything: an exact number takes you to its case, anything else finds customers, policies and more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from application.supervision.replay import find_case, history, state_of
from domain.product import Product
from domain.rules.law import law
from interfaces.console.looks import path_of
from interfaces.console.pages import SAFE, Ask, caller_in, page
from interfaces.console.rooms.cases import moment_asked
from interfaces.console.rooms.listings import LISTINGS
from interfaces.console.rooms.lists import clean

SEARCHED = ("customers", "policies", "claims", "complaints", "products")
FEW = 8


@get("/search", include_in_schema=False)
async def search(request: Ask) -> Response[Any]:
    caller, house = caller_in(request), request.app.state.house
    assert caller
    text = clean(request.query_params.get("q", ""))
    if text in law().editions:
        return Redirect(f"/rules/{text}", status_code=303, headers=SAFE)
    if text and (place := await _place(request, text)):
        return Redirect(place, status_code=303, headers=SAFE)
    hits = []
    for listing in LISTINGS:
        if text and listing.path in SEARCHED and caller.sees(listing.projection.shown_to):
            where = caller.confines(listing.projection)
            found = await house.reads.find(listing.projection, where, text=text, limit=FEW, newest=listing.newest)
            hits.append((listing, replace(found, rows=[caller.shown(each) for each in found.rows])))
    return await page(request, "search.html", text=text, hits=[hit for hit in hits if hit[1].rows])


async def _place(request: Ask, reference: str) -> str | None:
    """Where the case of exactly that number is shown; a customer is told of their own only, and of products."""
    store, caller = request.app.state.house.store, caller_in(request)
    stream = await find_case(store, reference)
    events = await history(store, stream) if stream else []
    if caller is None or not events:
        return None
    state = state_of(events)
    if caller.party and not isinstance(state, Product) and state.party != caller.party:
        return None
    return path_of(state.kind(), stream)


@get("/case/{reference:str}", include_in_schema=False)
async def case(reference: str, request: Ask) -> Response[Any]:
    """Takes the caller to the room of a case by any number it bears."""
    place = await _place(request, clean(reference))
    if place is None or place.startswith("/case/"):
        raise NotFoundException("there is no such case")
    return Redirect(place + moment_asked(request), status_code=303, headers=SAFE)


SEARCH = (search, case)
