"""Sanction lists: whose money is stopped at once, found by the name as it is written on a payment.

Source: Anti-Money Laundering Law arts 40-41. A name is compared without case, spaces, marks and order of its words, so
an alias is listed like a name of its own; what only sounds alike is not found.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import MinLen

from domain.kernel import Aggregate, Command, Event, Given, Refusal, not_in_future, stream_of
from domain.words import Day, Note, Number, Personal, Role, Term, Text

LISTED_BEFORE = Refusal("sanction.listed_before", ("已在名单{entry}中", "listed already, as {entry}"))
NOT_LISTED = Refusal("sanction.not_listed", ("不在任何名单中", "this is on no list"))
SANCTIONED = Refusal(
    "sanction.sanctioned",
    (
        "收款人在{source}名单中（{entry}），须立即停止支付；误报由合规人员说明理由后解除",
        "the payee is on the list {source} ({entry}): payment stops at once; compliance may clear a false match, with reasons",
    ),
    rule="AML-SANCTION-LISTS",
)

COMPLIANCE = frozenset({Role.COMPLIANCE})


class Source(Term):
    UN = "un", "联合国安理会制裁名单", "UN Security Council"
    MPS = "mps", "公安部恐怖活动名单", "Ministry of Public Security"
    PBC = "pbc", "人民银行名单", "People's Bank of China"
    OWN = "own", "本公司名单", "own list"


class PartySanctioned(Event):
    internal = True
    tells = ("列入{source}名单，条目{entry}，自{listed_on}起", "listed by {source} as {entry} from {listed_on}")
    source: Source
    entry: str
    listed_on: date
    name: Personal[str]


class PartyDelisted(Event):
    internal = True
    tells = ("条目{entry}已移出名单：{reason}", "{entry} taken off the list: {reason}")
    entry: str
    reason: Personal[str]


class Sanction(Aggregate):
    """One name, and the list it stands on."""

    opened = False

    source: Source | None = None
    entry: str = ""

    @property
    def listed(self) -> bool:
        return self.source is not None

    def evolve(self, event: Event) -> Sanction:
        match event:
            case PartySanctioned(source=source, entry=entry):
                return self.but(source=source, entry=entry)
            case PartyDelisted():
                return self.but(source=None, entry="")
        return self


def sanction_of(name: str) -> UUID:
    """Where that name would be listed."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    return stream_of(Sanction, " ".join(sorted(re.findall(r"\w+", plain))))


def unsanctioned(given: Given, cleared: frozenset[UUID]) -> None:
    """Raises Refused where the payee that the command names is on a list and compliance has not cleared the match."""
    found = given[Sanction]
    SANCTIONED.unless(not found.listed or found.id in cleared, source=found.source, entry=found.entry)


class ListParty(Command):
    """Puts a name on a list. From then on nothing is paid to it."""

    on, may = Sanction, COMPLIANCE
    says = ("列入制裁名单", "List a name")
    applies = ("AML-SANCTION-LISTS",)
    name: Text
    source: Source
    entry: Number
    listed_on: Day

    @property
    def home(self) -> UUID:
        return sanction_of(self.name)

    def decide(self, sanction: Sanction, given: Given) -> Iterator[Event]:
        not_in_future(self.listed_on, given)
        LISTED_BEFORE.unless(not sanction.listed, entry=sanction.entry)
        yield PartySanctioned(**dict(self))


class DelistParty(Command):
    on, may = Sanction, COMPLIANCE
    says = ("移出制裁名单", "Take a name off")
    name: Text
    reason: Annotated[Note, MinLen(1)]

    @property
    def home(self) -> UUID:
        return sanction_of(self.name)

    def decide(self, sanction: Sanction, given: Given) -> Iterator[Event]:
        NOT_LISTED.unless(sanction.listed)
        yield PartyDelisted(entry=sanction.entry, reason=self.reason)
