"""What one version of a standard says, and what differs between two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Annotated, Any, Generic, TypeVar

from annotated_types import MaxLen, MinLen

from domain.account import Login
from domain.product import Line
from domain.rules.change import RuleChange
from domain.words import Day, Printed, Role, Sha256, ShortText, Text

T = TypeVar("T")

Wording = Annotated[str, MaxLen(20_000), Printed]
Branch = Annotated[ShortText, MinLen(1)]


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom and what it binds: these roles, in these branches and lines of business; all of them, where none is named."""

    roles: Annotated[tuple[Role, ...], MaxLen(12)] = ()
    branches: Annotated[tuple[Branch, ...], MaxLen(100)] = ()
    lines: Annotated[tuple[Line, ...], MaxLen(6)] = ()

    def binds(self, role: Role) -> bool:
        return not self.roles or role in self.roles


@dataclass(frozen=True, slots=True)
class Content:
    """What a version says: in its own text, or in a document that its checksum tells from any other.

    `owner` answers for it, `changes` are what it changes of the rules, `review_on` is the day on which to look at it anew.
    """

    title_zh: Text
    title_en: Text
    owner: Login
    scope: Scope = Scope()
    text: Wording = ""
    document: ShortText = ""
    sha256: Sha256 | None = None
    review_on: Day | None = None
    changes: Annotated[tuple[RuleChange, ...], MaxLen(100)] = ()


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """What stands in one version beside what stands in its place in the other; None where nothing does."""

    before: T | None
    after: T | None

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True, slots=True)
class Difference:
    """Every line of the texts side by side; of all else, by name, and of the changed rules, by id, what is not the same."""

    text: tuple[Pair[str], ...]
    facts: dict[str, Pair[Any]]
    changes: dict[str, Pair[RuleChange]]

    @property
    def is_none(self) -> bool:
        return not (self.facts or self.changes) and all(line.is_same for line in self.text)


def difference(before: Content, after: Content) -> Difference:
    """What the later version says otherwise than the earlier one."""
    return Difference(
        tuple(_lines(before.text.splitlines(), after.text.splitlines())),
        _otherwise(dict(_facts(before)), dict(_facts(after))),
        _otherwise(_by_rule(before.changes), _by_rule(after.changes)),
    )


def _lines(before: list[str], after: list[str]) -> Iterator[Pair[str]]:
    for _, i, j, k, end in SequenceMatcher(None, before, after).get_opcodes():
        yield from (Pair(*both) for both in zip_longest(before[i:j], after[k:end]))


def _facts(content: Content) -> Iterator[tuple[str, Any]]:
    for part in (content, content.scope):
        yield from ((f.name, getattr(part, f.name)) for f in fields(part) if f.name not in ("scope", "text", "changes"))


def _by_rule(changes: Iterable[RuleChange]) -> dict[str, RuleChange]:
    return {each.rule: each for each in changes}


def _otherwise(before: dict[str, T], after: dict[str, T]) -> dict[str, Pair[T]]:
    pairs = {name: Pair(before.get(name), after.get(name)) for name in dict.fromkeys((*before, *after))}
    return {name: pair for name, pair in pairs.items() if not pair.is_same}
