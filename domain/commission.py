"""Commission: earned as premium comes in, taken back as contracts end, adjusted by two people; one account a policy.

What is taken back is the insurer's own rule: at a cancellation the part that fell on the premium given back, so all of it
within the cooling-off period; at a lapse in the first year half of what was earned.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen

from domain.kernel import Aggregate, Command, Event, Given, Refusal, same_currency, stream_of
from domain.policy.contract import Step
from domain.policy.state import Policy
from domain.scale import Scale
from domain.words import Amount, Money, Note, Number, Personal, Role, Term, plus_years

LAPSED_EARLY = 50
"""What part of the commission a lapse in the first year takes back, in percent."""


class Cause(Term):
    CANCELLATION = "cancellation", "合同终止退费", "premium given back"
    LAPSE = "lapse", "首年效力中止", "lapse in the first year"


NOT_WHOLE = Refusal("commission.not_whole", ("分配比例之和须为100", "the shares add up to 100"))
EARNED_BEFORE = Refusal("commission.earned_before", ("已有佣金入账，不得再分配", "commission has been earned already"))
NO_ADJUSTMENT = Refusal(
    "commission.no_adjustment", ("没有待审批的调整{adjustment}", "no adjustment {adjustment} is open")
)
ADJUSTED_TWICE = Refusal(
    "commission.number_used", ("编号{adjustment}已被使用", "the number {adjustment} has been used")
)
OWN_ADJUSTMENT = Refusal(
    "commission.own_adjustment", ("不得审批本人提出的调整", "nobody approves an adjustment of their own: four eyes")
)
UNKNOWN_AGENT = Refusal(
    "commission.unknown_agent", ("{agent}在此保单没有佣金", "{agent} has no commission on this policy")
)


@dataclass(frozen=True, slots=True)
class Share:
    """An agent's part, in percent."""

    agent: Number
    percent: Annotated[int, Ge(1), Le(100)]


class CommissionShared(Event):
    internal = True
    tells = ("佣金分配：{shares}", "commission shared: {shares}")
    policy: UUID
    shares: tuple[Share, ...]


class CommissionEarned(Event):
    internal = True
    tells = ("{agent}佣金{amount}（保费{premium}的{percent}%）", "{agent} earned {amount}, {percent} % on {premium}")
    policy: UUID
    agent: str
    amount: Money
    premium: Money
    percent: int
    earned_on: date


class CommissionTakenBack(Event):
    internal = True
    tells = ("扣回{agent}佣金{amount}：{cause}", "{amount} taken back from {agent}: {cause}")
    policy: UUID
    agent: str
    amount: Money
    cause: Cause
    taken_on: date


class AdjustmentAsked(Event):
    internal = True
    tells = (
        "申请调整{agent}佣金{amount}，编号{adjustment}：{reason}",
        "adjustment {adjustment} of {amount} for {agent}: {reason}",
    )
    policy: UUID
    adjustment: str
    agent: str
    amount: Money
    reason: Personal[str]
    asker: str


class AdjustmentApproved(Event):
    internal = True
    tells = ("批准调整{adjustment}：{agent}{amount}", "adjustment {adjustment} approved: {amount} for {agent}")
    policy: UUID
    adjustment: str
    agent: str
    amount: Money
    approver: str


class AdjustmentDeclined(Event):
    internal = True
    tells = ("不予批准调整{adjustment}", "adjustment {adjustment} declined")
    adjustment: str
    decider: str


class Commission(Aggregate):
    """What was earned on one policy, by whom, less what was taken back."""

    opened = False

    policy: UUID | None = None
    shares: tuple[Share, ...] = ()
    premium: Money = Money(0)
    balances: Mapping[str, Money] = {}
    asked: Mapping[str, AdjustmentAsked] = {}
    used: frozenset[str] = frozenset()
    lapsed: bool = False

    def evolve(self, event: Event) -> Commission:
        match event:
            case CommissionShared(policy=policy, shares=shares):
                return self.but(policy=policy, shares=shares)
            case CommissionEarned(policy=policy, premium=premium):
                counted = premium if premium > self.premium else self.premium
                return self._plus(event.agent, event.amount).but(policy=policy, premium=counted)
            case CommissionTakenBack(cause=cause):
                taken = self._plus(event.agent, -event.amount)
                return taken.but(lapsed=self.lapsed or cause is Cause.LAPSE)
            case AdjustmentAsked(adjustment=adjustment):
                return self.but(asked={**self.asked, adjustment: event}, used=self.used | {adjustment})
            case AdjustmentApproved(adjustment=adjustment):
                return self._plus(event.agent, event.amount)._closed(adjustment)
            case AdjustmentDeclined(adjustment=adjustment):
                return self._closed(adjustment)
        return self

    def _plus(self, agent: str, amount: Money) -> Commission:
        before = self.balances.get(agent, Money(0, amount.currency))
        return self.but(balances={**self.balances, agent: before + amount})

    def _closed(self, adjustment: str) -> Commission:
        return self.but(asked={number: each for number, each in self.asked.items() if number != adjustment})


