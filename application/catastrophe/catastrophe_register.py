"""Every catastrophe that was declared: what it was, when, and whether claims are still grouped under it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.catastrophe import Catastrophe, CatastropheDeclared, CatastropheEnded
from domain.kernel import Recorded
from domain.losses import Cause


class CatastropheCard(Row):
    key = ("catastrophe",)
    order = ("starts_on", "code")
    indexes = ("code", "ended")
    searched = ("code", "title")

    catastrophe: UUID
    code: str
    title: str
    causes: tuple[Cause, ...]
    starts_on: date
    ends_on: date
    ended: bool = False
    ended_on: date | None = None


class CatastropheRegister(Projection):
    name = "catastrophe_register"
    says = ("巨灾登记簿", "Catastrophe register")
    row = CatastropheCard
    hears = events_of(Catastrophe)

    @staticmethod
    def evolve(row: CatastropheCard | None, recorded: Recorded) -> CatastropheCard | None:
        match recorded.event:
            case CatastropheDeclared(code=code, title=title, causes=causes, period=period):
                return CatastropheCard(
                    catastrophe=recorded.stream,
                    code=code,
                    title=title,
                    causes=causes,
                    starts_on=period.starts_on,
                    ends_on=period.ends_on,
                )
            case CatastropheEnded():
                return row and row.but(ended=True, ended_on=recorded.occurred_on)
        return row
