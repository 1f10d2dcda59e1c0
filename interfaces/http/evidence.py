"""Evidence over HTTP: the latest checkpoint, the public key, proofs, and a case's evidence pack."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from litestar import MediaType, Response, Router, get
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import Parameter
from pydantic import BaseModel

from application.supervision.case_file import case_file
from application.supervision.replay import find_case
from interfaces.http.problem import ON_READ
from interfaces.http.readings import note
from interfaces.http.routes import Ask
from interfaces.http.supervision import REPLAYED_BY, Case

Position = Annotated[int, Parameter(ge=1, le=2**62, description="A position in the log.")]
Size = Annotated[int | None, Parameter(query="size", ge=1, le=2**62, description="In the log of this size.")]


class Standing(BaseModel):
    """How far the log goes, how far it is sealed, and where the latest checkpoint was signed."""

    head: int
    sealed: int
    signed: int
    signed_at: datetime | None
    key: str


class Inclusion(BaseModel):
    """That the event is in the log of that size: its leaf's hash and the hashes beside its way to the root, base 64."""

    position: int
    size: int
    leaf: str
    root: str
    proof: list[str]


class Consistency(BaseModel):
    """That the log of the new size begins with the log of the old one, base 64."""

    old: int
    new: int
    proof: list[str]


def archive(request: Ask) -> Any:
    if not request.user.sees(REPLAYED_BY):
        raise PermissionDeniedException("evidence is given to supervisors, compliance officers and auditors")
    return request.app.state.house.archive()


@get("/", operation_id="Standing", responses=ON_READ, summary="封存状态 · How far the log is sealed")
async def standing(request: Ask) -> Standing:
    """What lies between `sealed` and `head` is not sealed yet, and nothing proves it."""
    found = await asyncio.to_thread(archive(request).standing)
    return Standing(**{name: getattr(found, name) for name in Standing.model_fields})


@get(
    "/checkpoint",
    operation_id="LatestCheckpoint",
    responses=ON_READ,
    media_type=MediaType.TEXT,
    summary="最新检查点 · Latest checkpoint",
)
async def checkpoint(request: Ask) -> str:
    """The latest checkpoint, a signed note: keep it, and nobody can take back what it vouches for."""
    note: str = await asyncio.to_thread(archive(request).latest)
    if not note:
        raise NotFoundException("no checkpoint has been signed yet")
    return note


@get("/key", operation_id="EvidenceKey", responses=ON_READ, media_type=MediaType.TEXT, summary="公钥 · Public key")
async def key(request: Ask) -> str:
    """The public key that checkpoints and packs are checked with."""
    found = await asyncio.to_thread(archive(request).standing)
    return f"{found.key}\n"


@get("/inclusion/{position:int}", operation_id="Inclusion", responses=ON_READ, summary="包含证明 · Proof of inclusion")
async def inclusion(request: Ask, position: Position, size: Size = None) -> Inclusion:
    """The proof that the event at a position is in the log."""
    try:
        found = await asyncio.to_thread(archive(request).inclusion, position, size)
    except ValueError as error:
        raise NotFoundException(str(error)) from error
    leaf, root, *proof = _texts([found.leaf, found.root, *found.hashes])
    return Inclusion(position=found.position, size=found.size, leaf=leaf, root=root, proof=proof)


@get(
    "/consistency/{old:int}/{new:int}",
    operation_id="Consistency",
    responses=ON_READ,
    summary="一致性证明 · Proof of consistency",
)
async def consistency(request: Ask, old: Position, new: Position) -> Consistency:
    """The proof that the log only grew between two sizes."""
    try:
        found = await asyncio.to_thread(archive(request).consistency, old, new)
    except ValueError as error:
        raise NotFoundException(str(error)) from error
    return Consistency(old=old, new=new, proof=_texts(found))


@get(
    "/cases/{case:str}",
    operation_id="EvidencePack",
    responses=ON_READ,
    media_type="application/zip",
    summary="案件证据包 · A case's evidence pack",
)
async def pack(request: Ask, case: Case) -> Response[bytes]:
    """A case's events as stored, with proofs, checkpoints and the verifier. It holds personal data."""
    return await packed(request, case)


async def packed(request: Ask, case: str) -> Response[bytes]:
    keeper, store = archive(request), request.app.state.house.store
    stream = await find_case(store, case)
    events = await case_file(store, stream) if stream else []
    if not events:
        raise NotFoundException("there is no such case")
    await note(request, events, "evidence")
    content: bytes = await asyncio.to_thread(keeper.pack, events)
    name = f"evidence-{stream}-{events[-1].position}.zip"
    return Response(
        content, media_type="application/zip", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _texts(hashes: Sequence[bytes]) -> list[str]:
    return [base64.b64encode(each).decode() for each in hashes]


EVIDENCE = Router(
    "/api/evidence", route_handlers=[standing, checkpoint, key, inclusion, consistency, pack], tags=["evidence"]
)
