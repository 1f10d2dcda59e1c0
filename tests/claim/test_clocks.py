"""The clocks of a claim, each by an example counted on paper beside the text that it follows."""

from __future__ import annotations

from datetime import date

import pytest

from domain.claim import events as e
from domain.claim import milestones as m
from domain.claim.events import Paper, Rejection
from domain.claim.milestones import Regime
from domain.clock import Clock, State
from domain.docket.clocks import clocks
from domain.kernel import EVENTS, Recorded
from domain.product import Line
from domain.rules.law import law
from tests import samples as s
from tests.rows import happened, in_order

REJECTED = e.ClaimRejected(grounds=(Rejection.EXCLUDED,), explanation="cosmetic treatment", decider="sun")
MOTOR = {"line": Line.LIABILITY, "regime": Regime.COMPULSORY_MOTOR}


def day(month: int, day: int) -> date:
    return date(2026, month, day)


def running(rule: str, *history: object) -> list[Clock]:
    """The runs of that rule's clock."""
    return [each for each in clocks(in_order(*history)) if each.rule == rule]  # type: ignore[arg-type]


def proven(on: date, **under: object) -> Recorded:
    return happened(m.ProofArrived(arrived_on=on, **(under or s.UNDER)), on=on)


def requested(on: date, **under: object) -> Recorded:
    return happened(m.ClaimRequested(received_on=on, **(under or s.UNDER)), on=on)


def asked(on: date) -> Recorded:
    return happened(e.DocumentsRequested(papers=(Paper.INVOICE,), asked_on=on), on=on)


def arrived(on: date, known_on: date | None = None) -> Recorded:
    return happened(m.DocumentRequestArrived(arrived_on=on, evidence="SMS-1"), on=known_on or on)


def completed(on: date, **under: object) -> Recorded:
    return happened(m.DocumentsCompleted(completed_on=on, **(under or s.UNDER)), on=on)


def approved(on: date) -> Recorded:
    return happened(s.approved(), on=on)


def rejected(on: date) -> Recorded:
    return happened(REJECTED, on=on)


def sent(on: date) -> Recorded:
    return happened(s.replaced(s.LETTER, sent_on=on), on=on)


def agreed(on: date, days: int = 0, **under: object) -> Recorded:
    return happened(s.replaced(s.AGREED, agreed_on=on, days=days, **under), on=on)


def paid_up(on: date) -> Recorded:
    return happened(s.paid_up(completed_on=on), on=on)


# -- the time to decide ---------------------------------------------------------------


def test_the_thirty_days_stand_still_while_supplements_are_awaited():
    """Insurance Law art 23(1), Supreme People's Court, Interpretation II art 15.

    Request and proof on 3 April: 4 to 10 April are seven days. The one-time notice arrives on the 10th, the supplements
    on the 20th. Of the 23 days left, 21 to 30 April are ten, 1 to 13 May are thirteen.
    """
    history = (requested(day(4, 3)), proven(day(4, 3)), asked(day(4, 9)), arrived(day(4, 10)))
    [waiting] = running("CLAIM-DECIDE-COMPLEX-30D", *history)
    assert (waiting.since, waiting.state, waiting.due_on) == (day(4, 3), State.PAUSED, None)
    [going_on] = running("CLAIM-DECIDE-COMPLEX-30D", *history, completed(day(4, 20)))
    assert (going_on.state, going_on.due_on) == (State.RUNNING, day(5, 13))
    [met] = running("CLAIM-DECIDE-COMPLEX-30D", *history, completed(day(4, 20)), approved(day(5, 13)))
    [late] = running("CLAIM-DECIDE-COMPLEX-30D", *history, completed(day(4, 20)), rejected(day(5, 14)))
    assert (met.state, late.state) == (State.MET, State.LATE)


def test_the_thirty_days_stand_still_from_the_arrival_of_the_notice_and_not_from_its_sending():
    history = (proven(day(4, 3)), asked(day(4, 5)), arrived(day(4, 10), known_on=day(4, 12)), completed(day(4, 20)))
    [clock] = running("CLAIM-DECIDE-COMPLEX-30D", *history)
    assert clock.due_on == day(5, 13)


def test_without_proof_of_its_arrival_a_notice_stops_nothing():
    """3 April and thirty days: 3 May is a Sunday in the Labour Day days off, which end on the 5th."""
    history = (proven(day(4, 3)), asked(day(4, 5)), completed(day(4, 20)))
    [clock] = running("CLAIM-DECIDE-COMPLEX-30D", *history)
    assert clock.due_on == day(5, 6)


