"""One line per route: `Accepts` gives a command to a case, `Shows` shows a read model."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from inspect import Parameter, Signature
from typing import Annotated, Any
from uuid import uuid4, uuid5

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException, PermissionDeniedException, ValidationException
from litestar.handlers import HTTPRouteHandler
from litestar.params import Body
from litestar.params import Parameter as Param
from pydantic import ValidationError, create_model

from application.access import Caller
from application.projection import Projection, Row
from application.submission import Order, Submission
from application.supervision.replay import find_case, history, row_of
from domain.kernel import STREAMS, UNKNOWN, Command, Refused, new_stream
from interfaces.http.answer import Answer, Written
from interfaces.http.problem import BEHIND, ON_READ, ON_WRITE
from interfaces.http.readings import note

Ask = Request[Caller, str, Any]
LONGEST_KEY, LONGEST_CASE = 200, 80


@dataclass(frozen=True, slots=True)
class Accepts:
    """A command on a path below its capability; those that open a case are posted to the capability itself."""

    path: str
    command: type[Command]

    def handler(self, capability: str) -> HTTPRouteHandler:
        command = self.command
        parameters: dict[str, Any] = {
            "data": Annotated[command, Body(title=command.__name__)],
            "request": Ask,
            "dry_run": Annotated[bool, Param(query="dry_run", description="Decide, and record nothing.")],
            "key": Annotated[
                str | None,
                Param(
                    header="Idempotency-Key", max_length=LONGEST_KEY, description="The same key is answered the same."
                ),
            ],
        }
        if _is_of_a_case(command):
            parameters["case"] = Annotated[str, Param(description="The case's id or number.", max_length=LONGEST_CASE)]
            parameters["if_match"] = Annotated[
                str | None, Param(header="If-Match", pattern=r'^(W/)?"?\d{1,12}"?$', description="The version seen.")
            ]

        async def accept(**given: Any) -> Answer:
            return await _accept(command, **given)

        _sign(
            accept, command.__name__, parameters, Response[Written], {"dry_run": False, "key": None, "if_match": None}
        )
        path = f"/{{case:str}}{self.path}" if _is_of_a_case(command) else self.path
        return post(
            path or "/",
            operation_id=command.__name__,
            summary=" · ".join(command.says),
            description=(command.__doc__ or "").strip(),
            status_code=201 if command.opens else 200,
            responses=ON_WRITE,
            before_request=_plainly(command),
        )(accept)


def _is_of_a_case(command: type[Command]) -> bool:
    """Whether the case is named beside the command; one that opens a case makes its stream, others say it themselves."""
    return command.on.opened and not command.opens


def _plainly(command: type[Command]) -> Callable[[Ask], Awaitable[Answer | None]]:
    """Takes a request that has a right body and at most a key, and leaves every other to the framework.

    Reading parameters that are not there and checking them takes as long as deciding.
    """

    async def accept(request: Ask) -> Answer | None:
        scope, headers = request.scope, dict(request.scope["headers"])
        key, case = headers.get(b"idempotency-key", b"").decode("latin-1"), scope["path_params"].get("case")
        if scope["query_string"] or b"if-match" in headers or headers.get(b"content-type") != b"application/json":
            return None
        if len(key) > LONGEST_KEY or len(case or "") > LONGEST_CASE:
            return None
        try:
            data = command.model_validate_json(await request.body())
        except ValidationError:
            return None
        return await _accept(command, data, request, key=key or None, case=case)

    return accept


async def _accept(
    command: type[Command],
    data: Command,
    request: Ask,
    dry_run: bool = False,
    key: str | None = None,
    case: str | None = None,
    if_match: str | None = None,
) -> Answer:
    house, caller = request.app.state.house, request.user
    once = uuid5(caller.account, key) if key else uuid4()
    if data.home:
        stream = data.home
    elif case is None:
        stream = uuid5(STREAMS, str(once)) if key else new_stream()
    else:
        found = await find_case(house.store, case, command.on.kind())
        if found is None:
            raise Refused(UNKNOWN, {"kind": command.on.kind()})
        stream = found
    order = Order(
        stream=stream,
        command=data,
        actor=caller.acting(command.may),
        expected=int(if_match.removeprefix("W/").strip('"')) if if_match else None,
    )
    outcome = await house.handling.handle(Submission(key=once, orders=[order]), pretend=dry_run)
    written = Written(
        stream=outcome.stream,
        version=outcome.version,
        position=outcome.position,
        events=[type(each.event).__name__ for each in outcome.events if each.stream == outcome.stream],
        repeated=outcome.repeated,
        dry_run=dry_run,
    )
    return Answer(written, 201 if command.opens else 200)


@dataclass(frozen=True, slots=True)
class Shows:
    """A read model: all of it in pages, or with `one`, the row of one case, now or at an earlier moment."""

    path: str
    projection: type[Projection]
    one: bool = False

    def handler(self, capability: str) -> HTTPRouteHandler:
        return self._one() if self.one else self._many()

    def _many(self) -> HTTPRouteHandler:
        projection, row = self.projection, self.projection.row
        filters, parameters = _filters(row), _paging(row)
        page = create_model(f"{row.__name__}Page", rows=(list[row], ...), next=(str | None, None), position=(int, 0))  # type: ignore[valid-type]

        async def show(**given: Any) -> Any:
            request: Ask = given.pop("request")
            await ready(request, projection, given.pop("wait_for"))
            where = {name: value for name in filters if (value := given.pop(name)) is not None}
            where |= request.user.confines(projection)
            found = await request.app.state.house.reads.find(projection, where, **given)
            await note(request, found.rows, projection.name)
            return page(
                rows=[request.user.shown(each) for each in found.rows], next=found.next, position=found.position
            )

        defaults = {
            "text": "",
            "limit": 50,
            "cursor": None,
            "newest": False,
            "wait_for": None,
            **dict.fromkeys(filters),
        }
        _sign(show, projection.__name__, {**parameters, **filters}, page, defaults)
        return get(
            self.path or "/",
            operation_id=projection.__name__,
            summary=" · ".join(projection.says),
            responses=ON_READ,
        )(show)

    def _one(self) -> HTTPRouteHandler:
        projection, row = self.projection, self.projection.row
        parameters: dict[str, Any] = {
            "case": Annotated[str, Param(description="The case's id or number.", max_length=80)],
            "request": Ask,
            "version": Annotated[int | None, Param(query="version", ge=1, description="As it was at this version.")],
            "at": Annotated[datetime | None, Param(query="at", description="As it was known at this moment.")],
            "wait_for": WAIT_FOR,
        }

        async def show(**given: Any) -> Any:
            return await _one(projection, **given)

        _sign(show, f"{projection.__name__}Row", parameters, row, {"version": None, "at": None, "wait_for": None})
        return get(
            f"/{{case:str}}{self.path}",
            operation_id=f"{projection.__name__}Row",
            summary=" · ".join(projection.says),
            responses=ON_READ,
        )(show)


def _filters(row: type[Row]) -> dict[str, Any]:
    """A parameter for every column that rows are found by; nobody asks for an instant to the microsecond."""
    return {
        name: Annotated[row.model_fields[name].annotation | None, Param(query=name)]  # type: ignore[operator]
        for name in (*row.indexes, *row.identifying)
        if row.model_fields[name].annotation is not datetime
    }


def _paging(row: type[Row]) -> dict[str, Any]:
    searched = ", ".join(row.searched)
    whole = f"; {', '.join(row.identifying)} have to be the same" if row.identifying else ""
    text = Annotated[str, Param(query="text", max_length=100, description=f"Looked for in {searched}{whole}.")]
    return {
        "request": Ask,
        **({"text": text} if searched else {}),
        "limit": Annotated[int, Param(query="limit", ge=1, le=500)],
        "cursor": Annotated[str | None, Param(query="cursor", max_length=500)],
        "newest": Annotated[bool, Param(query="newest", description="Last ones first.")],
        "wait_for": WAIT_FOR,
    }


WAIT_FOR = Annotated[
    int | None, Param(query="wait_for", ge=0, le=2**62, description="Answer once the read models have this position.")
]


async def ready(request: Ask, projection: type[Projection], wait_for: int | None) -> None:
    if not request.user.sees(projection.shown_to):
        raise PermissionDeniedException(f"{projection.name} is not shown to your roles")
    house = request.app.state.house
    if wait_for and wait_for > await house.store.head():
        raise _invalid("wait_for", "the log has not come to this position")
    if wait_for and not await house.reads.wait(wait_for):
        raise Refused(BEHIND, {"position": wait_for})


def _invalid(field: str, reason: str) -> ValidationException:
    return ValidationException(reason, extra=[{"key": field, "message": reason}])


async def _one(
    projection: type[Projection],
    case: str,
    request: Ask,
    version: int | None = None,
    at: datetime | None = None,
    wait_for: int | None = None,
) -> Any:
    await ready(request, projection, wait_for)
    house = request.app.state.house
    stream = await find_case(house.store, case)
    row = None
    if stream and (version or at):
        if at and at.tzinfo is None:
            raise _invalid("at", "a moment needs a time zone")
        row = row_of(projection, await history(house.store, stream, version, at))
    elif stream:
        row = await house.reads.get(projection, stream)
    confined = request.user.confines(projection)
    if row is None or any(getattr(row, name) != value for name, value in confined.items()):
        raise NotFoundException("there is no such case, or it is not yours to see")
    await note(request, row, projection.name)
    return request.user.shown(row)


def _sign(
    function: Callable[..., Any],
    name: str,
    parameters: Mapping[str, Any],
    returns: Any,
    defaults: Mapping[str, Any],
) -> None:
    """Gives a handler made from a table line the signature that Litestar reads."""
    function.__name__ = name
    function.__annotations__ = {**parameters, "return": returns}
    function.__signature__ = Signature(  # type: ignore[attr-defined]
        [
            Parameter(each, Parameter.KEYWORD_ONLY, annotation=hint, default=defaults.get(each, Parameter.empty))
            for each, hint in parameters.items()
        ],
        return_annotation=returns,
    )
