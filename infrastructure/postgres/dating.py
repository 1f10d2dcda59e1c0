"""The rulebook as it stood at a position of the log, for whoever folds on from there."""

from __future__ import annotations

from collections.abc import Iterable

from application.projection import onward
from domain.kernel import Recorded
from domain.rules.rulebook import RULEBOOK, THE_LAW, Rulebook
from infrastructure.postgres.replay import Reader


class Dating:
    """Remembers where it was last, and reads on from there only if it was not told what happened since."""

    def __init__(self, reader: Reader) -> None:
        self._reader, self._position, self._book = reader, 0, THE_LAW

    def at(self, position: int) -> Rulebook:
        if position < self._position:
            self._position, self._book = 0, THE_LAW
        if position > self._position:
            self._book = onward(self._book, self._reader.of(RULEBOOK, self._position, position))
            self._position = position
        return self._book

    def note(self, after: int, upto: int, events: Iterable[Recorded]) -> None:
        """All that happened to the rulebook between two positions is among these events."""
        if after == self._position:
            self._book, self._position = onward(self._book, events), upto