def test_a_simple_case_of_an_individual_is_decided_in_five_working_days_from_the_request():
    """Order 2010-4 art 23. Thursday 5 March: 6, 9, 10, 11 and 12 March are the five."""
    [clock] = running("CLAIM-DECIDE-5WD", requested(day(3, 5)))
    assert clock.due_on == day(3, 12)
    assert running("CLAIM-DECIDE-5WD", requested(day(3, 5), line=Line.HEALTH, regime=Regime.COMMON)) == []


def test_a_complex_case_has_the_thirty_days_only():
    history = (
        requested(day(3, 5)),
        proven(day(3, 5)),
        happened(m.ClaimFoundComplex(reason="two hospitals"), on=day(3, 9)),
    )
    assert [(c.rule, c.state) for c in clocks(in_order(*history))] == [
        ("CLAIM-DECIDE-5WD", State.ENDED),
        ("CLAIM-ADVANCE-60D", State.RUNNING),
        ("CLAIM-DECIDE-COMPLEX-30D", State.RUNNING),
    ]


@pytest.mark.parametrize("decision", [approved(day(3, 12)), rejected(day(3, 12))])
def test_either_decision_is_a_decision(decision):
    history = (requested(day(3, 5)), proven(day(3, 5)), decision)
    for rule in ("CLAIM-DECIDE-5WD", "CLAIM-DECIDE-COMPLEX-30D"):
        assert [clock.state for clock in running(rule, *history)] == [State.MET]


def test_a_claim_withdrawn_leaves_nothing_to_decide():
    withdrawn = happened(s.closed(e.Outcome.WITHOUT_PAYMENT, 0), on=day(3, 6))
    history = (requested(day(3, 5)), proven(day(3, 5)), withdrawn)
    assert {clock.state for clock in clocks(in_order(*history))} == {State.ENDED}


def test_a_reopened_claim_that_is_requested_anew_is_decided_anew():
    again = (happened(e.ClaimReopened(ground=e.Reopening.NEW_EVIDENCE), on=day(6, 1)), proven(day(6, 2)))
    first, second = running("CLAIM-DECIDE-COMPLEX-30D", proven(day(3, 5)), approved(day(3, 12)), *again)
    assert (first.state, second.state, second.due_on) == (State.MET, State.RUNNING, day(7, 2))


def test_the_sum_that_is_certain_is_paid_within_sixty_days_while_the_whole_is_not_fixed():
    """Insurance Law art 25. 5 March and sixty days: 26 in March, 30 in April, the fourth of May is in the days off."""
    [clock] = running("CLAIM-ADVANCE-60D", proven(day(3, 5)))
    assert clock.due_on == day(5, 6)
    advance = happened(s.replaced(s.advanced(), paid_on=day(5, 6)), on=day(5, 6))
    assert running("CLAIM-ADVANCE-60D", proven(day(3, 5)), advance)[0].state is State.MET
    assert running("CLAIM-ADVANCE-60D", proven(day(3, 5)), approved(day(4, 1)))[0].state is State.ENDED


# -- after the decision ---------------------------------------------------------------


def test_the_written_refusal_is_sent_within_three_days_of_the_decision():
    """Insurance Law art 24. Rejected on Monday 2 March: 3, 4, 5 March. What counts is the sending."""
    history = (requested(day(2, 9)), proven(day(2, 9)), rejected(day(3, 2)))
    [clock] = running("CLAIM-REJECT-3D", *history)
    assert (clock.since, clock.due_on) == (day(3, 2), day(3, 5))
    assert running("CLAIM-REJECT-3D", *history, sent(day(3, 5)))[0].state is State.MET
    assert running("CLAIM-REJECT-3D", *history, sent(day(3, 6)))[0].state is State.LATE


def test_a_last_day_on_a_weekend_moves_to_monday():
    """Civil Code art 203. Rejected on Wednesday 4 March: the third day is Saturday 7 March."""
    [clock] = running("CLAIM-REJECT-3D", rejected(day(3, 4)))
    assert clock.due_on == day(3, 9)


def test_telling_a_rejection_by_telephone_is_not_sending_it():
    called = happened(s.replaced(s.TOLD, approved=False), on=day(3, 3))
    assert running("CLAIM-REJECT-3D", rejected(day(3, 2)), called)[0].state is State.RUNNING


def test_what_was_agreed_is_paid_in_full_within_ten_days():
    """Insurance Law art 23(1). Agreed on Monday 2 March: due on Thursday 12 March."""
    part = happened(s.claim_paid(400, paid_on=day(3, 5)), on=day(3, 5))
    [clock] = running("CLAIM-PAY-10D", agreed(day(3, 2)), part)
    assert (clock.state, clock.due_on) == (State.RUNNING, day(3, 12))
    assert running("CLAIM-PAY-10D", agreed(day(3, 2)), part, paid_up(day(3, 12)))[0].state is State.MET
    assert running("CLAIM-PAY-10D", agreed(day(3, 2)), part, paid_up(day(3, 13)))[0].state is State.LATE


