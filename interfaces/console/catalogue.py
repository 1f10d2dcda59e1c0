"""The console: every room there is, and the assets they are furnished with."""

from __future__ import annotations

from litestar import Router
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

from interfaces.console.pages import STATIC
from interfaces.console.rooms.account import set_password
from interfaces.console.rooms.act import ACT
from interfaces.console.rooms.api_docs import api_docs
from interfaces.console.rooms.evidence import EVIDENCE
from interfaces.console.rooms.gate import GATE
from interfaces.console.rooms.improvement import IMPROVEMENT
from interfaces.console.rooms.lists import LISTS
from interfaces.console.rooms.reports import REPORT_PAGES
from interfaces.console.rooms.rooms import PAGES
from interfaces.console.rooms.rules import RULES
from interfaces.console.rooms.search import SEARCH
from interfaces.console.rooms.supervision import readings, refusals
from interfaces.console.rooms.whatif import whatif
from interfaces.console.rooms.worklists import home

ROOMS: tuple[ControllerRouterHandler, ...] = (
    Router(
        "/",
        route_handlers=[
            home,
            *GATE,
            *SEARCH,
            *LISTS,
            *PAGES,
            *ACT,
            *REPORT_PAGES,
            *RULES,
            refusals,
            readings,
            whatif,
            *IMPROVEMENT,
            *EVIDENCE,
            set_password,
            api_docs,
        ],
    ),
    create_static_files_router("/static", [STATIC], include_in_schema=False),
)
