"""Who may sign in, in which roles, and how much they may approve."""

from __future__ import annotations

from uuid import UUID

import msgspec

from application.projection import Projection, Row
from domain.account import (
    Account,
    AccountOpened,
    AccountRestored,
    AccountSuspended,
    AuthorityDelegated,
    AuthorityReceived,
    AuthorityReturned,
    DelegationRevoked,
    Lent,
    RolesChanged,
)
from domain.catalogue import events_of
from domain.kernel import Recorded
from domain.words import Role


class AccountCard(Row):
    key = ("account",)
    order = ("login",)
    indexes = ("login",)
    searched = ("login", "name")
    personal = ("name",)
    person = "customer"

    account: UUID
    login: str
    name: str
    roles: tuple[Role, ...]
    authority: int
    customer: UUID | None = None
    suspended: bool = False
    lent: tuple[Lent, ...] = ()


class AccountList(Projection):
    name = "account_list"
    version = 2
    says = ("账户", "Accounts")
    row = AccountCard
    # Who lends is told by who has been lent.
    hears = tuple(each for each in events_of(Account) if each not in (AuthorityDelegated, DelegationRevoked))
    shown_to = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR, Role.COMPLIANCE, Role.AUDITOR})

    @staticmethod
    def evolve(row: AccountCard | None, recorded: Recorded) -> AccountCard | None:
        match recorded.event:
            case AccountOpened() as event:
                told = msgspec.structs.asdict(event)
                return AccountCard(account=recorded.stream, **told)
            case RolesChanged(roles=roles, authority=authority):
                return row and row.but(roles=roles, authority=authority)
            case AuthorityReceived(giver=giver, amount=amount, until=until):
                return row and row.but(lent=(*_but(row, giver), Lent(giver, amount, until)))
            case AuthorityReturned(giver=giver):
                return row and row.but(lent=_but(row, giver))
            case AccountSuspended():
                return row and row.but(suspended=True)
            case AccountRestored():
                return row and row.but(suspended=False)
        return row


def _but(row: AccountCard, giver: str) -> tuple[Lent, ...]:
    return tuple(each for each in row.lent if each.giver != giver)
