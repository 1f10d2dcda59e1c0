"""What every field of a command, a row or an event is called on a page."""

from __future__ import annotations

from pathlib import Path

from domain.words import Telling

TABLE = Path(__file__).parent / "labels.txt"
"""One field a line: its name, what it is called in Chinese, and in English."""

LABELS: dict[str, Telling] = {
    name: (zh, en)
    for name, zh, en in ([part.strip() for part in line.split("|")] for line in TABLE.read_text("utf-8").splitlines())
}


def label(name: str, language: str, of: str = "") -> str:
    """What the field is called; some are called otherwise on one type, `of`."""
    telling = LABELS.get(f"{of}.{name}") or LABELS.get(name) or (name, name.replace("_", " "))
    return telling[0 if language == "zh" else 1]
