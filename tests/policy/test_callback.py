"""After the sale: the call-back within the cooling-off period, what it finds, and what was not disclosed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.clock import State
from domain.docket.clocks import clocks
from domain.kernel import Event, Recorded
from domain.policy import callback, sale, service
from domain.policy import events as e
from domain.policy import milestones as m
from domain.policy.events import Ending
from domain.policy.milestones import CallBackWay, Point
from domain.product import Line, Terms
from domain.rules.law import law
from domain.rules.rule import RuleKind
from domain.words import Actor, Period, Role, plus_days
from tests.kit import STREAM, given, going_on
from tests.rules.clocked import history, switched_on
from tests.samples import APPLIED, DELIVERED, ISSUED, SOLD, TERMS, in_force, of_policy, replaced

DELIVERED_ON = DELIVERED.delivered_on
LATER = plus_days(DELIVERED_ON, 7)
ASKED = tuple(point for point in Point if point is not Point.PAYMENT)
CALL = callback.CallBack(made_on=LATER, record="REC-7", confirmed=ASKED)
MADE = m.CallBackRecorded(made_on=LATER, way=CallBackWay.PHONE, record="REC-7", confirmed=ASKED, denied=())
FOUND = m.CallBackFoundFault(
    found_on=LATER, denied=(Point.SURRENDER,), note="took it for a deposit", line=Line.HEALTH, individual=True
)
SETTLE = callback.SettleCallBackFault(settled_on=plus_days(LATER, 3), remedy="premium given back", told_right=True)
KNOWN = m.NonDisclosureFound(found_on=date(2026, 5, 4), fact="an operation in 2024")
NOTE = callback.NoteNonDisclosure(found_on=date(2026, 5, 4), fact="an operation in 2024")
IN_HAND = in_force(DELIVERED)


def but(command, **changes):
    return command.model_copy(update=changes)


def called(command=CALL, *, by: Actor | None = None, before=IN_HAND, on: date = LATER):
    return of_policy(*before).when(command, on=on, by=by)


# -- the call-back --------------------------------------------------------------------


def test_an_applicant_who_confirms_everything_has_been_called_back():
    called().then(MADE)


def test_what_is_not_confirmed_is_a_fault_with_the_customers_own_words():
    confirmed = tuple(point for point in ASKED if point is not Point.SURRENDER)
    command = but(CALL, confirmed=confirmed, denied=(Point.SURRENDER,), note=FOUND.note)
    called(command).then(replaced(MADE, confirmed=confirmed, denied=(Point.SURRENDER,)), FOUND)
    called(but(command, note="")).refused(callback.FAULT_UNTOLD)


@pytest.mark.parametrize("left_out", [point for point in ASKED if point is not Point.APPLICANT])
def test_every_point_is_asked(left_out):
    short = but(CALL, confirmed=tuple(point for point in ASKED if point is not left_out))
    refused = called(short).refused(callback.POINTS_NOT_ASKED)
    assert refused.rule == "CALLBACK-NEW-COOLING" and left_out.zh in refused.tell("zh")


def test_of_the_payment_is_asked_where_premium_is_paid_more_than_once():
    regular = in_force(DELIVERED, instalments=2)
    called(before=regular).refused(callback.POINTS_NOT_ASKED)
    complete = but(CALL, confirmed=tuple(Point))
    called(complete, before=regular).then(replaced(MADE, confirmed=tuple(Point)))


@pytest.mark.parametrize("denied", [(), (Point.APPLICANT,)])
def test_it_is_no_call_back_unless_the_applicant_answers(denied):
    stranger = but(CALL, confirmed=ASKED[1:], denied=denied, note="it was the neighbour")
    called(stranger).refused(callback.NOT_THE_APPLICANT)


def test_customers_answer_for_themselves_on_our_own_system_only():
    customer = Actor("wang", Role.CUSTOMER, APPLIED.customer)
    called(by=customer).refused(callback.NOT_ELECTRONIC)
    electronic = but(CALL, way=CallBackWay.ELECTRONIC)
    called(electronic, by=customer).then(replaced(MADE, way=CallBackWay.ELECTRONIC))


@pytest.mark.parametrize("before", [in_force(), in_force(replaced(DELIVERED, delivered_on=plus_days(LATER, 1)))])
def test_nobody_is_called_back_about_what_they_have_not_in_hand(before):
    called(before=before).refused(callback.NOT_DELIVERED)


def test_one_call_back_is_enough():
    called(before=(*IN_HAND, MADE)).refused(callback.CALLED_BACK)


def test_an_ended_contract_is_not_called_back_about():
    ended = e.PolicyCancelled(effective_on=LATER, ending=Ending.COOLING_OFF, refund=ISSUED.premium)
    called(before=(*IN_HAND, ended)).refused(sale.CANCELLED)


# -- what it found --------------------------------------------------------------------


def test_what_it_found_is_settled_once():
    settled = m.CallBackFaultSettled(
        settled_on=SETTLE.settled_on, remedy=SETTLE.remedy, told_right=True, settler="a.service"
    )
    found = (*IN_HAND, MADE, FOUND)
    called(SETTLE, before=found, on=SETTLE.settled_on).then(settled)
    called(SETTLE, before=(*found, settled), on=SETTLE.settled_on).refused(callback.NO_FAULT)


def test_nothing_is_settled_before_it_was_found():
    early = but(SETTLE, settled_on=plus_days(LATER, -1))
    called(early, before=(*IN_HAND, MADE, FOUND)).refused(callback.NO_FAULT)


def test_who_was_misled_about_long_term_health_cover_is_told_of_the_right_to_rescind():
    long = replaced(APPLIED, period=Period(date(2026, 1, 1), date(2027, 12, 31)))
    found = (long, *IN_HAND[1:], MADE, FOUND)
    untold = but(SETTLE, told_right=False)
    called(untold, before=found, on=SETTLE.settled_on).refused(callback.RIGHT_UNTOLD)
    assert called(untold, before=(*IN_HAND, MADE, FOUND), on=SETTLE.settled_on).outcome()


def test_nobody_who_sells_settles_what_a_call_back_found():
    assert Role.AGENT not in callback.SettleCallBackFault.may | callback.CallBack.may


# -- non-disclosure -------------------------------------------------------------------


def test_without_a_ground_on_record_an_insurer_rescinds_nothing():
    rescind = service.CancelPolicy(effective_on=date(2026, 5, 4), ending=Ending.RESCISSION)
    of_policy(*IN_HAND).when(rescind, on=date(2026, 5, 4)).refused(service.NO_GROUND)


def test_it_is_known_from_the_first_day_on_which_it_was_known():
    of_policy(*IN_HAND).when(NOTE, on=date(2026, 5, 4)).then(KNOWN)
    of_policy(*IN_HAND, KNOWN).when(but(NOTE, found_on=date(2026, 5, 20)), on=date(2026, 5, 20)).then()


@pytest.mark.parametrize(("on", "refusal"), [(date(2026, 6, 3), None), (date(2026, 6, 4), service.KNOWN_TOO_LONG)])
def test_thirty_days_after_it_was_known_the_right_to_rescind_is_lost(on, refusal):
    rescind = service.CancelPolicy(effective_on=on, ending=Ending.RESCISSION)
    attempt = of_policy(*IN_HAND, KNOWN).when(rescind, on=on)
    assert attempt.refused(refusal) if refusal else attempt.outcome()


@pytest.mark.parametrize(("on", "refusal"), [(date(2027, 12, 21), None), (date(2027, 12, 22), service.INCONTESTABLE)])
def test_two_years_after_it_was_made_a_contract_is_incontestable(on, refusal):
    long = replaced(APPLIED, period=Period(date(2026, 1, 1), date(2030, 12, 31)))
    known = replaced(KNOWN, found_on=date(2027, 12, 10))
    rescind = service.CancelPolicy(effective_on=on, ending=Ending.RESCISSION)
    attempt = of_policy(long, *IN_HAND[1:], known).when(rescind, on=on)
    assert attempt.refused(refusal) if refusal else attempt.outcome()


# -- cooling-off by product -----------------------------------------------------------


def delivered(line: Line, days: int, years: int, *, individual: bool = True) -> e.PolicyDelivered:
    """As it is delivered, by the door: what the product says of the cooling-off, and how long the contract runs."""
    terms: Terms = replace(TERMS, line=line, cooling_off_days=days, longest_months=12 * years)
    product = (replaced(SOLD[0], terms=terms), *SOLD[1:])
    period = Period(date(2026, 1, 1), date(2026 + years - 1, 12, 31))
    sold = (replaced(APPLIED, line=line, period=period, individual=individual), *in_force()[1:])
    deliver = sale.DeliverPolicy(delivered_on=DELIVERED_ON, evidence="R-1")
    attempt = given(*sold, beside=(product,)).when(deliver, on=DELIVERED_ON)
    [event] = attempt.outcome()
    assert isinstance(event, e.PolicyDelivered)
    return event


def running(*told: tuple[date, Event], on: tuple[str, ...] = ()) -> dict[str, date | None]:
    """When the clocks of the cooling-off and of the call-back end; so many rules have been switched on."""
    rules = [switched_on(law().editions[id][-1]) for id in on]
    told_of = [(replace_day(each, DELIVERED_ON)) for each in rules]
    log: list[Recorded] = history(*told_of, *((day, event, STREAM) for day, event in told))
    return {clock.rule: clock.due_on for clock in clocks(log)}


def replace_day(told, day: date):
    return (day, *told[1:])


def test_the_cooling_off_of_long_term_health_cover_is_that_of_its_product():
    # Health Insurance Measures (O2019-3) art 15: fifteen days at least; the product here gives twenty.
    clocked = running((DELIVERED_ON, delivered(Line.HEALTH, 20, 2)))
    assert clocked == {
        "COOL-HEALTH-15D": date(2026, 1, 25),
        "CALLBACK-HEALTH-COOLING": date(2026, 1, 25),
        "CALLBACK-NEW-COOLING": date(2026, 1, 25),
    }


def test_that_of_a_life_contract_is_counted_where_the_insurer_has_bound_itself():
    # No regulation that was read gives life cover a number of days: it is the contract that does.
    told = (DELIVERED_ON, delivered(Line.LIFE, 15, 20))
    assert running(told) == {"CALLBACK-NEW-COOLING": date(2026, 1, 20)}
    assert running(told, on=("COOL-GENERAL",))["COOL-GENERAL"] == date(2026, 1, 20)


@pytest.mark.parametrize(
    "event",
    [
        delivered(Line.HEALTH, 0, 1),
        delivered(Line.LIFE, 10, 1),
        delivered(Line.ACCIDENT, 15, 2, individual=False),
        delivered(Line.PROPERTY, 0, 1),
    ],
    ids=["health for a year", "life for a year", "for a group", "property"],
)
def test_no_call_back_is_due_for_a_year_a_group_or_a_thing(event):
    assert running((DELIVERED_ON, event)) == {}


def test_a_call_back_on_the_last_day_of_the_cooling_off_is_in_time_and_the_next_day_late():
    event = delivered(Line.LIFE, 15, 20)
    last = DELIVERED_ON + timedelta(15)
    for day, state in ((last, State.MET), (last + timedelta(1), State.LATE)):
        log = history((DELIVERED_ON, event, STREAM), (day, replaced(MADE, made_on=day), STREAM))
        [clock] = clocks(log)
        assert (clock.rule, clock.kind, clock.state) == ("CALLBACK-NEW-COOLING", RuleKind.DEADLINE, state)


def test_a_delivered_policy_remembers_that_it_runs_for_over_a_year():
    policy = of_policy(*IN_HAND).when(CALL, on=LATER).before
    assert not policy.long_term
    assert going_on(policy.but(period=Period(date(2026, 1, 1), date(2027, 1, 1)))).long_term
