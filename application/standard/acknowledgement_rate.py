"""How many of those whom a standard binds have taken note of it, for every version that counts or is going to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from application.account.account_list import AccountCard, AccountList
from application.ports import ReadStore
from application.report import Figures, Report
from application.standard.acknowledgements import Acknowledgement, Acknowledgements
from application.standard.outstanding import bound, every
from application.standard.standard_versions import StandardVersions, VersionSheet
from application.standard.standards_register import StandardCard, StandardsRegister
from domain.standard.state import PUBLISHED


class AcknowledgementRate(Report):
    name = "acknowledgement_rate"
    says = ("标准阅知率", "Acknowledgement of standards")
    shown_to = AccountList.shown_to

    @staticmethod
    async def build(store: ReadStore) -> Figures:
        position = await store.position()
        versions = await every(store, StandardVersions, VersionSheet, {"phase": sorted(PUBLISHED)})
        accounts = await every(store, AccountList, AccountCard, {"suspended": False})
        named = {"standard": [each.standard for each in versions]}
        cards = await every(store, StandardsRegister, StandardCard, named) if versions else []
        notes = await every(store, Acknowledgements, Acknowledgement, named) if versions else []
        codes = {each.standard: each.code for each in cards}
        return Figures(
            report=AcknowledgementRate.name, position=position, lines=tuple(_lines(versions, accounts, notes, codes))
        )


def _lines(
    versions: Sequence[VersionSheet],
    accounts: Sequence[AccountCard],
    notes: Sequence[Acknowledgement],
    codes: dict[UUID, str],
) -> Iterator[dict[str, Any]]:
    for each in sorted(versions, key=lambda each: (codes.get(each.standard, ""), each.version)):
        readers = {note.reader for note in notes if (note.standard, note.version) == (each.standard, each.version)}
        logins = {account.login for account in bound(each.scope, accounts)}
        yield {
            "code": codes.get(each.standard, ""),
            "version": each.version,
            "phase": each.phase.value,
            "effective_on": str(each.effective_on),
            "people": len(logins),
            "acknowledged": len(logins & readers),
            "outstanding": len(logins - readers),
        }
