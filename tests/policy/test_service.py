"""A policy in force: endorsed, renewed, lapsed, reinstated, ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.kernel import OTHER_CURRENCY
from domain.policy import events as e
from domain.policy import lapse, sale, service
from domain.policy.events import Ending, Sum
from domain.policy.milestones import NonDisclosureFound
from domain.policy.upkeep import RefundFellDue
from domain.product import Line
from domain.words import LAST_DAY, Period
from tests.kit import TODAY
from tests.samples import (
    APPLIED,
    CLAIM_ID,
    DELIVERED,
    MILLION,
    NEXT_YEAR,
    PREMIUM,
    SOLD,
    TERMS,
    TWO_MILLION,
    hospital,
    in_force,
    of_policy,
    paid,
    policy,
    replaced,
    usd,
    yuan,
)

MID = date(2026, 7, 1)
"""184 days are left, this one included: 1,840.00 per million."""


def endorse(on: date = MID, sums: tuple[Sum, ...] = TWO_MILLION) -> service.EndorsePolicy:
    return service.EndorsePolicy(effective_on=on, sums=sums, reason="wants more")


def endorsed(on: date = MID, sums=TWO_MILLION, difference: int | str = 1840, due_on: date | None = None):
    return e.PolicyEndorsed(effective_on=on, sums=sums, difference=yuan(difference), reason="wants more", due_on=due_on)


def cancel(on: date = MID, ending: Ending = Ending.REQUEST) -> service.CancelPolicy:
    return service.CancelPolicy(effective_on=on, ending=ending)


def cancelled(on: date = MID, ending: Ending = Ending.REQUEST, refund: int | str = 1840) -> e.PolicyCancelled:
    return e.PolicyCancelled(effective_on=on, ending=ending, refund=yuan(refund))


RENEWED = e.PolicyRenewed(period=NEXT_YEAR, premium=PREMIUM, instalments=1)
HALVES = in_force(instalments=2)
"""1,825.00 paid, and as much due on 1 July; the 60 days of grace end on 30 August."""
LAPSED = e.PolicyLapsed(effective_on=date(2026, 9, 1), due_on=MID, line=Line.HEALTH, individual=True)
SECOND_HALF = paid(1825, "R2")
REINSTATED = e.PolicyReinstated(effective_on=date(2026, 10, 1))
LAPSE, REINSTATE, RENEW = lapse.LapsePolicy(), lapse.ReinstatePolicy(), service.RenewPolicy()

# -- endorsement ----------------------------------------------------------------------


def test_an_endorsement_costs_the_difference_for_the_days_that_remain():
    of_policy(*in_force()).when(endorse()).then(endorsed())


def test_an_endorsement_to_less_gives_back():
    of_policy(*in_force()).when(endorse(sums=(hospital(500_000),))).then(
        endorsed(sums=(hospital(500_000),), difference=-920)
    )


@pytest.mark.parametrize(
    ("on", "difference"), [(date(2026, 1, 1), 3650), (date(2026, 12, 31), 10), (date(2026, 12, 30), 20)]
)
def test_the_first_and_the_last_day_are_counted(on, difference):
    due_on = TODAY if on < TODAY else None
    of_policy(*in_force()).when(endorse(on)).then(endorsed(on, difference=difference, due_on=due_on))


def test_an_endorsement_carries_the_loading():
    loaded = e.UnderwritingDecided(
        verdict=e.Verdict.LOAD, loading_percent=50, exclusions=(), premium=PREMIUM, reason="x", underwriter="u"
    )
    history = list(in_force())
    history[2] = loaded
    of_policy(*history).when(endorse()).then(endorsed(difference=2760))


def test_an_endorsement_to_the_same_changes_nothing():
    of_policy(*in_force()).when(endorse(sums=MILLION)).then()


@pytest.mark.parametrize(
    ("sums", "refusal"),
    [
        ((hospital(0),), sale.NOTHING_INSURED),
        ((Sum("DENTAL", yuan(1)),), sale.UNKNOWN_BENEFIT),
        ((hospital(2_000_001),), sale.SUM_TOO_LARGE),
        ((hospital(1), hospital(2)), sale.BENEFIT_TWICE),
        ((Sum("HOSPITAL", usd(1), usd(0)),), OTHER_CURRENCY),
    ],
)
def test_endorsed_sums_fit_the_product(sums, refusal):
    of_policy(*in_force()).when(endorse(sums=sums)).refused(refusal)


@pytest.mark.parametrize(
    ("history", "on"),
    [
        ((APPLIED,), MID),
        (in_force(), date(2025, 12, 31)),
        (in_force(), date(2027, 1, 1)),
        ((*HALVES, LAPSED), LAPSED.effective_on),
    ],
)
def test_only_what_is_in_force_is_endorsed(history, on):
    of_policy(*history).when(endorse(on)).refused(service.NOT_IN_FORCE)


def test_an_ended_contract_is_not_endorsed_not_even_for_days_before_its_end():
    of_policy(*in_force(cancelled())).when(endorse(date(2026, 5, 1))).refused(sale.CANCELLED)


def test_a_backdated_endorsement_costs_only_the_days_until_the_next_change():
    march = date(2026, 3, 1)
    command = endorse(march, sums=(hospital(1_500_000),))
    expected = endorsed(march, sums=(hospital(1_500_000),), difference=610, due_on=date(2026, 8, 1))
    after = of_policy(*in_force(endorsed())).when(command, on=date(2026, 8, 1)).then(expected)
    assert after.cover_on(date(2026, 6, 30)).sums == (hospital(1_500_000),)
    assert after.cover_on(MID).sums == TWO_MILLION
    assert after.sums == TWO_MILLION


def test_the_price_of_a_backdated_endorsement_is_not_overdue_before_it_was_known():
    known = date(2026, 10, 1)
    after = (
        of_policy(*in_force())
        .when(endorse(date(2026, 2, 1)), on=known)
        .then(endorsed(date(2026, 2, 1), difference=3340, due_on=known))
    )
    assert after.overdue_since(known) is None
    assert after.overdue_since(known + timedelta(1)) == known


# -- renewal --------------------------------------------------------------------------


def test_a_renewal_runs_as_long_from_the_next_day():
    renewed = of_policy(*in_force()).when(RENEW).then(RENEWED)
    assert renewed.cover_on(date(2027, 12, 31)).sums == MILLION
    assert renewed.cover_on(date(2028, 1, 1)) is None


def test_a_renewal_is_priced_for_what_is_insured_on_the_last_day():
    march = endorsed(date(2026, 3, 1), sums=(hospital(1_500_000),), difference=610)
    dearer = replaced(RENEWED, premium=yuan(7300))
    renewed = of_policy(*in_force(endorsed(), march)).when(RENEW).then(dearer)
    assert renewed.cover_on(date(2027, 1, 1)).sums == TWO_MILLION


def test_a_renewal_may_be_paid_in_instalments():
    renewed = of_policy(*in_force()).when(service.RenewPolicy(instalments=4)).then(replaced(RENEWED, instalments=4))
    assert [due.due_on for due in renewed.dues[1:]] == [date(2027, month, 1) for month in (1, 4, 7, 10)]


@pytest.mark.parametrize("history", [(APPLIED,), (*HALVES, LAPSED)])
def test_only_a_contract_in_force_at_its_end_is_renewed(history):
    of_policy(*history).when(RENEW).refused(service.NOT_IN_FORCE)


def test_an_ended_contract_is_not_renewed():
    of_policy(*in_force(cancelled())).when(RENEW).refused(sale.CANCELLED)


@pytest.mark.parametrize(("days", "fits"), [(100, True), (101, False)])
def test_a_contract_is_renewed_within_the_calendar(days, fits):
    ends_on = LAST_DAY - timedelta(100)
    history = list(in_force())
    history[0] = replaced(APPLIED, period=Period(ends_on - timedelta(days - 1), ends_on))
    attempt = of_policy(*history).when(RENEW)
    if fits:
        assert len(attempt.outcome()) == 1
    else:
        attempt.refused(service.TOO_FAR)


# -- lapse and reinstatement ----------------------------------------------------------


def test_cover_lapses_when_the_days_of_grace_are_over():
    # The sixtieth day is a Sunday, so that it is the Monday (Civil Code art 203).
    of_policy(*HALVES).when(LAPSE, on=date(2026, 9, 1)).then(LAPSED)


@pytest.mark.parametrize(
    ("history", "on"),
    [
        (HALVES, date(2026, 8, 31)),
        (HALVES, date(2026, 7, 1)),
        ((*HALVES, SECOND_HALF), date(2026, 9, 1)),
        (in_force(), date(2026, 12, 31)),
    ],
)
def test_cover_does_not_lapse_within_grace_or_when_paid(history, on):
    of_policy(*history).when(LAPSE, on=on).refused(lapse.NOT_OVERDUE)


@pytest.mark.parametrize(
    ("history", "on"),
    [((*HALVES, LAPSED), date(2026, 9, 2)), (HALVES, date(2027, 1, 1)), ((*HALVES, cancelled()), date(2026, 9, 1))],
)
def test_only_cover_in_force_lapses(history, on):
    of_policy(*history).when(LAPSE, on=on).refused(service.NOT_IN_FORCE)


def test_cover_does_not_lapse_while_a_credit_stands():
    credit = endorsed(sums=(hospital(1),), difference=-1900)
    of_policy(*HALVES, credit).when(LAPSE, on=date(2026, 9, 1)).refused(lapse.NOT_OVERDUE)


def test_lapsed_cover_is_restored_from_today_once_paid():
    of_policy(*HALVES, LAPSED, SECOND_HALF).when(REINSTATE, on=date(2026, 10, 1)).then(REINSTATED)


def test_reinstatement_takes_no_effect_before_the_lapse():
    early = replaced(REINSTATED, effective_on=LAPSED.effective_on)
    of_policy(*HALVES, LAPSED, SECOND_HALF).when(REINSTATE, on=date(2026, 8, 1)).then(early)


@pytest.mark.parametrize("history", [in_force(), (*HALVES, LAPSED, SECOND_HALF, REINSTATED)])
def test_only_lapsed_cover_is_restored(history):
    of_policy(*history).when(REINSTATE).refused(lapse.NOT_LAPSED)


def test_an_ended_contract_is_not_reinstated():
    history = (*HALVES, cancelled(date(2026, 12, 1)), LAPSED, SECOND_HALF)
    of_policy(*history).when(REINSTATE, on=date(2026, 12, 2)).refused(sale.CANCELLED)


@pytest.mark.parametrize(("on", "fits"), [(date(2028, 9, 1), True), (date(2028, 9, 2), False)])
def test_cover_is_restored_within_two_years_of_its_lapse(on, fits):
    attempt = of_policy(*HALVES, LAPSED, SECOND_HALF).when(REINSTATE, on=on)
    if fits:
        attempt.then(replaced(REINSTATED, effective_on=on))
    else:
        attempt.refused(lapse.REINSTATED_TOO_LATE)


@pytest.mark.parametrize("payments", [(), (paid("1824.99", "R2"),)])
def test_cover_is_not_restored_while_premium_is_owed(payments):
    of_policy(*HALVES, LAPSED, *payments).when(REINSTATE, on=date(2026, 10, 1)).refused(lapse.STILL_OWED)


def test_an_endorsement_for_days_before_the_lapse_does_not_hide_it():
    history = (*HALVES, LAPSED, endorsed(date(2026, 8, 1), difference=1530), paid(9_000, "R2"))
    of_policy(*history).when(REINSTATE, on=date(2026, 10, 1)).then(REINSTATED)


# -- the end --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "fits"), [(date(2026, 1, 5), True), (date(2026, 1, 20), True), (date(2026, 1, 21), False)]
)
def test_within_the_cooling_off_period_everything_is_paid_back(on, fits):
    attempt = of_policy(*in_force(DELIVERED)).when(cancel(on, Ending.COOLING_OFF), on=on)
    if fits:
        attempt.then(cancelled(on, Ending.COOLING_OFF, 3650), owed(3650, on))
    else:
        attempt.refused(service.COOLING_OFF_OVER)


def test_the_cooling_off_period_is_over_even_for_an_end_dated_back_into_it():
    asked_for = cancel(date(2026, 1, 10), Ending.COOLING_OFF)
    of_policy(*in_force(DELIVERED)).when(asked_for, on=date(2026, 1, 21)).refused(service.COOLING_OFF_OVER)


def test_the_cooling_off_period_does_not_begin_before_delivery():
    of_policy(*in_force()).when(cancel(ending=Ending.COOLING_OFF)).refused(service.COOLING_OFF_OVER)


def test_a_product_without_a_cooling_off_period_gives_none_not_even_on_the_day_of_delivery():
    product = (replaced(SOLD[0], terms=replace(TERMS, cooling_off_days=0)), *SOLD[1:])
    day = DELIVERED.delivered_on
    attempt = of_policy(*in_force(DELIVERED)).when(cancel(day, Ending.COOLING_OFF), on=day, consulting=[product])
    attempt.refused(service.COOLING_OFF_OVER)


def owed(refund: int, since: date) -> RefundFellDue:
    return RefundFellDue(amount=yuan(refund), since=since, line=Line.HEALTH)


ENDINGS = [ending for ending in Ending if ending is not Ending.COOLING_OFF]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize(("on", "refund"), [(date(2026, 1, 1), 3650), (MID, 1840), (date(2026, 12, 31), 10)])
def test_after_it_the_unearned_part_is_paid_back(ending, on, refund):
    known = NonDisclosureFound(found_on=date(2026, 1, 1), fact="an operation in 2024")
    of_policy(*in_force(known)).when(cancel(on, ending), on=date(2026, 1, 1)).then(
        cancelled(on, ending, refund), owed(refund, date(2026, 1, 1))
    )


@pytest.mark.parametrize("ending", ENDINGS)
def test_only_a_surrender_is_never_dated_back(ending):
    known = NonDisclosureFound(found_on=MID, fact="an operation in 2024")
    attempt = of_policy(*in_force(known)).when(cancel(MID, ending), on=date(2026, 7, 2))
    if ending is Ending.REQUEST:
        attempt.refused(service.BACKDATED)
    else:
        attempt.then(cancelled(MID, ending), owed(1840, date(2026, 7, 2)))


@pytest.mark.parametrize(("history", "on"), [(in_force(), date(2027, 1, 1)), ((*HALVES, LAPSED), LAPSED.effective_on)])
def test_only_what_is_in_force_is_ended(history, on):
    of_policy(*history).when(cancel(on)).refused(service.NOT_IN_FORCE)


@pytest.mark.parametrize("ending", Ending)
def test_a_policy_not_issued_is_not_ended(ending):
    of_policy(APPLIED).when(cancel(ending=ending)).refused(sale.NOT_ISSUED)


@pytest.mark.parametrize("later", [(), (endorsed(date(2026, 5, 1), difference=10),)])
def test_a_contract_ends_once(later):
    of_policy(*in_force(cancelled(), *later)).when(cancel(date(2026, 5, 1))).refused(sale.CANCELLED)


@pytest.mark.parametrize(
    ("history", "on", "refund"),
    [
        (in_force(endorsed(), paid(1840, "R2")), date(2026, 7, 1), 3680),
        (in_force(endorsed(), paid(1840, "R2")), date(2026, 12, 31), 20),
        (in_force(RENEWED, paid(3650, "R2")), date(2027, 1, 1), 3650),
        (in_force(RENEWED, paid(3650, "R2")), date(2027, 12, 31), 10),
        (in_force(RENEWED, paid(3650, "R2")), MID, 1840 + 3650),
        (in_force(RENEWED), MID, 1840),
        (HALVES, MID, "15"),
        (HALVES, date(2026, 7, 2), "5"),
        (HALVES, date(2026, 7, 3), "0"),
    ],
)
def test_what_is_unearned_counts_endorsements_renewals_and_what_was_paid(history, on, refund):
    assert service.unearned(policy(*history), on) == yuan(refund)


# -- claims that wait for premium -----------------------------------------------------

AWAIT = service.AwaitPremium(claim=CLAIM_ID)
WAITS = e.ClaimAwaitedPremium(claim=CLAIM_ID)
AFTER_DUE = date(2026, 7, 2)


def test_a_claim_waits_for_overdue_premium_once():
    of_policy(*HALVES).when(AWAIT, on=AFTER_DUE).then(WAITS)
    of_policy(*HALVES, WAITS).when(AWAIT, on=AFTER_DUE).then()


def test_no_claim_waits_while_nothing_is_overdue():
    of_policy(*HALVES).when(AWAIT, on=MID).then()


def test_the_claims_that_waited_are_told_when_all_is_paid():
    pay = sale.PayPremium(amount=yuan(1825), paid_on=SECOND_HALF.paid_on, reference="R2")
    arrived = e.AwaitedPremiumArrived(claims=(CLAIM_ID,))
    settled = of_policy(*HALVES, WAITS).when(pay, on=AFTER_DUE).then(SECOND_HALF, arrived)
    assert settled.waiting_claims == ()


def test_a_part_payment_does_not_release_the_claims_that_wait():
    pay = sale.PayPremium(amount=yuan("1824.99"), paid_on=SECOND_HALF.paid_on, reference="R2")
    of_policy(*HALVES, WAITS).when(pay, on=AFTER_DUE).then(paid("1824.99", "R2"))
