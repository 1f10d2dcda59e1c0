"""Where this installation keeps its things; read from the environment once, at the start."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs


def _home() -> Path:
    # The embedded server opens the folders above its data for reading when root runs it, so root's own home,
    # where a per-user folder would lie, is no place for it.
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Path("/var/lib/uberrima")
    return platformdirs.user_data_path("uberrima", appauthor=False)


@dataclass(frozen=True, slots=True)
class Settings:
    home: Path
    database_url: str = ""
    """The database to work in; the embedded one, if empty."""
    owner_url: str = ""
    """The same database as somebody who may migrate it; if empty, `database_url` is theirs."""

    @property
    def keys(self) -> Path:
        """Where the master keys lie: away from the database and from its backups."""
        return Path(os.environ.get("UBERRIMA_KEYS", "") or self.home / "keys").expanduser().absolute()

    @property
    def checkpoints(self) -> Path:
        """The file outside the database that every signed checkpoint of the log is added to."""
        return Path(os.environ.get("UBERRIMA_CHECKPOINTS", "") or self.home / "checkpoints.log").expanduser().absolute()

    @classmethod
    def from_environment(cls) -> Settings:
        home = os.environ.get("UBERRIMA_HOME", "")
        return cls(
            home=Path(home).expanduser().absolute() if home else _home(),
            database_url=os.environ.get("UBERRIMA_DATABASE_URL", ""),
            owner_url=os.environ.get("UBERRIMA_OWNER_URL", ""),
        )
