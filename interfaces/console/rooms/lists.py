"""Every list: a read model in pages, searched and filtered, confined to what the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get
from litestar.exceptions import PermissionDeniedException
from litestar.handlers import HTTPRouteHandler

from application.account.account_list import AccountList
from application.claim.claim_register import ClaimRegister
from application.complaint.complaint_register import ComplaintRegister
from application.customer.customer_directory import CustomerDirectory
from application.dispute.dispute_register import DisputeRegister
from application.docket.dockets import Dockets
from application.duty.duty_register import DutyRegister
from application.policy.policy_register import PolicyRegister
from application.policy.premiums_due import PremiumsDue
from application.ports import Page, ReadStore
from application.product.product_catalogue import ProductCatalogue
from application.projection import Projection
from application.standard.acknowledgements import Acknowledgements
from application.standard.standards_register import StandardsRegister
from application.supervision.audit_trail import AuditTrail
from application.survey.survey_desk import SurveyDesk
from domain.words import Term
from interfaces.console.forms import bare
from interfaces.console.pages import Ask, caller_in, page
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


@dataclass(frozen=True, slots=True)
class Listing:
    """A read model as a list: its address, its columns (the first leads to the case), its filters."""

    path: str
    projection: type[Projection]
    columns: tuple[str, ...]
    filters: tuple[str, ...] = ()
    newest: bool = True
    leads: str = ""

    def handler(self) -> HTTPRouteHandler:
        async def listed(request: Ask) -> Response[Any]:
            return await _listed(request, self)

        return get(f"/{self.path}", name=f"list of {self.path}", include_in_schema=False)(listed)


LISTINGS = (
    Listing(
        "products",
        ProductCatalogue,
        ("code", "name", "line", "stage", "version", "grade", "form", "insured", "sold_from", "withdrawn_on"),
        ("line", "stage", "grade", "form", "insured"),
        newest=False,
        leads="product",
    ),
    Listing(
        "customers",
        CustomerDirectory,
        ("number", "name", "nature", "sex", "born_on", "phone", "occupation", "registered_on", "contacted_on"),
        ("nature", "sex"),
        leads="customer",
    ),
    Listing(
        "policies",
        PolicyRegister,
        (
            *("number", "status", "line", "product_code", "customer", "insured", "sum_insured", "premium"),
            *("starts_on", "ends_on"),
        ),
        ("status", "line", "verdict", "channel", "customer", "product", "delivered_on"),
        leads="policy",
    ),
    Listing(
        "claims",
        ClaimRegister,
        (
            *("number", "status", "line", "cause", "loss_on", "customer", "policy_number", "claimed", "payable"),
            *("paid", "holds", "outcome"),
        ),
        ("status", "line", "cause", "outcome", "channel", "customer", "policy"),
        leads="claim",
    ),
    Listing(
        "complaints",
        ComplaintRegister,
        (
            *("number", "status", "matter", "line", "received_on", "complainant", "customer", "handler", "complex"),
            *("paused", "told_on", "finding", "ending"),
        ),
        (
            *("status", "matter", "source", "line", "channel", "finding", "ending", "major", "paused", "handler"),
            *("customer", "policy", "claim"),
        ),
        leads="complaint",
    ),
    Listing(
        "premiums",
        PremiumsDue,
        ("number", "customer", "due_on", "due", "grace_until", "premium", "paid", "instalments"),
        ("customer",),
        newest=False,
        leads="policy",
    ),
    Listing(
        "deadlines",
        Dockets,
        ("number", "capability", "urgency", "rule", "urgent_at", "open", "missed", "provisional"),
        ("urgency", "rule", "provisional"),
        newest=False,
        leads="case",
    ),
    Listing(
        "duties",
        DutyRegister,
        ("number", "rule", "about", "owner", "arose_on", "standing", "done_on", "evidence"),
        ("standing", "rule", "owner"),
        leads="duty",
    ),
    Listing(
        "disputes",
        DisputeRegister,
        ("number", "stage", "customer", "claim", "kind", "opened_on", "told_on", "result", "closed_on"),
        ("stage", "kind", "result", "customer", "claim"),
        leads="dispute",
    ),
    Listing(
        "surveys",
        SurveyDesk,
        ("asked_on", "touchpoint", "about", "customer", "answered_on", "satisfaction", "recommend", "comment"),
        ("touchpoint", "satisfaction", "answered_on", "customer", "about"),
        leads="survey",
    ),
    Listing(
        "accounts",
        AccountList,
        ("login", "name", "roles", "authority", "customer", "suspended"),
        ("suspended",),
        newest=False,
        leads="account",
    ),
    Listing(
        "standards",
        StandardsRegister,
        (
            *(
                "code",
                "title_zh",
                "title_en",
                "phase",
                "current",
                "effective_on",
                "owner",
                "next_version",
                "next_phase",
            ),
            *("next_effective_on", "until", "unanswered", "review_on"),
        ),
        ("phase", "next_phase", "owner"),
        newest=False,
        leads="standard",
    ),
    Listing(
        "acknowledgements",
        Acknowledgements,
        ("standard", "version", "reader", "role", "acknowledged_on"),
        ("standard", "version", "role", "reader"),
    ),
    Listing(
        "trail",
        AuditTrail,
        ("position", "recorded_at", "event", "kind", "stream", "version", "actor", "role", "rules", "occurred_at"),
        ("kind", "event", "actor", "role", "stream", "command", "correlation"),
    ),
)


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


LISTS = tuple(each.handler() for each in LISTINGS)
