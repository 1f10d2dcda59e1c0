"""An account: who may sign in, in which roles, with how much authority. Its secrets are kept elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import Field

from domain.customer import Customer
from domain.kernel import Aggregate, Command, Event, Given, Refusal
from domain.words import Day, Note, Personal, Role, Text, plus_days

NOT_OWN = Refusal("account.not_own", ("只能委托本人的权限", "nobody delegates but from their own account"))
NOT_TO_ONESELF = Refusal("account.not_to_oneself", ("不得委托给本人", "nobody delegates to themselves"))
BEYOND_OWN = Refusal(
    "account.beyond_own",
    ("超出本人权限{own}", "it is beyond one's own authority, which is {own}; what is lent is not lent on"),
)
ENDS_LATE = Refusal("account.delegation_too_long", ("委托最长{days}天", "a delegation lasts {days} days at most"))
SUSPENDED = Refusal("account.suspended", ("账户已停用", "the account is suspended"))
OWN_ACCOUNT = Refusal("account.own", ("不得变更本人账户的权限", "nobody changes the rights of their own account"))
ONLY_CUSTOMERS = Refusal(
    "account.only_customers", ("客户角色须且仅须关联客户", "the customer role, and only it, goes with a customer")
)
RESERVED_ROLE = Refusal("account.reserved_role", ("系统角色不可授予", "the system's own role is granted to nobody"))

GRANTORS = frozenset({Role.ADMINISTRATOR})
LENDERS = frozenset({Role.SUPERVISOR, Role.UNDERWRITER, Role.CLAIMS_HANDLER, Role.COMPLAINT_OFFICER, Role.COMPLIANCE})
LONGEST = 90
"""How many days a delegation lasts at most: the insurer's own rule."""
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


class AuthorityDelegated(Event):
    """Lent from the giver's own authority, until a day; what is lent is not lent on."""

    tells = ("将权限{amount}委托至{until}：{reason}", "an authority of {amount} delegated until {until}: {reason}")
    to: UUID
    amount: int
    until: date
    reason: Personal[str]


class DelegationRevoked(Event):
    tells = ("撤回权限委托", "the delegation was revoked")
    to: UUID
    giver: str = ""


class AuthorityReceived(Event):
    tells = ("接受{giver}委托的权限{amount}，至{until}", "received an authority of {amount} from {giver} until {until}")
    giver: str
    amount: int
    until: date


class AuthorityReturned(Event):
    tells = ("{giver}委托的权限已收回", "the authority received from {giver} was taken back")
    giver: str


@dataclass(frozen=True, slots=True)
class Lent:
    giver: str
    amount: int
    until: date


class Account(Aggregate):
    login: str = ""
    name: str = ""
    roles: tuple[Role, ...] = ()
    authority: int = 0
    customer: UUID | None = None
    suspended: bool = False
    received: tuple[Lent, ...] = ()
    lent: frozenset[UUID] = frozenset()

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
            case AuthorityReceived(giver=giver, amount=amount, until=until):
                return self.but(received=(*self._but(giver), Lent(giver, amount, until)))
            case AuthorityReturned(giver=giver):
                return self.but(received=self._but(giver))
            case AuthorityDelegated(to=to):
                return self.but(lent=self.lent | {to})
            case DelegationRevoked(to=to):
                return self.but(lent=self.lent - {to})
            case AccountSuspended():
                return self.but(suspended=True)
            case AccountRestored():
                return self.but(suspended=False)
        return self

    def _but(self, giver: str) -> tuple[Lent, ...]:
        return tuple(each for each in self.received if each.giver != giver)

    def authority_on(self, day: date) -> int:
        """The furthest of one's own and of what one has been lent and still holds."""
        return max((self.authority, *(each.amount for each in self.received if day <= each.until)))


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
            # Who may not act lends nothing either.
            for to in sorted(account.lent):
                yield DelegationRevoked(to=to, giver=account.login)


class RestoreAccount(Command):
    on, may = Account, GRANTORS
    says = ("恢复账户", "Restore")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, account: Account, given: Given) -> Iterator[Event]:
        OWN_ACCOUNT.unless(account.login != given.actor.name)
        if account.suspended:
            yield AccountRestored(reason=self.reason)


class DelegateAuthority(Command):
    """Lends a colleague so much of one's own authority, until a day."""

    on, may = Account, LENDERS
    says = ("委托权限", "Delegate authority")
    to: UUID
    amount: Annotated[int, Ge(1), Le(2**53)] = Field(description="In minor units of the case's own currency.")
    until: Day
    reason: Annotated[Note, MinLen(1)]

    def decide(self, account: Account, given: Given) -> Iterator[Event]:
        NOT_OWN.unless(account.login == given.actor.name)
        NOT_TO_ONESELF.unless(self.to != account.id)
        BEYOND_OWN.unless(self.amount <= account.authority, own=account.authority)
        ENDS_LATE.unless(given.today <= self.until <= plus_days(given.today, LONGEST), days=LONGEST)
        yield AuthorityDelegated(**dict(self))


class RevokeDelegation(Command):
    on, may = Account, LENDERS
    says = ("撤回权限委托", "Revoke a delegation")
    to: UUID

    def decide(self, account: Account, given: Given) -> Iterator[Event]:
        NOT_OWN.unless(account.login == given.actor.name)
        yield DelegationRevoked(to=self.to, giver=account.login)


class ReceiveAuthority(Command):
    """The other end of a delegation."""

    on, may = Account, frozenset({Role.SYSTEM})
    says = ("接受委托权限", "Receive authority")
    giver: Login
    amount: Annotated[int, Ge(1), Le(2**53)]
    until: Day

    def decide(self, account: Account, given: Given) -> Iterator[Event]:
        if Lent(self.giver, self.amount, self.until) not in account.received:
            yield AuthorityReceived(**dict(self))


class ReturnAuthority(Command):
    on, may = Account, frozenset({Role.SYSTEM})
    says = ("交回委托权限", "Return authority")
    giver: Login

    def decide(self, account: Account, given: Given) -> Iterator[Event]:
        if any(each.giver == self.giver for each in account.received):
            yield AuthorityReturned(giver=self.giver)
