"""Every version of every standard: what it says, by whom and when it was drafted, approved and put into effect."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from uuid import UUID

from application.projection import Key, Projection, Row
from domain.kernel import Recorded
from domain.product import Line
from domain.rules.change import RuleChange
from domain.standard.content import Content, Scope
from domain.standard.events import (
    CommentsInvited,
    Phase,
    StandardApproved,
    StandardDrafted,
    StandardRevised,
    StandardTookEffect,
    StandardWithdrawn,
)
from domain.words import Role


class VersionSheet(Row):
    key = ("standard", "version")
    indexes = ("standard", "phase", "owner", "drafter", "approver")
    searched = ("title_zh", "title_en", "text")

    standard: UUID
    version: int
    phase: Phase = Phase.DRAFT
    title_zh: str
    title_en: str
    owner: str
    roles: tuple[Role, ...]
    branches: tuple[str, ...]
    lines: tuple[Line, ...]
    text: str
    document: str
    sha256: str | None = None
    review_on: date | None = None
    changes: tuple[RuleChange, ...]
    drafter: str
    drafted_on: date
    reason: str = ""
    until: date | None = None
    approver: str = ""
    approved_on: date | None = None
    training: tuple[str, ...] = ()
    effective_on: date | None = None
    superseded_on: date | None = None
    withdrawn_on: date | None = None

    @property
    def scope(self) -> Scope:
        return Scope(self.roles, self.branches, self.lines)

    @property
    def content(self) -> Content:
        said = {f.name: getattr(self, f.name) for f in fields(Content)}
        return Content(**said)


class StandardVersions(Projection):
    name = "standard_versions"
    says = ("标准版本", "Versions of standards")
    row = VersionSheet
    hears = (StandardDrafted, StandardRevised, CommentsInvited, StandardApproved, StandardTookEffect, StandardWithdrawn)

    @staticmethod
    def keys(recorded: Recorded) -> Iterator[Key]:
        match recorded.event:
            case StandardDrafted():
                yield recorded.stream, 1
            case StandardRevised(version=version):
                yield recorded.stream, version
                yield recorded.stream, version - 1
            case StandardTookEffect(version=version, supersedes=before):
                yield from ((recorded.stream, number) for number in (version, before) if number)
            case (
                CommentsInvited(version=version)
                | StandardApproved(version=version)
                | StandardWithdrawn(version=version)
            ):
                yield recorded.stream, version

    @staticmethod
    def evolve(row: VersionSheet | None, recorded: Recorded) -> VersionSheet | None:
        day = recorded.occurred_on
        match recorded.event:
            case StandardDrafted(content=content, drafter=drafter):
                return _sheet(recorded, 1, content, drafter)
            case StandardRevised(version=version, content=content, drafter=drafter, reason=reason) if row is None:
                return _sheet(recorded, version, content, drafter, reason)
        if row is None:
            return None
        match recorded.event:
            case StandardRevised() if row.phase in (Phase.DRAFT, Phase.CONSULTATION):
                return row.but(phase=Phase.SUPERSEDED, superseded_on=day)
            case CommentsInvited(until=until):
                return row.but(phase=Phase.CONSULTATION, until=until)
            case StandardApproved(effective_on=effective_on, approver=approver, training=training):
                return row.but(
                    phase=Phase.APPROVED,
                    approver=approver,
                    approved_on=day,
                    effective_on=effective_on,
                    training=training,
                )
            case StandardTookEffect(version=row.version):
                return row.but(phase=Phase.EFFECTIVE)
            case StandardTookEffect(effective_on=effective_on):
                return row.but(phase=Phase.SUPERSEDED, superseded_on=effective_on)
            case StandardWithdrawn():
                return row.but(phase=Phase.WITHDRAWN, withdrawn_on=day)
        return row


def _sheet(recorded: Recorded, version: int, content: Content, drafter: str, reason: str = "") -> VersionSheet:
    said = {f.name: getattr(content, f.name) for f in fields(content) if f.name != "scope"}
    bound = {f.name: getattr(content.scope, f.name) for f in fields(content.scope)}
    return VersionSheet(
        standard=recorded.stream,
        version=version,
        drafter=drafter,
        drafted_on=recorded.occurred_on,
        reason=reason,
        **said,
        **bound,
    )
