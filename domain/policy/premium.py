"""What follows when a premium is not paid on its day: it is noted, and dunned for."""

from __future__ import annotations

from collections.abc import Iterator

from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.policy import milestones as m
from domain.policy.arrears import later_instalment
from domain.policy.state import Policy
from domain.words import Day, Role

NOTHING_OVERDUE = Refusal(
    "policy.nothing_overdue",
    (
        "{day}没有逾期的后续保费，无须催告",
        "no instalment after the first is overdue on {day}, so there is nothing to dun for",
    ),
    rule="PREM-DUNNING-30D",
)


class NotePremiumDue(Command):
    """Notes that an instalment after the first was not paid on its day: the days of grace count from it."""

    on, may = Policy, frozenset({Role.SYSTEM})
    says = ("记录保费逾期", "Note a premium overdue")
    applies = ("PREM-GRACE-60D",)

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        due_on = later_instalment(policy, given.today)
        if due_on and policy.progress.fell_due_on != due_on:
            yield m.PremiumFellDue(due_on=due_on, amount=policy.owed_on(due_on), line=policy.line)


class DunPremium(Command):
    """The policyholder was reminded of an instalment that is overdue; the thirty days of the law count from it."""

    on, may = Policy, frozenset({Role.CASHIER, Role.SERVICE, Role.SYSTEM})
    says = ("催告缴费", "Dun for premium")
    applies = ("PREM-DUNNING-30D",)
    sent_on: Day

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.sent_on, given)
        due_on = later_instalment(policy, self.sent_on)
        NOTHING_OVERDUE.unless(due_on, day=self.sent_on)
        assert due_on
        if policy.progress.dunned_for != due_on:
            yield m.PremiumDunned(sent_on=self.sent_on, due_on=due_on, amount=policy.owed_on(due_on), line=policy.line)
