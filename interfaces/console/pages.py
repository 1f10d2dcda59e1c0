"""How a page is made: whose it is, in which language, where it stands in the log, and what keeps it safe."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode
from uuid import UUID

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Request, Response
from litestar.datastructures import Cookie
from litestar.exceptions import PermissionDeniedException

from application.access import Caller
from application.agent.agent_register import AgentRegister
from application.commission.commission_ledger import CommissionLedger
from application.profile.profile_sheets import ProfileSheets
from application.rating.rating_register import RatingRegister
from application.sanction.sanction_register import SanctionRegister
from application.supervision.audit_trail import AuditTrail
from domain.catalogue import COMMANDS
from domain.words import STAFF, Role
from interfaces.console.forms import Form, rows_in
from interfaces.console.helps import help_for
from interfaces.console.looks import MINOR, PLACES, Looks, moment, path_of, today
from interfaces.http.improvement import REVIEWED_BY
from interfaces.http.readings import SHOWN_TO, note
from interfaces.http.what_if import REHEARSED_BY

Ask = Request[Any, Any, Any]

HERE = Path(__file__).parent
STATIC = HERE / "static"
LANGUAGE, GUEST, FLASH = "uberrima_language", "uberrima_guest", "uberrima_flash"
DAY, YEAR = 24 * 3600, 365 * 24 * 3600
SAFE = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
ROOMS: tuple[tuple[str, frozenset[Role]], ...] = (
    ("customers", STAFF | {Role.CUSTOMER}),
    ("profiles", ProfileSheets.shown_to),
    ("advice", STAFF | {Role.CUSTOMER}),
    ("underwriting", STAFF),
    ("policies", STAFF | {Role.CUSTOMER}),
    ("premiums", STAFF),
    ("renewals", STAFF),
    ("commissions", CommissionLedger.shown_to),
    ("claims", STAFF | {Role.CUSTOMER}),
    ("investigations", STAFF),
    ("catastrophes", STAFF),
    ("sanctions", SanctionRegister.shown_to),
    ("ratings", RatingRegister.shown_to),
    ("disputes", STAFF | {Role.CUSTOMER}),
    ("complaints", STAFF | {Role.CUSTOMER}),
    ("deadlines", STAFF),
    ("duties", STAFF),
    ("agents", AgentRegister.shown_to),
    ("products", STAFF | {Role.CUSTOMER}),
    ("surveys", STAFF | {Role.CUSTOMER}),
    ("rules", STAFF | {Role.CUSTOMER}),
    ("standards", STAFF),
    ("whatif", REHEARSED_BY),
    ("improvement", REVIEWED_BY),
    ("reports", STAFF),
    ("trail", AuditTrail.shown_to),
    ("refusals", AuditTrail.shown_to),
    ("readings", SHOWN_TO),
    ("evidence", AuditTrail.shown_to),
    ("accounts", frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR})),
)
"""The main menu: each room, and whose roles have a use for it."""


def _stamped(name: str) -> str:
    """The address of an asset, which changes when it does."""
    return f"/static/{name}?v={hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]}"


PRESS = Environment(
    loader=FileSystemLoader(HERE / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
PRESS.filters["last8"] = lambda text: text[-8:]
PRESS.globals |= {
    "path_of": path_of,
    "moment": moment,
    "today": today,
    "stamped": _stamped,
    "figures": MINOR | {"count"},
    "help_for": help_for,
    "rows_in": rows_in,
    "kind_rooms": PLACES,
}


def caller_in(request: Ask) -> Caller | None:
    """Who asks, if anybody has signed in."""
    found = request.scope.get("user")
    return found if isinstance(found, Caller) else None


def language_of(request: Ask) -> str:
    """Asked for, remembered, or what the browser prefers; Chinese where nothing says otherwise."""
    for wish in (request.query_params.get("lang"), request.cookies.get(LANGUAGE)):
        if wish in ("zh", "en"):
            return str(wish)
    for wish in request.headers.get("Accept-Language", "").split(","):
        if wish.strip()[:2].lower() in ("zh", "en"):
            return wish.strip()[:2].lower()
    return "zh"


def seal_of(request: Ask) -> str:
    """The word that every form of this session carries and no other site can know."""
    secret = request.scope.get("auth") or request.cookies.get(GUEST) or ""
    return hmac.new(secret.encode(), b"a form of the console", hashlib.sha256).hexdigest()


async def posted(request: Ask) -> Form:
    """The fields of a form that this session was given. Raises PermissionDenied for any other."""
    data = await request.form()
    form = {name: [each for each in data.getall(name) if isinstance(each, str)] for name in dict.fromkeys(data)}
    secret = request.scope.get("auth") or request.cookies.get(GUEST)
    if not secret or not hmac.compare_digest(form.pop("seal", [""])[0].encode(), seal_of(request).encode()):
        raise PermissionDeniedException("the form has expired", extra={"form": True})
    return form


def link_with(request: Ask, **changes: str | None) -> str:
    """This address with some of its query changed."""
    query = dict(parse_qsl(request.url.query)) | changes
    return f"{request.url.path}?{urlencode({name: value for name, value in query.items() if value is not None})}"


def cookie(request: Ask, key: str, value: str, seconds: int) -> Cookie:
    secure = request.url.scheme == "https"
    return Cookie(key=key, value=value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=secure)


def _flash(request: Ask, looks: Looks) -> str:
    """What the last form did, said once."""
    name, _, count = request.cookies.get(FLASH, "").partition(".")
    if name == "password":
        return looks.t("password_was_set")
    done = next((each for each in COMMANDS if each.__name__ == name), None)
    return looks.t("did" if count != "0" else "did_nothing", command=looks.says(done.says)) if done else ""


def _menu(caller: Caller | None, looks: Looks) -> dict[str, Any]:
    if caller is None:
        return {"rooms": (), "openings": ()}
    openings = [each for each in COMMANDS if each.opens and caller.sees(each.may)]
    return {
        "rooms": [name for name, shown_to in ROOMS if caller.sees(shown_to)],
        "openings": [(each.__name__, looks.says(each.says)) for each in openings],
    }


async def page(
    request: Ask, template: str, *, status: int = 200, names: Mapping[UUID, str] | None = None, **context: Any
) -> Response[Any]:
    """A page in the reader's language, saying at which position of the log the read models stand.

    The persons that it tells of are noted before it is shown.
    """
    if caller_in(request):
        await note(request, context, request.url.path.split("/")[1] or "home", "console")
    context.setdefault("position", await request.app.state.house.reads.position() if caller_in(request) else None)
    return drawn(request, template, status=status, names=names, **context)


def drawn(
    request: Ask, template: str, *, status: int = 200, names: Mapping[UUID, str] | None = None, **context: Any
) -> Response[Any]:
    looks = Looks(language_of(request), names or {})
    caller = caller_in(request)
    cookies = [cookie(request, LANGUAGE, looks.language, YEAR)] if "lang" in request.query_params else []
    if FLASH in request.cookies:
        cookies.append(cookie(request, FLASH, "", 0))
    if caller is None and GUEST not in request.cookies:
        request.cookies[GUEST] = secrets.token_urlsafe(24)
        cookies.append(cookie(request, GUEST, request.cookies[GUEST], DAY))
    other = "en" if looks.language == "zh" else "zh"
    text = PRESS.get_template(template).render(
        looks=looks,
        **{name: getattr(looks, name) for name in ("t", "label", "show", "cell", "value", "says")},
        caller=caller,
        seal=seal_of(request),
        flash=_flash(request, looks),
        here=request.url.path,
        other_language=link_with(request, lang=other),
        other=other,
        link_with=partial(link_with, request),
        **_menu(caller, looks),
        **context,
    )
    return Response(text, status_code=status, media_type="text/html; charset=utf-8", headers=SAFE, cookies=cookies)
