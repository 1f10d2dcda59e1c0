"""The tree over the log (RFC 6962): what proves that an entry is in it, and that it has only ever grown.

A tree is told by its complete parts: a function from height and number to the hash of that subtree of 2^height leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256

from infrastructure.evidence.verifier import node, split

Parts = Callable[[int, int], bytes]

EMPTY = sha256().digest()
"""The root of a tree without leaves."""


def root(parts: Parts, size: int) -> bytes:
    return _over(parts, 0, size) if size else EMPTY


def inclusion(parts: Parts, index: int, size: int) -> list[bytes]:
    """The hashes beside the way from a leaf, counted from 0, up to the root of the tree of that size."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    first, proof = 0, []
    while size > 1:
        left = split(size)
        if index < left:
            proof.append(_over(parts, first + left, first + size))
            size = left
        else:
            proof.append(_over(parts, first, first + left))
            first, index, size = first + left, index - left, size - left
    return proof[::-1]


def consistency(parts: Parts, old: int, new: int) -> list[bytes]:
    """The hashes from which both roots follow, so that the tree of the one size begins the tree of the other."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {old} does not come before one of {new}")
    first, whole, proof = 0, True, []
    while old < new:
        left = split(new)
        if old <= left:
            proof.append(_over(parts, first + left, first + new))
            new = left
        else:
            proof.append(_over(parts, first, first + left))
            first, old, new, whole = first + left, old - left, new - left, False
    return ([] if whole else [_over(parts, first, first + new)]) + proof[::-1]


def _over(parts: Parts, first: int, after: int) -> bytes:
    """The hash over the leaves from one up to before another; the first is where a subtree of that size begins."""
    size = after - first
    if size & (size - 1) == 0:
        height = size.bit_length() - 1
        return parts(height, first >> height)
    left = split(size)
    return node(_over(parts, first, first + left), _over(parts, first + left, after))


class Growing:
    """A tree to which leaves are added one by one; it keeps no more than the roots of its complete parts."""

    def __init__(self, completed: Callable[[int, int, bytes], None] = lambda height, number, part: None) -> None:
        self.size = 0
        self._peaks: list[bytes] = []
        self._completed = completed

    def add(self, part: bytes) -> None:
        height = 0
        while self.size >> height & 1:
            part = node(self._peaks.pop(), part)
            height += 1
            self._completed(height, self.size >> height, part)
        self._peaks.append(part)
        self.size += 1

    @property
    def root(self) -> bytes:
        if not self._peaks:
            return EMPTY
        found = self._peaks[-1]
        for peak in self._peaks[-2::-1]:
            found = node(peak, found)
        return found
