"""What is disputed and how it is decided: issues with grounds, evidence, offers, levels, hearings, review, remand."""

from __future__ import annotations

from datetime import date

from domain.kernel import Event
from domain.words import Money, Personal, Term


class Ground(Term):
    """Why a decision is disputed."""

    AMOUNT = "amount", "赔付金额", "the amount"
    EXCLUSION = "exclusion", "责任免除", "an exclusion"
    CAUSE = "cause", "出险原因", "the cause of the loss"
    COVER = "cover", "保险责任范围", "the cover"
    DELAY = "delay", "处理迟延", "delay"
    NON_DISCLOSURE = "non_disclosure", "如实告知", "non-disclosure"
    EVIDENCE = "evidence", "证据认定", "how evidence was weighed"
    CONDUCT = "conduct", "服务或销售行为", "conduct of service or sale"
    OTHER = "other", "其他", "other"


class Level(Term):
    """How high the dispute has gone."""

    NEGOTIATION = "negotiation", "协商", "negotiation"
    REVIEW = "review", "内部复核", "internal review"
    MEDIATION = "mediation", "调解", "mediation"
    REGULATOR = "regulator", "监管部门", "the regulator"
    ARBITRATION = "arbitration", "仲裁", "arbitration"
    LITIGATION = "litigation", "诉讼", "litigation"

    @property
    def is_outside(self) -> bool:
        return self in (Level.REGULATOR, Level.ARBITRATION, Level.LITIGATION)


class Finding(Term):
    """What becomes of an issue."""

    UPHELD = "upheld", "维持", "our decision stands"
    CHANGED = "changed", "变更", "changed"
    PART = "part", "部分变更", "changed in part"
    AGREED = "agreed", "协议解决", "settled by agreement"
    DROPPED = "dropped", "撤回", "dropped"

    @property
    def changes(self) -> bool:
        return self in (Finding.CHANGED, Finding.PART, Finding.AGREED)


class Side(Term):
    CUSTOMER = "customer", "客户方", "the customer"
    INSURER = "insurer", "保险人", "the insurer"


class IssueDisputed(Event):
    """`issue` counts from 1; `original` is what was decided and `wanted` what the customer wants instead."""

    tells = ("争点{issue}（{ground}）：{position}", "issue {issue}, {ground}: {position}")
    issue: int
    ground: Ground
    position: Personal[str]
    original: Money | None = None
    wanted: Money | None = None


class PositionTaken(Event):
    """What the insurer answers to an issue."""

    tells = ("保险人就争点{issue}：{position}", "the insurer on issue {issue}: {position}")
    issue: int
    position: Personal[str]


class EvidenceFiled(Event):
    tells = ("{side}提交证据{kind}，校验值{sha256}", "{side} filed {kind}, checksum {sha256}")
    side: Side
    kind: str
    name: Personal[str]
    sha256: str
    filed_on: date


class SettlementOffered(Event):
    tells = (
        "第{offer}次和解方案：{amount}，有效至{valid_until}",
        "offer {offer} to settle: {amount}, until {valid_until}",
    )
    offer: int
    side: Side
    amount: Money
    valid_until: date
    terms: Personal[str]


class SettlementAccepted(Event):
    tells = ("接受第{offer}次和解方案", "offer {offer} to settle was accepted")
    offer: int
    accepted_on: date


class SettlementDeclined(Event):
    tells = ("未接受第{offer}次和解方案：{reason}", "offer {offer} to settle was declined: {reason}")
    offer: int
    reason: Personal[str]


class LevelReached(Event):
    tells = ("于{reached_on}进入{level}：{body}", "{level} reached on {reached_on}: {body}")
    level: Level
    reached_on: date
    body: str


class HearingScheduled(Event):
    tells = ("第{hearing}次开庭定于{on}", "hearing {hearing} scheduled for {on}")
    hearing: int
    on: date
    room: str


class HearingPostponed(Event):
    tells = ("第{hearing}次开庭延期至{until}：{reason}", "hearing {hearing} postponed to {until}: {reason}")
    hearing: int
    until: date
    reason: Personal[str]


class HearingMissed(Event):
    tells = ("{side}缺席第{hearing}次开庭", "hearing {hearing} was missed by {side}")
    hearing: int
    side: Side
    missed_on: date


class HearingHeld(Event):
    tells = ("第{hearing}次开庭于{held_on}进行", "hearing {hearing} was held on {held_on}")
    hearing: int
    held_on: date


class ReviewOpened(Event):
    """`involved` are all who ever acted on what is disputed: the reviewer is none of them."""

    internal = True
    tells = ("由{reviewer}复核，与原案经办{involved}无关", "reviewed by {reviewer}, who is none of {involved}")
    reviewer: str
    involved: tuple[str, ...]
    opened_on: date


class IssueDecided(Event):
    """The original figure and the revised one both stay."""

    tells = (
        "争点{issue}（{level}）：{finding}，{original}→{revised}",
        "issue {issue}, {level}: {finding}, {original} → {revised}",
    )
    issue: int
    level: Level
    finding: Finding
    reasons: Personal[str]
    decider: str
    original: Money | None = None
    revised: Money | None = None


class ReviewSampled(Event):
    """A review's decision was drawn for a check before it leaves: what was drawn, of ten thousand, against the chance."""

    internal = True
    tells = ("抽取质检：{drawn} < {chance}（万分之）", "drawn for a check: {drawn} < {chance} of 10,000")
    drawn: int
    chance: int


class ReviewChecked(Event):
    internal = True
    tells = ("复核决定质检（{checker}）：{note}", "the review's decision was checked by {checker}: {note}")
    passed: bool
    checker: str
    note: Personal[str]


class ReviewTold(Event):
    tells = ("于{told_on}告知复核决定", "the review's decision was told on {told_on}")
    told_on: date


class DisputeRemanded(Event):
    """Sent back to the first level, with reasons: every issue is open again."""

    tells = ("{body}于{remanded_on}发回重审：{reasons}", "{body} remanded it on {remanded_on}: {reasons}")
    body: str
    remanded_on: date
    reasons: Personal[str]


class DisputeHeld(Event):
    tells = ("中止处理至{until}：{reason}", "held until {until}: {reason}")
    until: date
    reason: Personal[str]


class DisputeResumed(Event):
    tells = ("恢复处理", "taken up again")
    resumed_on: date
