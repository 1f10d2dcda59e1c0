"""Who is bound by a version of a standard and has not taken note of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from application.account.account_list import AccountCard
from application.ports import ReadStore
from application.projection import Projection, Row
from application.standard.standard_versions import VersionSheet
from domain.standard.content import Scope
from domain.words import STAFF

R = TypeVar("R", bound=Row)
MOST = 500


def bound(scope: Scope, accounts: Iterable[AccountCard]) -> list[AccountCard]:
    """Those of the staff whom it binds, in the role in which they would acknowledge it: their first."""
    return [each for each in accounts if not each.suspended and _binds(scope, each)]


def _binds(scope: Scope, account: AccountCard) -> bool:
    role = next((each for each in account.roles if each in STAFF), None)
    return role is not None and scope.binds(role)


def outstanding(version: VersionSheet, accounts: Iterable[AccountCard], readers: Collection[str]) -> list[AccountCard]:
    return [each for each in bound(version.scope, accounts) if each.login not in readers]


async def every(store: ReadStore, projection: type[Projection], row: type[R], where: Mapping[str, Any]) -> list[R]:
    """All rows equal to `where`, page by page."""
    page = await store.find(projection, where, limit=MOST)
    rows = [*page.rows]
    while page.next:
        page = await store.find(projection, where, limit=MOST, cursor=page.next)
        rows += page.rows
    return [each for each in rows if isinstance(each, row)]
