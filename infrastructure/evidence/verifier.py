"""Checks an evidence pack with this one file, Python and the package `cryptography`; nothing else of the house.

    python verifier.py PACK [--key KEY] [--checkpoint FILE] ...

KEY is the log's public key as you know it from elsewhere, FILE holds checkpoints you kept. Ends with 0 if everything
holds, 1 if not. The house hashes and checks with these same functions.
"""

from __future__ import annotations

import argparse
import base64
import binascii
import json
import re
import struct
import sys
import zipfile
from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

ED25519, ID, ROOT = b"\x01", 4, 32
MANIFEST, EVENTS, CHECKPOINTS, KEY = "MANIFEST", "events.jsonl", "checkpoints.jsonl", "key.txt"


class Wrong(Exception):
    """What does not hold, in Chinese and English, and the position of the log it is about, 0 if it is about none."""

    def __init__(self, zh: str, en: str, position: int = 0) -> None:
        self.zh, self.en, self.position = zh, en, position
        super().__init__(f"{zh} · {en}")


def entry(
    position: int, stream: bytes, version: int, kind: str, subject: bytes | None, state: bytes, box: bytes | None
) -> bytes:
    """What is hashed of an event: the number of this form, then each column, numbers in eight bytes, the first first.

    Before what has no fixed length stands its length in four bytes, before what may be missing a byte 1, or 0 alone.
    """
    name = kind.encode()
    return b"".join((
        struct.pack(">Bq16sqI", 1, position, stream, version, len(name)),
        name,
        b"\0" if subject is None else b"\1" + subject,
        len(state).to_bytes(4),
        state,
        b"\0" if box is None else b"\1" + len(box).to_bytes(4) + box,
    ))  # fmt: skip


