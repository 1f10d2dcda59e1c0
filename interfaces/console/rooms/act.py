"""Giving a command by a form: filled in beforehand, checked field by field, tried or done, safe against doing it twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4, uuid5

from litestar import Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.response import Redirect
from pydantic import ValidationError

from application.access import Caller
from application.submission import Order, Outcome, Submission
from application.supervision.replay import find_case, history, state_of
from domain.catalogue import AGGREGATES, COMMANDS
from domain.kernel import STREAMS, Aggregate, Command, Refused
from interfaces.console.beginnings import begun, suggestions
from interfaces.console.forms import Blank, Form, Mistake, blanks, compacted, mistaken, read
from interfaces.console.looks import path_of
from interfaces.console.pages import DAY, FLASH, SAFE, Ask, caller_in, cookie, language_of, page, posted
from interfaces.console.rooms.lists import clean
from interfaces.http.problem import STATUS


@dataclass(slots=True)
class Sheet:
    """One form on its way: the command it is for, the case it is about, what it says and what came of it."""

    command: type[Command]
    caller: Caller
    case: Aggregate | None
    form: Form = field(default_factory=dict)
    key: str = ""
    expected: int | None = None
    mistakes: list[Mistake] = field(default_factory=list)
    refused: Refused | None = None
    tried: Outcome | None = None

    @property
    def blanks(self) -> tuple[Blank, ...]:
        return blanks(self.command)

    @property
    def stream(self) -> UUID:
        """The case's, or for one that is opened, the one that this form's key stands for."""
        return self.case.id if self.case else uuid5(STREAMS, str(self.once))

    @property
    def once(self) -> UUID:
        return uuid5(self.caller.account, self.key)


def begins(command: type[Command]) -> bool:
    """Whether it is given without a case: it opens one, or says itself which stream it is for."""
    return command.opens or not command.on.opened


async def sheet_of(request: Ask, name: str, reference: str | None) -> Sheet:
    """An empty sheet. Raises NotFound where there is no such command or case, PermissionDenied."""
    caller = caller_in(request)
    fits = begins if reference is None else lambda each: not each.opens
    command = next((each for each in COMMANDS if each.__name__ == name and fits(each)), None)
    if command is None:
        raise NotFoundException("there is no such command")
    if caller is None or not caller.sees(command.may):
        raise PermissionDeniedException("your roles may not give this command")
    case = await _case(request, caller, command, reference) if reference is not None else None
    return Sheet(command, caller, case)


async def _case(request: Ask, caller: Caller, command: type[Command], reference: str) -> Aggregate:
    store = request.app.state.house.store
    stream = await find_case(store, clean(reference), command.on.kind())
    known = await history(store, stream) if stream else []
    state = state_of(known) if known else None
    theirs = caller.party is None or (state is not None and state.party == caller.party)
    if state is None or not isinstance(state, command.on) or not theirs:
        raise NotFoundException("there is no such case, or it is not yours")
    return state


async def _sheet_page(request: Ask, sheet: Sheet) -> Response[Any]:
    refused = 409 if sheet.refused is None else STATUS.get(sheet.refused.code, 409)
    return await page(
        request,
        "act.html",
        status=422 if sheet.mistakes else refused if sheet.refused else 200,
        sheet=sheet,
        command=sheet.command,
        name=sheet.command.__name__,
        form=sheet.form,
        back=path_of(sheet.command.on.kind(), sheet.case.id) if sheet.case else "/",
        suggest=await suggestions(request.app.state.house.store, sheet.command, sheet.case, sheet.form),
        wrong={each.path: each for each in sheet.mistakes},
    )


async def _open(request: Ask, name: str, reference: str | None) -> Response[Any]:
    sheet = await sheet_of(request, name, reference)
    sheet.key, sheet.expected = str(uuid4()), sheet.case.version if sheet.case else None
    asked = {name: request.query_params[name] for name in request.query_params}
    sheet.form = await begun(request.app.state.house.store, sheet.command, sheet.case, sheet.caller, asked)
    return await _sheet_page(request, sheet)


async def _take(request: Ask, name: str, reference: str | None) -> Response[Any]:
    sheet = await sheet_of(request, name, reference)
    form = await posted(request)
    sheet.key = form.get("key", [""])[0][:200] or str(uuid4())
    expected = form.get("expected", [""])[0]
    sheet.expected = int(expected) if expected.isdecimal() and len(expected) < 12 else None
    sheet.form = compacted(sheet.blanks, form)
    command = await _meant(request, sheet)
    if command is None:
        return await _sheet_page(request, sheet)
    order = Order(
        stream=command.home or sheet.stream,
        command=command,
        actor=sheet.caller.acting(command.may),
        expected=sheet.expected,
    )
    pretend = "try" in form
    house = request.app.state.house
    try:
        outcome = await house.handling.handle(Submission(key=sheet.once, orders=[order]), pretend=pretend)
    except Refused as refused:
        sheet.refused = refused
        return await _sheet_page(request, sheet)
    if pretend:
        sheet.tried = outcome
        return await _sheet_page(request, sheet)
    await house.reads.wait(outcome.position)
    told = cookie(request, FLASH, f"{name}.{outcome.count}", DAY)
    place = path_of(sheet.command.on.kind(), outcome.stream)
    return Redirect(place, status_code=303, cookies=[told], headers=SAFE)


async def _meant(request: Ask, sheet: Sheet) -> Command | None:
    """The command that the form means, or None with the mistakes on the sheet."""
    plain, wrong = read(sheet.blanks, sheet.form)
    for blank in sheet.blanks:
        if blank.kind == "case" and blank.name in plain:
            plain[blank.name] = await _found(request, blank.name, plain[blank.name])
    try:
        command, error = sheet.command.model_validate(plain), None
    except ValidationError as invalid:
        command, error = None, invalid
    sheet.mistakes = mistaken(sheet.blanks, error, wrong, language_of(request))
    return None if sheet.mistakes else command


async def _found(request: Ask, name: str, reference: str) -> str:
    """The id of the case that a number names; what was written, where none is."""
    kinds = {each.kind() for each in AGGREGATES}
    found = await find_case(request.app.state.house.store, reference, name if name in kinds else "")
    return str(found) if found else reference


@get("/act/{kind:str}/{reference:str}/{name:str}", include_in_schema=False)
async def act(kind: str, reference: str, name: str, request: Ask) -> Response[Any]:
    return await _open(request, name, reference)


@post("/act/{kind:str}/{reference:str}/{name:str}", include_in_schema=False)
async def acted(kind: str, reference: str, name: str, request: Ask) -> Response[Any]:
    return await _take(request, name, reference)


@get("/new/{name:str}", include_in_schema=False)
async def begin(name: str, request: Ask) -> Response[Any]:
    return await _open(request, name, None)


@post("/new/{name:str}", include_in_schema=False)
async def began(name: str, request: Ask) -> Response[Any]:
    return await _take(request, name, None)


ACT = (act, acted, begin, began)
