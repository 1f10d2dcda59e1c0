"""A process that rotates the master key and ends."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from infrastructure.postgres.vault import Vault
from infrastructure.vault import Masters


def rotating(url: str, folder: str) -> None:
    with closing(Vault(url, Masters.load(Path(folder)))) as vault:
        vault.rotate(batch=3)
