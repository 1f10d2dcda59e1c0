"""The tree's hashes as they are kept: tiles of up to 256, level upon level, each the roots of the full tiles below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from infrastructure.evidence.merkle import Parts
from infrastructure.evidence.verifier import node

HASH, WIDTH, HEIGHT = 32, 256, 8
FULL = HASH * WIDTH
"""Bytes of a hash; hashes of a full tile, and how high a tree they make; bytes of a full tile."""

Place = tuple[int, int]
"""A tile's level and its number in that level."""
Tile = Callable[[int, int], bytes]


class Torn(Exception):
    """A tile does not hold what it must by now: somebody else has been at it."""

    def __init__(self, level: int, number: int) -> None:
        super().__init__(f"tile {level}/{number} does not hold what was sealed")


def grow(size: int, leaves: Sequence[bytes], tile: Tile) -> dict[Place, bytes]:
    """The tiles that change when leaves are added to a tree of that size. Raises Torn."""
    grown: dict[Place, bytes] = {}
    level, hashes = 0, leaves
    while hashes:
        number, filled = divmod(size, WIDTH)
        held = tile(level, number) if filled else b""
        if len(held) != filled * HASH:
            raise Torn(level, number)
        row = held + b"".join(hashes)
        tiles = [row[start : start + FULL] for start in range(0, len(row), FULL)]
        grown |= {(level, n): each for n, each in enumerate(tiles, number)}
        hashes = [top(each) for each in tiles if len(each) == FULL]
        level, size = level + 1, number
    return grown


def shape(size: int) -> Iterator[tuple[Place, int]]:
    """Every tile that a tree of that size has, and how many bytes it holds."""
    level = 0
    while size:
        for number in range(-(-size // WIDTH)):
            yield (level, number), min(WIDTH, size - number * WIDTH) * HASH
        level, size = level + 1, size // WIDTH


def parts_of(tile: Tile) -> Parts:
    """The complete parts of the tree that these tiles hold. Raises Torn."""

    def part(height: int, number: int) -> bytes:
        level, rest = divmod(height, HEIGHT)
        place, at = divmod(number << rest, WIDTH)
        hashes = tile(level, place)[at * HASH : (at + (1 << rest)) * HASH]
        if len(hashes) != HASH << rest:
            raise Torn(level, place)
        return top(hashes)

    return part


def top(hashes: bytes) -> bytes:
    """The root over a row of hashes, as many as a power of two."""
    row = [hashes[at : at + HASH] for at in range(0, len(hashes), HASH)]
    while len(row) > 1:
        row = [node(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]
