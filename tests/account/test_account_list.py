"""What the list of accounts shows: who may sign in, in which roles, and up to which sum."""

from __future__ import annotations

from datetime import date

from application.account.account_list import AccountList
from domain.account import (
    AccountOpened,
    AccountRestored,
    AccountSuspended,
    AuthorityReceived,
    AuthorityReturned,
    Lent,
    RolesChanged,
)
from domain.words import Role
from tests import samples as s
from tests.kit import STREAM
from tests.rows import Happens, each_of, heard_in

OPENED = AccountOpened(login="han", name="韩梅", roles=(Role.CLAIMS_HANDLER,), authority=50_000_00)
SUSPENDED = AccountSuspended(reason="on leave")

RECEIVED = AuthorityReceived(giver="sun", amount=90_000_00, until=date(2026, 3, 16))
HAPPENINGS = (
    Happens(
        "an account is opened",
        (),
        OPENED,
        {
            "account": STREAM,
            "login": "han",
            "name": "韩梅",
            "roles": (Role.CLAIMS_HANDLER,),
            "authority": 50_000_00,
            "suspended": False,
            "lent": (),
        },
    ),
    Happens(
        "a customer's account names the customer",
        (),
        AccountOpened(login="wang", name="王小明", roles=(Role.CUSTOMER,), customer=s.CUSTOMER_ID),
        {
            "account": STREAM,
            "login": "wang",
            "name": "王小明",
            "roles": (Role.CUSTOMER,),
            "authority": 0,
            "customer": s.CUSTOMER_ID,
            "suspended": False,
            "lent": (),
        },
    ),
    Happens(
        "roles and authority change",
        (OPENED,),
        RolesChanged(roles=(Role.SUPERVISOR,), authority=90_000_00, reason="promoted"),
        {"roles": (Role.SUPERVISOR,), "authority": 90_000_00},
    ),
    Happens(
        "what somebody is lent stands beside their own",
        (OPENED,),
        RECEIVED,
        {"lent": (Lent("sun", 90_000_00, date(2026, 3, 16)),)},
    ),
    Happens("what was lent is taken back", (OPENED, RECEIVED), AuthorityReturned(giver="sun"), {"lent": ()}),
    Happens("an account is suspended", (OPENED,), SUSPENDED, {"suspended": True}),
    Happens(
        "an account is restored",
        (OPENED, SUSPENDED),
        AccountRestored(reason="back"),
        {"suspended": False},
    ),
)


@each_of(HAPPENINGS)
def test_the_list_of_accounts_shows_what_happened(happening):
    happening.is_seen_in(AccountList)


def test_the_list_of_accounts_shows_every_event_it_hears():
    assert heard_in(HAPPENINGS) == set(AccountList.hears)
