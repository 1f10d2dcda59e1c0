"""Who may come in: bearer tokens for machines, a session cookie for people, nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from litestar import Request, Response, Router, get, post
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.exceptions import NotAuthorizedException, PermissionDeniedException
from litestar.middleware import AbstractAuthenticationMiddleware, AuthenticationResult
from litestar.params import Body
from pydantic import BaseModel, ConfigDict, Field, SecretStr

from application.access import Caller
from domain.words import Role
from interfaces.http.problem import ON_READ, ON_WRITE

COOKIE = "uberrima_session"
SESSION = timedelta(hours=12)
LONGEST_TOKEN_DAYS = 365


class Gate(AbstractAuthenticationMiddleware):
    async def authenticate_request(self, connection: ASGIConnection[Any, Any, Any, Any]) -> AuthenticationResult:
        house = connection.app.state.house
        header = next((value for name, value in connection.scope["headers"] if name == b"authorization"), b"")
        if header.startswith(b"Bearer "):
            secret, kind = header.removeprefix(b"Bearer ").decode("latin-1").strip(), "token"
        else:
            secret, kind = connection.cookies.get(COOKIE, ""), "session"
        caller = await house.caller(secret, kind) if secret else None
        if caller is None:
            raise NotAuthorizedException("sign in, or send a valid bearer token")
        return AuthenticationResult(user=caller, auth=secret)


class SignIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    login: Annotated[str, Field(min_length=1, max_length=40)]
    password: Annotated[SecretStr, Field(min_length=1, max_length=200)]


class Me(BaseModel):
    login: str
    name: str
    roles: list[Role]
    authority: int
    customer: str | None = None


class SignedOut(BaseModel):
    signed_out: bool = True


class NewToken(BaseModel):
    """What the token is for, and for how long it is good."""

    model_config = ConfigDict(extra="forbid")
    label: Annotated[str, Field(min_length=1, max_length=120)]
    days: Annotated[int, Field(ge=1, le=LONGEST_TOKEN_DAYS)] = 90


class Token(BaseModel):
    """The secret is shown this once and never again."""

    secret: str
    days: int


class Password(BaseModel):
    model_config = ConfigDict(extra="forbid")
    password: Annotated[SecretStr, Field(min_length=10, max_length=200)]


def me_of(caller: Caller) -> Me:
    return Me(
        login=caller.login,
        name=caller.name,
        roles=list(caller.roles),
        authority=caller.authority,
        customer=str(caller.party) if caller.party else None,
    )


def session_cookie(secret: str, secure: bool, seconds: int) -> Cookie:
    return Cookie(key=COOKIE, value=secret, httponly=True, samesite="lax", secure=secure, path="/", max_age=seconds)


async def open_session(request: Request[Any, Any, Any], login: str, password: str) -> tuple[Caller, Cookie] | None:
    """The caller and their cookie, if the password is right and the account is not suspended."""
    house = request.app.state.house
    account = await house.credentials.check(login, password)
    if account is None:
        return None
    secret = await house.credentials.issue(account, "session", "", SESSION)
    caller = await house.caller(secret, "session")
    if caller is None:
        return None
    return caller, session_cookie(secret, request.url.scheme == "https", int(SESSION.total_seconds()))


@post("/sign-in", operation_id="SignIn", status_code=200, responses=ON_WRITE, summary="Open a session")
async def sign_in(data: Annotated[SignIn, Body()], request: Request[Any, Any, Any]) -> Response[Me]:
    opened = await open_session(request, data.login, data.password.get_secret_value())
    if opened is None:
        raise NotAuthorizedException("login or password is wrong, or the account is locked for a while")
    return Response(me_of(opened[0]), cookies=[opened[1]])


@post("/sign-out", operation_id="SignOut", status_code=200, responses=ON_READ, summary="Close the session")
async def sign_out(request: Request[Caller, str, Any]) -> Response[SignedOut]:
    if COOKIE in request.cookies:
        await request.app.state.house.credentials.revoke(request.cookies[COOKIE])
    return Response(SignedOut(), cookies=[session_cookie("", False, 0)])


@get("/me", operation_id="Me", responses=ON_READ, summary="Who the caller is")
async def me(request: Request[Caller, str, Any]) -> Me:
    return me_of(request.user)


@post("/tokens", operation_id="IssueToken", status_code=201, responses=ON_WRITE, summary="Issue a token to oneself")
async def issue_token(data: Annotated[NewToken, Body()], request: Request[Caller, str, Any]) -> Token:
    secret = await request.app.state.house.credentials.issue(
        request.user.account, "token", data.label, timedelta(days=data.days)
    )
    return Token(secret=secret, days=data.days)


@post("/accounts/{login:str}/password", operation_id="SetPassword", status_code=204, responses=ON_WRITE)
async def set_password(login: str, data: Annotated[Password, Body()], request: Request[Caller, str, Any]) -> None:
    """Sets a password: an administrator's right for anyone, everyone's for themselves."""
    house = request.app.state.house
    if login != request.user.login and Role.ADMINISTRATOR not in request.user.roles:
        raise PermissionDeniedException("only an administrator sets the password of another")
    account = await house.account(login)
    await house.credentials.set_password(account, login, data.password.get_secret_value())


ACCESS = Router("/api", route_handlers=[sign_in, sign_out, me, issue_token, set_password], tags=["access"])
