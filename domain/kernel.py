"""The words every capability is written in: Event, Recorded, Aggregate, Command, Refusal."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Generic, Self, dataclass_transform
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import msgspec
from pydantic import BaseModel, ConfigDict
from typing_extensions import TypeVar

from domain.retention import Kept
from domain.words import Actor, Money, OtherCurrency, Role, Telling, tell

CALENDAR_ZONE = ZoneInfo("Asia/Shanghai")
"""Business dates are dates on the insurer's calendar; instants are UTC."""


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _EventType(msgspec.StructMeta):
    """Writes an event down under its name and edition; every event is frozen."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> _EventType:
        edition = namespace.get("edition", 1)
        kwargs.setdefault("tag", name if edition == 1 else f"{name}/{edition}")
        return super().__new__(mcs, name, bases, namespace, **kwargs)


class Event(
    msgspec.Struct, metaclass=_EventType, frozen=True, kw_only=True, tag_field="type", forbid_unknown_fields=True
):
    """Something that happened, in the past tense, never changed once recorded.

    A new optional field needs no new edition; anything else does, with an upcast from the old one. `unique` names the
    fields whose value one stream only may hold; `internal` says that the customer concerned is not told of it.
    `forgets` names the field that lists whose keys are destroyed with it.
    """

    tells: ClassVar[Telling] = ("", "")
    edition: ClassVar[int] = 1
    formerly: ClassVar[tuple[str, ...]] = ()
    unique: ClassVar[tuple[str, ...]] = ()
    internal: ClassVar[bool] = False
    forgets: ClassVar[str] = ""

    @property
    def gone(self) -> tuple[UUID, ...]:
        """Those whose keys are destroyed with it."""
        return getattr(self, self.forgets) if self.forgets else ()

    def tell(self, language: str) -> str:
        """The event as a sentence for the audit trail."""
        told = {name: tell(getattr(self, name), language) for name in self.__struct_fields__}
        return self.tells[0 if language == "zh" else 1].format(**told)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        for name in (cls.__name__, *cls.formerly):
            if EVENTS.setdefault(name, cls) is not cls:
                raise TypeError(f"two events are called {name}")


EVENTS: dict[str, type[Event]] = {}
"""Every event by the names it has ever been recorded under."""


E = TypeVar("E", bound=Event, default=Event)


class Recorded(msgspec.Struct, Generic[E], array_like=True, frozen=True, kw_only=True):
    """An event in its envelope: where it stands, when it was known, when it happened, who did it, on what grounds.

    `causation` names what led to it: a command's key, or stream/version of the event a reaction heard. `subject` is the
    person whose key what is personal in it is kept under. `position` is its place in the one global order, 0 until the
    store has given it one.
    """

    stream: UUID
    version: int
    recorded_at: datetime
    occurred_at: datetime
    actor: Actor
    command: UUID
    correlation: UUID
    causation: str = ""
    consulted: dict[str, int] = {}
    rules: tuple[str, ...] = ()
    subject: UUID | None = None
    event: E
    position: int = 0

    @property
    def occurred_on(self) -> date:
        return self.occurred_at.astimezone(CALENDAR_ZONE).date()

    def but(self, **changes: Any) -> Self:
        return msgspec.structs.replace(self, **changes)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A way in which the business says no. The code is stable; the telling is for people; the rule is its ground."""

    code: str
    telling: Telling
    rule: str = ""

    def unless(self, condition: object, **details: object) -> None:
        if not condition:
            raise Refused(self, details)


UNKNOWN = Refusal("unknown", ("没有这个{kind}", "there is no such {kind}"))
OTHER_CURRENCY = Refusal("other_currency", ("币种不一致：{currencies}", "the currencies differ: {currencies}"))
NOT_YET = Refusal("not_yet", ("日期{day}尚未到来", "{day} has not come yet"))
EXISTS = Refusal("exists", ("这个{kind}已经存在", "this {kind} exists already"))


def not_in_future(day: date, given: Given) -> None:
    NOT_YET.unless(day <= given.today, day=day)


def same_currency(*amounts: Money) -> None:
    OTHER_CURRENCY.unless(len({each.currency for each in amounts}) < 2, currencies=[a.currency for a in amounts])


class Refused(Exception):
    """The business said no: `code`, a message in each language, the rule and the field it is about, if any."""

    def __init__(self, refusal: Refusal, details: Mapping[str, object] | None = None) -> None:
        self.refusal, self.details = refusal, dict(details or {})
        super().__init__(self.tell("en"))

    @property
    def code(self) -> str:
        return self.refusal.code

    @property
    def rule(self) -> str:
        """The rule that the refusal rests on, or else the one among many that it is about."""
        return self.refusal.rule or str(self.details.get("rule", ""))

    def tell(self, language: str) -> str:
        details = {name: tell(value, language) for name, value in self.details.items()}
        return self.refusal.telling[0 if language == "zh" else 1].format(**details)


