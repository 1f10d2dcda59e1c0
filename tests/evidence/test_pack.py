"""An evidence pack stands on its own: a bare Python checks it, and finds any byte of it that was changed."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import io
import json
import random
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from application.ports import EventStore
from application.supervision.case_file import case_file
from domain.customer import Channel, ForgetPerson, Ground, NoteContact
from infrastructure.evidence import verifier
from infrastructure.evidence.archive import Archive
from infrastructure.evidence.checkpoint import Signer
from infrastructure.evidence.verifier import EVENTS, MANIFEST, Key, faults, notes
from infrastructure.postgres.event_store import PostgresEventStore
from interfaces.main import masters
from tests.conftest import new_database
from tests.evidence.conftest import Archive as Intruded
from tests.handling.door import Door

SAID = "she asked when the money comes"


@dataclass
class Packed:
    """The pack of a settled claim, and of what its decisions rested on."""

    archive: Archive
    claim: UUID
    files: dict[str, bytes]
    kept: str
    """A checkpoint from before the claim was settled."""

    @property
    def key(self) -> str:
        return self.archive.standing().key

    def but(self, name: str, content: bytes) -> dict[str, bytes]:
        return {**self.files, name: content}

    def lines(self, name: str) -> list[dict]:
        return [json.loads(line) for line in self.files[name].splitlines()]


async def _claim(store: EventStore, archive: Archive) -> tuple[UUID, str]:
    door = Door(store)
    customer = await door.customer()
    await door.give(NoteContact(channel=Channel.PHONE, subject=SAID), customer)
    claim = await door.claim(await door.taken_over(await door.product(), customer))
    kept = await asyncio.to_thread(archive.checkpoint)
    await door.settle(claim)
    await door.give(NoteContact(channel=Channel.PHONE, subject="thanked us"), customer)
    return claim, kept


@pytest.fixture(scope="module")
def packed(server_url: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Packed]:
    with new_database(server_url, template) as url, closing(PostgresEventStore(url, masters())) as store:
        outside = tmp_path_factory.mktemp("outside") / "checkpoints.log"
        archive = Archive(url, Ed25519PrivateKey.generate(), outside)

        async def story() -> tuple[UUID, str, bytes]:
            claim, kept = await _claim(store, archive)
            return claim, kept, archive.pack(await case_file(store, claim))

        claim, kept, pack = asyncio.run(story())
        yield Packed(archive, claim, _opened(pack), kept)


def _opened(pack: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(pack)) as file:
        return {name: file.read(name) for name in file.namelist()}


def bare(files: dict[str, bytes], folder: Path, *words: str) -> tuple[int, str]:
    """What the verifier out of the pack says of it, in a Python that knows nothing of the house."""
    shutil.copy(verifier.__file__, folder / "verifier.py")
    with zipfile.ZipFile(folder / "pack.zip", "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    command = [sys.executable, "-I", str(folder / "verifier.py"), str(folder / "pack.zip"), *words]
    said = subprocess.run(command, capture_output=True, text=True, cwd=folder, encoding="utf-8", check=False)
    assert said.stderr == ""
    return said.returncode, said.stdout


def test_a_bare_python_finds_that_everything_holds(packed: Packed, tmp_path: Path) -> None:
    code, said = bare(packed.files, tmp_path, "--key", packed.key)
    assert (code, said) == (0, f"✓ 全部 {len(packed.lines(EVENTS))} 条事件与封存时一致 · "
                               f"all {len(packed.lines(EVENTS))} events are as they were sealed\n")  # fmt: skip


def test_it_says_where_the_key_came_from_that_nobody_gave_it(packed: Packed, tmp_path: Path) -> None:
    code, said = bare(packed.files, tmp_path)
    assert code == 0 and f"compare it: {packed.key}" in said


def test_the_verifier_imports_nothing_of_the_house() -> None:
    text = Path(verifier.__file__).read_text("utf-8")
    assert not any(f"{verb} {layer}" in text for verb in ("from", "import") for layer in ("infra", "domain", "appl"))


def test_the_case_and_what_it_was_decided_upon_are_in_it(packed: Packed) -> None:
    types = [each["type"] for each in packed.lines(EVENTS)]
    assert {"NoticeGiven", "ClaimPaid", "PolicyTakenOver", "ProductDrafted"} <= set(types)
    assert len({each["stream"] for each in packed.lines(EVENTS)}) >= 3
    assert packed.files["verifier.py"] == Path(verifier.__file__).read_bytes()


def test_it_reads_in_both_languages_and_names_rules_and_documents(packed: Packed) -> None:
    assert "notice of loss" in packed.files["timeline.md"].decode() and "报案" in packed.files["timeline.md"].decode()
    assert json.loads(packed.files["rules.json"])
    told = packed.lines("readable.jsonl")
    assert [each["position"] for each in told] == [each["position"] for each in packed.lines(EVENTS)]
    named = json.loads(packed.files["documents.json"])
    assert [each["sha256"] for each in named] == [e["event"]["sha256"] for e in told if "sha256" in e["event"]]


def test_the_same_evidence_is_the_same_bytes(packed: Packed) -> None:
    async def again() -> bytes:
        with closing(PostgresEventStore(packed.archive.url, masters())) as store:
            return packed.archive.pack(await case_file(store, packed.claim))

    assert _opened(asyncio.run(again())) == packed.files


def test_every_change_of_one_byte_in_its_events_is_found(packed: Packed) -> None:
    whole, key, chance = packed.files[EVENTS], Key.read(packed.key), random.Random(5)
    for place in [*range(0, len(whole), 97), *(chance.randrange(len(whole)) for _ in range(200))]:
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        assert faults(packed.but(EVENTS, bytes(changed)), key), f"byte {place}"


def test_every_change_of_one_byte_in_any_other_file_is_found(packed: Packed) -> None:
    key, chance = Key.read(packed.key), random.Random(8)
    for name, whole in packed.files.items():
        for _ in range(40):
            changed, place = bytearray(whole), chance.randrange(len(whole))
            changed[place] ^= 1 << chance.randrange(8)
            assert faults(packed.but(name, bytes(changed)), key), f"byte {place} of {name}"


def rewritten(packed: Packed, line: int, **changes: object) -> dict[str, bytes]:
    """The pack with one event's record changed by somebody who signs the list of files anew."""
    told = packed.lines(EVENTS)
    told[line] |= changes
    files = packed.but(EVENTS, b"".join(json.dumps(each, ensure_ascii=False).encode() + b"\n" for each in told))
    signer = Signer(Key.read(packed.key).name, packed.archive.secret)
    sums = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files.keys() - {MANIFEST}))
    return {**files, MANIFEST: signer.note(f"{signer.origin}/evidence\n{''.join(sums)}").encode()}


