"""Reports over HTTP: each a table of figures with the position it stands at."""

from __future__ import annotations

from typing import Annotated

from litestar import Router, get
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import Parameter

from application.catalogue import REPORTS
from application.report import Figures
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Ask


@get("/reports/{name:str}", operation_id="Report", responses=ON_READ, summary="报表 · Report")
async def report(name: Annotated[str, Parameter(max_length=80)], request: Ask) -> Figures:
    """A report by its name, from projections alone."""
    found = next((each for each in REPORTS if each.name == name), None)
    if found is None:
        raise NotFoundException(f"there is no report of that name; there are {', '.join(r.name for r in REPORTS)}")
    if not request.user.sees(found.shown_to):
        raise PermissionDeniedException("this report is not shown to your roles")
    return await found.build(request.app.state.house.reads)


REPORT = Router("/api", route_handlers=[report], tags=["reports"])
