"""Every test of the library's runs on a fresh database, which its environment names."""

from __future__ import annotations

import sys

import eventsourcing.cryptography
import pytest

# The library's test cases import a cipher of a package that nothing else needs; this one is the same on another.
sys.modules.setdefault("eventsourcing.cipher", eventsourcing.cryptography)


@pytest.fixture(autouse=True)
def its_environment(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UBERRIMA_DATABASE_URL", database)
    monkeypatch.setenv("PERSISTENCE_MODULE", "infrastructure.library")
