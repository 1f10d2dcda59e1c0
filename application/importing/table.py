"""A file as a header and numbered rows of cells, from CSV or from a workbook."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

Cell = str | date
"""What a cell says. Workbooks know dates; everything else is text as a CSV file has it."""

DELIMITERS = ",;\t|"


class UnreadableFile(ValueError):
    """The file cannot be read as a table."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row and the number of the line on which it begins; the header is line 1."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    path: Path
    header: tuple[str, ...]
    encoding: str = "utf-8-sig"
    delimiter: str = ","
    sheet: str = ""

    def lines(self) -> Iterator[Line]:
        """Every row that is not blank. Raises UnreadableFile."""
        lines = _lines(self.path, self.encoding, self.delimiter, self.sheet)
        next(lines)
        yield from lines

    def count(self) -> int:
        """How many rows there are; a file that breaks off halfway is found out before anything is made of it."""
        return sum(1 for _ in self.lines())


def open_table(path: Path, encoding: str = "utf-8-sig", delimiter: str = "", sheet: str = "") -> Table:
    """The table in a CSV file or a workbook. Raises UnreadableFile."""
    delimiter = delimiter or _delimiter(path, encoding)
    first = next(_lines(path, encoding, delimiter, sheet), None)
    if first is None:
        raise UnreadableFile(f"{path}: it is empty")
    return Table(path, tuple(str(cell).strip() for cell in first.cells), encoding, delimiter, sheet)


def _is_workbook(path: Path) -> bool:
    return path.suffix.lower() in (".xlsx", ".xlsm")


def _delimiter(path: Path, encoding: str) -> str:
    """The candidate that the header has most of."""
    if _is_workbook(path):
        return ","
    try:
        with path.open(encoding=encoding, newline="") as file:
            header = file.readline()
    except (OSError, UnicodeError, LookupError) as error:
        raise UnreadableFile(f"{path}: {error}") from error
    return max(DELIMITERS, key=header.count)


def _lines(path: Path, encoding: str, delimiter: str, sheet: str) -> Iterator[Line]:
    lines = _workbook(path, sheet) if _is_workbook(path) else _csv(path, encoding, delimiter)
    try:
        yield from (line for line in lines if any(cell != "" for cell in line.cells))
    except (OSError, UnicodeError, LookupError, csv.Error) as error:
        raise UnreadableFile(f"{path}: {error}") from error


def _csv(path: Path, encoding: str, delimiter: str) -> Iterator[Line]:
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        begins = 1
        for cells in reader:
            yield Line(begins, tuple(cells))
            begins = reader.line_num + 1


def _workbook(path: Path, sheet: str) -> Iterator[Line]:
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # the library raises whatever the zip, XML or parts inside happen to raise
        raise UnreadableFile(f"{path}: not a workbook: {error}") from error
    try:
        page = book[sheet] if sheet else book.worksheets[0]
        width = 0
        for number, cells in enumerate(page.iter_rows(values_only=True), 1):
            told = [_told(cell) for cell in cells]
            width = width or len(_trimmed(told))
            yield Line(number, tuple(_trimmed(told, width)))
    finally:
        book.close()


def _trimmed(cells: Sequence[Cell], least: int = 0) -> Sequence[Cell]:
    """Without the empty cells behind the last that says something, but as many as the header has."""
    last = max((n for n, cell in enumerate(cells, 1) if cell != ""), default=0)
    return [*cells[: max(last, least)], *[""] * (least - len(cells))]


def _told(cell: Any) -> Cell:
    """What the cell would say in a CSV file; a date stays one."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.date()
        case date():
            return cell
        case float() if cell.is_integer():
            return str(int(cell))
    return str(cell)
