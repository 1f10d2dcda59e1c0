"""What is asked of the one door for commands, and what it answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from application.ports import Mark
from domain.kernel import Command, Recorded, Refusal
from domain.words import Actor

NOT_ALLOWED = Refusal("not_allowed", ("{role}无权执行“{command}”", "a {role} may not give the command {command}"))
NOT_YOURS = Refusal("not_yours", ("只能处理本人的事项", "this concerns another customer"))
CHANGED_SINCE = Refusal(
    "changed_since", ("数据已更新到版本{version}，请刷新后重试", "it has changed since: it is at version {version} now")
)
KEY_REUSED = Refusal("key_reused", ("同一幂等键用于不同的请求", "the idempotency key belongs to a different request"))
UNKNOWN_CONSULTED = Refusal("unknown_reference", ("引用的{kind}不存在", "the {kind} referred to does not exist"))
PERSON_FORGOTTEN = Refusal(
    "person_forgotten",
    ("此人的个人信息已被删除，不得再记录", "this person has been forgotten; nothing more is recorded about them"),
)
BUSY = Refusal("busy", ("同时操作过多，请重试", "too many at once; try again"))


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """One command, for one stream, given by one actor. `expected` is the version the actor has seen."""

    stream: UUID
    command: Command
    actor: Actor
    occurred_at: datetime | None = None
    expected: int | None = None


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """Orders that succeed together or not at all, under one key: given twice, they are answered once.

    `mark` is how far a reader has come with what led to this; it is kept together with the events. `grounds` are the
    versions of streams that it was given on, beside those that its commands consult.
    """

    key: UUID
    orders: Sequence[Order]
    correlation: UUID | None = None
    causation: str = ""
    mark: Mark | None = None
    grounds: Mapping[UUID, int] = {}

    @property
    def fingerprint(self) -> str:
        told = "\n".join(f"{o.stream} {type(o.command).__name__} {o.command.model_dump_json()}" for o in self.orders)
        return hashlib.sha256(told.encode()).hexdigest()


class Outcome(msgspec.Struct, frozen=True):
    """The last stream's version and position after the events; `repeated` if an earlier answer was given again."""

    stream: UUID
    version: int
    position: int
    events: tuple[Recorded, ...] = ()
    count: int = 0
    repeated: bool = False
