"""What a claim remembers of how it was looked at: its notices, its cover, its warning, investigations, lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from domain.claim.events import NoticeAmended, NoticeGiven
from domain.claim.inquiry import ClaimGrouped, InvestigationOrdered, InvestigationReported, MatchCleared
from domain.claim.notice import CoverDecided, Known
from domain.claim.screening import ClaimRouted, ClaimScreened, Track
from domain.kernel import Event


@dataclass(frozen=True, slots=True)
class Inquiry:
    investigator: str
    reported: bool = False


@dataclass(frozen=True, slots=True)
class Scrutiny:
    """`contract` is how many of the policy's transactions were known when the notice first named it."""

    noticed_on: date | None = None
    contract: int | None = None
    amended: int = 0
    cover: Known | None = None
    score: int | None = None
    track: Track | None = None
    inquiries: Mapping[str, Inquiry] = field(default_factory=dict)
    cleared: frozenset[UUID] = frozenset()
    catastrophe: UUID | None = None

    def after(self, event: Event) -> Scrutiny:
        match event:
            case NoticeGiven(contract=contract, noticed_on=noticed_on):
                return replace(self, contract=contract, noticed_on=noticed_on)
            case NoticeAmended(contract=contract, moved_from=moved_from):
                known = contract if moved_from or self.contract is None else self.contract
                return replace(self, contract=known, amended=self.amended + 1, cover=None)
            case CoverDecided(known=known):
                return replace(self, cover=known)
            case ClaimScreened(score=score, track=track):
                return replace(self, score=score, track=track)
            case ClaimRouted(track=track):
                return replace(self, track=track)
            case InvestigationOrdered(inquiry=inquiry, investigator=investigator):
                return self._looking(inquiry, Inquiry(investigator))
            case InvestigationReported(inquiry=inquiry) if found := self.inquiries.get(inquiry):
                return self._looking(inquiry, replace(found, reported=True))
            case MatchCleared(sanction=sanction):
                return replace(self, cleared=self.cleared | {sanction})
            case ClaimGrouped(catastrophe=catastrophe):
                return replace(self, catastrophe=catastrophe)
        return self

    def _looking(self, number: str, inquiry: Inquiry) -> Scrutiny:
        return replace(self, inquiries={**self.inquiries, number: inquiry})

    @property
    def open(self) -> tuple[str, ...]:
        return tuple(number for number, each in self.inquiries.items() if not each.reported)

    @property
    def looked_into(self) -> bool:
        return any(each.reported for each in self.inquiries.values())
