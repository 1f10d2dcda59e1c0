"""Whether what a standard changes of the rules is stricter than the law: nothing else may be promised or switched."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import inf

from domain.kernel import Refusal
from domain.rules.change import RuleChange, Switch
from domain.rules.rule import Bound, Limit, Rule, RuleKind, Unit

UNKNOWN_RULE = Refusal("standard.unknown_rule", ("没有规则{id}", "there is no rule {id}"))
CHANGED_TWICE = Refusal("standard.changed_twice", ("规则{rule}重复变更", "the rule {rule} is changed twice"))
LIKE_NONE = Refusal(
    "standard.like_none",
    ("自有规则{rule}须写明参照哪条规则", "the rule {rule} is the insurer's own: it says which other it is like"),
)
LIKE_ANOTHER = Refusal(
    "standard.like_another",
    ("规则{rule}不是自有规则，不得参照另一规则", "the rule {rule} is not the insurer's own: it is like no other"),
)
UNNAMED = Refusal(
    "standard.unnamed",
    ("自有规则{rule}须有中英文名称", "the rule {rule} is the insurer's own: it needs a name in both languages"),
)
NO_NUMBER = Refusal("standard.no_number", ("规则{rule}没有可变更的数值", "the rule {rule} sets no number to change"))
NOT_COMPARABLE = Refusal(
    "standard.not_comparable",
    (
        "规则{rule}（{law}）：无法确定{value}在任何情形下都更严",
        "whether {value} is always stricter than {law} cannot be told of the rule {rule}",
    ),
)
NOT_STRICTER = Refusal(
    "standard.not_stricter",
    ("规则{rule}（{law}）：{value}并不更严", "{value} is not stricter than what the rule {rule} asks: {law}"),
)
BINDS_ANYWAY = Refusal("standard.binds_anyway", ("规则{rule}已有约束力，无需启用", "the rule {rule} binds as it is"))
LAW_STAYS = Refusal(
    "standard.law_stays", ("规则{rule}是现行法律规定，不得停用", "the rule {rule} is law and cannot be switched off")
)
NOTHING_CHANGED = Refusal("standard.nothing_changed", ("规则{rule}没有变更", "nothing is changed of the rule {rule}"))

_STRICTER_LIMIT = {
    RuleKind.DEADLINE: Bound.AT_MOST,
    RuleKind.CAP: Bound.AT_MOST,
    RuleKind.FREQUENCY: Bound.EVERY,
    RuleKind.MIN_PERIOD: Bound.AT_LEAST,
    RuleKind.RETENTION: Bound.AT_LEAST,
    RuleKind.PROHIBITION: Bound.AT_LEAST,
}
"""Where less, or more, time is stricter. A window is not among them: most are somebody else's right."""

_STRICTER_THRESHOLD = {RuleKind.CAP: Bound.AT_MOST, RuleKind.MIN_PERIOD: Bound.AT_LEAST}

THEIRS = {
    "PREM-GRACE-60D": "the policyholder's time to pay",
    "PREM-DUNNING-30D": "the policyholder's time to pay",
    "PROD-APPROVAL-DEFICIENCY-5WD": "the regulator's",
    "PROD-APPROVAL-DECIDE-20WD": "the regulator's",
    "CPL-REGULATOR-FORWARD-7WD": "the regulator's",
    "CPL-AUTHORITY-7WD": "the authorities'",
    "DISP-COURT-APPOINTED-30D": "the mediator's",
    "DISP-COURT-ENTRUSTED-15D": "the mediator's",
    "DISP-COURT-ENTRUSTED-7D": "the mediator's",
    "DISP-ONLINE-CHOOSE-2WD": "the parties', both of them",
    "DISP-ONLINE-APPOINT-3WD": "the mediator's",
    "DISP-ONLINE-ACCEPT-3WD": "the mediator's",
    "DISP-ONLINE-30D": "the mediator's",
    "AGT-RETURN-DOCS-30D": "the agent's",
    "AGT-FIRM-TEMP-HEAD-3M": "the agency's",
}
"""Rules that give somebody else time, and whom: an insurer that shortens it is not stricter with itself."""

Law = Callable[[str], Rule | None]
"""The law's edition of the rule of that id, on one day."""


def lawful(changes: Iterable[RuleChange], law: Law) -> None:
    """Raises Refused where a change would loosen the law, or cannot be told not to."""
    seen: set[str] = set()
    for change in changes:
        CHANGED_TWICE.unless(change.rule not in seen, rule=change.rule)
        seen.add(change.rule)
        _named(change)
        rule = law(change.like or change.rule)
        UNKNOWN_RULE.unless(rule, id=change.like or change.rule)
        assert rule
        _switched(change, rule)
        if change.value is not None:
            _stricter(change, rule)


def _named(change: RuleChange) -> None:
    if change.is_own:
        LIKE_NONE.unless(change.like, rule=change.rule)
        UNNAMED.unless(change.zh and change.en, rule=change.rule)
    LIKE_ANOTHER.unless(change.is_own or not change.like, rule=change.rule)
    NOTHING_CHANGED.unless(change.value is not None or change.switch, rule=change.rule)


def _switched(change: RuleChange, rule: Rule) -> None:
    binds = rule.is_law or change.is_own
    BINDS_ANYWAY.unless(change.switch is not Switch.ON or not binds, rule=change.rule)
    LAW_STAYS.unless(change.switch is not Switch.OFF or change.is_own or not rule.is_law, rule=change.rule)


def _stricter(change: RuleChange, rule: Rule) -> None:
    asked, told = rule.limit or rule.threshold, {"rule": change.rule, "law": rule.limit, "value": change}
    NO_NUMBER.unless(asked, rule=change.rule)
    if rule.threshold and not rule.limit:
        told["law"] = f"{rule.threshold.value} {rule.threshold.unit}"
    stricter = is_stricter(change, rule)
    NOT_COMPARABLE.unless(stricter is not None, **told)
    NOT_STRICTER.unless(stricter, **told)


def is_stricter(change: RuleChange, rule: Rule) -> bool | None:
    """Whether the changed number asks more of the insurer than the rule does, in every case; None if it depends."""
    assert change.value is not None
    if rule.id in THEIRS:
        return None
    if rule.limit:
        bound = _STRICTER_LIMIT.get(rule.kind)
        return _beyond(change.value, change.unit or rule.limit.unit, rule.limit) if bound is rule.limit.bound else None
    bound = _STRICTER_THRESHOLD.get(rule.kind)
    if bound is None or rule.threshold is None or change.unit:
        return None
    return change.value < rule.threshold.value if bound is Bound.AT_MOST else change.value > rule.threshold.value


def _beyond(value: int, unit: Unit, limit: Limit) -> bool | None:
    shortens = limit.bound is not Bound.AT_LEAST
    if unit is limit.unit:
        return value < limit.value if shortens else value > limit.value
    least, most = _days(value, unit)
    shortest, longest = _days(limit.value, limit.unit)
    if (most <= shortest) if shortens else (least >= longest):
        return True
    return False if ((least >= longest) if shortens else (most <= shortest)) else None


def _days(value: int, unit: Unit) -> tuple[float, float]:
    """How many whole days such a time lasts at least, and within how many it is over."""
    match unit:
        case Unit.CALENDAR_DAYS:
            return value, value
        case Unit.WORKING_DAYS:
            return value, inf
        case Unit.MONTHS:
            return 28 * value, 31 * value
        case Unit.YEARS:
            return 365 * value, 366 * value
    # Hours run from the moment, days from the midnight after it.
    return value // 24 - 1, -(-value // 24) if unit is Unit.HOURS else inf