def commission_of(policy: UUID) -> UUID:
    return stream_of(Commission, str(policy))


class _OfPolicy(Command):
    on = Commission
    policy: UUID

    @property
    def home(self) -> UUID:
        return commission_of(self.policy)


class SplitCommission(_OfPolicy):
    """Shares what will be earned among several agents; before anything was."""

    may, consults = frozenset({Role.SUPERVISOR}), (Policy,)
    says = ("分配佣金", "Share a commission")
    shares: Annotated[tuple[Share, ...], MinLen(1), MaxLen(10)]

    def decide(self, commission: Commission, given: Given) -> Iterator[Event]:
        EARNED_BEFORE.unless(not commission.balances)
        NOT_WHOLE.unless(sum(each.percent for each in self.shares) == 100)
        if self.shares != commission.shares:
            yield CommissionShared(**dict(self))


class EarnCommission(_OfPolicy):
    """Counts the premium that came in since it was last counted; given by the system."""

    may, consults = frozenset({Role.SYSTEM}), (Policy, Scale)
    says = ("计提佣金", "Earn commission")

    def decide(self, commission: Commission, given: Given) -> Iterator[Event]:
        policy = given[Policy]
        if not (policy.issued_on and policy.seller) or policy.paid <= commission.premium:
            return
        began_on = policy.stack[0].effective_on
        year = sum(plus_years(began_on, n) <= given.today for n in range(1, 60))
        percent = given[Scale].percent(policy.issued_on, year)
        fresh = policy.paid - Money(commission.premium.minor, policy.paid.currency)
        for share in commission.shares or (Share(policy.seller, 100),):
            amount = fresh.share(percent * share.percent, 10_000)
            if amount:
                yield CommissionEarned(
                    policy=policy.id,
                    agent=share.agent,
                    amount=amount,
                    premium=policy.paid,
                    percent=percent,
                    earned_on=given.today,
                )


class TakeBackCommission(_OfPolicy):
    """Takes back what an ended or early lapsed contract has not earned; given by the system."""

    may, consults = frozenset({Role.SYSTEM}), (Policy,)
    says = ("扣回佣金", "Take commission back")

    def decide(self, commission: Commission, given: Given) -> Iterator[Event]:
        policy = given[Policy]
        refund = next((-each.difference for each in policy.stack if each.step is Step.CANCELLATION), None)
        if refund is not None and policy.paid:
            part, whole, cause = refund.minor, policy.paid.minor, Cause.CANCELLATION
        elif policy.lapsed_on and policy.lapsed_on < plus_years(policy.stack[0].effective_on, 1):
            part, whole, cause = LAPSED_EARLY if not commission.lapsed else 0, 100, Cause.LAPSE
        else:
            return
        for agent, balance in commission.balances.items():
            amount = min(balance, balance.share(part, whole))
            if Money(0, balance.currency) < amount:
                yield CommissionTakenBack(
                    policy=policy.id, agent=agent, amount=amount, cause=cause, taken_on=given.today
                )


class AskAdjustment(_OfPolicy):
    """Asks that an agent's commission be corrected, up or down."""

    may = frozenset({Role.CASHIER, Role.SUPERVISOR})
    says = ("申请调整佣金", "Ask for an adjustment")
    adjustment: Number
    agent: Number
    amount: Amount
    down: bool = False
    reason: Annotated[Note, MinLen(1)]

    def decide(self, commission: Commission, given: Given) -> Iterator[Event]:
        UNKNOWN_AGENT.unless(self.agent in commission.balances, agent=self.agent)
        same_currency(self.amount, commission.balances[self.agent])
        ADJUSTED_TWICE.unless(self.adjustment not in commission.used, adjustment=self.adjustment)
        yield AdjustmentAsked(
            policy=self.policy,
            adjustment=self.adjustment,
            agent=self.agent,
            amount=-self.amount if self.down else self.amount,
            reason=self.reason,
            asker=given.actor.name,
        )


class ApproveAdjustment(_OfPolicy):
    """Lets an adjustment happen that somebody else asked for."""

    may = frozenset({Role.SUPERVISOR})
    says = ("批准佣金调整", "Approve an adjustment")
    adjustment: Number

    def decide(self, commission: Commission, given: Given) -> Iterator[Event]:
        asked = commission.asked.get(self.adjustment)
        NO_ADJUSTMENT.unless(asked, adjustment=self.adjustment)
        assert asked
        OWN_ADJUSTMENT.unless(given.actor.name != asked.asker)
        yield AdjustmentApproved(**dict(self), agent=asked.agent, amount=asked.amount, approver=given.actor.name)


class DeclineAdjustment(_OfPolicy):
    may = frozenset({Role.SUPERVISOR})
    says = ("不予批准佣金调整", "Decline an adjustment")
    adjustment: Number

    def decide(self, commission: Commission, given: Given) -> Iterator[Event]:
        NO_ADJUSTMENT.unless(self.adjustment in commission.asked, adjustment=self.adjustment)
        yield AdjustmentDeclined(adjustment=self.adjustment, decider=given.actor.name)
