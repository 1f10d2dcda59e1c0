"""`make bench`: one run, every figure beside what it is compared with. Prints a table and writes bench.json.

Parts that are named are measured alone, and nothing is written.
"""

from __future__ import annotations

import gc
import json
import os
import platform
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import psycopg
from rich.console import Console
from rich.table import Table

from infrastructure.settings import Settings
from interfaces import main as house
from tests.benchmarks import append, clocks, command, costs, http, lag, reading

RESULT = Path("bench.json")
Part = Callable[..., dict[str, float]]
PARTS: dict[str, tuple[Part, int]] = {
    "append": (append.measure, 2),
    "command": (command.measure, 1),
    "costs": (costs.measure, 1),
    "read": (reading.measure, 3),
    "lag": (lag.measure, 1),
    "http": (http.measure, 1),
    "clocks": (clocks.measure, 2),
}
"""What is measured, and on how many databases."""


def machine(server_url: str) -> str:
    with psycopg.connect(server_url) as connection:
        postgres = connection.info.parameter_status("server_version")
    busy = f"{os.getloadavg()[0]:.1f} processes busy before" if hasattr(os, "getloadavg") else platform.machine()
    return f"{os.cpu_count()} cores, PostgreSQL {postgres}, Python {platform.python_version()}, {platform.system()}, {busy}"


def measured(server_url: str, part: Part, databases: int) -> dict[str, float]:
    """One part on fresh databases, prepared as for an installation."""
    with ExitStack() as stack:
        urls = [stack.enter_context(conftest.new_database(server_url)) for _ in range(databases)]
        for url in urls:
            house.database(Settings(Path(), url))
        return part(*urls)


def show(console: Console, figures: dict[str, float]) -> None:
    table = Table("per second", "figure", box=None)
    ratios = Table("ratio", "times", box=None)
    for name, figure in figures.items():
        row = (ratios, f"{figure:.2f}") if "_vs_" in name or "_in_" in name else (table, f"{figure:,.0f}")
        row[0].add_row(name, row[1])
    console.print(table)
    console.print(ratios)


def main(*wanted: str) -> None:
    console, figures = Console(), dict[str, float]()
    # As every process of the house does when it starts; it serves all who are measured here alike.
    gc.freeze()
    with conftest.running_server() as server_url:
        console.print(machine(server_url))
        for name, (part, databases) in PARTS.items():
            if name in wanted or not wanted:
                started = time.perf_counter()
                figures |= measured(server_url, part, databases)
                console.print(f"{name}: {time.perf_counter() - started:.0f} s")
    show(console, figures)
    if not wanted:
        RESULT.write_text(json.dumps({name: round(figure, 3) for name, figure in figures.items()}, indent=2) + "\n")


if __name__ == "__main__":
    # Not above: processes that measuring starts import this module too, and would be given keys of their own.
    from tests import conftest

    main(*sys.argv[1:])
