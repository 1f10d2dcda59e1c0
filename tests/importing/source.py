"""A small source as tests use it: policies of customers, some with a loss. Its mapping uses every device there is."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import openpyxl

from application.handling import Handling
from application.importing.check import read_mapping
from application.importing.mapping import SourceMapping
from application.importing.plan import Plan, Row
from application.importing.run import Run, Summary
from application.importing.table import Cell, Line, open_table
from application.ports import EventStore
from domain.kernel import Event

HEADER = ("No", "Who", "Born", "Sum", "Premium", "From", "Loss", "Cost", "Fraud")
GOOD = ("P1", "Ann", "1980-02-03", "250/500", "1,234.50", "1/31/2020", "2020-05-06", "99.5", "N")

MAPPING = """
name = "shop"
currency = "EUR"
missing = ["", "?"]
key = "{number}"

[values]
number = { column = "No" }
who = { column = "Who" }
born = { column = "Born", kind = "date" }
insured = { column = "Sum", kind = "money", split = "/", part = 2, times = 1000 }
premium = { column = "Premium", kind = "money", thousands = "," }
begins = { column = "From", kind = "date", formats = ["%Y-%m-%d", "%m/%d/%Y"] }
ends = { column = "From", kind = "date", formats = ["%Y-%m-%d", "%m/%d/%Y"], day = "last_of_year" }
loss = { column = "Loss", kind = "date" }
cost = { column = "Cost", kind = "money", rounding = "carry" }
outlay = { sum = ["cost", "premium"] }
fraud = { column = "Fraud", kind = "flag", default = "no" }

[actors]
officer = { name = "o", role = "product_officer" }
service = { name = "s", role = "service" }
handler = { name = "h", role = "claims_handler" }

[streams]
product = { of = "product", key = "shop" }
holder = { of = "customer", key = "shop/{who}" }
policy = { of = "policy", key = "shop/{number}" }
claim = { of = "claim", key = "shop/{number}" }

[[once]]
name = "product"
key = "all"
[[once.commands]]
command = "DraftProduct"
stream = "product"
by = "officer"
[once.commands.with]
code = "SHOP"
name = "Shop"
[once.commands.with.terms]
line = "property"
covers = "All that is in the shop"
insured = "property"
form = "indemnity"
grade = "R1"
rate_per_million = 0
benefits = [{ code = "stock", name = "Stock", largest = { minor = 100_000_000, currency = "EUR" }, deductible = { minor = 0, currency = "EUR" } }]
[[once.commands]]
command = "FileProduct"
stream = "product"
by = "officer"
with = { filing = "F-1" }
[[once.commands]]
command = "PutProductOnSale"
stream = "product"
by = "officer"
with = { version = 1, sold_from = 2000-01-01 }

[[once]]
name = "customer"
key = "{who}"
[[once.commands]]
command = "RegisterCustomer"
stream = "holder"
by = "service"
at = "begins"
with = { number = "K-{who}", name = "{who}", born_on = "{born}" }

[[commands]]
command = "TakeOverPolicy"
stream = "policy"
by = "service"
at = "begins"
[commands.with]
number = "{number}"
source = "shop"
product = "{product}"
customer = "{holder}"
insured = "Shop of {who}, {number}"
sums = [{ benefit = "stock", insured = "{insured}", deductible = { minor = 0, currency = "EUR" } }]
period = { starts_on = "{begins}", ends_on = "{ends}" }
premium = "{premium}"

[[commands]]
command = "GiveNotice"
stream = "claim"
by = "handler"
at = "loss"
when = ["loss"]
with = { policy = "{policy}", notice = { loss_on = "{loss}", cause = "fire" } }

[[commands]]
command = "RegisterClaim"
stream = "claim"
by = "handler"
at = "loss"
when = ["loss"]

[[commands]]
command = "AssessCoverage"
stream = "claim"
by = "handler"
at = "loss"
when = ["loss", "cost"]
with = { benefit = "stock", claimed = "{cost}" }

[[commands]]
command = "HoldClaim"
stream = "claim"
by = "handler"
at = "loss"
when = ["loss", "fraud"]
with = { hold = "suspected_fraud" }
"""


def with_(**changes: str) -> tuple[str, ...]:
    """A good row, but for these columns."""
    return tuple(changes.get(name, cell) for name, cell in zip(HEADER, GOOD, strict=True))


def mapping_file(folder: Path, text: str = MAPPING) -> Path:
    path = folder / "shop.toml"
    path.write_text(text, "utf-8")
    return path


def csv_file(folder: Path, rows: Iterable[Sequence[str]], header: Sequence[str] = HEADER) -> Path:
    path = folder / "shop.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def workbook(folder: Path, rows: Iterable[Sequence[object]], header: Sequence[str] = HEADER) -> Path:
    path = folder / "shop.xlsx"
    book = openpyxl.Workbook()
    for row in (header, *rows):
        book.active.append(list(row))
    book.save(path)
    return path


@cache
def shop() -> SourceMapping:
    return mapping(MAPPING)


def mapping(text: str) -> SourceMapping:
    with tempfile.TemporaryDirectory() as folder:
        return read_mapping(mapping_file(Path(folder), text))


class Noon:
    """A clock that stands still."""

    def now(self) -> datetime:
        return datetime(2026, 3, 2, 4, tzinfo=UTC)


def row(*cells: Cell, line: int = 2, **carried: int) -> Row:
    return Row(line, cells, carried)


async def imported(
    store: EventStore, rows: Iterable[Sequence[str]], how: SourceMapping | None = None, size: int = 100
) -> Summary:
    """What became of these rows, given to a fresh door of that log."""
    lines = [Line(number, tuple(cells)) for number, cells in enumerate(rows, 2)]
    return await Run(Plan(how or shop(), HEADER), Handling(store, Noon()), size).all(lines)


async def imported_file(store: EventStore, path: Path, how: SourceMapping, size: int = 100) -> Summary:
    table = open_table(path, how.encoding, how.delimiter, how.sheet)
    return await Run(Plan(how, table.header), Handling(store, Noon()), size).all(table.lines())


async def happened(store: EventStore) -> set[tuple[str, int, str, Event]]:
    """Every event of the log with its place in its stream, wherever in the one order it stands."""
    return {
        (str(each.stream), each.version, type(each.event).__name__, each.event) for each in await store.read(0, 10**6)
    }
