"""What was sold while the seller's practice registration was not in force, as is known now."""

from __future__ import annotations

from collections.abc import Sequence

from application.policy.policy_register import PolicyCard, PolicyRegister
from application.ports import ReadStore
from domain.agent.state import Agent

AT_ONCE = 200


async def affected(reads: ReadStore, agent: Agent) -> Sequence[PolicyCard]:
    """The policies that this agent took in on days without a registration in force, the latest first."""
    found: list[PolicyCard] = []
    cursor: str | None = None
    while True:
        page = await reads.find(PolicyRegister, {"agent": agent.code}, limit=AT_ONCE, cursor=cursor, newest=True)
        sold = (row for row in page.rows if isinstance(row, PolicyCard) and row.application)
        found += (row for row in sold if not agent.licensed_on(row.applied_on))
        cursor = page.next
        if cursor is None:
            return found
