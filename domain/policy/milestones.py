"""What the law counts from and up to on a policy."""

from __future__ import annotations

from datetime import date

from domain.customer import Channel
from domain.kernel import Event
from domain.product import Line
from domain.words import Money, Personal

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
