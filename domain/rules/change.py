"""What the insurer changes of a rule: a stricter number, a promise of its own, or a rule that it lets bind."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Annotated

import msgspec
from annotated_types import Ge, Le

from domain.rules.rule import Rule, Status
from domain.words import LongText, Number

OWN = "OWN-"
"""What the ids of the insurer's own rules begin with."""


class RuleChange(msgspec.Struct, frozen=True, kw_only=True):
    """A change of the rule `rule`; one of the insurer's own is `like` another, whose triggers it borrows.

    `value` takes the place of the limit's or the threshold's number, in the unit that the rule is written in. `switch`
    lets a rule bind that would not, being unverified or not in force, or takes that back.
    """

    rule: Number
    like: Number | None = None
    value: Annotated[int, Ge(0), Le(100_000_000)] | None = None
    switch: bool | None = None
    zh: LongText = ""
    en: LongText = ""

    def applied(self, rule: Rule, starts_on: date) -> Rule:
        """The rule as it stands with this change."""
        limit, threshold = rule.limit, rule.threshold
        if self.value is not None:
            limit = limit and replace(limit, value=self.value)
            threshold = threshold and replace(threshold, value=self.value)
        own = self.rule.startswith(OWN)
        return replace(
            rule,
            id=self.rule,
            concept=(self.zh or rule.concept[0], self.en or rule.concept[1]),
            limit=limit,
            threshold=threshold,
            starts_on=starts_on,
            status=Status.IN_FORCE if own else rule.status,
            verified=own or rule.verified,
            switched_on=rule.switched_on if self.switch is None else self.switch,
        )

    def tell(self, language: str) -> str:
        zh = language == "zh"
        told = [self.rule]
        if self.value is not None:
            told.append(str(self.value))
        if self.switch is not None:
            told.append(("启用" if zh else "on") if self.switch else ("停用" if zh else "off"))
        return " ".join(told)
