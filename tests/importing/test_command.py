"""`uberrima import` at a terminal and for programs, on a database."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from application.claim.claim_register import ClaimRegister
from interfaces import main as house
from interfaces.cli.main import cli
from tests.importing.source import GOOD, MAPPING, csv_file, mapping_file, with_

MANY = 300
"""Rows, in several batches."""


@pytest.fixture
def shop_mapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: str) -> Path:
    monkeypatch.setenv("UBERRIMA_DATABASE_URL", database)
    return mapping_file(tmp_path)


def run(*words: object) -> Result:
    return CliRunner().invoke(cli, ["import", *map(str, words)])


def told(*words: object) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_large_file_is_rehearsed_imported_once_and_shown_by_the_read_models(
    tmp_path: Path, shop_mapping: Path, database: str
) -> None:
    rows = [with_(No=f"P{number}", Who=f"W{number}") for number in range(MANY)]
    file = csv_file(tmp_path, [*rows, with_(No="P-x", Loss="2021-05-06")])
    rehearsed, first, again = (
        told(file, "--mapping", shop_mapping, "--dry-run"),
        told(file, "--mapping", shop_mapping),
        told(file, "--mapping", shop_mapping),
    )
    facts = ("rows", "accepted", "refused", "events", "repeated", "refusals")
    assert [rehearsed[name] for name in facts] == [first[name] for name in facts]
    assert (first["rows"], first["accepted"], first["refused"], first["repeated"]) == (MANY + 1, MANY, 1, 0)
    assert (again["events"], again["repeated"], again["refusals"]) == (0, MANY, first["refusals"])
    refusal = first["refusals"][0]
    assert set(refusal) == {"line", "key", "field", "code", "rule", "reason", "reason_zh"}

    async def shown() -> tuple[int, int]:
        async with house.open_house(database) as home:
            return await home.reads.count(ClaimRegister), await home.reads.position()

    assert asyncio.run(shown()) == (MANY, first["position"])


def test_a_person_is_told_what_became_of_the_rows(tmp_path: Path, shop_mapping: Path) -> None:
    result = run(csv_file(tmp_path, [GOOD, with_(No="P2", From="x")]), "--mapping", shop_mapping)
    assert result.exit_code == 0
    assert "2 rows: 1 accepted (0 of them before), 1 refused" in result.stdout
    assert "the read models have followed to position" in result.stdout
    assert "line 3 · P2 · From: “x” is no date · “x”不是日期 (import.unreadable)" in result.stdout


def test_a_wrong_mapping_ends_the_command_before_anything_is_imported(tmp_path: Path, shop_mapping: Path) -> None:
    shop_mapping.write_text(MAPPING.replace("GiveNotice", "TakeNotice"), "utf-8")
    result = run(csv_file(tmp_path, [GOOD]), "--mapping", shop_mapping)
    assert result.exit_code == 2
    assert "nothing was imported:\ncommands[2].command: there is no command 'TakeNotice'" in result.stderr


@pytest.mark.parametrize(
    ("mapping", "reason"),
    [
        ("nowhere.toml", "there is no file 'nowhere.toml'; mappings that come along: auto_claims, prism"),
        ("prism", "values.claim_no: the file has no column 'ClaimNo'"),
    ],
)
def test_a_mapping_that_is_not_there_or_not_for_this_file_is_told(
    tmp_path: Path, shop_mapping: Path, mapping: str, reason: str
) -> None:
    result = run(csv_file(tmp_path, [GOOD]), "--mapping", mapping)
    assert result.exit_code == 2 and reason in result.stderr


def test_a_file_that_is_not_there_is_told(tmp_path: Path, shop_mapping: Path) -> None:
    result = run(tmp_path / "nowhere.csv", "--mapping", shop_mapping)
    assert result.exit_code == 2 and "nowhere.csv" in result.stderr
