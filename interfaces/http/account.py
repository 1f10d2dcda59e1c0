"""Accounts over HTTP; their passwords and tokens are the gate's, in `access.py`."""

from __future__ import annotations

from application.account.account_list import AccountList
from domain import account as a
from interfaces.http.routes import Accepts, Shows

ACCOUNTS = (
    Shows("", AccountList),
    Shows("", AccountList, one=True),
    Accepts("", a.OpenAccount),
    Accepts("/roles", a.ChangeRoles),
    Accepts("/suspension", a.SuspendAccount),
    Accepts("/restoration", a.RestoreAccount),
    Accepts("/delegations", a.DelegateAuthority),
    Accepts("/delegations/revocation", a.RevokeDelegation),
)
