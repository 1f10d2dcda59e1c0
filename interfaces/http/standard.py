"""Standards over HTTP: the register, its versions and what differs between two, comments, and who has taken note."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from litestar import get
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import Parameter
from pydantic import BaseModel

from application.account.account_list import AccountCard, AccountList
from application.standard.acknowledgements import Acknowledgement, Acknowledgements
from application.standard.outstanding import every, outstanding
from application.standard.standard_comments import StandardComments
from application.standard.standard_versions import StandardVersions, VersionSheet
from application.standard.standards_register import StandardsRegister
from application.supervision.replay import find_case
from domain.rules.change import RuleChange
from domain.standard import commands as c
from domain.standard.content import difference
from domain.standard.state import Standard
from domain.words import Role
from interfaces.http.problem import ON_READ
from interfaces.http.routes import Accepts, Ask, Shows

STANDARDS = (
    Shows("", StandardsRegister),
    Shows("", StandardsRegister, one=True),
    Shows("/versions", StandardVersions),
    Shows("/comments", StandardComments),
    Shows("/acknowledgements", Acknowledgements),
    Accepts("", c.DraftStandard),
    Accepts("/revisions", c.ReviseStandard),
    Accepts("/consultation", c.OpenConsultation),
    Accepts("/comments", c.CommentOnStandard),
    Accepts("/answers", c.AnswerComment),
    Accepts("/approval", c.ApproveStandard),
    Accepts("/withdrawal", c.WithdrawStandard),
    Accepts("/acknowledgements", c.AcknowledgeStandard),
)

Case = Annotated[str, Parameter(max_length=80, description="The standard's id or code.")]
Number = Annotated[int, Parameter(ge=1, le=2**31)]


class Line(BaseModel):
    """A line of the earlier text beside that of the later; null where one has none in its place."""

    before: str | None
    after: str | None


class Fact(BaseModel):
    name: str
    before: Any
    after: Any


class Changed(BaseModel):
    rule: str
    before: RuleChange | None
    after: RuleChange | None


class Differing(BaseModel):
    """What the later version says otherwise: all lines of the text, and of the rest only what is not the same."""

    text: list[Line]
    facts: list[Fact]
    changes: list[Changed]


class Reader(BaseModel):
    login: str
    roles: tuple[Role, ...]


async def _sheet(request: Ask, case: str, version: int) -> VersionSheet:
    house = request.app.state.house
    if not request.user.sees(StandardVersions.shown_to):
        raise PermissionDeniedException("standards are not shown to your roles")
    stream: UUID | None = await find_case(house.store, case, Standard.kind())
    sheet = await house.reads.get(StandardVersions, stream, version) if stream else None
    if not isinstance(sheet, VersionSheet):
        raise NotFoundException("there is no such standard, or no such version of it")
    return sheet


@get("/{case:str}/difference", operation_id="StandardDifference", responses=ON_READ, summary="版本对比 · Difference")
async def differing(
    case: Case,
    request: Ask,
    before: Annotated[Number, Parameter(query="before")],
    after: Annotated[Number, Parameter(query="after")],
) -> Differing:
    """What one version of a standard says otherwise than another."""
    told = difference((await _sheet(request, case, before)).content, (await _sheet(request, case, after)).content)
    return Differing(
        text=[Line(before=each.before, after=each.after) for each in told.text],
        facts=[Fact(name=name, before=each.before, after=each.after) for name, each in told.facts.items()],
        changes=[Changed(rule=rule, before=each.before, after=each.after) for rule, each in told.changes.items()],
    )


@get(
    "/{case:str}/outstanding", operation_id="StandardOutstanding", responses=ON_READ, summary="待阅知人员 · Outstanding"
)
async def waiting(case: Case, request: Ask, version: Annotated[Number, Parameter(query="version")]) -> list[Reader]:
    """Whom a version binds who has not taken note of it."""
    if not request.user.sees(AccountList.shown_to):
        raise PermissionDeniedException("who has not taken note is shown to who may see accounts")
    sheet, reads = await _sheet(request, case, version), request.app.state.house.reads
    accounts = await every(reads, AccountList, AccountCard, {"suspended": False})
    named = {"standard": sheet.standard, "version": version}
    readers = {each.reader for each in await every(reads, Acknowledgements, Acknowledgement, named)}
    return [Reader(login=each.login, roles=each.roles) for each in outstanding(sheet, accounts, readers)]