@dataclass_transform(frozen_default=True, kw_only_default=True)
class _AggregateType(msgspec.StructMeta):
    """Every aggregate is frozen, and what it remembers is given by name."""

    def __new__(mcs, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> _AggregateType:
        return super().__new__(mcs, name, bases, namespace, frozen=True, kw_only=True, **kwargs)


class Aggregate(msgspec.Struct, metaclass=_AggregateType):
    """What an aggregate must remember in order to decide, and nothing else. It evolves and never refuses.

    `only` is the stream of one of which there is one only. One that is `opened` is there once a command has opened it;
    any other is there from the beginning.
    """

    only: ClassVar[UUID | None] = None
    opened: ClassVar[bool] = True

    id: UUID
    version: int = 0

    @classmethod
    def kind(cls) -> str:
        return cls.__name__.lower()

    @property
    def exists(self) -> bool:
        return self.version > 0

    @property
    def party(self) -> UUID | None:
        """The customer whose affair this is, so that a customer may act on what is theirs only."""
        return None

    def kept(self) -> Iterator[Kept]:
        """What keeps it readable, and until when, even where the customer would have it forgotten."""
        yield from ()

    def beside(self, event: Event) -> Iterator[tuple[UUID, Event]]:
        """What is recorded in other streams in the same append as that event."""
        yield from ()

    def evolve(self, event: Event) -> Self:
        raise NotImplementedError

    def but(self, **changes: Any) -> Self:
        return msgspec.structs.replace(self, **changes)

    def after(self, history: Iterable[Recorded]) -> Self:
        state, last = self, None
        for last in history:
            state = state.evolve(last.event)
        return state if last is None else state.but(version=last.version)


A = TypeVar("A", bound=Aggregate)


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision may know beside its own aggregate: the moment, who asks, what it consults, what it gathers."""

    now: datetime
    occurred_at: datetime
    actor: Actor
    number: str = ""
    consulted: Mapping[type[Aggregate], Aggregate] = {}
    gathered: tuple[Aggregate, ...] = ()
    history: tuple[Recorded, ...] = ()

    @property
    def today(self) -> date:
        return self.occurred_at.astimezone(CALENDAR_ZONE).date()

    def __getitem__(self, kind: type[A]) -> A:
        found = self.consulted[kind]
        assert isinstance(found, kind)
        return found


Gate = Callable[[Any, Given], None]
"""One condition of a command that does not depend on what the command says. Raises Refused."""


class Command(BaseModel):
    """An intention. It decides by yielding events, or refuses; where nothing changes it yields nothing.

    `on` is the aggregate it decides for and `opens` whether it begins that aggregate's stream. `may` names who may
    give it. `consults` lists other aggregates it reads: a field of the same name, on the command, else on the
    aggregate or on one consulted before, holds that one's stream. One that `gathers` is given every other case that
    was ever the customer's, one that `compares` those that its field of that name lists; one that `rereads` the
    histories that the fields of these names hold, with its own and the rulebook's, in the one order. `numbers` is
    the series from which `given.number` is drawn. Of its `gates`, the first says whether the case has come to this
    step, the others what the step needs, so that what is missing can be told before anybody tries.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, use_attribute_docstrings=True)

    on: ClassVar[type[Aggregate]]
    says: ClassVar[Telling]
    may: ClassVar[frozenset[Role]] = frozenset()
    opens: ClassVar[bool] = False
    consults: ClassVar[tuple[type[Aggregate], ...]] = ()
    gathers: ClassVar[bool] = False
    compares: ClassVar[str] = ""
    rereads: ClassVar[tuple[str, ...]] = ()
    applies: ClassVar[tuple[str, ...]] = ()
    numbers: ClassVar[str] = ""
    gates: ClassVar[tuple[Gate, ...]] = ()

    @property
    def home(self) -> UUID | None:
        """The stream it is for, where that follows from what it says."""
        return self.on.only

    def refers(self, kind: type[Aggregate], by: Any, /) -> UUID | None:
        """The stream of a kind that it consults, where what it says and its own aggregate tell it together."""
        return None

    def decide(self, aggregate: Any, given: Given, /) -> Iterator[Event]:
        raise NotImplementedError

    def outcome(self, aggregate: Aggregate, given: Given) -> list[Event]:
        """The events this command leads to. Raises Refused."""
        UNKNOWN.unless(aggregate.exists or self.opens or not self.on.opened, kind=self.on.kind())
        EXISTS.unless(not (aggregate.exists and self.opens), kind=self.on.kind())
        for gate in self.gates:
            gate(aggregate, given)
        try:
            return list(self.decide(aggregate, given))
        except OtherCurrency as mixed:
            raise Refused(OTHER_CURRENCY, {"currencies": mixed.args}) from mixed


def new_stream() -> UUID:
    """A stream id never used before; later ones sort after earlier ones, which keeps the log's index compact."""
    stamp = time.time_ns() // 1_000_000
    random = secrets.randbits(74)
    return UUID(int=stamp << 80 | 0x7 << 76 | (random >> 62) << 64 | 0b10 << 62 | random & (1 << 62) - 1)


def stream_of(kind: type[Aggregate] | str, key: str) -> UUID:
    """The stream that a natural key stands for: the same key, the same stream, everywhere and always."""
    name = kind if isinstance(kind, str) else kind.kind()
    return uuid5(STREAMS, f"{name}/{key}")


STREAMS = UUID("6f1d6b7a-2f0e-5c3e-9d0e-7b1a54c7f0a1")
