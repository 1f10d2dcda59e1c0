"""The rules as they are written down: complete, true to the rulebook, and moved only by what can happen."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import pytest

from domain.catalogue import AGGREGATE_OF
from domain.kernel import EVENTS
from domain.rules.law import RUNNING, law, read
from domain.rules.rule import Clockwork, Heard, Rule
from domain.words import Term
from tests.laws.code import ROOT

RULEBOOK = ROOT.parent / "shared" / "rules" / "rulebook.yaml"
EDITIONS = [edition for each in law().editions.values() for edition in each]
CLOCKED = [rule for rule in EDITIONS if rule.clock]
PLAIN = ("process", "kind", "scope", "status", "trigger", "stop", "article", "source", "verified", "evidence", "note")

RULE = """
[[rule]]
id = "A-1"
kind = "deadline"
zh = "甲"
en = "A"
source = "X"
article = "art 1"
verified = true
limit = { value = 3, unit = "working_days", bound = "at_most", rolls = false }
"""


def by_id(rule: Rule) -> str:
    return rule.edition


def written(folder: Path, **files: str) -> Path:
    """Editions of one process, each as the file of the day that its name tells."""
    (folder / "sale").mkdir()
    (folder / "sources.toml").write_text('[X]\nzh = "某法"\nen = "A law"\nin_force = 2020-01-01\n', "utf-8")
    for name, text in files.items():
        (folder / "sale" / f"{name.removeprefix('of_').replace('_', '-')}.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.skipif(not RULEBOOK.exists(), reason="the rulebook is not beside this checkout")
def test_every_rule_of_the_rulebook_is_here_and_says_the_same() -> None:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    book = {each["id"]: each for each in yaml.safe_load(RULEBOOK.read_text("utf-8"))["rules"]}
    ours = {rule.id: rule for rule in law()}
    assert set(ours) == set(book) and len(ours) == 388
    assert {id: said(ours[id]) for id in ours} == {id: says(book[id]) for id in book}


def said(rule: Rule) -> dict[str, Any]:
    """An edition in the rulebook's form."""
    limit, threshold = rule.limit, rule.threshold
    return {name: getattr(rule, name) for name in PLAIN} | {
        "concept": rule.concept[1],
        "limit": limit and (limit.value, limit.unit, limit.bound),
        "promptly": rule.promptly,
        "threshold": threshold and (threshold.value, threshold.unit),
    }


def says(rule: dict[str, Any]) -> dict[str, Any]:
    limit, threshold = rule["limit"] or {}, rule["threshold"] or {}
    numbered = limit.get("value") is not None
    return {name: "" if rule.get(name) is None else rule[name] for name in PLAIN} | {
        "concept": rule["concept"],
        "limit": (limit["value"], limit["unit"], limit["bound"] or "at_most") if numbered else None,
        "promptly": limit.get("qualitative"),
        "threshold": (threshold["value"], threshold["unit"]) if threshold.get("value") is not None else None,
    }


def test_an_edition_is_filed_under_the_day_from_which_its_instrument_is_in_force() -> None:
    sources = tomllib.loads((ROOT / "domain/rules/editions/sources.toml").read_text("utf-8"))
    assert {rule.edition for rule in EDITIONS if sources[rule.source]["in_force"] != rule.starts_on} == set()
    assert all(rule.starts_on <= rule.ends_on for rule in EDITIONS)


def test_every_text_of_a_rule_is_one_line_and_tells_itself_in_both_languages() -> None:
    for rule in EDITIONS:
        texts = [getattr(rule, each.name) for each in fields(rule)]
        assert all(text == text.strip() and "\n" not in text for text in texts if isinstance(text, str)), rule.id
        assert rule.article and all(rule.concept) and all(rule.title)
        for language, number in (("zh", 0), ("en", 1)):
            assert rule.concept[number] in rule.tell(language) and rule.article in rule.tell(language)


def test_what_nobody_has_read_or_is_no_law_here_does_not_bind() -> None:
    loose = {rule.id for rule in EDITIONS if not rule.binds}
    assert {rule.id for rule in EDITIONS if not rule.verified or rule.status.value != "in_force"} < loose
    assert {rule.id for rule in EDITIONS if rule.process == "comparison"} < loose


