"""Every name on a list, and those taken off; for compliance alone."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.kernel import Recorded
from domain.sanction import PartyDelisted, PartySanctioned, Sanction, Source
from domain.words import Role


class SanctionCard(Row):
    key = ("sanction",)
    order = ("listed_on", "entry")
    indexes = ("source", "entry", "listed")
    searched = ("entry", "name")
    personal = ("name",)
    person = "sanction"

    sanction: UUID
    entry: str
    name: str
    source: Source
    listed_on: date
    listed: bool = True
    ended_on: date | None = None


class SanctionRegister(Projection):
    name = "sanction_register"
    says = ("制裁名单", "Sanction lists")
    row = SanctionCard
    hears = events_of(Sanction)
    shown_to = frozenset({Role.COMPLIANCE, Role.AUDITOR})

    @staticmethod
    def evolve(row: SanctionCard | None, recorded: Recorded) -> SanctionCard | None:
        match recorded.event:
            case PartySanctioned() as event:
                told = {name: getattr(event, name) for name in ("entry", "name", "source", "listed_on")}
                return SanctionCard(sanction=recorded.stream, **told)
            case PartyDelisted():
                return row and row.but(listed=False, ended_on=recorded.occurred_on)
        return row
