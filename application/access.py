"""Who is asking: an account's holder, with the roles the account has now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

from application.handling import Handling
from application.ports import LATELY
from application.projection import Projection, Row
from domain.account import Account
from domain.kernel import CALENDAR_ZONE, Recorded
from domain.words import Actor, Role

R = TypeVar("R", bound=Row)

NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class Caller:
    account: UUID
    login: str
    name: str
    roles: tuple[Role, ...]
    authority: int = 0
    party: UUID | None = None

    def acting(self, may: frozenset[Role]) -> Actor:
        """The caller in the first of their roles that may, or else in their first role, to be refused in it."""
        role = next((role for role in self.roles if role in may), self.roles[0])
        return Actor(self._called(role), role, self.party, self.authority)

    def _called(self, role: Role) -> str:
        """The login, but of customers, whose logins tell who they are, a name that only we can trace to them."""
        return f"{role}-{str(self.party or self.account)[-8:]}" if role is Role.CUSTOMER else self.login

    def sees(self, shown_to: frozenset[Role]) -> bool:
        return any(role in shown_to for role in self.roles)

    @property
    def is_customer(self) -> bool:
        return Role.CUSTOMER in self.roles

    def confines(self, projection: type[Projection]) -> dict[str, Any]:
        """The condition under which this caller may see rows: customers see their own, and what is open to them."""
        if not self.is_customer or self.sees(projection.shown_to - {Role.CUSTOMER}):
            return {}
        return {projection.own: self.party or NOBODY} if projection.own else dict(projection.open_to_customers)

    def shown(self, row: R) -> R:
        """The row without what is kept from this caller."""
        row = row if self.sees(row.in_full_to) else row.in_part()
        return row.for_customers() if self.is_customer else row

    def hears(self, recorded: Recorded) -> bool:
        """Whether this caller is told of the event."""
        return not (self.is_customer and recorded.event.internal)


async def caller_of(handling: Handling, account: UUID) -> Caller | None:
    """The holder of an account that exists and is not suspended."""
    found = await handling.recall(Account, account, lately=LATELY)
    if not isinstance(found, Account) or not found.exists or found.suspended:
        return None
    today = handling.clock.now().astimezone(CALENDAR_ZONE).date()
    return Caller(found.id, found.login, found.name, found.roles, found.authority_on(today), found.customer)
