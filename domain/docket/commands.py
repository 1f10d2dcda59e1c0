"""What can be asked of the clocks of a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MinLen

from domain.clock import Clock
from domain.docket import events as e
from domain.docket.clocks import clocks, edition_of
from domain.docket.ladder import ladder, told
from domain.docket.state import Docket, Told, docket_of
from domain.kernel import Command, Event, Given, Refusal
from domain.rules.rulebook import Rulebook
from domain.words import STAFF, Note, Number, Role

NO_CLOCK = Refusal("docket.no_clock", ("本案没有{rule}计时", "no clock of {rule} runs in this case"))
CLOSED = Refusal("docket.closed", ("{rule}计时已经结束", "the clock of {rule} has stopped"))
NOT_EXTENDABLE = Refusal(
    "docket.not_extendable",
    ("{rule}最多可延长{most}（{article}）", "{rule} may be extended by {most} at most ({article})"),
)
ASKED_ALREADY = Refusal("docket.asked_already", ("{rule}的延期申请正在审批", "an extension of {rule} is being decided"))
NOT_ASKED = Refusal("docket.not_asked", ("没有待批的{rule}延期申请", "nobody has asked for an extension of {rule}"))
SAME_PERSON = Refusal("docket.same_person", ("申请人不得自行批准延期", "who asked for more time does not grant it"))
SAME_EDITION = Refusal("docket.same_edition", ("{rule}已按现行版本计算", "{rule} is counted by the edition in force"))

DECIDERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE})


class OfAClock(Command):
    """Concerns the latest run of one rule's clock in one case; decides on the whole history of the case."""

    on, rereads = Docket, ("case",)
    case: UUID
    rule: Number

    @property
    def home(self) -> UUID | None:
        return docket_of(self.case)

    def clock(self, given: Given) -> Clock:
        runs = [clock for clock in clocks(given.history) if clock.rule == self.rule]
        NO_CLOCK.unless(runs, rule=self.rule)
        return runs[-1]

    def running(self, given: Given) -> Clock:
        clock = self.clock(given)
        CLOSED.unless(clock.open, rule=self.rule)
        return clock


class AskExtension(OfAClock):
    """Asks for more time, in the unit of the rule, where the rule allows any."""

    may = STAFF
    consults = (Rulebook,)
    says = ("申请延期", "Ask for more time")
    units: Annotated[int, Ge(1), Le(400)]
    reason: Annotated[Note, MinLen(1)]

    def decide(self, docket: Docket, given: Given) -> Iterator[Event]:
        clock = self.running(given)
        rule = edition_of(clock, given[Rulebook])
        most = rule.clock.extends - clock.extended if rule and rule.clock else 0
        article = f"{rule.source} {rule.article}" if rule else ""
        NOT_EXTENDABLE.unless(self.units <= most, rule=self.rule, most=most, article=article)
        ASKED_ALREADY.unless(docket.asked_for(self.rule, clock.run) is None, rule=self.rule)
        yield e.ExtensionAsked(**dict(self), run=clock.run, asker=given.actor.name, customer=_customer(given))


class GrantExtension(OfAClock):
    """Another person than who asked grants it."""

    may = DECIDERS
    says = ("批准延期", "Grant more time")

    def decide(self, docket: Docket, given: Given) -> Iterator[Event]:
        clock = self.running(given)
        asked = docket.asked_for(self.rule, clock.run)
        NOT_ASKED.unless(asked, rule=self.rule)
        assert asked
        SAME_PERSON.unless(asked.asker != given.actor.name)
        yield e.ClockExtended(
            **dict(self), run=clock.run, units=asked.units, asker=asked.asker, approver=given.actor.name
        )


class DeclineExtension(OfAClock):
    may = DECIDERS
    says = ("不批准延期", "Decline more time")

    def decide(self, docket: Docket, given: Given) -> Iterator[Event]:
        clock = self.clock(given)
        NOT_ASKED.unless(docket.asked_for(self.rule, clock.run), rule=self.rule)
        yield e.ExtensionDeclined(**dict(self), run=clock.run, decider=given.actor.name)


class OfAllClocks(Command):
    """Concerns every clock of one case."""

    on, rereads, consults = Docket, ("case",), (Rulebook,)
    may = frozenset({Role.SYSTEM})
    case: UUID

    @property
    def home(self) -> UUID | None:
        return docket_of(self.case)


class TellDeadlines(OfAllClocks):
    """Records every step that has come by now and was not told of: near, missed, taken further."""

    says = ("提示时限", "Tell of deadlines")

    def decide(self, docket: Docket, given: Given) -> Iterator[Event]:
        for clock in clocks(given.history):
            for rung, at in ladder(clock, given[Rulebook].calendar):
                assert clock.due_on
                if at <= given.now and Told(clock.rule, clock.run, clock.due_on, rung) not in docket.told:
                    yield told(rung, clock, self.case)


class RedateDeadlines(OfAllClocks):
    """Counts what is open by the calendar as it is known now."""

    says = ("按新日历重算", "Redate")

    def decide(self, docket: Docket, given: Given) -> Iterator[Event]:
        calendar = given[Rulebook].calendar
        for clock in clocks(given.history):
            again = clock.dated(calendar) if clock.open else clock
            if (again.due_on, again.provisional) != (clock.due_on, clock.provisional):
                yield e.DeadlineRedated(
                    case=self.case,
                    rule=clock.rule,
                    run=clock.run,
                    before=clock.due_on,
                    due_on=again.due_on,
                    calendar=calendar.name,
                )


class RejudgeClock(OfAClock):
    """Counts a clock by the edition of its rule that is in force today, not by that of its start."""

    may = frozenset({Role.COMPLIANCE})
    consults = (Rulebook,)
    says = ("按现行规则重新计算", "Rejudge")
    reason: Annotated[Note, MinLen(1)]

    def decide(self, docket: Docket, given: Given) -> Iterator[Event]:
        clock = self.clock(given)
        rule = given[Rulebook].binding(self.rule, given.today)
        NO_CLOCK.unless(rule, rule=self.rule)
        assert rule
        SAME_EDITION.unless(rule.edition != clock.edition, rule=self.rule)
        yield e.ClockRejudged(
            **dict(self),
            run=clock.run,
            before=clock.edition,
            counted_by=rule.edition,
            by=given.actor.name,
            customer=_customer(given),
        )


def _customer(given: Given) -> UUID | None:
    """Whose affair the case is, as its events say."""
    return next((each.subject for each in given.history if each.subject), None)
