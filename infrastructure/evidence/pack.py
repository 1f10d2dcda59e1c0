"""Evidence packs: the events of a case as they are stored, what proves them, and what checks that."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import psycopg

from domain.kernel import Recorded
from infrastructure.evidence import verifier
from infrastructure.evidence.checkpoint import Signer
from infrastructure.evidence.seal import Connection, Seal
from infrastructure.evidence.verifier import CHECKPOINTS, EVENTS, KEY, MANIFEST
from infrastructure.mapper import COLUMNS, Stored

README = Path(__file__).with_name("pack.md")
LATEST = 12
"""How many checkpoints a pack holds, beside those that whoever asks has kept."""
BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The moment every file of a pack bears, so that the same evidence is the same bytes."""
STORED = (
    f"SELECT {COLUMNS} FROM log.events"  # noqa: S608 - names of our own
    " WHERE position = ANY($1::bigint[]) ORDER BY position"
)


def pack(url: str, signer: Signer, case: Sequence[Recorded], kept: Sequence[int] = ()) -> bytes:
    """The events of a case, which must all be sealed, as a signed zip. `kept` are sizes of checkpoints to be in it."""
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        seal = Seal(connection, still=True)
        checkpoints = [each for each in seal.checkpoints() if each[0]]
        chosen = [each for each in checkpoints if each in checkpoints[-LATEST:] or each[0] in kept]
        files = {
            "README.md": README.read_text("utf-8").format(events=len(case), size=chosen[-1][0]).encode(),
            "verifier.py": Path(verifier.__file__).read_bytes(),
            KEY: f"{signer.key}\n".encode(),
            CHECKPOINTS: _lines(_checkpoints(seal, chosen)),
            EVENTS: _lines(_events(connection, seal, [each.position for each in case], chosen[-1][0])),
            "readable.jsonl": _lines(map(_readable, case)),
            "timeline.md": "".join(map(_sentence, case)).encode(),
            "rules.json": _json(_rules(case)),
            "documents.json": _json(_documents(case)),
        }
    files[MANIFEST] = _manifest(signer, files).encode()
    return _zipped(files)


def _checkpoints(seal: Seal, chosen: Sequence[tuple[int, bytes, str]]) -> Iterable[dict[str, Any]]:
    yield {"note": chosen[0][2], "consistency": []}
    for (old, _, _), (new, _, note) in pairwise(chosen):
        yield {"note": note, "consistency": list(map(_text, seal.consistency(old, new)))}


def _events(connection: Connection, seal: Seal, positions: list[int], size: int) -> Iterable[dict[str, Any]]:
    rows = psycopg.RawCursor(connection).execute(STORED, (positions,), binary=True).fetchall()
    for row in (Stored(*each) for each in rows):
        yield {
            "position": row.position,
            "stream": str(row.stream),
            "version": row.version,
            "type": row.type,
            "subject": None if row.subject is None else str(row.subject),
            "state": _text(row.state),
            "box": None if row.box is None else _text(row.box),
            "proof": list(map(_text, seal.inclusion(row.position, size))),
        }


def _readable(each: Recorded) -> dict[str, Any]:
    told: dict[str, Any] = msgspec.to_builtins(msgspec.structs.asdict(each))
    return {"zh": each.event.tell("zh"), "en": each.event.tell("en"), **told}


def _sentence(each: Recorded) -> str:
    who = f"{each.actor.name} ({each.actor.role.tell('zh')} · {each.actor.role.tell('en')})"
    told = f"{each.event.tell('zh')} · {each.event.tell('en')}"
    return f"- {each.position} · {each.recorded_at:%Y-%m-%d %H:%M:%S} UTC · {who}: {told}\n"


def _rules(case: Iterable[Recorded]) -> dict[str, list[int]]:
    """Each rule that was applied, and the positions of the events it was applied for."""
    applied: dict[str, list[int]] = {}
    for each in case:
        for rule in each.rules:
            applied.setdefault(rule, []).append(each.position)
    return dict(sorted(applied.items()))


def _documents(case: Iterable[Recorded]) -> list[dict[str, Any]]:
    """The checksum of every document that an event names."""
    named = ((each, getattr(each.event, "sha256", "")) for each in case)
    return [{"position": each.position, "sha256": checksum} for each, checksum in named if checksum]


def _manifest(signer: Signer, files: dict[str, bytes]) -> str:
    # Its first line is not the log's name, so that no list of files ever passes for a checkpoint.
    lines = (f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items()))
    return signer.note(f"{signer.origin}/evidence\n{''.join(lines)}")


def _zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, BEGINNING), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _lines(told: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in told)


def _json(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=2).encode() + b"\n"


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()
