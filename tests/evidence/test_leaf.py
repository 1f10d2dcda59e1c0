"""The form in which an event is hashed is written down here once more, byte by byte: it can never change silently."""

from __future__ import annotations

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from infrastructure.evidence.checkpoint import Signer
from infrastructure.evidence.merkle import Growing
from infrastructure.evidence.seal import leaf_of
from infrastructure.evidence.verifier import Checkpoint, Key, entry
from infrastructure.mapper import Stored

STREAM, SUBJECT = UUID(int=0x0102030405060708090A0B0C0D0E0F10), UUID(int=0xA0)
LOG = (
    Stored(1, STREAM, 1, "ContactNoted", SUBJECT, b'["a",1]', b"sealed"),
    Stored(2, STREAM, 2, "ContactNoted/2", None, b'["a",2]', None),
    Stored(3, SUBJECT, 1, "报案", SUBJECT, b"", b""),
)
WRITTEN = (
    "01" "0000000000000001" "0102030405060708090a0b0c0d0e0f10" "0000000000000001"
    "0000000c" "436f6e746163744e6f746564" "01" "000000000000000000000000000000a0"
    "00000007" "5b2261222c315d" "01" "00000006" "7365616c6564",
    "01" "0000000000000002" "0102030405060708090a0b0c0d0e0f10" "0000000000000002"
    "0000000e" "436f6e746163744e6f7465642f32" "00"
    "00000007" "5b2261222c325d" "00",
    "01" "0000000000000003" "000000000000000000000000000000a0" "0000000000000001"
    "00000006" "e68aa5e6a188" "01" "000000000000000000000000000000a0"
    "00000000" "01" "00000000",
)  # fmt: skip
ROOT = "49d65b65fd5477b7a978d5edfe3c6a82ef949ab3b5dda3032b9b399f1aadc388"
NOTE = (
    "uberrima/test\n3\nSdZbZf1Ud7epeNXt/jxqgu+UmrO13aMDK5s5nxqtw4g=\n\n— uberrima/test"
    " 5/fDTMSO7mLk2FqwjFHpijz+2jTh8asa+WpgAlVMOLRNDi9HM4YW+pdS3lJ9EBzbRq+Gg7O/1YphisVvTVw0+nxuwgo=\n"
)

columns = st.tuples(
    st.integers(-(2**63), 2**63 - 1),
    st.uuids(),
    st.integers(-(2**63), 2**63 - 1),
    st.text(max_size=4),
    st.none() | st.uuids(),
    st.binary(max_size=4),
    st.none() | st.binary(max_size=4),
)


def form(row: Stored) -> bytes:
    subject = row.subject.bytes if row.subject else None
    return entry(row.position, row.stream.bytes, row.version, row.type, subject, row.state, row.box)


def test_each_event_has_exactly_this_form() -> None:
    assert [form(row).hex() for row in LOG] == list(WRITTEN)


def test_this_log_has_exactly_this_root_and_this_checkpoint() -> None:
    tree = Growing()
    for row in LOG:
        tree.add(leaf_of(row))
    assert tree.root.hex() == ROOT
    signer = Signer("uberrima/test", Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    assert signer.checkpoint(tree.size, tree.root) == NOTE
    assert Checkpoint.read(NOTE, Key.read(str(signer.key))) == ("uberrima/test", 3, tree.root)


@given(one=columns, other=columns)
def test_events_that_differ_never_have_the_same_form(one: tuple, other: tuple) -> None:
    assert (form(Stored(*one)) == form(Stored(*other))) == (one == other)
