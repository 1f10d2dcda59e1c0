"""Duties entered by hand: what each is, who sees to it, and how it stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.catalogue import events_of
from domain.duty import Duty, DutyArose, DutyDischarged, DutyDropped, DutyPaused, DutyResumed, Standing
from domain.kernel import Recorded


class DutyCard(Row):
    key = ("duty",)
    order = ("arose_on", "duty")
    indexes = ("standing", "rule", "owner", "number")
    searched = ("number", "rule", "owner")
    personal = ("about",)
    person = "duty"

    duty: UUID
    number: str
    rule: str
    about: str
    owner: str
    arose_on: date
    regards: UUID | None = None
    standing: Standing = Standing.OPEN
    done_on: date | None = None
    evidence: str = ""


class DutyRegister(Projection):
    name = "duty_register"
    says = ("义务登记簿", "Duty register")
    row = DutyCard
    hears = events_of(Duty)

    @staticmethod
    def evolve(row: DutyCard | None, recorded: Recorded) -> DutyCard | None:
        match recorded.event:
            case DutyArose() as event:
                return DutyCard(
                    duty=recorded.stream,
                    number=event.number,
                    rule=event.rule,
                    about=event.about,
                    owner=event.owner,
                    arose_on=event.arose_on,
                    regards=event.regards,
                )
            case DutyPaused():
                return row and row.but(standing=Standing.PAUSED)
            case DutyResumed():
                return row and row.but(standing=Standing.OPEN)
            case DutyDischarged(done_on=done_on, evidence=evidence):
                return row and row.but(standing=Standing.DISCHARGED, done_on=done_on, evidence=evidence)
            case DutyDropped():
                return row and row.but(standing=Standing.DROPPED)
        return row
