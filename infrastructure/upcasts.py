"""How an event of an old edition reads in the next: one function per event and edition, over plain JSON."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Upcast = Callable[[dict[str, Any]], dict[str, Any]]

UPCASTS: dict[tuple[str, int], Upcast] = {}
"""(event name, edition it was recorded in) -> the body as the following edition would have recorded it."""


def upcast(name: str, edition: int, until: int, body: dict[str, Any]) -> dict[str, Any]:
    """The body brought from its edition to the current one. Raises KeyError where a step is missing."""
    for step in range(edition, until):
        body = UPCASTS[name, step](body)
    return body
