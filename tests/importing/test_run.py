"""A file is imported once: again, after a break, or in other batches, the log is the same."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from application.handling import Handling
from application.importing.plan import Plan
from application.importing.run import Run, Summary
from application.importing.table import Line, UnreadableFile, open_table
from application.submission import Order, Submission
from domain.customer import RegisterCustomer
from domain.kernel import new_stream
from domain.words import Actor, Role
from infrastructure.memory import MemoryEventStore
from tests.importing.source import (
    GOOD,
    HEADER,
    MAPPING,
    Noon,
    csv_file,
    happened,
    imported,
    imported_file,
    mapping,
    shop,
    with_,
    workbook,
)

Rows = Sequence[tuple[str, ...]]

CELLS = {
    "No": st.sampled_from(["P1", "P2", "P3", "P 4", "?"]),
    "Who": st.sampled_from(["Ann", "Bob", "B b", ""]),
    "Born": st.sampled_from(["1980-02-03", "2050-01-01", "?", "x"]),
    "Sum": st.sampled_from(["250/500", "1/2000", "250"]),
    "Premium": st.sampled_from(["1,234.50", "-1", "0"]),
    "From": st.sampled_from(["1/31/2020", "2020-01-31", "1999-01-01"]),
    "Loss": st.sampled_from(["2020-05-06", "2021-05-06", "?"]),
    "Cost": st.sampled_from(["99.5", "0.004", "0.337", "?"]),
    "Fraud": st.sampled_from(["Y", "N", "?", "so so"]),
}
MOSTLY_GOOD = st.tuples(*(st.just(good) | CELLS[name] for name, good in zip(HEADER, GOOD, strict=True)))
FILES = st.lists(st.just(GOOD) | MOSTLY_GOOD | st.just(GOOD[:-1]), max_size=12)


def lines(told: Summary) -> list[int]:
    """The lines refused. A row refused for itself may in a second run be refused because its key has been taken since."""
    return [each.line for each in told.refusals]


async def test_a_good_row_is_accepted_with_all_its_events() -> None:
    store = MemoryEventStore()
    told = await imported(store, [GOOD])
    assert (told.rows, told.accepted, told.refused, told.repeated) == (1, 1, 0, 0)
    assert told.events == told.position == await store.head()


@settings(deadline=None, max_examples=40)
@given(FILES)
def test_every_row_ends_as_accepted_or_refused_with_a_reason_in_two_languages(rows: Rows) -> None:
    told = asyncio.run(imported(MemoryEventStore(), rows))
    assert told.accepted + told.refused == told.rows == len(rows)
    assert len({each.line for each in told.refusals}) == len(told.refusals) == told.refused
    assert all(each.code and each.reason and each.reason_zh for each in told.refusals)


@settings(deadline=None, max_examples=40)
@given(FILES)
def test_a_second_run_adds_no_event_and_refuses_the_rows_that_the_first_refused(rows: Rows) -> None:
    async def twice() -> None:
        store = MemoryEventStore()
        first, before = await imported(store, rows), await happened(store)
        second = await imported(store, rows)
        assert await happened(store) == before
        assert (second.events, second.accepted) == (0, first.accepted)
        assert second.repeated == second.accepted
        assert lines(second) == lines(first)

    asyncio.run(twice())


@settings(deadline=None, max_examples=40)
@given(FILES, st.integers(1, 5))
def test_the_size_of_batches_changes_nothing(rows: Rows, size: int) -> None:
    async def both() -> None:
        one, other = MemoryEventStore(), MemoryEventStore()
        assert (await imported(one, rows)).refusals == (await imported(other, rows, size=size)).refusals
        assert await happened(one) == await happened(other)

    asyncio.run(both())


@settings(deadline=None, max_examples=40)
@given(FILES, st.integers(1, 3), st.integers(0, 4))
def test_a_run_that_broke_off_is_completed_by_the_next_as_if_it_never_had(rows: Rows, size: int, batches: int) -> None:
    async def broken_off() -> None:
        store, whole = MemoryEventStore(), MemoryEventStore()
        uninterrupted = await imported(whole, rows)
        left = batches

        def stop(_: int) -> None:
            nonlocal left
            if left == 0:
                running.cancel()
            left -= 1

        table = [Line(number, cells) for number, cells in enumerate(rows, 2)]
        run = Run(Plan(shop(), HEADER), Handling(store, Noon()), size, stop)
        running = asyncio.create_task(run.all(table))
        await asyncio.wait([running])
        again = await imported(store, rows)
        assert await happened(store) == await happened(whole)
        assert (again.accepted, lines(again)) == (uninterrupted.accepted, lines(uninterrupted))

    asyncio.run(broken_off())


@pytest.mark.parametrize("size", [1, 2, 100])
async def test_a_key_that_comes_twice_with_other_content_is_refused_the_second_time(size: int) -> None:
    told = await imported(MemoryEventStore(), [GOOD, with_(Premium="1")], size=size)
    [again] = told.refusals
    assert (again.line, again.key, again.field, again.code) == (3, "P1", "No", "key_reused")
    assert again.reason == "a row with the key P1 was imported before and said something else"


@pytest.mark.parametrize("size", [1, 2, 100])
async def test_a_key_that_comes_twice_with_the_same_content_is_one_row_repeated(size: int) -> None:
    told = await imported(MemoryEventStore(), [GOOD, GOOD], size=size)
    assert (told.accepted, told.repeated, told.refused) == (2, 1, 0)


async def test_what_rows_share_is_made_by_the_first_that_needs_it() -> None:
    store = MemoryEventStore()
    told = await imported(store, [GOOD, with_(No="P2", Born="1999-09-09"), with_(No="P3", Who="Bob")])
    assert told.accepted == 3
    kinds = [type(each.event).__name__ for each in await store.read(0, 1000)]
    assert (kinds.count("ProductDrafted"), kinds.count("CustomerRegistered")) == (1, 2)


async def test_a_row_whose_customer_was_refused_is_refused_with_that_reason() -> None:
    told = await imported(MemoryEventStore(), [with_(Born="2050-01-01"), with_(No="P2"), with_(No="P3", Who="Bob")])
    assert told.accepted == 1
    assert [(each.line, each.code) for each in told.refusals] == [
        (2, "customer.born_later"),
        (3, "customer.born_later"),
    ]
    assert told.refusals[1].reason == "the customer it needs was refused: the date of birth lies in the future"


async def test_what_the_business_refuses_names_the_column_and_the_rule() -> None:
    store = MemoryEventStore()
    told = await imported(store, [with_(Loss="2021-05-06")])
    [refusal] = told.refusals
    assert (refusal.field, refusal.code, refusal.rule) == ("Loss", "claim.not_covered_at_loss", "CONTRACT-FORMATION")
    [(_, denial)] = await store.denials(10)
    assert denial.command == "RegisterClaim"


async def test_nothing_of_a_refused_row_is_kept() -> None:
    store = MemoryEventStore()
    await imported(store, [with_(Loss="2021-05-06")])
    assert "PolicyTakenOver" not in {type(each.event).__name__ for each in await store.read(0, 1000)}


async def test_a_number_that_somebody_else_has_refuses_its_row_and_no_other() -> None:
    store = MemoryEventStore()
    command = RegisterCustomer(number="K-Bob", name="Another Bob")
    order = Order(stream=new_stream(), command=command, actor=Actor("s", Role.SERVICE))
    await Handling(store, Noon()).handle(Submission(key=new_stream(), orders=[order]))
    told = await imported(store, [GOOD, with_(No="P2", Who="Bob")])
    assert told.accepted == 1
    assert [(each.line, each.code) for each in told.refusals] == [(3, "reservation.number_taken")]


async def test_rounding_that_carries_is_the_same_however_often_the_file_is_given() -> None:
    store = MemoryEventStore()
    bad = with_(No="P1", Premium="-1", Cost="0.004")
    rows = [bad, with_(No="P2", Cost="0.004"), with_(No="P3", Cost="0.004")]
    first, second = await imported(store, rows), await imported(store, rows)
    assert (first.accepted, second.repeated, second.events) == (2, 2, 0)


async def test_a_workbook_is_imported_like_the_same_file_as_csv(tmp_path: Path) -> None:
    one, other = MemoryEventStore(), MemoryEventStore()
    typed = ("P1", "Ann", datetime(1980, 2, 3), "250/500", 1234.5, date(2020, 1, 31), "2020-05-06", 99.5, "N")  # noqa: DTZ001
    blank = ("", "", "", "", "", "", "", "", "")
    text = await imported_file(one, csv_file(tmp_path, [GOOD, blank, with_(No="P2", From="x")]), shop())
    book = await imported_file(other, workbook(tmp_path, [typed, blank, with_(No="P2", From="x")]), shop())
    assert text.told() == book.told()
    assert [each.line for each in book.refusals] == [4]
    assert await happened(one) == await happened(other)


async def test_a_file_may_have_another_encoding_and_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "shop.csv"
    rows = [";".join(each) for each in (HEADER, with_(Who="王", No="P1"))]
    path.write_text("\n".join(rows), "gb18030")
    text = MAPPING.replace("currency =", 'encoding = "gb18030"\ncurrency =', 1).replace("K-{who}", "K-{number}")
    told = await imported_file(MemoryEventStore(), path, mapping(text))
    assert (told.accepted, told.refused) == (1, 0)


async def test_the_line_of_a_row_is_where_it_begins_in_the_file(tmp_path: Path) -> None:
    rows = [with_(Who="Ann\nBell"), with_(No="P2", From="x")]
    told = await imported_file(MemoryEventStore(), csv_file(tmp_path, rows), shop())
    assert [each.line for each in told.refusals] == [2, 4]


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "it is empty"), (b"No,Who\n\xff\xfe", "decode"), (b'No,Who\n"open', "unexpected end of data")],
)
def test_a_file_that_cannot_be_read_is_found_out_before_anything_is_made_of_it(
    tmp_path: Path, content: bytes, told: str
) -> None:
    path = tmp_path / "shop.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=told):
        open_table(path).count()


def test_a_workbook_that_is_none_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "shop.xlsx"
    path.write_bytes(b"not a zip")
    with pytest.raises(UnreadableFile, match="not a workbook"):
        open_table(path)
