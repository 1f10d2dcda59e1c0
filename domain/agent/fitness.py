"""Whether an agent may sell a product on a day: every condition by itself, so that each refusal names its own."""

from __future__ import annotations

from datetime import date

from domain.agent.state import Agent
from domain.kernel import Refusal
from domain.product import Terms
from domain.words import Money

LEFT = Refusal("agent.left", ("销售人员{code}已于{left_on}离司", "{code} left on {left_on}"), rule="SALE-LICENSED-ONLY")
UNLICENSED = Refusal(
    "agent.unlicensed",
    ("销售人员{code}在{day}没有有效的执业登记", "{code} has no practice registration in force on {day}"),
    rule="SALE-LICENSED-ONLY",
)
NOT_APPOINTED = Refusal(
    "agent.not_appointed", ("{code}在{day}未获授权销售{line}", "{code} is not appointed for {line} on {day}")
)
SUSPENDED = Refusal("agent.suspended", ("{code}已被暂停销售", "{code} is suspended from selling"))
BARRED = Refusal("agent.barred", ("{code}因违规禁止销售至{until}", "{code} is barred for a violation until {until}"))
GRADE_TOO_LOW = Refusal(
    "agent.grade_too_low",
    ("{code}的分级{grade}低于产品分级{product}", "{code} is graded {grade}, below the product's {product}"),
    rule="SALE-SALESPERSON-GRADE",
)
UNTRAINED = Refusal(
    "agent.untrained",
    ("{code}没有{line}的有效培训", "{code} has no training in {line} that still holds"),
    rule="AGT-TRAINING-SUITABILITY",
)
BEYOND_PROFILE = Refusal(
    "agent.beyond_profile",
    (
        "{sum}超出{code}的单笔承揽权限{largest}",
        "{sum} is beyond what {code} may take in with one application, {largest}",
    ),
)
FIT = ("SALE-LICENSED-ONLY", "SALE-SALESPERSON-GRADE", "AGT-TRAINING-SUITABILITY")
"""The rules on which this refuses."""


def fit_to_sell(agent: Agent, terms: Terms, insured: Money, day: date) -> None:
    """Raises Refused unless the agent may sell such a product, for such a sum, on that day, so far as is known now."""
    code, line = agent.code, terms.line
    LEFT.unless(agent.left_on is None or day < agent.left_on, code=code, left_on=agent.left_on)
    UNLICENSED.unless(agent.licensed_on(day), code=code, day=day)
    SUSPENDED.unless(not agent.suspended, code=code)
    BARRED.unless(not agent.barred_on(day), code=code, until=agent.barred_until)
    NOT_APPOINTED.unless(agent.appointed_on(line, day), code=code, line=line, day=day)
    able = agent.grade is not None and terms.grade.value <= agent.grade.value
    GRADE_TOO_LOW.unless(able, code=code, grade=agent.grade, product=terms.grade)
    UNTRAINED.unless(agent.trained_on(line, day), code=code, line=line)
    # Whoever has no profile takes in nothing without another: absence is not leave.
    largest = agent.largest or Money(0, insured.currency)
    BEYOND_PROFILE.unless(insured <= largest, sum=insured, code=code, largest=largest)
