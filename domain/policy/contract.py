"""What a contract consists of: its transactions, what they insure on a day, when premium falls due and how much."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.policy.events import Sum
from domain.product import Terms
from domain.words import Money, Period, Term, plus_months, total


class Step(Term):
    ISSUE = "issue", "承保", "issue"
    ENDORSEMENT = "endorsement", "批改", "endorsement"
    REVERSAL = "reversal", "撤销批改", "endorsement reversed"
    RENEWAL = "renewal", "续保", "renewal"
    LAPSE = "lapse", "效力中止", "lapse"
    REINSTATEMENT = "reinstatement", "复效", "reinstatement"
    CANCELLATION = "cancellation", "终止", "cancellation"


@dataclass(frozen=True, slots=True)
class Transaction:
    """One change of the contract: from when it takes effect, what it costs or gives back, what it leaves insured.

    The period is the days that the difference in price is for; `reversed_by` the transaction that took it back, if any.
    """

    number: int
    step: Step
    effective_on: date
    difference: Money = Money(0)
    sums: tuple[Sum, ...] | None = None
    period: Period | None = None
    reversed_by: int = 0

    @property
    def stands(self) -> bool:
        return not self.reversed_by


@dataclass(frozen=True, slots=True)
class Cover:
    """What is insured on one day."""

    sums: tuple[Sum, ...]
    period: Period

    def sum(self, benefit: str) -> Sum | None:
        return next((each for each in self.sums if each.benefit == benefit), None)


@dataclass(frozen=True, slots=True)
class Due:
    due_on: date
    amount: Money


def cover_of(stack: tuple[Transaction, ...], day: date) -> Cover | None:
    """What these transactions insure on that day; what one beyond them took back stands."""
    sums: tuple[Sum, ...] = ()
    period, standing = None, False
    for entry in sorted(stack, key=lambda t: (t.effective_on, t.number)):
        if entry.effective_on > day:
            break
        if 0 < entry.reversed_by <= len(stack):
            continue
        sums = entry.sums if entry.sums is not None else sums
        if entry.step is Step.CANCELLATION:
            return None
        if entry.step in (Step.ISSUE, Step.RENEWAL):
            # A renewal prolongs the contract; it does not wake one that has lapsed or ended.
            period, standing = entry.period, standing or entry.step is Step.ISSUE
        elif entry.step is not Step.ENDORSEMENT:
            standing = entry.step is Step.REINSTATEMENT
    return Cover(sums, period) if standing and period and day in period else None


def schedule(period: Period, premium: Money, instalments: int) -> Iterator[Due]:
    """Equal instalments spread over the period; the first carries what does not divide."""
    months = max(1, round(period.days / 30.4375))
    each = premium.minor // instalments
    for k in range(instalments):
        amount = each if k else premium.minor - each * (instalments - 1)
        due_on = plus_months(period.starts_on, months * k // instalments)
        yield Due(due_on, Money(amount, premium.currency))


def premium_for(terms: Terms, sums: tuple[Sum, ...], days: int, loading_percent: int = 0) -> Money:
    """Sum insured x rate per million and year x days / 365, plus the loading; half up to the minor unit."""
    insured = total(each.insured for each in sums)
    return insured.share(terms.rate_per_million * days * (100 + loading_percent), 1_000_000 * 365 * 100)
