"""An account: who may sign in, in which roles, with how much authority. Its secrets are kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import Field

from domain.customer import Customer
from domain.kernel import Aggregate, Command, Event, Given, Refusal
from domain.words import Note, Personal, Role, Text

SUSPENDED = Refusal("account.suspended", ("账户已停用", "the account is suspended"))
OWN_ACCOUNT = Refusal("account.own", ("不得变更本人账户的权限", "nobody changes the rights of their own account"))
ONLY_CUSTOMERS = Refusal(
    "account.only_customers", ("客户角色须且仅须关联客户", "the customer role, and only it, goes with a customer")
)
RESERVED_ROLE = Refusal("account.reserved_role", ("系统角色不可授予", "the system's own role is granted to nobody"))

GRANTORS = frozenset({Role.ADMINISTRATOR})
Login = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,39}$")]


class AccountOpened(Event):
    tells = ("开立账户{login}", "account {login} opened")
    unique = ("login",)
    login: str
    name: Personal[str]
    roles: tuple[Role, ...]
    authority: int = 0
    customer: UUID | None = None


class RolesChanged(Event):
    tells = ("角色变更为{roles}：{reason}", "roles are now {roles}: {reason}")
    roles: tuple[Role, ...]
    authority: int
    reason: Personal[str]


class AccountSuspended(Event):
    tells = ("账户停用：{reason}", "suspended: {reason}")
    reason: Personal[str]


class AccountRestored(Event):
    tells = ("账户恢复：{reason}", "restored: {reason}")
    reason: Personal[str]


class Account(Aggregate):
    login: str = ""
    name: str = ""
    roles: tuple[Role, ...] = ()
    authority: int = 0
    customer: UUID | None = None
    suspended: bool = False

    @property
    def party(self) -> UUID | None:
        return self.customer

    def evolve(self, event: Event) -> Account:
        match event:
            case AccountOpened():
                return self.but(
                    login=event.login,
                    name=event.name,
                    roles=event.roles,
                    authority=event.authority,
                    customer=event.customer,
                )
            case RolesChanged(roles=roles, authority=authority):
                return self.but(roles=roles, authority=authority)
            case AccountSuspended():
                return self.but(suspended=True)
            case AccountRestored():
                return self.but(suspended=False)
        return self


def grantable(roles: tuple[Role, ...], customer: UUID | None) -> None:
    RESERVED_ROLE.unless(Role.SYSTEM not in roles)
    ONLY_CUSTOMERS.unless((roles == (Role.CUSTOMER,)) if customer else (Role.CUSTOMER not in roles))


class OpenAccount(Command):
    """Opens an account. Authority is the largest sum, in minor units, that its holder approves alone."""

    on, opens, may, consults = Account, True, GRANTORS, (Customer,)
    says = ("开立账户", "Open an account")
    login: Login
    name: Text
    roles: Annotated[tuple[Role, ...], MinLen(1), MaxLen(12)]
    authority: Annotated[int, Ge(0), Le(2**53)] = 0
    customer: UUID | None = None

    def decide(self, account: Account, given: Given) -> Iterator[Event]:
        grantable(self.roles, self.customer)
        yield AccountOpened(**dict(self))


class ChangeRoles(Command):
    on, may = Account, GRANTORS
    says = ("变更角色与权限", "Change roles and authority")
    roles: Annotated[tuple[Role, ...], MinLen(1), MaxLen(12)]
    authority: Annotated[int, Ge(0), Le(2**53)] = 0
    reason: Annotated[Note, MinLen(1)]

    def decide(self, account: Account, given: Given) -> Iterator[Event]:
        OWN_ACCOUNT.unless(account.login != given.actor.name)
        grantable(self.roles, account.customer)
        if (self.roles, self.authority) != (account.roles, account.authority):
            yield RolesChanged(roles=self.roles, authority=self.authority, reason=self.reason)


class SuspendAccount(Command):
    on, may = Account, GRANTORS | {Role.SUPERVISOR}
    says = ("停用账户", "Suspend")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, account: Account, given: Given) -> Iterator[Event]:
        OWN_ACCOUNT.unless(account.login != given.actor.name)
        if not account.suspended:
            yield AccountSuspended(reason=self.reason)


class RestoreAccount(Command):
    on, may = Account, GRANTORS
    says = ("恢复账户", "Restore")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, account: Account, given: Given) -> Iterator[Event]:
        OWN_ACCOUNT.unless(account.login != given.actor.name)
        if account.suspended:
            yield AccountRestored(reason=self.reason)
