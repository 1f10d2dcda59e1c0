"""What forgetting a customer makes unreadable, what keeps it from being done, and the receipt once it is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from application.ports import EventStore
from application.supervision.replay import kind_of, state_of
from domain.customer import Customer, Ground, PersonForgotten, keeping, theirs
from domain.kernel import UNKNOWN, Aggregate, Recorded
from domain.personal import forgotten, personal
from domain.retention import Kept
from domain.words import Role, Telling

FINDABLE = frozenset({Role.COMPLIANCE, Role.AUDITOR, Role.SUPERVISOR})
"""Who may see what forgetting somebody would do, and the receipts."""

REMAINS = (
    "保留的业务记录（编号、金额、日期、状态）不再指向任何可识别的个人。"
    "日志及其备份无法再解密；数据库预写日志和文件快照中读模型的旧数据在到期删除前仍可读取。",
    "What remains are records of the business, numbers, amounts, dates and statuses, that tell of nobody any more."
    " The log and its backups open no more; older rows of the read models can be read in the database's write-ahead"
    " log and in snapshots of its files until these expire.",
)


class _Told(BaseModel):
    model_config = ConfigDict(frozen=True)


class Keeper(_Told):
    """A duty that keeps a case readable until a day; without a day, as long as the case is open."""

    rule: str
    article: Telling
    number: str
    until: date | None

    @classmethod
    def of(cls, kept: Kept) -> Keeper:
        return cls(rule=kept.duty.rule, article=kept.duty.article, number=kept.number, until=kept.until)


class Case(_Told):
    """One of the customer's cases: how often each field of each event tells of them, never what."""

    stream: UUID
    kind: str
    number: str
    events: int
    personal: dict[str, dict[str, int]] = {}


class Plan(_Told):
    """What would become unreadable, and what keeps it from being done. `unverified` are duties that bind nobody yet."""

    customer: UUID
    number: str
    on: date
    possible: bool
    forgotten: bool
    held: bool
    held_until: date | None
    kept: list[Keeper]
    unverified: list[Keeper]
    cases: list[Case]


class DestroyedKey(_Told):
    """A key that is gone; the fingerprint is the SHA-256 of the wrapped key as it lay in the vault."""

    subject: UUID
    fingerprint: str


class Receipt(_Told):
    """That a person was forgotten: when, by whom, on what ground, by which event, which keys, and what remains."""

    customer: UUID
    number: str
    position: int
    at: datetime
    by: str
    role: Role
    ground: Ground
    keys: list[DestroyedKey]
    remains: list[Case]
    why: Telling = REMAINS

    def text(self, language: str) -> str:
        """The receipt for people to read."""
        return "\n".join(_lines(self, language)) + "\n"


async def plan_of(store: EventStore, customer: UUID, on: date) -> Plan:
    """What forgetting would do on that day. Raises Refused where there is no such customer."""
    histories, state, cases = await _known(store, customer)
    kept = keeping(state, cases, on)
    binding = [each for each in kept if each.duty.verified]
    subjects = {state.id, *(each.id for each in theirs(state, cases))}
    return Plan(
        customer=state.id,
        number=state.number,
        on=on,
        possible=not (state.forgotten or state.held_on(on) or binding),
        forgotten=state.forgotten,
        held=state.held_on(on),
        held_until=state.held_until,
        kept=[Keeper.of(each) for each in binding],
        unverified=[Keeper.of(each) for each in kept if not each.duty.verified],
        cases=[_case(each, histories[each.id], subjects) for each in (state, *cases)],
    )


async def receipt_of(store: EventStore, customer: UUID) -> Receipt | None:
    """The receipt, the same whenever it is asked for; none for who has not been forgotten."""
    histories, state, cases = await _known(store, customer)
    for recorded in histories[state.id]:
        if isinstance(event := recorded.event, PersonForgotten):
            keys = await store.destroyed(recorded.position)
            ours = [each for each in (state, *cases) if each.id in event.subjects]
            return Receipt(
                customer=state.id,
                number=state.number,
                position=recorded.position,
                at=recorded.recorded_at,
                by=recorded.actor.name,
                role=recorded.actor.role,
                ground=event.ground,
                keys=[DestroyedKey(subject=subject, fingerprint=print_) for subject, print_ in keys.items()],
                remains=[_case(each, _before(recorded, histories[each.id]), set()) for each in ours],
            )
    return None


async def _known(
    store: EventStore, customer: UUID
) -> tuple[Mapping[UUID, Sequence[Recorded]], Customer, Sequence[Aggregate]]:
    """The events of all the customer's cases, the customer, and the cases. Raises Refused."""
    histories = await store.load(dict.fromkeys([customer, *await store.about(customer)], 0))
    state = state_of(histories[customer]) if customer in histories else None
    UNKNOWN.unless(isinstance(state, Customer), kind=Customer.kind())
    assert isinstance(state, Customer)
    return histories, state, [state_of(events) for stream, events in histories.items() if stream != customer]


def _before(recorded: Recorded, events: Sequence[Recorded]) -> Sequence[Recorded]:
    return [each for each in events if each.position < recorded.position]


def _case(state: Aggregate, events: Sequence[Recorded], subjects: set[UUID]) -> Case:
    counted: dict[str, Counter[str]] = {}
    for recorded in events:
        if recorded.subject in subjects:
            for name in _said(recorded):
                counted.setdefault(type(recorded.event).__name__, Counter())[name] += 1
    number = getattr(state, "number", "") or getattr(state, "application", "") or getattr(state, "login", "")
    told = {name: dict(fields) for name, fields in counted.items()}
    return Case(stream=state.id, kind=kind_of(events).kind(), number=number, events=len(events), personal=told)


def _said(recorded: Recorded) -> Iterator[str]:
    """The personal fields of the event in which anything was said."""
    blank = forgotten(recorded.event)
    return (name for name in personal(type(recorded.event)) if getattr(recorded.event, name) != getattr(blank, name))


def _lines(receipt: Receipt, language: str) -> Iterator[str]:
    zh = language == "zh"
    say = {True: 0, False: 1}[zh]
    yield ("个人信息删除回执", "Receipt: a person was forgotten")[say]
    yield ""
    yield f"{('客户', 'customer')[say]}: {receipt.number} ({receipt.customer})"
    yield f"{('办理人', 'by')[say]}: {receipt.by} ({receipt.role.tell(language)})"
    yield f"{('时间', 'at')[say]}: {receipt.at.isoformat(timespec='seconds')}"
    yield f"{('理由', 'ground')[say]}: {receipt.ground.tell(language)} ({('个人信息保护法第47条', 'PIPL art 47')[say]})"
    yield f"{('日志位置', 'position in the log')[say]}: {receipt.position}"
    yield ""
    yield ("已销毁的密钥（标识、SHA-256）：", "Keys that were destroyed (whose, SHA-256):")[say]
    yield from (f"  {each.subject}  {each.fingerprint}" for each in receipt.keys)
    yield ""
    yield ("仍然保留：", "What remains:")[say]
    events = ("条事件", "events")[say]
    yield from (f"  {each.kind} {each.number} ({each.stream}): {each.events} {events}" for each in receipt.remains)
    yield receipt.why[say]
