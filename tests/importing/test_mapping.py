"""A wrong mapping is told by its place before any row is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from application.importing.check import read_mapping
from application.importing.mapping import WrongMapping
from application.importing.plan import Plan
from tests.importing.source import HEADER, MAPPING, mapping_file, shop

SHIPPED = Path(__file__).parents[2] / "interfaces/cli/mappings"


def wrong(folder: Path, *changes: tuple[str, str]) -> str:
    text = MAPPING
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    with pytest.raises(WrongMapping) as caught:
        read_mapping(mapping_file(folder, text))
    return str(caught.value)


@pytest.mark.parametrize("name", sorted(each.stem for each in SHIPPED.glob("*.toml")))
def test_every_mapping_that_comes_along_is_right(name: str) -> None:
    assert read_mapping(SHIPPED / f"{name}.toml").name == name


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('command = "GiveNotice"', 'command = "TakeNotice"', "commands[2].command: there is no command 'TakeNotice'"),
        ('source = "shop"', 'sourced = "shop"', "commands[1].with.sourced: there is no field 'sourced'"),
        ('insured = "Shop of', 'agent = "Shop of', "commands[1].with.insured: this field is required"),
        ('cause = "fire"', 'cause = "fir"', "commands[2].with.notice.cause: 'fir' is not one of collision"),
        ('cause = "fire"', 'cases = "fire"', "commands[2].with.notice.cases: there is no field 'cases'"),
        ("version = 1,", "version = 0,", "once.product.commands[3].with.version: Input should be greater"),
        ('claimed = "{cost}"', 'claimed = "{cots}"', "commands[4].with: there is no value or stream 'cots'"),
        ('number = "K-{who}"', 'number = "K-{w ho}"', "braces go round the name of a value"),
        ('when = ["loss", "cost"]', 'when = ["lost"]', "commands[4].when: there is no value 'lost'"),
        ('stream = "claim"', 'stream = "case"', "commands[2].stream: there is no stream 'case'"),
        ('stream = "claim"', 'stream = "policy"', "commands[2].stream: GiveNotice is for a claim, policy is a policy"),
        ('by = "handler"', 'by = "officer"', "commands[2].by: a product officer may not give GiveNotice"),
        ('by = "handler"', 'by = "nobody"', "commands[2].by: there is no actor 'nobody'"),
        ('at = "loss"', 'at = "cost"', "commands[2].at: 'cost' is not the name of a date"),
        ('key = "{number}"', 'key = "{numbers}"', "key: there is no value or stream 'numbers'"),
        ('of = "claim"', 'of = "case"', "streams.claim.of: there is no aggregate 'case'"),
        ("holder = { of", "who = { of", "streams.who: a value has the same name"),
        ('sum = ["cost", "premium"]', 'sum = ["cost", "loss"]', "values.outlay.sum: adds up amounts of money"),
        ('kind = "flag"', 'kind = "flag", rounding = "carry"', "values.fraud.rounding: only an amount of money"),
        ('kind = "flag"', 'kind = "flat"', "values.fraud.kind: Input should be"),
        ('name = "shop"', 'nome = "shop"', "nome: Extra inputs are not permitted"),
        ('name = "shop"', "name = shop", "Invalid value (at line 2"),
    ],
)
def test_what_is_wrong_in_a_mapping_is_told_by_its_place(tmp_path: Path, before: str, after: str, told: str) -> None:
    assert told in wrong(tmp_path, (before, after))


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    told = wrong(tmp_path, ('source = "shop"', 'sauce = "shop"'), ('cause = "fire"', 'cause = "ire"'))
    assert "commands[1].with.sauce" in told and "commands[1].with.source" in told and "commands[2].with" in told


def test_what_a_word_is_looked_up_to_must_be_a_word_of_the_field(tmp_path: Path) -> None:
    looked_up = 'fraud = { column = "Fraud", map = { Y = "suspected_fraud", N = "no_fraud" } }'
    told = wrong(
        tmp_path,
        ('fraud = { column = "Fraud", kind = "flag", default = "no" }', looked_up),
        ('hold = "suspected_fraud"', 'hold = "{fraud}"'),
    )
    assert "commands[5].with.hold: 'no_fraud' is not one of" in told


def test_a_column_that_the_file_lacks_is_told_before_any_row_is_read() -> None:
    with pytest.raises(WrongMapping, match=r"values.cost: the file has no column 'Cost'"):
        Plan(shop(), HEADER[:-2])


def test_a_column_that_the_file_has_twice_is_told_before_any_row_is_read() -> None:
    with pytest.raises(WrongMapping, match=r"values.who: the file has more than one column 'Who'"):
        Plan(shop(), (*HEADER, "Who"))


def test_the_mapping_that_the_documentation_shows_is_right(tmp_path: Path) -> None:
    page = (SHIPPED.parents[2] / "docs" / "importing.md").read_text("utf-8")
    shown = page.split("```toml\n")[1].split("```")[0]
    assert read_mapping(mapping_file(tmp_path, shown)).name == "shop"
