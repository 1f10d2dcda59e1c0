"""Every word on a page has its Chinese and its English."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
from typing import Any, get_args, get_type_hints

from application.catalogue import PROJECTIONS
from domain.catalogue import COMMANDS
from domain.kernel import EVENTS
from domain.words import Money
from interfaces.console.helps import HELPS
from interfaces.console.labels import LABELS
from interfaces.console.pages import HERE, ROOMS
from interfaces.console.rooms.listings import LISTINGS
from interfaces.console.rooms.worklists import SPECIAL, WORKLISTS
from interfaces.console.words import WORDS


def named(hints: dict[str, Any]) -> set[str]:
    """The names of these fields, and of the fields of what they are made of."""
    names = set(hints)
    for hint in hints.values():
        for part in parts(hint):
            names |= named(get_type_hints(part))
    return names


def parts(hint: Any) -> list[Any]:
    if is_dataclass(hint) and hint is not Money:
        return [hint]
    return [found for each in get_args(hint) for found in parts(each)]


def test_every_field_of_every_command_row_and_event_has_a_label():
    names: set[str] = set()
    for command in COMMANDS:
        hints = get_type_hints(command)
        names |= named({name: hints[name] for name in command.model_fields})
    for projection in PROJECTIONS:
        hints = get_type_hints(projection.row)
        names |= named({name: hints[name] for name in projection.row.model_fields})
    for event in EVENTS.values():
        hints = get_type_hints(event)
        names |= named({name: hints[name] for name in event.__struct_fields__})
    assert sorted(names - set(LABELS)) == []


def test_every_word_is_there_in_both_languages_with_the_same_details():
    for table in (WORDS, LABELS, HELPS):
        for name, (zh, en) in table.items():
            assert zh and en, name
            assert set(re.findall(r"{\w+}", zh)) == set(re.findall(r"{\w+}", en)), name


def test_every_word_that_a_page_asks_for_is_in_the_table():
    asked = {
        key
        for template in (HERE / "templates").glob("*.html")
        for key in re.findall(r"""\bt\(["'](\w+)["']""", template.read_text("utf-8"))
    }
    asked |= {each.says for each in WORKLISTS} | {room for room, _ in ROOMS} | {each.path for each in LISTINGS}
    asked |= {f"state_{state}" for state in SPECIAL["premiums"]}
    assert sorted(asked - set(WORDS)) == []


def test_every_word_is_used_somewhere():
    text = "".join(
        path.read_text("utf-8")
        for path in (*(HERE / "templates").glob("*.html"), *HERE.rglob("*.py"))
        if path.name != "words.py"
    )
    built = {f"state_{state}" for state in SPECIAL["premiums"]} | {f"gone_{status}" for status in (401, 403, 404, 500)}
    assert sorted(key for key in WORDS if not re.search(rf"\b{key}\b", text) and key not in built) == []


def test_the_style_and_the_templates_carry_nothing_inline_and_nothing_from_elsewhere():
    for path in (HERE / "templates").glob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)|https?://|//\w", text), path.name
    assert not re.search(r"url\(|@import|https?:", (HERE / "static" / "console.css").read_text("utf-8"))
