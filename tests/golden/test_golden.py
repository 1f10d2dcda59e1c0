"""Every event ever recorded still reads, in whatever edition it was recorded."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from domain.catalogue import AGGREGATE_OF
from domain.claim.state import Claim
from domain.kernel import EVENTS, Event
from domain.product import Product
from domain.standard.state import Standard
from infrastructure.upcasts import upcast
from tests.golden.record import FOLDER, SAMPLES, record, written
from tests.kit import folded
from tests.laws.code import written_in
from tests.samples import PAYABLE, SOLD
from tests.standard.samples import NEXT_APPROVED

FILES = sorted(FOLDER.glob("*.json"))

BEFORE = {
    Product: (*SOLD, next(event for event in SAMPLES if type(event).__name__ == "ProductRevised")),
    Claim: PAYABLE,
    Standard: NEXT_APPROVED,
}
"""What must have happened before a sample can: a version that is filed was drafted."""


def read(path: Path) -> Event:
    name, edition, _ = path.name.split(".")
    kind, body = EVENTS[name], msgspec.json.decode(path.read_bytes())
    return msgspec.convert(upcast(kind.__name__, int(edition), kind.edition, body), kind, strict=False)


def is_current(path: Path) -> bool:
    name, edition, _ = path.name.split(".")
    return EVENTS[name].__name__ == name and EVENTS[name].edition == int(edition)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_sample_reads_and_folds(path):
    event = read(path)
    kind = AGGREGATE_OF[type(event).__name__]
    before = folded(kind, *BEFORE.get(kind, ()))
    assert folded(kind, *BEFORE.get(kind, ()), event).version == before.version + 1
    assert event.tell("zh") and event.tell("en")


@pytest.mark.parametrize("path", filter(is_current, FILES), ids=lambda path: path.name)
def test_a_sample_of_the_current_edition_is_written_as_it_was_read(path):
    body = msgspec.json.decode(path.read_bytes())
    again = msgspec.json.decode(written(msgspec.json.decode(path.read_bytes(), type=EVENTS[path.name.split(".")[0]])))
    # An optional field that came later is written beside what was there.
    assert still(body, again)


def still(before: object, after: object) -> bool:
    """Whether everything that was there is there, whatever came beside it."""
    match before, after:
        case dict(), dict():
            return all(name in after and still(value, after[name]) for name, value in before.items())
        case list(), list():
            return len(before) == len(after) and all(map(still, before, after))
    return before == after


@pytest.mark.parametrize("kind", sorted(written_in(Event, "domain"), key=lambda kind: kind.__name__))
def test_every_event_has_a_sample_of_its_current_edition(kind):
    assert (FOLDER / f"{kind.__name__}.{kind.edition}.json").exists(), "run python -m tests.golden.record"


@pytest.mark.parametrize("event", SAMPLES, ids=lambda event: type(event).__name__)
def test_a_sample_fills_every_field(event):
    filled = {name for name in event.__struct_fields__ if getattr(event, name) not in (None, "", ())}
    assert filled == set(event.__struct_fields__)


def test_recording_writes_what_is_missing_and_never_overwrites(tmp_path):
    kept = tmp_path / "ClaimApproved.1.json"
    kept.write_text("kept")
    assert len(record(tmp_path)) == len(SAMPLES) - 1
    assert record(tmp_path) == []
    assert kept.read_text() == "kept"