def test_the_contract_may_set_another_time_to_pay():
    [clock] = running("CLAIM-PAY-10D", agreed(day(3, 2), days=30))
    assert clock.due_on == day(4, 1)


@pytest.mark.parametrize(
    ("regime", "rule"),
    [
        (Regime.COMMON, "CLAIM-PAY-10D"),
        (Regime.INDIVIDUAL, "CLAIM-PAY-10D"),
        (Regime.COMPULSORY_MOTOR, "CLAIM-MTPL-PAY-10D"),
        (Regime.AGRICULTURE, "CLAIM-AGRI-PAY-10D"),
    ],
)
def test_each_kind_of_claim_is_paid_under_its_own_provision(regime, rule):
    history = in_order(agreed(day(3, 2), regime=regime))
    assert [(clock.rule, clock.due_on) for clock in clocks(history)] == [(rule, day(3, 12))]


def test_a_new_assessment_takes_the_agreement_and_its_time_with_it():
    assert running("CLAIM-PAY-10D", agreed(day(3, 2)), happened(s.assessed(800), on=day(3, 5)))[0].state is State.ENDED


# -- compulsory motor -----------------------------------------------------------------


def test_compulsory_motor_names_the_papers_in_a_day_and_decides_in_five_once_they_are_in():
    """Compulsory motor regulation arts 28 and 29. Monday 2 March: listed by the 3rd; papers in on Tuesday the 10th."""
    history = (
        requested(day(3, 2), **MOTOR),
        asked(day(3, 3)),
        proven(day(3, 5), **MOTOR),
        completed(day(3, 10), **MOTOR),
    )
    [listed] = running("CLAIM-MTPL-DOC-1D", *history)
    assert (listed.due_on, listed.state) == (day(3, 3), State.MET)
    [deciding] = running("CLAIM-MTPL-DECIDE-5D", *history)
    # The 15th is a Sunday.
    assert (deciding.since, deciding.due_on) == (day(3, 10), day(3, 16))
    told = happened(s.replaced(s.TOLD, told_on=day(3, 16)), on=day(3, 16))
    assert running("CLAIM-MTPL-DECIDE-5D", *history, approved(day(3, 11)), told)[0].state is State.MET


def test_compulsory_motor_refuses_in_writing():
    history = (completed(day(3, 10), **MOTOR), rejected(day(3, 11)))
    called = happened(s.replaced(s.TOLD, approved=False, told_on=day(3, 12)), on=day(3, 12))
    assert running("CLAIM-MTPL-DECIDE-5D", *history, called)[0].state is State.RUNNING
    assert running("CLAIM-MTPL-DECIDE-5D", *history, called, sent(day(3, 13)))[0].state is State.MET


# -- beside them ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "rule", "until"),
    [
        (Line.LIFE, "CLAIM-LIMIT-5Y", date(2031, 2, 10)),
        (Line.HEALTH, "CLAIM-LIMIT-2Y", date(2028, 2, 10)),
        (Line.PROPERTY, "CLAIM-LIMIT-2Y", date(2028, 2, 10)),
    ],
)
def test_the_claimant_may_sue_for_two_years_and_in_life_insurance_for_five(line, rule, until):
    """Insurance Law art 26, from the loss on 10 February 2026."""
    [clock] = clocks(in_order(happened(s.replaced(s.REGISTERED, line=line), on=day(2, 12))))
    assert (clock.rule, clock.since, clock.due_on) == (rule, s.LOSS_ON, until)


def test_a_guideline_counts_nothing_unless_the_insurer_lets_it_bind():
    rule = law().on("CLAIM-MEDICAL-INFO-1WD", day(3, 2))
    assert rule and rule.clock and rule.clock.started_by(s.NOTICED) and not rule.binds
    assert running("CLAIM-MEDICAL-INFO-1WD", happened(s.NOTICED, on=day(3, 2))) == []


def test_every_event_that_a_clock_of_a_claim_hears_has_the_fields_that_it_reads():
    heard = [each for rule in law() if rule.process == "claim" and rule.clock for each in rule.clock.heard]
    named = [each for each in heard if not each.event.startswith("Duty")]
    assert named
    for each in named:
        assert {each.on, each.limit, *each.where} - {""} <= set(EVENTS[each.event].__struct_fields__), each