@pytest.mark.parametrize("column", ["state", "box", "stream", "version", "type", "subject", "position"])
def test_an_altered_event_is_named_by_its_position_though_the_list_of_files_is_signed_anew(
    packed: Packed, tmp_path: Path, column: str
) -> None:
    boxed = next(n for n, each in enumerate(packed.lines(EVENTS)) if each["box"])
    event = packed.lines(EVENTS)[boxed]
    forged = {
        "state": base64.b64encode(base64.b64decode(event["state"]).replace(b"a.", b"b.")).decode(),
        "box": base64.b64encode(base64.b64decode(event["box"])[:-1] + b"\0").decode(),
        "stream": str(UUID(int=7)),
        "version": event["version"] + 1,
        "type": event["type"] + "/2",
        "subject": None,
        "position": event["position"] + 1,
    }[column]
    assert forged != event[column]
    code, said = bare(rewritten(packed, boxed, **{column: forged}), tmp_path, "--key", packed.key)
    position = forged if column == "position" else event["position"]
    assert code == 1 and said.endswith(f"the first bad position: {position}\n")


def test_an_event_that_was_left_out_is_missed_by_the_next_of_its_stream(packed: Packed) -> None:
    lines = packed.files[EVENTS].splitlines(keepends=True)
    own = [n for n, each in enumerate(packed.lines(EVENTS)) if each["stream"] == str(packed.claim)]
    first, second = own[:2]
    found = faults(packed.but(EVENTS, b"".join(lines[:first] + lines[first + 1 :])))
    assert packed.lines(EVENTS)[second]["position"] in [each.position for each in found]


def test_another_key_than_the_one_you_know_opens_nothing(packed: Packed, tmp_path: Path) -> None:
    stranger = Signer(Key.read(packed.key).name, Ed25519PrivateKey.generate()).key
    code, said = bare(packed.files, tmp_path, "--key", str(stranger))
    assert code == 1 and "no valid signature" in said


def test_a_checkpoint_you_kept_is_compared(packed: Packed, tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text(packed.kept, "utf-8")
    assert bare(packed.files, tmp_path, "--key", packed.key, "--checkpoint", str(kept))[0] == 0
    signer = Signer(Key.read(packed.key).name, packed.archive.secret)
    size = int(packed.kept.split("\n")[1])
    for forged, why in (
        (signer.checkpoint(size, bytes(32)), "is of another log"),
        (signer.checkpoint(3, bytes(32)), "not in it"),
    ):
        kept.write_text(forged, "utf-8")
        code, said = bare(packed.files, tmp_path, "--key", packed.key, "--checkpoint", str(kept))
        assert code == 1 and why in said


def test_a_file_that_is_no_pack_is_told_apart(tmp_path: Path) -> None:
    for name, content in (("README.md", b"hello"), ("key.txt", b"a+b+c"), (EVENTS, b"{")):
        code, said = bare({name: content}, tmp_path)
        assert code == 1 and ("cannot be read" in said or "canonical" in said)
    assert verifier.main([str(tmp_path / "nothing.zip")]) == 1


async def test_forgetting_a_person_leaves_everything_provable_and_nothing_readable(fresh: Intruded) -> None:
    archive = Archive(fresh.app, fresh.secret, fresh.outside)
    with closing(PostgresEventStore(fresh.app, masters())) as store:
        door = Door(store)
        customer = await door.customer("欧阳修")
        kept = await asyncio.to_thread(archive.checkpoint)
        before = _opened(archive.pack(await case_file(store, customer)))
        await door.give(ForgetPerson(ground=Ground.SERVICE_ENDED), customer)
        after = _opened(archive.pack(await case_file(store, customer), kept))
    assert "欧阳修" in before["readable.jsonl"].decode() and "欧阳修" not in b"".join(after.values()).decode()
    assert faults(before) == faults(after, Key.read(archive.standing().key), notes(kept)) == []
    assert after[EVENTS].splitlines()[0].split(b'"proof"')[0] == before[EVENTS].splitlines()[0].split(b'"proof"')[0]
    assert fresh.verify(kept).wrong == []