@pytest.mark.parametrize("rule", CLOCKED, ids=by_id)
def test_a_clock_is_moved_by_events_of_one_kind_of_case(rule: Rule) -> None:
    assert rule.clock and rule.kind in RUNNING
    assert {heard.event for heard in rule.clock.heard} <= set(EVENTS)
    assert len({AGGREGATE_OF[heard.event] for heard in rule.clock.heard}) == 1


@pytest.mark.parametrize("rule", CLOCKED, ids=by_id)
def test_a_clock_looks_at_what_its_events_tell(rule: Rule) -> None:
    assert rule.clock
    for heard in rule.clock.heard:
        told = get_type_hints(EVENTS[heard.event])
        assert {heard.on, heard.limit, *heard.where} - {""} <= set(told), heard
        assert not heard.on or date in one_of(told[heard.on]), heard
        assert not heard.limit or int in one_of(told[heard.limit]), heard
        for name, values in heard.where.items():
            assert all(any(known(kind, value) for kind in one_of(told[name])) for value in values), (name, values)


@pytest.mark.parametrize("rule", CLOCKED, ids=by_id)
def test_a_clock_knows_how_long_it_runs(rule: Rule) -> None:
    assert rule.clock and rule.clock.starts
    assert rule.limit or all(heard.limit for heard in rule.clock.starts)


def one_of(annotation: Any) -> tuple[Any, ...]:
    return get_args(annotation) if get_origin(annotation) in (Union, UnionType) else (annotation,)


def known(kind: Any, value: object) -> bool:
    """Whether a field of that kind can have the value."""
    if isinstance(kind, type) and issubclass(kind, Term):
        return value in {each.value for each in kind}
    return kind is Any or type(value) is kind


def test_a_rule_whose_facts_nothing_records_is_clocked_by_hand() -> None:
    by_hand = law().editions["PROD-FILING-10WD"][-1].clock
    assert by_hand and [heard.event for heard in by_hand.starts] == ["DutyArose"]
    assert by_hand.starts[0].where == {"rule": ("PROD-FILING-10WD",)}
    assert all(rule.clock for rule in EDITIONS if rule.limit and rule.kind in RUNNING)


def test_the_edition_of_a_day_is_the_last_that_had_come_into_force(tmp_path: Path) -> None:
    later = RULE.replace("value = 3", "value = 5")
    known = read(written(tmp_path, of_2020_01_01=RULE, of_2024_03_01=later))
    before, first, last = (known.on("A-1", day) for day in (date(2019, 12, 31), date(2024, 2, 29), date(2024, 3, 1)))
    assert before is None and known.on("B-1", date(2024, 3, 1)) is None
    assert first and first.limit and first.limit.value == 3 and first.ends_on == date(2024, 2, 29)
    assert last and last.limit and last.limit.value == 5
    assert [rule.edition for rule in known] == ["A-1@2024-03-01"] and len(known) == 1


def test_a_rule_that_has_ended_is_no_rule_of_a_later_day() -> None:
    ended = law().editions["AML-OLD-TRANSFER-200K"][-1]
    assert ended.ends_on == date(2025, 12, 31)
    assert law().on(ended.id, ended.ends_on) is ended
    assert law().on(ended.id, ended.ends_on + timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ('kind = "deadline"', 'kind = "dead line"', "dead line"),
        ('article = "art 1"\n', "", "article"),
        ('article = "art 1"', 'artikel = "art 1"', "artikel"),
        ('source = "X"', 'source = "Y"', "'Y'"),
        ('unit = "working_days", ', "", "unit"),
        ('bound = "at_most"', 'bound = "at_some"', "at_some"),
    ],
)
def test_what_is_written_wrong_is_named_by_file_rule_and_field(
    tmp_path: Path, right: str, wrong: str, named: str
) -> None:
    assert right in RULE
    with pytest.raises(ValueError, match=r"sale/2020-01-01.toml, A-1.*" + named):
        read(written(tmp_path, of_2020_01_01=RULE.replace(right, wrong)))


def test_a_rule_has_one_edition_of_a_day(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="A-1@2020-01-01 is written down twice"):
        read(written(tmp_path, of_2020_01_01=RULE + RULE))


def test_a_clock_tells_all_that_it_hears() -> None:
    heard = [Heard(name) for name in ("A", "B", "C", "D", "E", "F")]
    work = Clockwork(*((each,) for each in heard))
    assert list(work.heard) == heard
