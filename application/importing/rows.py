"""One row becomes one submission, or is refused with the field and the reason; the same row always the same."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from application.importing.mapping import GIVEN, PLACE, Step, names_in
from application.importing.plan import Plan, Row, Values, key_of, known_stream
from application.submission import KEY_REUSED, Order, Submission
from domain.kernel import CALENDAR_ZONE, Refusal, Refused, stream_of
from domain.words import tell

MISSHAPEN = Refusal(
    "import.misshapen", ("该行有{found}列，表头有{expected}列", "the row has {found} cells, the header {expected}")
)
NO_KEY = Refusal("import.no_key", ("缺少构成键“{key}”的值", "a value that the key {key} is made of is missing"))
NOT_MEANT = Refusal(
    "import.not_meant",
    ("该行没有{meant}，不属于此映射", "the row has no {meant}: it is not for this mapping"),
)
INVALID = Refusal("import.invalid", ("{place}：{zh}", "{place}: {en}"))
SAID_OTHERWISE = Refusal(
    "import.said_otherwise",
    ("键为{key}的行此前已导入，内容不同", "a row with the key {key} was imported before and said something else"),
)
NEEDS = Refusal("import.needs", ("所依赖的{name}被拒绝：{zh}", "the {name} it needs was refused: {en}"))

CHINESE = {
    "missing": "必填",
    "enum": "不在可选范围内",
    "string_too_short": "不能为空",
    "string_too_long": "过长",
    "string_pattern_mismatch": "格式不符",
    "greater_than_equal": "小于下限",
    "less_than_equal": "超过上限",
    "amount.not_below_zero": "此处金额不得小于零",
    "day.countable": "日期超出可用范围",
    "text.printable": "含有无法显示的字符",
}
"""What is wrong with a field, by the kind of the error, which is the rule that a refusal names."""


@dataclass(frozen=True, slots=True)
class RowRefused:
    """A row that was not taken: where it is, what it is about, why."""

    line: int
    key: str
    field: str
    code: str
    rule: str
    reason: str
    reason_zh: str


@dataclass(frozen=True, slots=True)
class Shared:
    """A submission for what rows share, and its name."""

    name: str
    submission: Submission


@dataclass(frozen=True, slots=True)
class Prepared:
    """A row ready to be given: its submission, the shared things it needs and those of them not yet made."""

    row: Row
    key: str
    submission: Submission
    needs: tuple[UUID, ...]
    shared: tuple[Shared, ...]


class _Wrong(Exception):
    """Everything that is wrong with a row: the columns it is about and the refusal, each."""

    def __init__(self, faults: list[tuple[str, Refused]]) -> None:
        self.faults = faults


def prepare(plan: Plan, row: Row, made: Collection[UUID] = ()) -> Prepared | RowRefused:
    """The row as a submission. What it shares with others is prepared too, unless it is among those made already."""
    key = ""
    try:
        _shaped(plan, row)
        values, wrong = plan.values(row)
        found = key_of(plan.mapping.key, values)
        key = found or ""
        if wrong:
            raise _Wrong([(_columns(plan, name), refused) for name, refused in wrong.items()])
        _whole(plan, plan.mapping.key, found)
        NOT_MEANT.unless(plan.mapping.means(values), meant=", ".join(plan.mapping.meant))
        values |= plan.streams(values)
        submission = Submission(
            key=stream_of("import", f"{plan.mapping.name}/{key}"),
            orders=list(_orders(plan, plan.mapping.commands, values)),
        )
        shared = list(_shared(plan, values, made))
        needs = tuple(each for each, _ in shared)
        return Prepared(row, key, submission, needs, tuple(each for _, each in shared if each))
    except _Wrong as wrong_row:
        return _refused(row, key, wrong_row.faults)
    except Refused as refused:
        return _refused(row, key, [("", refused)])


def blamed(plan: Plan, prepared: Prepared, refused: Refused) -> RowRefused:
    """The row as the business refused it, with the columns that what it said is about."""
    if refused.refusal is KEY_REUSED:
        said = Refused(SAID_OTHERWISE, {"key": prepared.key})
        return replace(_refused(prepared.row, prepared.key, [(_key_columns(plan), said)]), code=refused.code)
    values, _ = plan.values(prepared.row)
    values |= plan.streams(values)
    leaves = [
        (text, told)
        for order, (step, _) in zip(prepared.submission.orders, _given(plan.mapping.commands, values), strict=True)
        for text, told in _leaves(step.fields, order.command)
    ]
    details = [tell(each, "en") for each in refused.details.values()]
    about = (text for each in details for text, told in leaves if each and each == tell(told, "en"))
    fields = next((", ".join(plan.mapping.columns_in(text)) for text in about), "")
    return _refused(prepared.row, prepared.key, [(fields, refused)])


def needing(prepared: Prepared, name: str, refused: Refused) -> RowRefused:
    """The row refused because something that it shares with others was."""
    zh, en = refused.tell("zh"), refused.tell("en")
    told = Refused(NEEDS, {"name": name, "zh": zh, "en": en})
    return replace(_refused(prepared.row, prepared.key, [("", told)]), code=refused.code, rule=refused.rule)


def _shaped(plan: Plan, row: Row) -> None:
    MISSHAPEN.unless(len(row.cells) == len(plan.header), found=len(row.cells), expected=len(plan.header))


def _whole(plan: Plan, template: str, key: str | None) -> str:
    """The natural key of this template, if no value was missing."""
    if key is None:
        raise _Wrong([(", ".join(plan.mapping.columns_in(template)), Refused(NO_KEY, {"key": template}))])
    return key


def _key_columns(plan: Plan) -> str:
    return ", ".join(plan.mapping.columns_in(plan.mapping.key))


def _columns(plan: Plan, name: str) -> str:
    return ", ".join(dict.fromkeys(plan.mapping.columns_of(name)))


def _given(steps: Sequence[Step], values: Values) -> Iterator[tuple[Step, Values]]:
    """The steps that are taken, each with its values; one that is for every word of a list, once for each."""
    for step in steps:
        if step.holds(values):
            words = values[step.each] or () if step.each else (None,)
            for place, word in enumerate(words, 1):
                yield step, {**values, step.each: word, f"{step.each}{PLACE}": place} if step.each else values


def _orders(plan: Plan, steps: Sequence[Step], values: Values) -> Iterator[Order]:
    for step, told in _given(steps, values):
        command = GIVEN[step.command]
        try:
            given = command.model_validate(plan.fills[id(step)](told))
        except ValidationError as error:
            raise _Wrong(list(_faults(plan, step, error))) from error
        template = plan.mapping.streams[step.stream].key
        _whole(plan, template, key_of(template, values))
        at = values[step.at] if step.at else None
        yield Order(
            stream=values[step.stream],
            command=given,
            actor=plan.actors[step.by],
            occurred_at=noon(at) if at else None,
        )


def _shared(plan: Plan, values: Values, made: Collection[UUID]) -> Iterator[tuple[UUID, Shared | None]]:
    for once in plan.mapping.once:
        if once.holds(values):
            told = _whole(plan, once.key, key_of(once.key, values))
            key = known_stream("import-once", f"{plan.mapping.name}/{once.name}/{told}")
            if key in made:
                yield key, None
            else:
                orders = list(_orders(plan, once.commands, values))
                yield key, Shared(once.name, Submission(key=key, orders=orders))


@lru_cache(maxsize=4096)
def noon(day: date) -> datetime:
    """The moment that stands for a day whose hour nobody wrote down: noon on the insurer's calendar."""
    return datetime.combine(day, time(12), CALENDAR_ZONE).astimezone(UTC)


