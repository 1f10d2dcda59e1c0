"""A duty: one thing that a rule demands by a certain time, where what gives rise to it is recorded nowhere else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from annotated_types import MinLen
from pydantic import Field

from domain.kernel import Aggregate, Command, Event, Given, Refusal, not_in_future
from domain.rules.law import RUNNING
from domain.rules.rulebook import Rulebook
from domain.words import Day, Note, Number, Personal, Role, Term, Text

NO_SUCH_RULE = Refusal("duty.no_such_rule", ("{day}没有规则{rule}", "there is no rule {rule} on {day}"))
NO_TIME = Refusal("duty.no_time", ("规则{rule}没有期限", "the rule {rule} sets no time"))
NOT_BINDING = Refusal(
    "duty.not_binding",
    ("规则{rule}在{day}没有约束力，也未启用", "the rule {rule} does not bind on {day}, nor is it on"),
)
STARTS_ELSEWHERE = Refusal(
    "duty.starts_elsewhere",
    ("规则{rule}的期限不因登记义务起算", "the time of {rule} does not start with a duty entered under it"),
)
OVER = Refusal("duty.over", ("该义务已了结", "the duty is over"))
NOT_PAUSED = Refusal("duty.not_paused", ("该义务没有中止", "the duty has not been paused"))
BEFORE_IT_AROSE = Refusal("duty.before_it_arose", ("早于产生日{day}", "that is before {day}, when it arose"))

BEFORE_THE_PAUSE = Refusal("duty.before_the_pause", ("早于中止日{day}", "that is before {day}, when it was paused"))

KEEPERS = frozenset({Role.COMPLIANCE, Role.SUPERVISOR, Role.PRODUCT_OFFICER})


class Standing(Term):
    OPEN = "open", "待履行", "open"
    PAUSED = "paused", "中止", "paused"
    DISCHARGED = "discharged", "已履行", "discharged"
    DROPPED = "dropped", "已撤销", "dropped"


class DutyArose(Event):
    tells = ("{arose_on}产生义务{number}：{rule}，{about}", "duty {number} under {rule} arose on {arose_on}: {about}")
    unique = ("number",)
    number: str
    rule: str
    arose_on: date
    about: Personal[str]
    owner: str
    regards: UUID | None = None


class DutyPaused(Event):
    tells = ("自{paused_on}中止：{reason}", "paused from {paused_on}: {reason}")
    paused_on: date
    reason: Personal[str]


class DutyResumed(Event):
    tells = ("自{resumed_on}恢复", "resumed from {resumed_on}")
    resumed_on: date


class DutyDischarged(Event):
    tells = ("{done_on}履行，凭证{evidence}", "discharged on {done_on}, {evidence}")
    done_on: date
    evidence: str


class DutyDropped(Event):
    tells = ("撤销：{reason}", "dropped: {reason}")
    reason: Personal[str]


class Duty(Aggregate):
    number: str = ""
    arose_on: date = date.min
    standing: Standing = Standing.OPEN
    paused_on: date | None = None
    done_on: date | None = None

    def evolve(self, event: Event) -> Duty:
        match event:
            case DutyArose(number=number, arose_on=arose_on):
                return self.but(number=number, arose_on=arose_on)
            case DutyPaused(paused_on=paused_on):
                return self.but(standing=Standing.PAUSED, paused_on=paused_on)
            case DutyResumed():
                return self.but(standing=Standing.OPEN, paused_on=None)
            case DutyDischarged(done_on=done_on):
                return self.but(standing=Standing.DISCHARGED, done_on=done_on)
            case DutyDropped():
                return self.but(standing=Standing.DROPPED)
        return self

    @property
    def is_over(self) -> bool:
        return self.standing in (Standing.DISCHARGED, Standing.DROPPED)


class OpenDuty(Command):
    """Enters a duty of which a rule sets the time, with the day on which it arose and who has to see to it."""

    on, opens, numbers, consults = Duty, True, "duty", (Rulebook,)
    may = KEEPERS
    says = ("登记义务", "Enter a duty")
    number: Number | None = None
    rule: Number
    arose_on: Day
    about: Text
    owner: Number
    regards: UUID | None = Field(default=None, description="The case that it is about, if there is one.")

    def decide(self, duty: Duty, given: Given) -> Iterator[Event]:
        not_in_future(self.arose_on, given)
        rule = given[Rulebook].rule(self.rule, self.arose_on)
        NO_SUCH_RULE.unless(rule, rule=self.rule, day=self.arose_on)
        assert rule
        NO_TIME.unless(rule.limit and rule.kind in RUNNING, rule=self.rule)
        NOT_BINDING.unless(rule.binds, rule=self.rule, day=self.arose_on)
        arose = DutyArose(**dict(self) | {"number": self.number or given.number})
        STARTS_ELSEWHERE.unless(rule.clock and rule.clock.started_by(arose), rule=self.rule)
        yield arose


class PauseDuty(Command):
    on, may = Duty, KEEPERS
    says = ("中止义务", "Pause a duty")
    paused_on: Day
    reason: Annotated[Note, MinLen(1)]

    def decide(self, duty: Duty, given: Given) -> Iterator[Event]:
        _running(duty, self.paused_on, given)
        if duty.standing is Standing.OPEN:
            yield DutyPaused(**dict(self))


class ResumeDuty(Command):
    on, may = Duty, KEEPERS
    says = ("恢复义务", "Resume a duty")
    resumed_on: Day

    def decide(self, duty: Duty, given: Given) -> Iterator[Event]:
        _running(duty, self.resumed_on, given)
        NOT_PAUSED.unless(duty.paused_on)
        assert duty.paused_on
        BEFORE_THE_PAUSE.unless(duty.paused_on <= self.resumed_on, day=duty.paused_on)
        yield DutyResumed(resumed_on=self.resumed_on)


class DischargeDuty(Command):
    """What was demanded has been done, on that day, as the evidence shows."""

    on, may = Duty, KEEPERS
    says = ("履行义务", "Discharge a duty")
    done_on: Day
    evidence: Number = Field(description="Number of the receipt, filing or record that proves it.")

    def decide(self, duty: Duty, given: Given) -> Iterator[Event]:
        if duty.done_on != self.done_on:
            _running(duty, self.done_on, given)
            yield DutyDischarged(**dict(self))


class DropDuty(Command):
    """It turned out that the rule demands nothing here."""

    on, may = Duty, frozenset({Role.COMPLIANCE})
    says = ("撤销义务", "Drop a duty")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, duty: Duty, given: Given) -> Iterator[Event]:
        OVER.unless(not duty.is_over)
        yield DutyDropped(reason=self.reason)


def _running(duty: Duty, day: date, given: Given) -> None:
    OVER.unless(not duty.is_over)
    not_in_future(day, given)
    BEFORE_IT_AROSE.unless(duty.arose_on <= day, day=duty.arose_on)
