"""Two clocks run over one unpaid instalment; the first that ends takes the cover, and silence may give it back."""

from __future__ import annotations

from datetime import date

import pytest

from application.policy.silence_is_consent import SilenceIsConsent
from domain.clock import State
from domain.customer import Channel
from domain.docket.clocks import clocks
from domain.docket.events import DeadlineMissed
from domain.kernel import NOT_YET, Event
from domain.policy import events as e
from domain.policy import lapse, premium
from domain.policy import milestones as m
from domain.policy.arrears import stands_until
from domain.policy.sale import CANCELLED, PayPremium
from domain.product import Line
from tests.kit import STREAM
from tests.policy.test_service import HALVES, LAPSED, REINSTATED, SECOND_HALF, cancelled
from tests.rules.clocked import history
from tests.samples import of_policy, paid, replaced, yuan

DUE = date(2026, 7, 1)
FELL_DUE = m.PremiumFellDue(due_on=DUE, amount=yuan(1825), line=Line.HEALTH)
DUNNED = m.PremiumDunned(sent_on=date(2026, 7, 10), due_on=DUE, amount=yuan(1825), line=Line.HEALTH)
DUN = premium.DunPremium(sent_on=DUNNED.sent_on)
SUSPENDED = (*HALVES, LAPSED)
REQUEST = lapse.RequestReinstatement(received_on=date(2026, 9, 10))
ASKED = m.ReinstatementRequested(received_on=REQUEST.received_on, line=Line.HEALTH)
WAITING = (*SUSPENDED, ASKED)
NOTICE = lapse.SendLapseNotice(sent_on=date(2026, 9, 4))
DEEMED = m.ReinstatementDeemed(agreed_on=date(2026, 10, 11))
SILENT = date(2026, 10, 11)
"""The day after the thirtieth, Saturday 10 October, on which is worked."""


def running(*told: tuple[date, Event]) -> dict[str, tuple[date | None, State]]:
    found = clocks(history(*((day, event, STREAM) for day, event in told)))
    return {clock.rule: (clock.due_on, clock.state) for clock in found if clock.rule != "CONTEST-2Y"}


# -- the two clocks (Insurance Law art 36; Interpretation III art 8) ------------------


def test_the_days_of_grace_and_those_of_the_dunning_run_side_by_side_and_the_first_to_end_takes_the_cover():
    # Sixty days from 1 July: Sunday 30 August, so Monday 31 August. Thirty from 10 July: Sunday 9 August, so the 10th.
    both = [(DUE, FELL_DUE), (DUNNED.sent_on, DUNNED)]
    assert running(*both) == {
        "PREM-GRACE-60D": (date(2026, 8, 31), State.RUNNING),
        "PREM-DUNNING-30D": (date(2026, 8, 10), State.RUNNING),
    }
    assert stands_until(Line.HEALTH, DUE, DUNNED.sent_on) == date(2026, 8, 10)
    of_policy(*HALVES, FELL_DUE, DUNNED).when(lapse.LapsePolicy(), on=date(2026, 8, 10)).refused(lapse.NOT_OVERDUE)
    [lapsed] = of_policy(*HALVES, FELL_DUE, DUNNED).when(lapse.LapsePolicy(), on=date(2026, 8, 11)).outcome()
    assert (lapsed.effective_on, lapsed.dunned_on) == (date(2026, 8, 11), DUNNED.sent_on)
    over = running(*both, (date(2026, 8, 11), lapsed))
    assert {rule: state for rule, (_, state) in over.items()} == {
        "PREM-GRACE-60D": State.ENDED,
        "PREM-DUNNING-30D": State.ENDED,
        "LAPSE-NOTICE-10WD": State.RUNNING,
        "REINSTATE-2Y": State.RUNNING,
    }


def test_a_late_dunning_gives_no_longer_than_the_days_of_grace():
    assert stands_until(Line.HEALTH, DUE, date(2026, 8, 20)) == date(2026, 8, 31)


def test_outside_of_life_health_and_accident_a_dunning_shortens_nothing():
    assert stands_until(Line.PROPERTY, DUE, DUNNED.sent_on) == date(2026, 8, 31)


def test_silence_for_thirty_days_is_consent_and_cover_is_back_from_the_day_of_the_payment():
    asked = [(LAPSED.effective_on, LAPSED), (REQUEST.received_on, ASKED)]
    assert running(*asked)["REINSTATE-DEEMED-30D"] == (date(2026, 10, 10), State.RUNNING)
    missed = DeadlineMissed(case=STREAM, rule="REINSTATE-DEEMED-30D", run=1, due_on=date(2026, 10, 10))
    [(stream, command)] = SilenceIsConsent.react(history((SILENT, missed, STREAM))[0])
    assert (stream, command) == (STREAM, lapse.DeemReinstated())
    agreed = of_policy(*WAITING).when(command, on=SILENT).then(DEEMED)
    assert agreed.lapsed_on
    pay = PayPremium(amount=yuan(1825), paid_on=date(2026, 10, 15), reference="R2")
    back = of_policy(*WAITING, DEEMED).when(pay, on=date(2026, 10, 16))
    received = replaced(SECOND_HALF, paid_on=date(2026, 10, 15))
    assert back.then(received, e.PolicyReinstated(effective_on=date(2026, 10, 15))).lapsed_on is None


def test_what_was_paid_before_the_silence_was_over_brings_the_cover_back_at_once():
    earlier = replaced(SECOND_HALF, paid_on=date(2026, 9, 12))
    back = e.PolicyReinstated(effective_on=date(2026, 9, 12))
    of_policy(*WAITING, earlier).when(lapse.DeemReinstated(), on=SILENT).then(DEEMED, back)