def leaf(entry: bytes) -> bytes:
    return sha256(b"\0" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\1" + left + right).digest()


def split(size: int) -> int:
    """How many leaves are on the left: the largest power of two below the size."""
    return 1 << (size - 1).bit_length() - 1


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof leads from this leaf, counted from 0, to the root of the tree of that size."""
    try:
        return 0 <= index < size and _climb(leaf, index, size, proof) == root
    except ValueError:
        return False


def is_consistent(old: int, old_root: bytes, new: int, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether the proof shows that the tree of the new size begins with the tree of the old one."""
    try:
        return 0 < old <= new and _both(old, new, proof, old_root) == (old_root, new_root)
    except ValueError:
        return False


def _climb(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that a leaf and the hashes beside its way lead to. Raises ValueError where they are too many or few."""
    if size == 1:
        () = proof
        return leaf
    *below, beside = proof
    left = split(size)
    if index < left:
        return node(_climb(leaf, index, left, below), beside)
    return node(beside, _climb(leaf, index - left, size - left, below))


def _both(old: int, new: int, proof: Sequence[bytes], known: bytes | None) -> tuple[bytes, bytes]:
    """The roots of both trees, over the part in which the old one ends. Raises ValueError."""
    if old == new:
        [whole] = proof if known is None else (*proof, known)
        return whole, whole
    *below, beside = proof
    left = split(new)
    if old <= left:
        was, now = _both(old, left, below, known)
        return was, node(now, beside)
    was, now = _both(old - left, new - left, below, None)
    return node(beside, was), node(beside, now)


class Key(NamedTuple):
    """The public key of a log, by the log's name; written down as name+id+key."""

    name: str
    public: bytes

    @classmethod
    def read(cls, written: str) -> Key:
        name, _, rest = written.strip().partition("+")
        key = cls(name, _bytes(rest.partition("+")[2])[1:])
        if str(key) != written.strip():
            raise Wrong("公钥无法读取", "the public key cannot be read")
        return key

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{base64.b64encode(ED25519 + self.public).decode()}"

    @property
    def id(self) -> bytes:
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:ID]

    def opens(self, note: str) -> str:
        """The text of a note that bears this key's signature. Raises Wrong."""
        text, _, signatures = note.rpartition("\n\n")
        for line in signatures.split("\n"):
            dash, _, rest = line.partition(" ")
            name, _, told = rest.partition(" ")
            signature = _bytes(told)
            if (dash, name, signature[:ID]) == ("—", self.name, self.id):
                try:
                    Ed25519PublicKey.from_public_bytes(self.public).verify(signature[ID:], text.encode() + b"\n")
                except (InvalidSignature, ValueError):
                    break
                return text + "\n"
        raise Wrong("没有这把公钥的有效签名", "there is no valid signature by this key")


class Checkpoint(NamedTuple):
    origin: str
    size: int
    root: bytes

    @classmethod
    def read(cls, note: str, key: Key) -> Checkpoint:
        """Raises Wrong."""
        lines = key.opens(note).split("\n")
        if len(lines) < 3 or lines[0] != key.name or not re.fullmatch("0|[1-9][0-9]{0,18}", lines[1]):
            raise Wrong("这不是本日志的检查点", "this is no checkpoint of this log")
        return cls(lines[0], int(lines[1]), _bytes(lines[2]))


Proved = tuple[Checkpoint, list[bytes]]
"""A checkpoint, and the proof that it continues the one before it."""


def notes(text: str) -> list[str]:
    """The notes that follow one another in a text."""
    found: list[list[str]] = []
    signed = True
    for line in text.splitlines(keepends=True):
        if signed and not line.startswith("— "):
            found.append([])
            signed = False
        signed = signed or line.startswith("— ")
        found[-1].append(line)
    return ["".join(lines) for lines in found]


def _bytes(text: Any) -> bytes:
    """The bytes of base 64, of which there is one way to write them. Raises Wrong."""
    try:
        found = base64.b64decode(text, validate=True)
    except (TypeError, ValueError, binascii.Error):
        found = b""
    if base64.b64encode(found).decode() != text:
        raise Wrong(f"不是规范的 base64：{text!r}", f"this is not canonical base 64: {text!r}")
    return found


def faults(files: dict[str, bytes], key: Key | None = None, kept: Sequence[str] = ()) -> list[Wrong]:
    """Everything in a pack that does not hold, by position. `kept` are checkpoints known from elsewhere."""
    try:
        key = key or Key.read(files[KEY].decode())
        told = [json.loads(line) for line in _lines(files, CHECKPOINTS)]
        known = [(Checkpoint.read(each["note"], key), list(map(_bytes, each["consistency"]))) for each in told]
        sealed, _ = known[-1]
        mine = [Checkpoint.read(note, key) for note in kept]
    except Wrong as wrong:
        return [wrong]
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return [Wrong("公钥或检查点无法读取", "its key or its checkpoints cannot be read")]
    found = [*_chain(known), *_events(files, sealed), *_files(files, key), *_kept(known, mine)]
    return sorted(found, key=lambda wrong: wrong.position)


def _chain(known: Sequence[Proved]) -> Iterator[Wrong]:
    """Each checkpoint's log begins with the one of the checkpoint before it."""
    for (old, _), (new, proof) in pairwise(known):
        if not is_consistent(old.size, old.root, new.size, new.root, proof):
            zh, en = "检查点不延续前一个", "the checkpoint does not continue the one before"
            yield Wrong(f"{new.size}：{zh} {old.size}", f"{new.size}: {en}, {old.size}", old.size + 1)


def _events(files: dict[str, bytes], sealed: Checkpoint) -> Iterator[Wrong]:
    reached: dict[str, int] = {}
    for number, line in enumerate(_lines(files, EVENTS), 1):
        try:
            told = json.loads(line)
            yield from _event(told, sealed)
            if told["version"] != (due := reached.get(told["stream"], 0) + 1):
                yield Wrong(f"事件流缺少第 {due} 版", f"version {due} of its stream is missing", told["position"])
            reached[told["stream"]] = told["version"]
        except Wrong as wrong:
            yield wrong
        except (KeyError, TypeError, ValueError, AttributeError, struct.error):
            yield Wrong(f"{EVENTS} 第 {number} 行无法读取", f"line {number} of {EVENTS} cannot be read")


def _event(told: dict[str, Any], sealed: Checkpoint) -> Iterator[Wrong]:
    position, state = told["position"], _bytes(told["state"])
    subject = None if told["subject"] is None else UUID(told["subject"]).bytes
    box = None if told["box"] is None else _bytes(told["box"])
    stored = entry(position, UUID(told["stream"]).bytes, told["version"], told["type"], subject, state, box)
    if not is_included(leaf(stored), position - 1, sealed.size, [_bytes(each) for each in told["proof"]], sealed.root):
        yield Wrong("事件与封存的内容不符", "the event is not what was sealed", position)
    stream, version, *_, event = json.loads(state)
    if (stream, version, event["type"]) != (told["stream"], told["version"], told["type"]):
        yield Wrong("事件的列与其内容不一致", "the event's columns are not what its state says", position)


def _files(files: dict[str, bytes], key: Key) -> Iterator[Wrong]:
    """Every file is the one that was signed for, and there is no other."""
    try:
        title, *lines = key.opens(files[MANIFEST].decode()).splitlines()
        signed = {name: told for told, _, name in (line.partition("  ") for line in lines)}
    except (Wrong, KeyError, ValueError):
        title, signed = "", {}
    if title != f"{key.name}/evidence":
        yield Wrong("文件清单没有有效签名", "the list of files has no valid signature")
        return
    for name in sorted(signed.keys() | files.keys() - {MANIFEST}):
        if name not in files or sha256(files[name]).hexdigest() != signed.get(name):
            yield Wrong(f"文件 {name} 不是签名时的那一份", f"the file {name} is not the one that was signed")


def _kept(known: Sequence[Proved], kept: Sequence[Checkpoint]) -> Iterator[Wrong]:
    roots = {each.size: each.root for each, _ in known}
    for mine in kept:
        if roots.get(mine.size) != mine.root:
            zh, en = ("与它不是同一本日志", "is of another log") if mine.size in roots else ("中没有", "is not in it")
            yield Wrong(f"您保存的检查点 {mine.size} {zh}", f"the checkpoint at {mine.size} you kept {en}", mine.size)


def _lines(files: dict[str, bytes], name: str) -> list[bytes]:
    return files.get(name, b"").splitlines()


def main(words: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks an evidence pack. · 检验证据包。")
    parser.add_argument("pack", type=Path)
    parser.add_argument("--key", help="the log's public key, as you know it · 您所知的日志公钥")
    parser.add_argument("--checkpoint", type=Path, action="append", default=[], help="checkpoints you kept · 检查点")
    asked, say = parser.parse_args(words), sys.stdout.write
    kept = [note for path in asked.checkpoint for note in notes(path.read_text("utf-8"))]
    try:
        with zipfile.ZipFile(asked.pack) as pack:
            files = {name: pack.read(name) for name in pack.namelist()}
        found = faults(files, Key.read(asked.key) if asked.key else None, kept)
    except Wrong as wrong:
        found = [wrong]
    except (OSError, zipfile.BadZipFile) as error:
        found = [Wrong(f"证据包无法打开：{error}", f"the pack cannot be opened: {error}")]
    for each in found:
        say(f"✗ {each.position or ''} {each}\n")
    if found:
        first = next((each.position for each in found if each.position), "?")
        say(f"第一个有问题的位置：{first} · the first bad position: {first}\n")
        return 1
    events = len(_lines(files, EVENTS))
    say(f"✓ 全部 {events} 条事件与封存时一致 · all {events} events are as they were sealed\n")
    if not asked.key:
        say(f"公钥取自证据包，请核对 · the key is the pack's own, compare it: {files[KEY].decode()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