def _faults(plan: Plan, step: Step, error: ValidationError) -> Iterator[tuple[str, Refused]]:
    for each in error.errors():
        en, zh = each["msg"], CHINESE.get(each["type"], "不符合要求")
        place = f"{step.command}.{'.'.join(map(str, each['loc']))}"
        text = _at(step.fields, each["loc"])
        columns = plan.mapping.columns_in(text) if text else ()
        refusal = replace(INVALID, rule=each["type"])
        yield ", ".join(columns) or place, Refused(refusal, {"place": place, "zh": zh, "en": en})


def _at(template: Any, loc: Sequence[int | str]) -> str:
    """The text of the template at the place where a field was found wrong."""
    for step in loc:
        match template:
            case dict() if step in template:
                template = template[step]
            case list() if isinstance(step, int):
                template = template[step]
    return template if isinstance(template, str) else ""


def _leaves(template: Any, told: Any) -> Iterator[tuple[str, Any]]:
    """Each text of a template that takes a value from the row, with what it became."""
    match template:
        case str() if names_in(template):
            yield template, told
        case dict():
            for name, each in template.items():
                yield from _leaves(each, getattr(told, name, None))
        case list():
            for each, part in zip(template, told or (), strict=False):
                yield from _leaves(each, part)


def _refused(row: Row, key: str, faults: Sequence[tuple[str, Refused]]) -> RowRefused:
    fields = ", ".join(dict.fromkeys(name for name, _ in faults if name))
    first = faults[0][1]
    en, zh = ("; ".join(dict.fromkeys(fault.tell(language) for _, fault in faults)) for language in ("en", "zh"))
    return RowRefused(row.line, key, fields, first.code, first.rule, en, zh)