def test_another_missed_deadline_means_no_consent():
    missed = DeadlineMissed(case=STREAM, rule="LAPSE-NOTICE-10WD", run=1, due_on=date(2026, 9, 15))
    assert list(SilenceIsConsent.react(history((SILENT, missed, STREAM))[0])) == []


# -- noted and dunned for -------------------------------------------------------------


def test_an_instalment_not_paid_on_its_day_is_noted_once():
    of_policy(*HALVES).when(premium.NotePremiumDue(), on=date(2026, 7, 2)).then(FELL_DUE)
    of_policy(*HALVES, FELL_DUE).when(premium.NotePremiumDue(), on=date(2026, 7, 3)).then()
    of_policy(*HALVES).when(premium.NotePremiumDue(), on=DUE).then()


def test_it_is_dunned_for_once_and_not_in_advance():
    of_policy(*HALVES, FELL_DUE).when(DUN, on=DUNNED.sent_on).then(DUNNED)
    of_policy(*HALVES, FELL_DUE, DUNNED).when(DUN, on=DUNNED.sent_on).then()
    early = premium.DunPremium(sent_on=DUE)
    of_policy(*HALVES).when(early, on=DUNNED.sent_on).refused(premium.NOTHING_OVERDUE)
    of_policy(*HALVES).when(DUN, on=date(2026, 7, 9)).refused(NOT_YET)


def test_a_payment_of_all_that_is_owed_clears_the_arrears():
    pay = PayPremium(amount=yuan(1825), paid_on=date(2026, 7, 20), reference="R2")
    received = replaced(SECOND_HALF, paid_on=date(2026, 7, 20))
    settled = of_policy(*HALVES, FELL_DUE, DUNNED).when(pay, on=date(2026, 7, 20))
    progress = settled.then(received, m.ArrearsCleared(cleared_on=date(2026, 7, 20))).progress
    assert (progress.fell_due_on, progress.dunned_on) == (None, None)


def test_a_part_of_it_clears_nothing():
    pay = PayPremium(amount=yuan(1), paid_on=date(2026, 7, 20), reference="R2")
    of_policy(*HALVES, FELL_DUE).when(pay, on=date(2026, 7, 20)).then(replaced(paid(1, "R2"), paid_on=pay.paid_on))


# -- told, asked for, refused ---------------------------------------------------------


def test_the_policyholder_is_told_of_the_lapse_once():
    sent = m.LapseNoticeSent(sent_on=NOTICE.sent_on, channel=Channel.LETTER)
    of_policy(*SUSPENDED).when(NOTICE, on=NOTICE.sent_on).then(sent)
    of_policy(*SUSPENDED, sent).when(NOTICE, on=NOTICE.sent_on).then()
    of_policy(*HALVES).when(NOTICE, on=NOTICE.sent_on).refused(lapse.NOT_LAPSED)
    of_policy(*SUSPENDED).when(NOTICE, on=date(2026, 9, 3)).refused(NOT_YET)


def test_reinstatement_is_asked_for_once_at_a_time_and_after_the_lapse():
    of_policy(*SUSPENDED).when(REQUEST, on=REQUEST.received_on).then(ASKED)
    of_policy(*WAITING).when(REQUEST, on=REQUEST.received_on).then()
    early = lapse.RequestReinstatement(received_on=date(2026, 8, 31))
    of_policy(*SUSPENDED).when(early, on=REQUEST.received_on).refused(lapse.NOT_LAPSED)
    of_policy(*SUSPENDED).when(REQUEST, on=date(2026, 9, 9)).refused(NOT_YET)


def test_once_refused_it_may_be_asked_for_again():
    refuse = lapse.RefuseReinstatement(risk_risen=True, reason="an illness was found")
    refused = m.ReinstatementRefused(refused_on=date(2026, 9, 20), reason="an illness was found")
    of_policy(*WAITING).when(refuse, on=date(2026, 9, 20)).then(refused)
    again = lapse.RequestReinstatement(received_on=date(2026, 12, 1))
    asked = replaced(ASKED, received_on=date(2026, 12, 1))
    of_policy(*WAITING, refused).when(again, on=date(2026, 12, 1)).then(asked)
    of_policy(*WAITING, refused).when(refuse, on=date(2026, 9, 21)).refused(lapse.NOT_REQUESTED)


def test_where_the_law_knows_no_silence_none_is_consent():
    thing = (replaced(HALVES[0], line=Line.PROPERTY), *HALVES[1:], LAPSED, replaced(ASKED, line=Line.PROPERTY))
    of_policy(*thing).when(lapse.DeemReinstated(), on=SILENT).refused(lapse.NOT_REQUESTED)
    refuse = lapse.RefuseReinstatement(risk_risen=False, reason="the tariff is closed")
    assert of_policy(*thing).when(refuse, on=date(2026, 12, 1)).outcome()


@pytest.mark.parametrize(
    "command",
    [
        NOTICE,
        REQUEST,
        lapse.RefuseReinstatement(risk_risen=True, reason="x"),
        lapse.DeemReinstated(),
        lapse.ReinstatePolicy(),
    ],
    ids=lambda each: type(each).__name__,
)
@pytest.mark.parametrize(
    ("then", "refusal"),
    [((cancelled(date(2026, 9, 15)),), CANCELLED), ((REINSTATED,), lapse.NOT_LAPSED)],
    ids=["ended", "in force again"],
)
def test_what_has_ended_or_is_in_force_again_is_not_lapsed(command, then, refusal):
    of_policy(*WAITING, *then).when(command, on=date(2026, 12, 1)).refused(refusal)


def test_silence_is_consent_once():
    of_policy(*WAITING, DEEMED).when(lapse.DeemReinstated(), on=date(2026, 10, 20)).then()
