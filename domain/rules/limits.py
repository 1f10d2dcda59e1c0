"""How long a rule gives: the one place where a decision reads the number of a rule."""

from __future__ import annotations

from datetime import date

from domain.kernel import Given
from domain.rules.law import law
from domain.rules.rule import Unit
from domain.rules.rulebook import THE_LAW, Rulebook
from domain.words import plus_days, plus_months, plus_years


def last_day(rule: str, since: date, given: Given | None = None) -> date:
    """The last day of what the rule gives from a day on, that day not counted (Civil Code art 201).

    By the insurer's own rulebook where the command consults it, otherwise by the law.
    """
    book = given.consulted.get(Rulebook, THE_LAW) if given else THE_LAW
    assert isinstance(book, Rulebook)
    # Of days before the first edition that was read, that edition is the best that is known.
    limit = (book.rule(rule, since) or law().editions[rule][0]).limit
    assert limit, f"{rule} sets no limit"
    match limit.unit:
        case Unit.WORKING_DAYS:
            return book.calendar.plus_working_days(since, limit.value)
        case Unit.MONTHS:
            return plus_months(since, limit.value)
        case Unit.YEARS:
            return plus_years(since, limit.value)
    return plus_days(since, limit.value)
