"""The documentation says what the code says."""

from __future__ import annotations

import re

from typer.main import get_command

from interfaces.cli.catalogue import glossary, readme
from interfaces.cli.main import cli
from tests.laws.code import ROOT


def test_the_readme_shows_the_catalogue_as_it_is():
    text = (ROOT / "README.md").read_text("utf-8")
    assert readme(text) == text, "run `make docs`"


def test_the_glossary_shows_every_term_as_it_is():
    assert (ROOT / "docs" / "glossary.md").read_text("utf-8") == glossary(), "run `make docs`"


def test_every_link_in_the_documentation_leads_somewhere():
    pages = [ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")]
    broken = [
        f"{page.name}: {target}"
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
        if not (page.parent / target).exists()
    ]
    assert broken == []


def test_every_dependency_of_the_project_is_explained_in_the_readme():
    text = (ROOT / "README.md").read_text("utf-8")
    declared = (ROOT / "pyproject.toml").read_text("utf-8").split("dependencies = [")[1].split("\n]")[0]
    names = re.findall(r'"([a-z0-9-]+)', declared)
    assert names and [name for name in names if name not in text] == []


def test_the_lock_file_names_no_registry():
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert "://" not in lock and "--index-url" not in lock and "--hash=sha256:" in lock


def test_every_command_that_the_documentation_names_exists():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    text = "\n".join(page.read_text("utf-8") for page in pages)
    known = {command.name for command in get_command(cli).commands.values()}  # type: ignore[attr-defined]
    named = set(re.findall(r"`(?:\.venv/bin/)?uberrima ([a-z]+)", text))
    assert named and named <= known
    made = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)`", text)) <= made


def test_every_module_that_the_documentation_names_exists():
    text = "\n".join(page.read_text("utf-8") for page in (ROOT / "docs").rglob("*.md"))
    named = set(re.findall(r"`((?:domain|application|infrastructure|interfaces|tests)/[\w/.]+)`", text))
    assert named and [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_every_test_that_the_list_of_features_names_is_there_and_the_counts_are_right():
    text = (ROOT / "docs" / "features.md").read_text("utf-8")
    named = re.findall(r"`(tests/\S+\.py)::(\w+)`", text)
    missing = [f"{path}::{name}" for path, name in named if f"def {name}(" not in (ROOT / path).read_text("utf-8")]
    assert named and missing == []
    rows = [line for line in text.splitlines() if re.match(r"\| \d+ \|", line)]
    shown, part, absent = (
        sum(mark(line) for line in rows)
        for mark in (
            lambda line: line.endswith("| |"),
            lambda line: "| in part: " in line,
            lambda line: "**not**" in line,
        )
    )
    assert len(rows) == 78 == shown + part + absent
    assert f"{shown} are shown by a test, {part} in part, {absent} are not here" in text
