"""A standard of the insurer's own: its versions, how far each has come, and who has taken note of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from domain.kernel import Aggregate, Event
from domain.standard.content import Content
from domain.standard.events import (
    CommentAnswered,
    CommentsInvited,
    Phase,
    StandardAcknowledged,
    StandardApproved,
    StandardCommented,
    StandardDrafted,
    StandardRevised,
    StandardTookEffect,
    StandardWithdrawn,
)

UNDER_WAY = frozenset({Phase.DRAFT, Phase.CONSULTATION})
PUBLISHED = frozenset({Phase.APPROVED, Phase.EFFECTIVE})
"""What staff can take note of: what counts, and what is going to."""


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    content: Content
    drafter: str
    phase: Phase = Phase.DRAFT
    until: date | None = None
    effective_on: date | None = None
    readers: frozenset[str] = frozenset()

    def superseded(self) -> Version:
        # Who had taken note of it decides nothing any more.
        return replace(self, phase=Phase.SUPERSEDED, readers=frozenset())


class Standard(Aggregate):
    code: str = ""
    versions: tuple[Version, ...] = ()
    comments: int = 0
    unanswered: frozenset[int] = frozenset()

    def evolve(self, event: Event) -> Standard:
        match event:
            case StandardDrafted(code=code, content=content, drafter=drafter):
                return self.but(code=code, versions=(Version(1, content, drafter),))
            case StandardRevised(version=version, content=content, drafter=drafter):
                before = (v.superseded() if v.phase in UNDER_WAY else v for v in self.versions)
                return self.but(versions=(*before, Version(version, content, drafter)))
            case CommentsInvited(version=version, until=until):
                return self._now(version, phase=Phase.CONSULTATION, until=until)
            case StandardCommented(number=number):
                return self.but(comments=number, unanswered=self.unanswered | {number})
            case CommentAnswered(number=number):
                return self.but(unanswered=self.unanswered - {number})
            case StandardApproved(version=version, effective_on=effective_on):
                return self._now(version, phase=Phase.APPROVED, effective_on=effective_on)
            case StandardTookEffect(version=version):
                before = (v.superseded() if v.phase is Phase.EFFECTIVE else v for v in self.versions)
                return self.but(versions=tuple(before))._now(version, phase=Phase.EFFECTIVE)
            case StandardWithdrawn(version=version):
                return self._now(version, phase=Phase.WITHDRAWN, readers=frozenset())
            case StandardAcknowledged(version=version, reader=reader):
                return self._now(version, readers=self.versions[version - 1].readers | {reader})
        return self

    def _now(self, number: int, **changes: Any) -> Standard:
        new = replace(self.versions[number - 1], **changes)
        return self.but(versions=(*self.versions[: number - 1], new, *self.versions[number:]))

    def numbered(self, number: int) -> Version | None:
        return self.versions[number - 1] if 0 < number <= len(self.versions) else None

    @property
    def last(self) -> Version:
        return self.versions[-1]

    @property
    def under_way(self) -> Version | None:
        """The version that is being worked on, if there is one."""
        return self.last if self.last.phase in UNDER_WAY else None

    @property
    def current(self) -> Version | None:
        """The version in effect."""
        return next((v for v in self.versions if v.phase is Phase.EFFECTIVE), None)
