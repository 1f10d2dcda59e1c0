"""Since when a premium is overdue, how long cover stands in spite of it, and what a payment makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from domain.docket.clocks import last_day
from domain.kernel import Event, Given
from domain.policy import milestones as m
from domain.policy.state import Policy
from domain.product import Line
from domain.rules.rulebook import THE_LAW, Rulebook


def stands_until(line: Line, due_on: date, dunned_on: date | None, given: Given | None = None) -> date:
    """The last day on which cover stands though a premium is owed.

    In life, health and accident, what ends first of the days from the due date and those from the dunning
    (Insurance Law art 36); elsewhere the insurer gives the days from the due date and no fewer.
    """
    until = ends("PREM-GRACE-60D", due_on, given)
    if dunned_on and line.is_personal:
        return min(until, ends("PREM-DUNNING-30D", dunned_on, given))
    return until


def ends(rule: str, since: date, given: Given | None = None) -> date:
    """The last day of what the rule gives from a day on; by the law alone, unless the command consults the rulebook."""
    book = given.consulted.get(Rulebook, THE_LAW) if given else THE_LAW
    assert isinstance(book, Rulebook)
    return last_day(rule, since, book) or date.max


def later_instalment(policy: Policy, day: date) -> date | None:
    """The due date of the oldest instalment after the first that is overdue on a day, while cover stands."""
    due_on = policy.overdue_since(day)
    later = due_on and due_on > min(due.due_on for due in policy.dues)
    return due_on if later and policy.cover_on(day) else None


def arrears_after(before: Policy, after: Policy, day: date) -> Iterator[Event]:
    """What becomes of the arrears that were noted, now that something was paid or credited."""
    noted = before.progress.fell_due_on or before.progress.dunned_for
    due_on = after.overdue_since(day)
    if noted and due_on is None:
        yield m.ArrearsCleared(cleared_on=day)
    elif noted and due_on and due_on > noted:
        yield m.ArrearsReduced(due_on=due_on, line=after.line)
