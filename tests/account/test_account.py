"""Who may sign in, in which roles; and that nobody changes their own rights."""

from __future__ import annotations

import pytest

from domain.account import (
    ONLY_CUSTOMERS,
    OWN_ACCOUNT,
    RESERVED_ROLE,
    AccountOpened,
    AccountRestored,
    AccountSuspended,
    ChangeRoles,
    OpenAccount,
    RestoreAccount,
    RolesChanged,
    SuspendAccount,
)
from domain.words import Actor, Role
from tests.kit import given
from tests.samples import CUSTOMER_ID

OPENED = AccountOpened(login="han", name="Han Mei", roles=(Role.CLAIMS_HANDLER,), authority=500_000)
CUSTOMERS = AccountOpened(login="wang", name="王小明", roles=(Role.CUSTOMER,), customer=CUSTOMER_ID)
SUSPENDED = AccountSuspended(reason="on leave")
RESTORED = AccountRestored(reason="back")
SUSPEND, RESTORE = SuspendAccount(reason="on leave"), RestoreAccount(reason="back")
HAN_HERSELF = Actor("han", Role.ADMINISTRATOR)


def change(*roles: Role, authority: int = 0) -> ChangeRoles:
    return ChangeRoles(roles=roles, authority=authority, reason="new duties")


def test_an_account_is_opened_with_roles_and_authority():
    command = OpenAccount(login="han", name="Han Mei", roles=(Role.CLAIMS_HANDLER,), authority=500_000)
    given().when(command).then(OPENED)


def test_a_customer_has_an_account_of_their_own():
    command = OpenAccount(login="wang", name="王小明", roles=(Role.CUSTOMER,), customer=CUSTOMER_ID)
    given().when(command).then(CUSTOMERS)


@pytest.mark.parametrize(
    ("roles", "customer", "refusal"),
    [
        ((Role.SYSTEM,), None, RESERVED_ROLE),
        ((Role.SERVICE, Role.SYSTEM), None, RESERVED_ROLE),
        ((Role.CUSTOMER,), None, ONLY_CUSTOMERS),
        ((Role.SERVICE, Role.CUSTOMER), None, ONLY_CUSTOMERS),
        ((Role.SERVICE,), CUSTOMER_ID, ONLY_CUSTOMERS),
        ((Role.SERVICE, Role.CUSTOMER), CUSTOMER_ID, ONLY_CUSTOMERS),
    ],
)
def test_roles_that_may_not_be_granted(roles, customer, refusal):
    command = OpenAccount(login="han", name="Han Mei", roles=roles, customer=customer)
    given().when(command).refused(refusal)
    given(CUSTOMERS if customer else OPENED).when(change(*roles)).refused(refusal)


def test_roles_are_changed():
    changed = RolesChanged(roles=(Role.SUPERVISOR,), authority=9_000_000, reason="new duties")
    given(OPENED).when(change(Role.SUPERVISOR, authority=9_000_000)).then(changed)


def test_the_same_roles_and_authority_change_nothing():
    given(OPENED).when(change(Role.CLAIMS_HANDLER, authority=500_000)).then()


def test_authority_alone_can_change():
    changed = RolesChanged(roles=(Role.CLAIMS_HANDLER,), authority=0, reason="new duties")
    given(OPENED).when(change(Role.CLAIMS_HANDLER)).then(changed)


@pytest.mark.parametrize("command", [change(Role.SUPERVISOR), SUSPEND, RESTORE])
def test_nobody_changes_their_own_account(command):
    given(OPENED).when(command, by=HAN_HERSELF).refused(OWN_ACCOUNT)


def test_an_account_is_suspended_and_restored():
    assert given(OPENED).when(SUSPEND).then(SUSPENDED).suspended
    assert not given(OPENED, SUSPENDED).when(RESTORE).then(RESTORED).suspended


def test_suspending_and_restoring_twice_changes_nothing():
    given(OPENED, SUSPENDED).when(SUSPEND).then()
    given(OPENED).when(RESTORE).then()
