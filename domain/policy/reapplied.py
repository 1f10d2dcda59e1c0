"""An endorsement out of order: what takes effect later is reversed, and made anew on top of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.kernel import Event, Refusal
from domain.policy.contract import Step, Transaction, cover_of, premium_for
from domain.policy.events import EndorsementReversed, PolicyEndorsed, Sum
from domain.policy.sale import fitting
from domain.policy.state import Policy
from domain.product import Terms

RENEWED_SINCE = Refusal(
    "policy.renewed_since",
    ("此后已续保，请分期批改", "the contract was renewed since: endorse each of its periods"),
)


@dataclass(frozen=True, slots=True)
class Endorsement:
    effective_on: date
    sums: tuple[Sum, ...]
    reason: str


def later_changes(policy: Policy, day: date) -> tuple[Transaction, ...]:
    """The endorsements that stand and take effect after that day, in that order. Raises Refused across a renewal."""
    later = [each for each in policy.stack if each.effective_on > day and each.stands]
    RENEWED_SINCE.unless(all(each.step is not Step.RENEWAL for each in later))
    changes = (each for each in later if each.step is Step.ENDORSEMENT)
    return tuple(sorted(changes, key=lambda each: (each.effective_on, each.number)))


def endorsing(
    policy: Policy, terms: Terms, change: Endorsement, later: tuple[Transaction, ...], today: date
) -> Iterator[Event]:
    """The change, and around it the later ones reversed and made anew. Raises Refused where one would not fit."""
    after = policy
    for entry in reversed(later):
        reversed_ = EndorsementReversed(
            transaction=entry.number,
            ahead=1,
            effective_on=entry.effective_on,
            difference=-entry.difference,
            due_on=max(entry.effective_on, today),
        )
        yield reversed_
        after = after.evolve(reversed_)
    endorsed = _priced(after, terms, change, today)
    yield endorsed
    after = after.evolve(endorsed)
    for entry in later:
        cover = after.cover_on(entry.effective_on)
        assert cover and entry.sums is not None
        sums = carried(_before(policy, entry), entry.sums, cover.sums)
        fitting(sums, terms)
        again = _priced(after, terms, Endorsement(entry.effective_on, sums, change.reason), today, entry.number)
        yield again
        after = after.evolve(again)


def carried(before: tuple[Sum, ...], after: tuple[Sum, ...], now: tuple[Sum, ...]) -> tuple[Sum, ...]:
    """What a change from `before` to `after` makes of `now`: what it changed is as it made it, the rest as it is."""
    old, new = ({each.benefit: each for each in sums} for sums in (before, after))
    touched = {benefit for benefit in {*old, *new} if old.get(benefit) != new.get(benefit)}
    kept = {each.benefit: each for each in now if each.benefit not in touched}
    made = {benefit: new[benefit] for benefit in new if benefit in touched}
    return tuple((kept | made).values())


def _before(policy: Policy, entry: Transaction) -> tuple[Sum, ...]:
    """What was insured on the day of a change, but for it and those made after it on that day."""
    others = tuple(
        t for t in policy.stack if (t.effective_on, t.number) < (entry.effective_on, entry.number) and t.stands
    )
    cover = cover_of(others, entry.effective_on)
    return cover.sums if cover else ()


def _priced(
    policy: Policy, terms: Terms, change: Endorsement, today: date, reapplies: int | None = None
) -> PolicyEndorsed:
    cover, governed = policy.cover_on(change.effective_on), policy.governed_from(change.effective_on)
    assert cover and governed
    before, after = (premium_for(terms, s, governed.days, policy.loading_percent) for s in (cover.sums, change.sums))
    return PolicyEndorsed(
        effective_on=change.effective_on,
        sums=change.sums,
        reason=change.reason,
        difference=after - before,
        due_on=today if change.effective_on < today else None,
        reapplies=reapplies,
    )
