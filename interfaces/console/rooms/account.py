"""The password of an account, set by its holder or an administrator."""

from __future__ import annotations

from typing import Any

from litestar import Response, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.response import Redirect

from application.supervision.replay import find_case
from domain.account import Account
from domain.words import Role
from interfaces.console.looks import path_of
from interfaces.console.pages import DAY, FLASH, SAFE, Ask, caller_in, cookie, page, posted
from interfaces.console.rooms.lists import clean

SHORTEST = 10


@post("/accounts/{reference:str}/password", include_in_schema=False)
async def set_password(reference: str, request: Ask) -> Response[Any]:
    form, caller, house = await posted(request), caller_in(request), request.app.state.house
    stream = await find_case(house.store, clean(reference), Account.kind())
    account = await house.handling.recall(Account, stream) if stream else None
    if not isinstance(account, Account) or not account.exists:
        raise NotFoundException("there is no such account")
    if caller is None or (Role.ADMINISTRATOR not in caller.roles and caller.account != account.id):
        raise PermissionDeniedException("only an administrator sets the password of another")
    password = form.get("password", [""])[0][:200]
    place = path_of(Account.kind(), account.id)
    if len(password) < SHORTEST:
        return await page(
            request, "password.html", status=422, back=place, login=account.login, here_post=request.url.path
        )
    await house.credentials.set_password(account.id, account.login, password)
    return Redirect(place, status_code=303, cookies=[cookie(request, FLASH, "password.1", DAY)], headers=SAFE)
