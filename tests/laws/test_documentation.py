"""The documentation says what the code says."""

from __future__ import annotations

import re

from interfaces.cli.catalogue import glossary, readme
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
