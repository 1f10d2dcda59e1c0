"""How a person is found by a phone or identity number that stands in no index: by its keyed hash."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable

from infrastructure.vault import Masters

SECRETS = "SELECT name, wrapped FROM vault.secrets WHERE name LIKE 'lookup/%' ORDER BY name"
"""The look-up keys, oldest first. There is more than one only while a newer one takes over."""

_CHINA = re.compile(r"^(\+|00)86(?=1\d{10}$)")
_APART = re.compile(r"[^\w+]|_")


class Lookup:
    def __init__(self, masters: Masters) -> None:
        self._masters = masters
        self._keys: dict[str, bytes] = {}

    def learn(self, rows: Iterable[tuple[str, bytes]]) -> None:
        """Takes the rows of SECRETS for all the keys there are."""
        self._keys = {
            name: self._keys.get(name) or self._masters.unwrap(name.encode(), wrapped) for name, wrapped in rows
        }

    def trace(self, column: str, value: str) -> bytes | None:
        """What is stored for a value, 32 bytes under the newest key; nothing for a value that says nothing."""
        found = self.traces(column, value)
        return found[-1] if found else None

    def traces(self, column: str, value: str) -> list[bytes]:
        """Everything that may be stored for a value: one trace under each key, oldest first."""
        plain = normal(value)
        told = f"{column}\0{plain}".encode()
        return [hmac.digest(key, told, hashlib.sha256) for key in self._keys.values()] if plain else []


def normal(value: str) -> str:
    """One form for all the ways in which people write the same number or address."""
    plain = unicodedata.normalize("NFKC", value).casefold().strip()
    return plain if "@" in plain else _CHINA.sub("", _APART.sub("", plain)).replace("+", "")


def name_of(number: int) -> str:
    """The name of a look-up key; newer ones sort after older ones."""
    return f"lookup/{number:04}"
