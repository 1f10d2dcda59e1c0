"""Every seller: what lets them sell, until when, and what forbids it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.agent import events as e
from domain.agent.events import Engagement
from domain.agent.state import Agent
from domain.catalogue import events_of
from domain.kernel import Recorded
from domain.product import Grade, Line
from domain.words import Role, Term


class Standing(Term):
    REGISTERED = "registered", "已登记", "registered"
    LICENSED = "licensed", "已执业登记", "licensed"
    APPOINTED = "appointed", "已授权", "appointed"
    SUSPENDED = "suspended", "已暂停", "suspended"
    LAPSED = "lapsed", "执业登记失效", "registration lapsed"
    LEFT = "left", "已离司", "left"


class AgentCard(Row):
    key = ("agent",)
    order = ("code",)
    indexes = ("code", "standing")
    searched = ("code", "name")
    personal = ("name",)
    person = "agent"

    agent: UUID
    code: str
    name: str
    engagement: Engagement
    standing: Standing
    registration: str = ""
    valid_from: date | None = None
    valid_until: date | None = None
    lapsed_on: date | None = None
    lines: tuple[Line, ...] = ()
    appointed_until: date | None = None
    grade: Grade | None = None
    largest: int | None = None
    currency: str = "CNY"
    hours: int = 0
    violations: int = 0
    barred_until: date | None = None
    joined_on: date
    left_on: date | None = None


class AgentRegister(Projection):
    name = "agent_register"
    says = ("销售人员登记簿", "Register of agents")
    row = AgentCard
    hears = events_of(Agent)
    shown_to = frozenset({Role.AGENT, Role.SERVICE, Role.UNDERWRITER, Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR})

    @staticmethod
    def evolve(row: AgentCard | None, recorded: Recorded) -> AgentCard | None:
        event = recorded.event
        if isinstance(event, e.AgentRegistered):
            told = {name: getattr(event, name) for name in ("code", "name", "engagement", "joined_on")}
            return AgentCard(agent=recorded.stream, standing=Standing.REGISTERED, **told)
        return row and _practised(row, event)


def _practised(row: AgentCard, event: object) -> AgentCard:
    match event:
        case e.PracticeRegistered(registration=registration, valid=valid):
            standing = Standing.APPOINTED if row.lines else Standing.LICENSED
            told = {"valid_from": valid.starts_on, "valid_until": valid.ends_on, "lapsed_on": None}
            return row.but(registration=registration, standing=standing, **told)
        case e.PracticeFoundLapsed(lapsed_on=lapsed_on):
            return row.but(standing=Standing.LAPSED, lapsed_on=lapsed_on)
        case e.AgentAppointed(lines=lines, period=period):
            return row.but(standing=Standing.APPOINTED, lines=lines, appointed_until=period.ends_on)
        case e.AppointmentEnded(ended_on=ended_on):
            return row.but(standing=Standing.LICENSED, lines=(), appointed_until=ended_on)
        case e.AgentSuspended():
            return row.but(standing=Standing.SUSPENDED)
        case e.SuspensionLifted():
            return row.but(standing=Standing.APPOINTED if row.lines else Standing.LICENSED)
        case e.AgentLeft(left_on=left_on):
            return row.but(standing=Standing.LEFT, left_on=left_on)
    return _able(row, event)


def _able(row: AgentCard, event: object) -> AgentCard:
    match event:
        case e.AgentGraded(grade=grade):
            return row.but(grade=grade)
        case e.AuthorityProfileSet(largest=largest):
            return row.but(largest=largest.minor, currency=largest.currency)
        case e.AgentTrained(hours=hours):
            return row.but(hours=row.hours + hours)
        case e.ViolationRecorded(barred_until=until):
            return row.but(violations=row.violations + 1, barred_until=until or row.barred_until)
    return row
