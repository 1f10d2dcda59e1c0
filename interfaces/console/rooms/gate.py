"""Signing in and out."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.response import Redirect

from interfaces.console.pages import SAFE, Ask, caller_in, page, posted
from interfaces.http.access import COOKIE, open_session, session_cookie


def onward(wish: str) -> str:
    """Where to go after signing in: an address of this house, or the worklists."""
    here = wish.startswith("/") and not wish.startswith(("//", "/\\", "/sign-")) and wish.isprintable()
    return wish if here else "/"


@get("/sign-in", include_in_schema=False)
async def sign_in(request: Ask) -> Response[Any]:
    out = "out" in request.query_params
    return await page(
        request, "sign_in.html", next=onward(request.query_params.get("next", "/")), login="", said="", out=out
    )


@post("/sign-in", include_in_schema=False)
async def signed_in(request: Ask) -> Response[Any]:
    form = await posted(request)
    login, password, next_ = (form.get(name, [""])[0] for name in ("login", "password", "next"))
    opened = await open_session(request, login.strip()[:40], password[:200])
    if opened is None:
        return await page(
            request, "sign_in.html", status=401, next=onward(next_), login=login[:40], said="sign_in_wrong", out=False
        )
    return Redirect(onward(next_), status_code=303, cookies=[opened[1]], headers=SAFE)


@post("/sign-out", include_in_schema=False)
async def signed_out(request: Ask) -> Response[Any]:
    await posted(request)
    if caller_in(request) and COOKIE in request.cookies:
        await request.app.state.house.credentials.revoke(request.cookies[COOKIE])
    return Redirect("/sign-in?out=1", status_code=303, cookies=[session_cookie("", False, 0)], headers=SAFE)


GATE = (sign_in, signed_in, signed_out)
