"""What is written down reads back as it was, whatever it says."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import msgspec
import pytest
from eventsourcing.persistence import JSONTranscoder, Notification
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel import EVENTS, Event, Recorded
from infrastructure.mapper import EnvelopeMapper, decode, encode
from infrastructure.upcasts import UPCASTS
from tests.contracts.entries import entry
from tests.contracts.values import envelopes, events

KINDS = sorted(set(EVENTS.values()), key=lambda kind: kind.__name__)


def again(recorded: Recorded) -> Recorded:
    topic = type(recorded.event).__name__
    return decode(recorded.stream, recorded.version, topic, encode(recorded), recorded.position)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_every_event_reads_back_as_it_was_written(kind: type[Event], data: st.DataObject) -> None:
    recorded = data.draw(events(kind).flatmap(envelopes))
    assert again(recorded) == recorded


@settings(max_examples=50, deadline=None)
@given(data=st.data())
def test_the_library_maps_to_its_stored_event_and_back(data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    recorded = data.draw(events(kind).flatmap(envelopes))
    mapper = EnvelopeMapper(JSONTranscoder())
    stored = mapper.to_stored_event(recorded)
    assert (stored.originator_id, stored.originator_version) == (recorded.stream, recorded.version)
    assert mapper.to_domain_event(stored) == replace(recorded, position=0)
    told = Notification(stored.originator_id, stored.originator_version, stored.topic, stored.state, recorded.position)
    assert mapper.to_domain_event(told) == recorded


def test_what_equals_its_usual_value_costs_no_bytes() -> None:
    usual = entry(UUID(int=1), 1)
    unusual = replace(usual, correlation=UUID(int=2), occurred_at=usual.recorded_at.replace(year=2020))
    assert len(encode(usual)) < len(encode(unusual))
    assert again(unusual) == unusual


def test_an_event_recorded_in_an_old_edition_is_brought_to_the_present_one(monkeypatch: pytest.MonkeyPatch) -> None:
    old = encode(entry(UUID(int=1), 1, "spoke of rain"))
    kind = type(entry(UUID(int=1), 1).event)
    monkeypatch.setattr(kind, "edition", 3)
    monkeypatch.setitem(UPCASTS, (kind.__name__, 1), lambda body: {**body, "subject": body["subject"].upper()})
    monkeypatch.setitem(UPCASTS, (kind.__name__, 2), lambda body: {**body, "subject": body["subject"] + "!"})
    assert decode(UUID(int=1), 1, kind.__name__, old).event.subject == "SPOKE OF RAIN!"


def test_a_name_nobody_knows_is_not_read_as_something_else() -> None:
    with pytest.raises(KeyError):
        decode(UUID(int=1), 1, "NeverHeardOf", encode(entry(UUID(int=1), 1)))
    with pytest.raises(msgspec.ValidationError):
        decode(UUID(int=1), 1, "ClaimClosed", encode(entry(UUID(int=1), 1)))
