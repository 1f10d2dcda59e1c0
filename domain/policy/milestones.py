"""What the law counts from and up to on a policy."""

from __future__ import annotations

from datetime import date

from domain.customer import Channel
from domain.kernel import Event
from domain.product import Line
from domain.words import Money, Personal, Term


class Point(Term):
    """What a customer is asked when called back (call-back Provisions 2010 art 15)."""

    APPLICANT = "applicant", "受访人为投保人本人", "the applicant is the one who answers"
    SIGNED = "signed", "知悉所购产品，投保人与被保险人亲笔签名", "bought it knowingly, and both signed themselves"
    READ = "read", "已阅读并理解产品说明与投保提示", "read and understood the brochure and the prompt sheet"
    COVER = "cover", "知悉保险责任、责任免除与保险期间", "knows what is covered, what is not, and for how long"
    SURRENDER = "surrender", "知悉退保可能受到的损失", "knows what is lost on surrender"
    COOLING_OFF = (
        "cooling_off",
        "知悉犹豫期的起算、期间与权利",
        "knows when the cooling-off starts and ends, and its rights",
    )
    PAYMENT = "payment", "知悉缴费期间与缴费频率", "knows for how long and how often premium is due"


class CallBackWay(Term):
    PHONE = "phone", "电话", "by telephone"
    ELECTRONIC = "electronic", "本公司电子渠道", "electronically, on our own system"


# -- the sale, looked back on ---------------------------------------------------------


class CallBackRecorded(Event):
    tells = (
        "{made_on}完成回访（{way}，记录{record}），确认：{confirmed}，未确认：{denied}",
        "called back on {made_on} {way}, on record as {record}; confirmed: {confirmed}; not confirmed: {denied}",
    )
    made_on: date
    way: CallBackWay
    record: str
    confirmed: tuple[Point, ...]
    denied: tuple[Point, ...]


class CallBackFoundFault(Event):
    """The customer did not confirm everything: it may have been mis-sold."""

    tells = (
        "{found_on}回访发现问题：{denied}（{note}）",
        "the call-back of {found_on} found a fault: {denied} ({note})",
    )
    found_on: date
    denied: tuple[Point, ...]
    note: Personal[str]
    line: Line
    individual: bool


class CallBackFaultSettled(Event):
    tells = ("{settled_on}由{settler}解决：{remedy}", "settled on {settled_on} by {settler}: {remedy}")
    settled_on: date
    remedy: Personal[str]
    told_right: bool
    settler: str


class NonDisclosureFound(Event):
    """From the day on which the insurer knows of it, it has thirty days to rescind (Insurance Law art 16)."""

    tells = ("{found_on}知悉未如实告知：{fact}", "non-disclosure known on {found_on}: {fact}")
    found_on: date
    fact: Personal[str]


# -- premium --------------------------------------------------------------------------


class PremiumFellDue(Event):
    """An instalment after the first was not paid on the day on which it was due."""

    tells = ("{due_on}应缴保费{amount}逾期未缴", "the premium of {amount} due on {due_on} was not paid")
    due_on: date
    amount: Money
    line: Line


class PremiumDunned(Event):
    tells = (
        "{sent_on}催告{due_on}应缴保费{amount}",
        "the policyholder was dunned on {sent_on} for the premium of {amount} due on {due_on}",
    )
    sent_on: date
    due_on: date
    amount: Money
    line: Line


class ArrearsReduced(Event):
    """The oldest instalment was paid, a later one is overdue still."""

    tells = ("最早的逾期保费已缴，尚欠{due_on}应缴保费", "arrears paid in part; the premium due on {due_on} is unpaid")
    due_on: date
    line: Line


class ArrearsCleared(Event):
    tells = ("逾期保费于{cleared_on}缴清", "all arrears were paid by {cleared_on}")
    cleared_on: date


# -- lapse and reinstatement ----------------------------------------------------------


class LapseNoticeSent(Event):
    tells = (
        "{sent_on}发出效力中止通知（{channel}），告知中止、后果与复效办法",
        "notice of the lapse, what follows from it and how to reinstate sent on {sent_on}, by {channel}",
    )
    sent_on: date
    channel: Channel


class ReinstatementRequested(Event):
    tells = ("{received_on}收到复效申请", "reinstatement asked for on {received_on}")
    received_on: date
    line: Line


class ReinstatementRefused(Event):
    tells = ("{refused_on}不同意复效：{reason}", "reinstatement refused on {refused_on}: {reason}")
    refused_on: date
    reason: Personal[str]


class ReinstatementDeemed(Event):
    """Nobody refused within the time that the law gives: silence is consent."""

    tells = ("逾期未拒绝，自{agreed_on}视为同意复效", "deemed agreed to from {agreed_on}: nobody refused in time")
    agreed_on: date
