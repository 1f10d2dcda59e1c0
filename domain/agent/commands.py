"""What can be asked of an agent's record: that it begins, what lets the agent sell, what forbids it, its end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

from domain.agent import events as e
from domain.agent.events import Engagement
from domain.agent.state import Agent
from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.product import Grade, Line
from domain.words import Amount, Day, Note, Number, Period, Role, ShortText, Text

LEFT_BEFORE = Refusal("agent.left_before", ("此人已经离司", "the agent has left already"))
STILL_HERE = Refusal("agent.still_here", ("此人尚未离司", "the agent has not left"))
BACKWARDS = Refusal("agent.backwards", ("期间倒置", "the period runs backwards"))
NO_PRACTICE = Refusal("agent.no_practice", ("没有执业登记", "there is no practice registration"))
LAPSED_OUTSIDE = Refusal(
    "agent.lapsed_outside", ("{day}不在执业登记有效期{valid}内", "{day} is not within the registration, {valid}")
)
NO_APPOINTMENT = Refusal("agent.no_appointment", ("没有销售授权", "there is no appointment"))
SAME_VIOLATION = Refusal("agent.same_violation", ("违规{number}已经记录", "the violation {number} is on record"))

KEEPERS = frozenset({Role.COMPLIANCE, Role.SUPERVISOR})
Lines = Annotated[tuple[Line, ...], MinLen(1), MaxLen(6)]


def here(agent: Agent, _: Given) -> None:
    LEFT_BEFORE.unless(agent.left_on is None)


class RegisterAgent(Command):
    """Begins what is known of a seller. The code is the login of the agent's account, in capitals."""

    on, opens, may = Agent, True, KEEPERS
    says = ("登记销售人员", "Register an agent")
    code: Number
    name: Text
    identity: ShortText = ""
    engagement: Engagement = Engagement.INDIVIDUAL
    joined_on: Day

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        not_in_future(self.joined_on, given)
        yield e.AgentRegistered(**{**dict(self), "code": self.code.upper()})


class RegisterPractice(Command):
    """The practice registration, or its renewal, with the days on which it holds."""

    on, may = Agent, KEEPERS
    says = ("执业登记", "Register practice")
    applies = ("SALE-LICENSED-ONLY",)
    gates = (here,)
    registration: Number
    valid: Period

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        BACKWARDS.unless(self.valid.days > 0)
        last = agent.registration
        if last is None or (self.registration, self.valid) != (last.number, last.valid):
            yield e.PracticeRegistered(registration=self.registration, valid=self.valid)


class FindPracticeLapsed(Command):
    """Keeps that the registration had ended sooner than was known; what was sold since is affected."""

    on, may = Agent, KEEPERS
    says = ("查明执业登记失效", "Find the practice registration lapsed")
    applies = ("SALE-LICENSED-ONLY",)
    lapsed_on: Day
    reason: Annotated[Note, MinLen(1)]

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        not_in_future(self.lapsed_on, given)
        last = agent.registration
        NO_PRACTICE.unless(last)
        assert last
        LAPSED_OUTSIDE.unless(self.lapsed_on in last.valid, day=self.lapsed_on, valid=last.valid)
        if last.lapsed_on != self.lapsed_on:
            yield e.PracticeFoundLapsed(lapsed_on=self.lapsed_on, reason=self.reason)


class AppointAgent(Command):
    """Lets the agent sell lines of business, for a time."""

    on, may = Agent, KEEPERS
    says = ("授权销售", "Appoint")
    gates = (here,)
    lines: Lines
    period: Period

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        BACKWARDS.unless(self.period.days > 0)
        lines = tuple(line for line in Line if line in self.lines)
        if (lines, self.period, None) != (agent.lines, agent.appointed, agent.ended_on):
            yield e.AgentAppointed(lines=lines, period=self.period)


class EndAppointment(Command):
    on, may = Agent, KEEPERS
    says = ("终止销售授权", "End the appointment")
    ended_on: Day
    reason: Annotated[Note, MinLen(1)]

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        NO_APPOINTMENT.unless(agent.appointed)
        if agent.ended_on != self.ended_on:
            yield e.AppointmentEnded(ended_on=self.ended_on, reason=self.reason)


class GradeAgent(Command):
    """Which products may be sold: those of the grade and of lower ones."""

    on, may = Agent, KEEPERS
    says = ("销售能力分级", "Grade")
    applies = ("SALE-SALESPERSON-GRADE",)
    gates = (here,)
    grade: Grade
    graded_on: Day
    assessment: Text

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        not_in_future(self.graded_on, given)
        yield e.AgentGraded(**dict(self))


class SetAuthorityProfile(Command):
    on, may = Agent, KEEPERS
    says = ("设定承揽权限", "Set the authority profile")
    gates = (here,)
    largest: Amount

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        if agent.largest != self.largest:
            yield e.AuthorityProfileSet(largest=self.largest)


class RecordTraining(Command):
    on, may = Agent, KEEPERS
    says = ("记录培训", "Record training")
    applies = ("AGT-TRAINING-SUITABILITY",)
    gates = (here,)
    course: Text
    hours: Annotated[int, Ge(1), Le(1000)]
    lines: Lines
    completed_on: Day
    valid_until: Day | None = None

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        not_in_future(self.completed_on, given)
        BACKWARDS.unless(self.valid_until is None or self.completed_on <= self.valid_until)
        yield e.AgentTrained(**dict(self))


class RecordViolation(Command):
    """Keeps forbidden conduct that was found, and until when it bars from selling."""

    on, may = Agent, KEEPERS
    says = ("记录违规", "Record a violation")
    number: Number
    found_on: Day
    conduct: Annotated[Note, MinLen(1)]
    barred_until: Day | None = None

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        not_in_future(self.found_on, given)
        SAME_VIOLATION.unless(self.number not in agent.violations, number=self.number)
        yield e.ViolationRecorded(**dict(self))


class SuspendAgent(Command):
    on, may = Agent, KEEPERS
    says = ("暂停销售", "Suspend from selling")
    gates = (here,)
    reason: Annotated[Note, MinLen(1)]

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        if not agent.suspended:
            yield e.AgentSuspended(reason=self.reason)


class LiftSuspension(Command):
    on, may = Agent, KEEPERS
    says = ("恢复销售", "Lift the suspension")
    gates = (here,)
    reason: Annotated[Note, MinLen(1)]

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        if agent.suspended:
            yield e.SuspensionLifted(reason=self.reason)


class LeaveAgent(Command):
    """The contract with the agent ended: from that day they sell nothing."""

    on, may = Agent, KEEPERS
    says = ("离司", "Record that the agent left")
    applies = ("AGT-DEREGISTER",)
    gates = (here,)
    left_on: Day
    reason: Annotated[Note, MinLen(1)]

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        not_in_future(self.left_on, given)
        yield e.AgentLeft(left_on=self.left_on, reason=self.reason)


class CancelPractice(Command):
    on, may = Agent, KEEPERS
    says = ("注销执业登记", "Cancel the practice registration")
    applies = ("AGT-DEREGISTER",)
    cancelled_on: Day

    def decide(self, agent: Agent, given: Given) -> Iterator[Event]:
        not_in_future(self.cancelled_on, given)
        STILL_HERE.unless(agent.left_on)
        NO_PRACTICE.unless(agent.registration)
        if agent.cancelled_on is None:
            yield e.PracticeCancelled(cancelled_on=self.cancelled_on)
