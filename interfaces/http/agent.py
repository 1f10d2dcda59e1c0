"""Agents over HTTP: the register, what lets them sell and forbids it, and what was sold without a registration."""

from __future__ import annotations

from typing import Annotated

from litestar import get
from litestar.exceptions import NotFoundException, PermissionDeniedException
from litestar.params import Parameter

from application.agent.affected import affected
from application.agent.agent_register import AgentRegister
from application.policy.policy_register import PolicyCard, PolicyRegister
from application.supervision.replay import find_case
from domain.agent import commands
from domain.agent.state import Agent
from interfaces.http.missing import Missing
from interfaces.http.problem import ON_READ
from interfaces.http.routes import WAIT_FOR, Accepts, Ask, Shows, ready

AGENTS = (
    Shows("", AgentRegister),
    Shows("", AgentRegister, one=True),
    Missing(Agent),
    Accepts("", commands.RegisterAgent),
    Accepts("/practice", commands.RegisterPractice),
    Accepts("/practice-lapse", commands.FindPracticeLapsed),
    Accepts("/practice-cancellation", commands.CancelPractice),
    Accepts("/appointment", commands.AppointAgent),
    Accepts("/appointment-end", commands.EndAppointment),
    Accepts("/grade", commands.GradeAgent),
    Accepts("/authority-profile", commands.SetAuthorityProfile),
    Accepts("/trainings", commands.RecordTraining),
    Accepts("/violations", commands.RecordViolation),
    Accepts("/suspension", commands.SuspendAgent),
    Accepts("/suspension-end", commands.LiftSuspension),
    Accepts("/leaving", commands.LeaveAgent),
)


@get(
    "/{case:str}/affected-policies",
    operation_id="AffectedPolicies",
    responses=ON_READ,
    summary="无执业登记期间的保单 · Policies sold without a registration",
)
async def affected_policies(
    case: Annotated[str, Parameter(max_length=80, description="The agent's id or code.")],
    request: Ask,
    wait_for: WAIT_FOR = None,
) -> list[PolicyCard]:
    """The policies taken in on days on which, as is known now, the agent had no practice registration."""
    house, caller = request.app.state.house, request.user
    if not caller.sees(AgentRegister.shown_to & PolicyRegister.shown_to):
        raise PermissionDeniedException("this is shown to those who may see agents and policies")
    await ready(request, PolicyRegister, wait_for)
    stream = await find_case(house.store, case, Agent.kind())
    found = await house.handling.recall(Agent, stream) if stream else None
    if not isinstance(found, Agent) or not found.exists:
        raise NotFoundException("there is no such agent")
    return [caller.shown(row) for row in await affected(house.reads, found)]
