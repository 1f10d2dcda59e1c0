"""What the insurer changes of a rule: a stricter number, a promise of its own, or a rule that it lets bind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from annotated_types import Ge, Le

from domain.rules.rule import Rule, Unit, Validity
from domain.words import LongText, Number, Term, tell

OWN = "OWN-"
"""What the ids of the insurer's own rules begin with."""


class Switch(Term):
    ON = "on", "启用", "on"
    OFF = "off", "停用", "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleChange:
    """A change of the rule `rule`; one of the insurer's own is `like` another, whose triggers it borrows.

    `value` takes the place of the limit's or the threshold's number, in the unit that the rule is written in unless the
    change names one of time. `switch` lets a rule bind that would not, being unverified or not in force, or takes that
    back; a rule of the insurer's own is taken back by it. `zh` and `en` are what the rule is called from then on.
    """

    rule: Number
    like: Number | None = None
    value: Annotated[int, Ge(0), Le(100_000_000)] | None = None
    unit: Unit | None = None
    switch: Switch | None = None
    zh: LongText = ""
    en: LongText = ""

    @property
    def is_own(self) -> bool:
        return self.rule.startswith(OWN)

    def applied(self, rule: Rule, starts_on: date) -> Rule:
        """The rule as it stands with this change."""
        limit, threshold = rule.limit, rule.threshold
        if self.value is not None:
            limit = limit and replace(limit, value=self.value, unit=self.unit or limit.unit)
            threshold = threshold and replace(threshold, value=self.value)
        return replace(
            rule,
            id=self.rule,
            concept=(self.zh or rule.concept[0], self.en or rule.concept[1]),
            limit=limit,
            threshold=threshold,
            starts_on=starts_on,
            status=Validity.IN_FORCE if self.is_own else rule.status,
            verified=self.switch is not Switch.OFF if self.is_own else rule.verified,
            switched_on=rule.switched_on if self.switch is None else self.switch is Switch.ON,
        )

    def tell(self, language: str) -> str:
        told = (self.value, self.unit, self.switch)
        return " ".join([self.rule, *(tell(each, language) for each in told if each is not None)])
