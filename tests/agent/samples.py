"""An agent who may sell health cover, with one event of each kind that may come after."""

from __future__ import annotations

from datetime import date

from domain.agent import commands
from domain.agent import events as e
from domain.agent.events import Engagement
from domain.agent.state import Agent
from domain.kernel import Command, Event, stream_of
from domain.product import Grade, Line
from domain.words import Money, Period, plus_years
from tests.kit import folded

AGENT_ID = stream_of(Agent, "AG-7")
REGISTERED = e.AgentRegistered(
    code="AG-7",
    name="高远",
    identity="110101198001010011",
    engagement=Engagement.INDIVIDUAL,
    joined_on=date(2020, 1, 6),
)
PRACTISING = e.PracticeRegistered(registration="ZY-7", valid=Period(date(2024, 1, 1), date(2028, 12, 31)))
APPOINTED = e.AgentAppointed(lines=tuple(Line), period=Period(date(2024, 1, 1), date(2028, 12, 31)))
GRADED = e.AgentGraded(grade=Grade.R4, graded_on=date(2024, 1, 8), assessment="销售能力测评")
PROFILE = e.AuthorityProfileSet(largest=Money.of("100000000"))
TRAINED = e.AgentTrained(
    course="健康保险产品", hours=12, lines=tuple(Line), completed_on=date(2024, 2, 1), valid_until=date(2028, 1, 31)
)
LAPSED = e.PracticeFoundLapsed(lapsed_on=date(2025, 12, 1), reason="unpaid renewal")
ENDED = e.AppointmentEnded(ended_on=date(2026, 2, 1), reason="moved to another region")
VIOLATION = e.ViolationRecorded(
    number="W-1", found_on=date(2026, 2, 1), conduct="signed for a customer", barred_until=date(2026, 6, 30)
)
SUSPENDED = e.AgentSuspended(reason="no double recording")
LIFTED = e.SuspensionLifted(reason="put right")
LEFT = e.AgentLeft(left_on=date(2026, 2, 20), reason="own wish")
CANCELLED = e.PracticeCancelled(cancelled_on=date(2026, 2, 25))
ABLE: tuple[Event, ...] = (REGISTERED, PRACTISING, APPOINTED, GRADED, PROFILE, TRAINED)
"""Everything without which nobody sells."""
HAPPENED: tuple[Event, ...] = (*ABLE, LAPSED, ENDED, VIOLATION, SUSPENDED, LIFTED, LEFT, CANCELLED)


def agent(*history: Event) -> Agent:
    found = folded(Agent, *(history or ABLE), stream=AGENT_ID)
    assert isinstance(found, Agent)
    return found


def enrolled(code: str, day: date) -> tuple[Command, ...]:
    """The commands that let somebody sell, the first of which opens the record; everything holds from that day on."""
    period = Period(day, plus_years(day, 5))
    return (
        commands.RegisterAgent(code=code, name="高远", joined_on=day),
        commands.RegisterPractice(registration=f"ZY-{code}", valid=period),
        commands.AppointAgent(lines=tuple(Line), period=period),
        commands.GradeAgent(grade=Grade.R4, graded_on=day, assessment="销售能力测评"),
        commands.SetAuthorityProfile(largest=Money.of("100000000")),
        commands.RecordTraining(course="产品培训", hours=12, lines=tuple(Line), completed_on=day),
    )
