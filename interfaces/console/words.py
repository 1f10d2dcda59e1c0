"""Every word of the console that is not the domain's own, in Chinese and in English."""

from __future__ import annotations

from pathlib import Path

from domain.words import Telling
from interfaces.console.labels import label

__all__ = ["WORDS", "label", "word"]

TABLE = Path(__file__).parent / "words.txt"
"""One word a line: its key, and what it says in Chinese and in English."""

WORDS: dict[str, Telling] = {
    name: (zh, en)
    for name, zh, en in ([part.strip() for part in line.split("|")] for line in TABLE.read_text("utf-8").splitlines())
}


def word(key: str, language: str, **details: object) -> str:
    """The word under that key, which must be there."""
    return WORDS[key][0 if language == "zh" else 1].format(**details)
