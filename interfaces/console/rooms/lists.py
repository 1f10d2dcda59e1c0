"""Every list: a read model in pages, searched and filtered, confined to what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import HTTPRouteHandler

from application.customer.customer_directory import CustomerDirectory
from application.policy.policy_register import PolicyRegister
from application.ports import Page, ReadStore
from application.product.product_catalogue import ProductCatalogue
from application.projection import Projection
from application.standard.standards_register import StandardsRegister
from domain.words import Term
from interfaces.console.forms import bare
from interfaces.console.pages import Ask, caller_in, page
from interfaces.console.rooms.listings import LISTINGS, Listing
from interfaces.console.rooms.worklists import SPECIAL, special

NULL = "none"
"""The value of a filter for what is not there yet."""
NAMES: dict[str, tuple[type[Projection], str]] = {
    "customer": (CustomerDirectory, "name"),
    "policy": (PolicyRegister, "number"),
    "product": (ProductCatalogue, "name"),
    "standard": (StandardsRegister, "code"),
}
"""By what a case that a row refers to is called."""
MOST = 50


def handler(listing: Listing) -> HTTPRouteHandler:
    async def listed(request: Ask) -> Response[Any]:
        return await _listed(request, listing)

    return get(f"/{listing.path}", name=f"list of {listing.path}", include_in_schema=False)(listed)


def parsed(projection: type[Projection], name: str, text: str) -> Any:
    """The value that a filter asks for. Raises ValueError where it is no such thing."""
    if text == NULL:
        return None
    kind, _, _ = bare(projection.row.model_fields[name].annotation)
    if kind is bool:
        return {"yes": True, "no": False}[text]
    if kind is str:
        return text.replace("\0", "")
    value = date.fromisoformat(text) if kind is date else kind(text)
    if isinstance(value, int) and abs(value) > 2**53:
        raise ValueError(text)
    return value


def chosen(request: Ask, listing: Listing) -> dict[str, Any]:
    """The filters in the address that make sense; the others are as if not there."""
    where = {}
    for name in listing.filters:
        texts = [each for each in request.query_params.getall(name, []) if each][:20]
        try:
            values = [parsed(listing.projection, name, each) for each in texts]
        except (ValueError, KeyError):
            continue
        if values:
            where[name] = values[0] if len(values) == 1 else values
    return where


def choices(listing: Listing) -> dict[str, Sequence[Term]]:
    """The filters with a list to choose from."""
    found: dict[str, Sequence[Term]] = {}
    for name in listing.filters:
        kind, _, _ = bare(listing.projection.row.model_fields[name].annotation)
        if isinstance(kind, type) and issubclass(kind, Term):
            found[name] = tuple(kind)
    return found


async def names_of(reads: ReadStore, rows: Sequence[Any], visible: dict[type[Projection], bool]) -> dict[UUID, str]:
    """What the customers and policies that these rows refer to are called."""
    names: dict[UUID, str] = {}
    for field, (projection, called) in NAMES.items():
        wanted = list({getattr(row, field) for row in rows if getattr(row, field, None)})
        if wanted and visible[projection]:
            found = await reads.find(projection, {field: wanted}, limit=len(wanted))
            names |= {getattr(row, field): getattr(row, called) for row in found.rows if getattr(row, called)}
    return names


def clean(text: str) -> str:
    """A search text without what no name contains."""
    return "".join(each for each in text if each.isprintable()).strip()[:100]


async def found(request: Ask, listing: Listing, where: dict[str, Any], text: str) -> Page:
    caller, reads = caller_in(request), request.app.state.house.reads
    if caller is None or not caller.sees(listing.projection.shown_to):
        raise PermissionDeniedException("this list is not shown to your roles")
    where = {**where, **caller.confines(listing.projection)}
    text = text if listing.projection.row.searched else ""
    cursor = request.query_params.get("cursor")
    page: Page = await reads.find(
        listing.projection, where, text=text, limit=MOST, cursor=cursor, newest=listing.newest
    )
    return page


async def _listed(request: Ask, listing: Listing) -> Response[Any]:
    where, text = chosen(request, listing), clean(request.query_params.get("q", ""))
    state = request.query_params.get("state", "")
    narrowed = await special(request.app.state.house.reads, listing.path, state)
    rows = await found(request, listing, {**where, **narrowed}, text)
    caller = caller_in(request)
    assert caller
    visible = {projection: caller.sees(projection.shown_to) for projection, _ in NAMES.values()}
    return await page(
        request,
        "list.html",
        names=await names_of(request.app.state.house.reads, rows.rows, visible),
        listing=listing,
        rows=[caller.shown(each) for each in rows.rows],
        next=rows.next,
        where=where,
        text=text,
        choices=choices(listing),
        state=state,
        states=SPECIAL.get(listing.path, ()),
        position=rows.position,
    )


LISTS = tuple(handler(each) for each in LISTINGS)
