"""The HTTP application: every route table, one gate, one way to say no."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

from litestar import Litestar, Router
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.openapi.config import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.types import ControllerRouterHandler

from application.ports import BadCursor, Unavailable
from domain.kernel import Refused
from interfaces.http.access import ACCESS, COOKIE, Gate
from interfaces.http.account import ACCOUNTS
from interfaces.http.advice import ADVICE, ranked
from interfaces.http.agent import AGENTS, affected_policies
from interfaces.http.catastrophe import CATASTROPHES
from interfaces.http.claim import CLAIMS, claim_maturity, claim_story, similar_claims
from interfaces.http.commission import COMMISSIONS, SCALES
from interfaces.http.complaint import COMPLAINTS
from interfaces.http.customer import CUSTOMERS
from interfaces.http.dispute import DISPUTES
from interfaces.http.docket import CLOCKS, DOCKETS
from interfaces.http.duty import DUTIES
from interfaces.http.evidence import EVIDENCE
from interfaces.http.forgetting import FORGETTING, forgetting
from interfaces.http.health import HEALTH, METRICS
from interfaces.http.improvement import IMPROVEMENT
from interfaces.http.missing import Missing
from interfaces.http.policy import POLICIES
from interfaces.http.problem import on_anything, on_bytes, on_cursor, on_http, on_refused, on_unavailable
from interfaces.http.product import PRODUCTS
from interfaces.http.profile import PROFILES
from interfaces.http.rating import RATINGS
from interfaces.http.readings import READINGS
from interfaces.http.report import REPORT
from interfaces.http.routes import Accepts, Shows
from interfaces.http.rules import RULES, rule, rules
from interfaces.http.sanction import SANCTIONS
from interfaces.http.standard import STANDARDS, differing, waiting
from interfaces.http.supervision import CASES, SUPERVISION
from interfaces.http.survey import SURVEYS
from interfaces.http.what_if import WHAT_IF

CAPABILITIES: dict[str, tuple[Accepts | Shows | Missing, ...]] = {
    "products": PRODUCTS,
    "customers": CUSTOMERS,
    "profiles": PROFILES,
    "agents": AGENTS,
    "advice": ADVICE,
    "policies": POLICIES,
    "commissions": COMMISSIONS,
    "scales": SCALES,
    "ratings": RATINGS,
    "claims": CLAIMS,
    "catastrophes": CATASTROPHES,
    "sanctions": SANCTIONS,
    "disputes": DISPUTES,
    "complaints": COMPLAINTS,
    "docket": DOCKETS,
    "duties": DUTIES,
    "surveys": SURVEYS,
    "accounts": ACCOUNTS,
    "rules": RULES,
    "standards": STANDARDS,
    "supervision": SUPERVISION,
}

BESIDE: dict[str, tuple[ControllerRouterHandler, ...]] = {
    "customers": (forgetting,),
    "agents": (affected_policies,),
    "advice": (ranked,),
    "claims": (similar_claims, claim_maturity, claim_story),
    "rules": (rules, rule),
    "standards": (differing, waiting),
}
"""What is asked on a path on which a command is given too."""

OPEN_TO_ALL = ["^/health/", "^/api/sign-in$", "^/sign-in$", "^/static/", "^/favicon"]
"""The only paths that answer strangers."""


DESCRIPTION = OpenAPIConfig(
    title="Uberrima",
    version="0.1.0",
    path="/schema",
    render_plugins=[JsonRenderPlugin()],
    use_handler_docstrings=True,
    security=[{"bearer": []}, {"session": []}],
    components=Components(
        security_schemes={
            "bearer": SecurityScheme(type="http", scheme="bearer"),
            "session": SecurityScheme(type="apiKey", security_scheme_in="cookie", name=COOKIE),
        }
    ),
)


def api() -> list[ControllerRouterHandler]:
    routers: list[ControllerRouterHandler] = [
        Router(f"/api/{name}", route_handlers=[*(e.handler(name) for e in table), *BESIDE.get(name, ())], tags=[name])
        for name, table in CAPABILITIES.items()
    ]
    return [
        *routers,
        ACCESS,
        CASES,
        CLOCKS,
        WHAT_IF,
        IMPROVEMENT,
        READINGS,
        EVIDENCE,
        FORGETTING,
        REPORT,
        HEALTH,
        METRICS,
    ]


def application(
    open_house: Callable[[], AbstractAsyncContextManager[Any]],
    rooms: Sequence[ControllerRouterHandler] = (),
    **more: Any,
) -> Litestar:
    """The application on a house that is opened when it starts; `rooms` are the console's routes."""

    @asynccontextmanager
    async def lifespan(app: Litestar) -> AsyncIterator[None]:
        async with open_house() as house:
            app.state.house = house
            yield

    return Litestar(
        [*api(), *rooms],
        lifespan=[lifespan],
        middleware=[DefineMiddleware(Gate, exclude=OPEN_TO_ALL)],
        exception_handlers={
            Refused: on_refused,
            HTTPException: on_http,
            BadCursor: on_cursor,
            Unavailable: on_unavailable,
            UnicodeDecodeError: on_bytes,
            Exception: on_anything,
            **more.pop("exception_handlers", {}),
        },
        openapi_config=DESCRIPTION,
        **more,
    )
