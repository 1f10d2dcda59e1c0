"""The tree is the one of RFC 6962, its proofs prove, and what was altered by a bit proves nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infrastructure.evidence import merkle
from infrastructure.evidence.tiles import Torn, parts_of, shape
from infrastructure.evidence.verifier import is_consistent, is_included
from tests.evidence.tree import Entries, hashed, mth, parts, path, proof, tile_in, tiles_of

LOG = [f"entry {n}".encode() for n in range(700)]
SIZES = [*range(1, 20), 31, 32, 33, 63, 64, 65, 127, 128, 129, 255, 256, 257, 300, 511, 512, 513, 700]
LARGEST = len(LOG)
logs = st.lists(st.binary(max_size=8), min_size=1, max_size=80)


def bent(proof: list[bytes], bit: int) -> list[bytes]:
    """The proof with one bit of it turned over."""
    whole = int.from_bytes(b"".join(proof)) ^ 1 << bit % (len(proof) * 256)
    row = whole.to_bytes(len(proof) * 32)
    return [row[at : at + 32] for at in range(0, len(row), 32)]


def test_the_root_of_nothing_and_of_one_are_those_of_the_standard() -> None:
    assert merkle.root(parts([]), 0).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert merkle.root(parts([b""]), 1).hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


def test_roots_and_proofs_are_those_of_the_standard_at_every_size() -> None:
    tree = parts(LOG)
    for size in SIZES:
        known = LOG[:size]
        assert merkle.root(tree, size) == mth(known)
        for index in {0, size // 3, size // 2, size - 1}:
            assert merkle.inclusion(tree, index, size) == path(index, known)
        for old in {1, size // 3 or 1, size // 2 or 1, size}:
            assert merkle.consistency(tree, old, size) == proof(old, known)


def test_every_entry_is_proved_in_every_tree_it_is_in() -> None:
    tree, leaves = parts(LOG), hashed(LOG)
    for size in range(1, 70):
        root = mth(LOG[:size])
        for index in range(size):
            beside = merkle.inclusion(tree, index, size)
            assert is_included(leaves[index], index, size, beside, root)
            assert not is_included(leaves[index], index, size, [*beside, root], root)
            assert not any(
                is_included(leaves[index], other, size, beside, root) for other in range(70) if other != index
            )


def test_between_any_two_sizes_there_is_a_proof_of_growth() -> None:
    tree = parts(LOG)
    roots = {size: mth(LOG[:size]) for size in range(1, 70)}
    for new in roots:
        for old in range(1, new + 1):
            shown = merkle.consistency(tree, old, new)
            assert is_consistent(old, roots[old], new, roots[new], shown)
            assert not is_consistent(old, roots[old], new, roots[new], [*shown, roots[new]])
            if old < new:
                assert not is_consistent(old, roots[new], new, roots[new], shown)
                assert not is_consistent(old, roots[old], new, roots[old], shown)


@settings(deadline=None)
@given(entries=logs, index=st.integers(0), bit=st.integers(0))
def test_an_altered_proof_or_entry_proves_nothing(entries: Entries, index: int, bit: int) -> None:
    index %= len(entries)
    leaf, root = hashed(entries)[index], mth(entries)
    beside = merkle.inclusion(parts(entries), index, len(entries))
    assert is_included(leaf, index, len(entries), beside, root)
    assert not is_included(bent([leaf], bit)[0], index, len(entries), beside, root)
    assert not is_included(leaf, index, len(entries), beside, bent([root], bit)[0])
    if beside:
        assert not is_included(leaf, index, len(entries), bent(beside, bit), root)
        assert not is_included(leaf, index, len(entries), beside[:-1], root)


@settings(deadline=None)
@given(entries=logs, old=st.integers(1), bit=st.integers(0), altered=st.integers(0))
def test_no_proof_of_growth_covers_a_history_that_was_rewritten(
    entries: Entries, old: int, bit: int, altered: int
) -> None:
    new = len(entries)
    old = 1 + old % new
    shown = merkle.consistency(parts(entries), old, new)
    assert is_consistent(old, mth(entries[:old]), new, mth(entries), shown)
    rewritten = list(entries)
    rewritten[altered % old] += b"!"
    forged = merkle.consistency(parts(rewritten), old, new)
    assert not is_consistent(old, mth(entries[:old]), new, mth(rewritten), forged)
    if shown:
        assert not is_consistent(old, mth(entries[:old]), new, mth(entries), bent(shown, bit))


@settings(deadline=None, max_examples=40)
@given(steps=st.sets(st.integers(1, LARGEST), max_size=8))
def test_however_a_tree_grew_its_tiles_are_the_same(steps: set[int]) -> None:
    tiles = tiles_of(hashed(LOG), *steps)
    assert tiles == tiles_of(hashed(LOG))
    assert {place: len(hashes) for place, hashes in tiles.items()} == dict(shape(LARGEST))


def test_a_tree_of_more_than_two_levels_of_tiles_has_the_same_root_by_every_way() -> None:
    leaves = hashed([n.to_bytes(4) for n in range(66_000)])
    tiles = tiles_of(leaves, 1, 255, 4096, 65_536)
    tree, growing = parts_of(lambda level, number: tiles[level, number]), merkle.Growing()
    for size, leaf in enumerate(leaves, 1):
        growing.add(leaf)
        if size in (255, 256, 257, 65_535, 65_536, 65_537, 66_000):
            assert merkle.root(tree, size) == growing.root
    shown = merkle.consistency(tree, 777, 66_000)
    assert is_consistent(777, merkle.root(tree, 777), 66_000, growing.root, shown)
    assert is_included(leaves[300], 300, 66_000, merkle.inclusion(tree, 300, 66_000), growing.root)
    assert max(level for level, _ in tiles) == 2


def test_a_tree_does_not_grow_on_a_torn_tile() -> None:
    leaves = hashed(LOG)
    tiles = tiles_of(leaves[:300])
    tiles[0, 1] = tiles[0, 1][:-32]
    with pytest.raises(Torn, match="0/1"):
        merkle.root(parts_of(tile_in(tiles)), 300)


def test_what_cannot_be_proved_is_not_asked_for() -> None:
    tree = parts(LOG[:5])
    for asked in (lambda: merkle.inclusion(tree, 5, 5), lambda: merkle.inclusion(tree, -1, 5)):
        with pytest.raises(ValueError, match="has no leaf"):
            asked()
    for old, new in ((0, 5), (4, 3)):
        with pytest.raises(ValueError, match="does not come before"):
            merkle.consistency(tree, old, new)
