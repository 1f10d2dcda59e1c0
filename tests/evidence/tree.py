"""The tree as RFC 6962 defines it, word for word and slowly: what the fast one must agree with."""

from __future__ import annotations

from hashlib import sha256

from infrastructure.evidence.merkle import Parts
from infrastructure.evidence.tiles import Place, Tile, grow, parts_of

Entries = list[bytes]


def sha(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()


def left_of(entries: Entries) -> int:
    left = 1
    while left * 2 < len(entries):
        left *= 2
    return left


def mth(entries: Entries) -> bytes:
    """MTH(D[n]), section 2.1."""
    if not entries:
        return sha()
    if len(entries) == 1:
        return sha(b"\x00", entries[0])
    k = left_of(entries)
    return sha(b"\x01", mth(entries[:k]), mth(entries[k:]))


def path(m: int, entries: Entries) -> list[bytes]:
    """PATH(m, D[n]), section 2.1.1."""
    if len(entries) == 1:
        return []
    k = left_of(entries)
    if m < k:
        return [*path(m, entries[:k]), mth(entries[k:])]
    return [*path(m - k, entries[k:]), mth(entries[:k])]


def proof(m: int, entries: Entries) -> list[bytes]:
    """PROOF(m, D[n]), section 2.1.2."""
    return subproof(m, entries, whole=True)


def subproof(m: int, entries: Entries, *, whole: bool) -> list[bytes]:
    if m == len(entries):
        return [] if whole else [mth(entries)]
    k = left_of(entries)
    if m <= k:
        return [*subproof(m, entries[:k], whole=whole), mth(entries[k:])]
    return [*subproof(m - k, entries[k:], whole=False), mth(entries[:k])]


def hashed(entries: Entries) -> list[bytes]:
    return [sha(b"\x00", each) for each in entries]


def tiles_of(leaves: list[bytes], *steps: int) -> dict[Place, bytes]:
    """The tiles of a tree that grew in these steps, and then to its end."""
    tiles: dict[Place, bytes] = {}
    size = 0
    for upto in (*sorted(each for each in steps if each < len(leaves)), len(leaves)):
        tiles.update(grow(size, leaves[size:upto], tile_in(tiles)))
        size = upto
    return tiles


def tile_in(tiles: dict[Place, bytes]) -> Tile:
    return lambda level, number: tiles.get((level, number), b"")


def parts(entries: Entries) -> Parts:
    return parts_of(tile_in(tiles_of(hashed(entries))))
