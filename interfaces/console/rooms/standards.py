"""What stands on the page of a standard beside its facts: versions, what differs, comments, who has taken note."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from application.access import Caller
from application.account.account_list import AccountCard, AccountList
from application.projection import Projection, Row, fold
from application.standard.acknowledgements import Acknowledgement, Acknowledgements
from application.standard.outstanding import every, outstanding
from application.standard.standard_comments import StandardComments
from application.standard.standard_versions import StandardVersions, VersionSheet
from domain.rules.change import RuleChange
from domain.rules.law import law
from domain.rules.rule import Rule
from domain.standard.commands import AcknowledgeStandard
from domain.standard.content import Difference, difference
from domain.standard.events import Phase
from domain.standard.state import Standard, Version
from interfaces.console.looks import today
from interfaces.console.pages import Ask, caller_in
from interfaces.console.rooms.cases import Seen
from interfaces.console.rooms.whatif import address
from interfaces.http.what_if import REHEARSED_BY


async def of_standard(request: Ask, case: Seen) -> dict[str, Any]:
    """As at the version of the case that is looked at."""
    caller, state = caller_in(request), case.state
    assert caller and isinstance(state, Standard)
    versions = [row for row in _rows(StandardVersions, case) if isinstance(row, VersionSheet)]
    counts = next((row for row in versions if row.phase is Phase.EFFECTIVE), versions[-1])
    notes = [row for row in _rows(Acknowledgements, case) if isinstance(row, Acknowledgement)]
    readers = [row for row in notes if row.version == counts.version]
    return {
        "versions": versions[::-1],
        "counts": counts,
        "changes": [(each, *_ruled(each, counts)) for each in counts.changes],
        "tried": address(counts.changes) if counts.changes and caller.sees(REHEARSED_BY) else "",
        "compared": _compared(request, versions),
        "comments": _rows(StandardComments, case),
        "readers": readers,
        "waiting": [] if case.is_past else await _waiting(request, caller, counts, readers),
        "to_read": None if case.is_past else _to_read(caller, state),
    }


def _rows(projection: type[Projection], case: Seen) -> list[Row]:
    return [row for row in fold(projection, {}, case.events).values() if row is not None]


def _ruled(change: RuleChange, version: VersionSheet) -> tuple[Rule | None, Rule | None]:
    """The rule with the change, and as the law has it on the day the version counts from."""
    day = version.effective_on or today()
    rule = law().on(change.like or change.rule, day)
    return rule and change.applied(rule, day), rule


def _compared(request: Ask, versions: Sequence[VersionSheet]) -> tuple[int, int, Difference] | None:
    """The two versions asked for, or else the last two, with what differs; None where there is one only."""
    if len(versions) < 2:
        return None
    known = {str(row.version): row for row in versions}
    before = known.get(request.query_params.get("before", ""), versions[-2])
    after = known.get(request.query_params.get("after", ""), versions[-1])
    return before.version, after.version, difference(before.content, after.content)


async def _waiting(
    request: Ask, caller: Caller, version: VersionSheet, readers: Sequence[Acknowledgement]
) -> list[AccountCard]:
    """Who has not taken note of it yet, for those who may see accounts."""
    if version.phase not in (Phase.APPROVED, Phase.EFFECTIVE) or not caller.sees(AccountList.shown_to):
        return []
    accounts = await every(request.app.state.house.reads, AccountList, AccountCard, {"suspended": False})
    return outstanding(version, accounts, {each.reader for each in readers})


def _to_read(caller: Caller, standard: Standard) -> Version | None:
    """The version that the caller is to take note of: the one in effect first, then the one to come."""
    role = caller.acting(AcknowledgeStandard.may).role
    published = (v for v in standard.versions if v.phase in (Phase.EFFECTIVE, Phase.APPROVED))
    mine = (v for v in published if role in AcknowledgeStandard.may and v.content.scope.binds(role))
    return next((v for v in mine if caller.login not in v.readers), None)
