"""From the application to the offer: completeness, the standard's doubts, rulings by authority, the verdict, consent."""

from __future__ import annotations

from datetime import date

import pytest

from domain.customer import Customer
from domain.policy import events as e
from domain.policy import examination as x
from domain.policy import risk as r
from domain.policy import sale
from domain.policy import underwriting as u
from domain.policy.appetite import APPETITES, appetite_on
from domain.policy.events import Answer, Verdict
from domain.policy.risk import Concern, Interest, Ruling
from domain.product import Line
from domain.words import Actor, Period, Role
from tests import samples as s
from tests.kit import TODAY, folded
from tests.policy import examined as x_ed

LIN = Actor("lin", Role.UNDERWRITER, authority=100_000_000)
SMALL = Actor("qian", Role.UNDERWRITER, authority=99_999_999)
ZHOU = Actor("zhou", Role.SUPERVISOR, authority=99_999_999)
CHECK = x.CompleteApplication(completed_on=date(2025, 12, 19))
HEALTHY = (s.replaced(s.APPLIED, period=Period(date(2026, 4, 1), date(2027, 3, 31))), s.DISCLOSED)
COMPLETE = (*HEALTHY, s.COMPLETE)
OPEN = (*COMPLETE, x_ed.RAISED)
RULE = u.RuleIssue(concern=Concern.LARGE_SUM, ruling=Ruling.APPROVE, reason="looked at")


def raised(*history, command=CHECK, customer=s.CUSTOMER):
    events = s.of_policy(*history).when(command, consulting=[customer]).outcome()
    return [each.concern for each in events if isinstance(each, r.IssueRaised)]


# -- the application as it comes in ---------------------------------------------------


def test_what_is_wanting_is_told_at_once_and_then_complete():
    find = x.FindWanting(received_on=date(2026, 3, 2), wanting=("bank account",))
    s.of_policy(*HEALTHY).when(find).then(x_ed.WANTING)
    ask = x.AskCorrections(asked_on=date(2026, 3, 2))
    s.of_policy(*HEALTHY).when(ask).refused(x.NOTHING_WANTING)
    s.of_policy(*HEALTHY, x_ed.WANTING).when(ask).then(x_ed.ASKED)
    s.of_policy(*HEALTHY, x_ed.WANTING, x_ed.ASKED).when(CHECK).then(s.COMPLETE)
    s.of_policy(*COMPLETE).when(find).refused(x.COMPLETED)


def test_no_application_is_complete_without_the_disclosure():
    s.of_policy(HEALTHY[0]).when(CHECK).refused(sale.NOT_DISCLOSED)


@pytest.mark.parametrize(("insured", "doubted"), [(2_000_000, False), (2_000_001, True)])
def test_a_large_sum_raises_an_issue(insured, doubted):
    applied = s.replaced(HEALTHY[0], sums=(s.hospital(insured),))
    assert (Concern.LARGE_SUM in raised(applied, s.DISCLOSED)) is doubted


@pytest.mark.parametrize(("answer", "doubted"), [("No", False), ("否", False), ("是，两次", True), ("Yes, once", True)])
def test_an_adverse_answer_raises_an_issue(answer, doubted):
    told = e.DisclosureAnswered(answers=(Answer("In hospital?", answer),))
    assert (Concern.ADVERSE_ANSWER in raised(HEALTHY[0], told)) is doubted


@pytest.mark.parametrize(("born_on", "doubted"), [(date(1965, 3, 3), False), (date(1965, 3, 2), True)])
def test_an_age_beyond_the_standard_raises_an_issue(born_on, doubted):
    customer = folded(Customer, s.replaced(s.REGISTERED_CUSTOMER, born_on=born_on), stream=s.CUSTOMER_ID)
    assert (Concern.AGE in raised(*HEALTHY, customer=customer)) is doubted


@pytest.mark.parametrize(("starts_on", "doubted"), [(TODAY, False), (date(2026, 3, 1), True)])
def test_a_backdated_period_raises_an_issue(starts_on, doubted):
    applied = s.replaced(HEALTHY[0], period=Period(starts_on, date(2026, 12, 31)))
    assert (Concern.BACKDATED in raised(applied, s.DISCLOSED)) is doubted


def test_a_check_that_is_needed_is_an_issue_until_its_report_is_ruled_on():
    checked = CHECK.model_copy(update={"examination": True})
    assert raised(*HEALTHY, command=checked) == [Concern.EXAMINATION]
    waiting = (*HEALTHY, s.replaced(s.COMPLETE, examination=True))
    s.of_policy(*waiting).when(x.AskExamination(told_on=TODAY)).then(x_ed.TOLD)
    report = x.ReceiveExamination(received_on=TODAY, findings="nothing found")
    s.of_policy(*waiting).when(report).then(x_ed.REPORTED)
    s.of_policy(*COMPLETE).when(report).refused(x.NO_EXAMINATION)


def test_an_issue_names_the_standard_by_which_it_was_raised():
    applied = s.replaced(HEALTHY[0], sums=(s.hospital(2_000_001),))
    [_, issue] = s.of_policy(applied, s.DISCLOSED).when(CHECK).outcome()
    assert issue.standard == appetite_on(TODAY).number == APPETITES[-1].number
    assert set(APPETITES[-1].sums) == set(Line)


# -- rulings --------------------------------------------------------------------------


def test_who_has_the_authority_rules_and_who_has_not_refers():
    s.of_policy(*OPEN).when(RULE, by=LIN).then(
        s.replaced(x_ed.RULED, ruling=Ruling.APPROVE, reason="looked at", loading_percent=0, exclusion="")
    )
    s.of_policy(*OPEN).when(RULE, by=SMALL).refused(u.REFER)
    refer = u.ReferIssue(concern=Concern.LARGE_SUM, reason="beyond mine")
    s.of_policy(*OPEN).when(refer, by=Actor("lin", Role.UNDERWRITER)).then(x_ed.REFERRED)


def test_without_a_profile_nothing_is_accepted_but_anything_may_be_declined():
    nobody = Actor("new", Role.UNDERWRITER)
    s.of_policy(*OPEN).when(RULE, by=nobody).refused(u.REFER)
    declined = RULE.model_copy(update={"ruling": Ruling.DECLINE})
    assert s.of_policy(*OPEN).when(declined, by=nobody).outcome()


def test_a_special_approval_is_beyond_the_authority_and_says_so():
    special = u.ApproveSpecially(concern=Concern.LARGE_SUM, reason="reinsured")
    [event] = s.of_policy(*OPEN).when(special, by=ZHOU).outcome()
    assert isinstance(event, r.IssueSpeciallyApproved) and event.authority < event.needs
    able = Actor("gu", Role.SUPERVISOR, authority=100_000_000)
    s.of_policy(*OPEN).when(special, by=able).refused(u.NOT_BEYOND)


def test_nobody_rules_on_or_decides_what_they_sold():
    seller = Actor("ag-7", Role.UNDERWRITER, authority=100_000_000)
    s.of_policy(*OPEN).when(RULE, by=seller).refused(u.OWN_SALE)
    decide = u.DecideUnderwriting(verdict=Verdict.ACCEPT, reason="x")
    s.of_policy(*COMPLETE).when(decide, by=seller).refused(u.OWN_SALE)


def test_an_issue_is_ruled_on_once_unless_it_is_reopened():
    ruled = (*OPEN, x_ed.RULED)
    s.of_policy(*ruled).when(RULE, by=LIN).refused(u.NO_ISSUE)
    reopen = u.ReopenIssue(concern=Concern.LARGE_SUM, reason="new results")
    s.of_policy(*ruled).when(reopen, by=LIN).then(x_ed.REOPENED)
    assert s.of_policy(*ruled, x_ed.REOPENED).when(RULE, by=LIN).outcome()
    s.of_policy(*OPEN).when(reopen, by=LIN).refused(u.NOT_RULED)


def test_an_underwriter_raises_what_the_standard_does_not_see():
    s.of_policy(*COMPLETE).when(u.RaiseIssue(detail="a rare trade")).then(
        r.IssueRaised(concern=Concern.OTHER, detail="a rare trade", needs=s.yuan(1_000_000), standard="UW-2024.1")
    )
    s.of_policy(*HEALTHY).when(u.RaiseIssue(detail="a rare trade")).refused(u.INCOMPLETE)


# -- verdict and offer ----------------------------------------------------------------


def test_no_verdict_while_an_issue_is_open_or_the_application_incomplete():
    decide = u.DecideUnderwriting(verdict=Verdict.ACCEPT, reason="x")
    s.of_policy(*OPEN).when(decide).refused(u.ISSUES_OPEN)
    s.of_policy(*HEALTHY).when(decide).refused(u.INCOMPLETE)


@pytest.mark.parametrize("ruling", Ruling)
@pytest.mark.parametrize("verdict", Verdict)
def test_the_verdict_is_never_milder_than_the_rulings(ruling, verdict):
    ruled = s.replaced(x_ed.RULED, ruling=ruling)
    loading = 10 if verdict is Verdict.LOAD else 0
    attempt = s.of_policy(*OPEN, ruled).when(
        u.DecideUnderwriting(verdict=verdict, loading_percent=loading, reason="x"), by=LIN
    )
    if list(Verdict).index(verdict) < list(Ruling).index(ruling):
        attempt.refused(u.MILDER)
    else:
        assert attempt.outcome()


def test_an_offer_is_signed_while_it_holds():
    accepted = (*COMPLETE, s.ACCEPTED)
    offer = u.MakeOffer(valid_until=TODAY)
    [made] = s.of_policy(*accepted).when(offer).outcome()
    sign = sale.SignPolicy(signed_on=TODAY)
    assert s.of_policy(*accepted, made).when(sign).outcome()
    s.of_policy(*accepted).when(sign).refused(sale.NOT_OFFERED)
    later = s.of_policy(*accepted, made).when(sign.model_copy(), on=date(2026, 3, 3))
    later.refused(sale.NOT_OFFERED)
    s.of_policy(*accepted).when(u.MakeOffer(valid_until=date(2026, 3, 1))).refused(u.OFFER_BACKWARDS)


def test_offers_are_numbered_and_a_new_verdict_ends_the_last():
    accepted = (*COMPLETE, s.ACCEPTED, s.OFFER)
    [second] = s.of_policy(*accepted).when(u.MakeOffer(valid_until=TODAY)).outcome()
    assert second.offer == 2
    s.of_policy(*accepted, s.ACCEPTED).when(sale.SignPolicy(signed_on=TODAY)).refused(sale.NOT_OFFERED)


def test_a_refusal_is_told_where_there_is_one():
    tell = u.TellRefusal(told_on=TODAY)
    s.of_policy(*COMPLETE, s.ACCEPTED).when(tell).refused(u.NOT_REFUSED)
    declined = s.replaced(s.ACCEPTED, verdict=Verdict.DECLINE)
    s.of_policy(*COMPLETE, declined).when(tell).then(x_ed.REFUSED)


# -- consent --------------------------------------------------------------------------

ISSUE = sale.IssuePolicy(number="P-7")


def sold(line: Line, interest: Interest, *then):
    applied = s.replaced(s.APPLIED, line=line, interest=interest)
    return s.of_policy(applied, s.DISCLOSED, s.COMPLETE, s.ACCEPTED, s.OFFER, *then, s.SIGNED, s.paid())


@pytest.mark.parametrize(
    ("line", "interest", "refusal"),
    [
        (Line.LIFE, Interest.SELF, None),
        (Line.LIFE, Interest.CHILD, None),
        (Line.LIFE, Interest.SPOUSE, sale.NO_CONSENT),
        (Line.LIFE, Interest.OTHER, sale.NO_INTEREST),
        (Line.HEALTH, Interest.SPOUSE, None),
        (Line.HEALTH, Interest.OTHER, sale.NO_INTEREST),
    ],
)
def test_who_insures_another_on_death_needs_their_consent(line, interest, refusal):
    if refusal is None:
        assert sold(line, interest).when(ISSUE).outcome()
    else:
        sold(line, interest).when(ISSUE).refused(refusal)
        assert sold(line, interest, x_ed.CONSENTED).when(ISSUE).outcome()


def test_the_insured_consents_to_the_sum():
    consent = sale.ConsentToCover(consented_on=TODAY, evidence="B-1")
    spouse = s.replaced(s.APPLIED, interest=Interest.SPOUSE)
    s.of_policy(spouse).when(consent).then(x_ed.CONSENTED)
    s.of_policy(spouse, x_ed.CONSENTED).when(consent).then()
    s.of_policy(s.APPLIED).when(consent).refused(sale.NO_CONSENT_NEEDED)


def test_a_withdrawn_application_goes_no_further():
    withdraw = sale.WithdrawApplication(reason="thought otherwise")
    s.of_policy(*COMPLETE).when(withdraw).then(x_ed.WITHDRAWN)
    s.of_policy(*COMPLETE, x_ed.WITHDRAWN).when(withdraw).refused(sale.WITHDRAWN)
    decide = u.DecideUnderwriting(verdict=Verdict.ACCEPT, reason="x")
    s.of_policy(*COMPLETE, x_ed.WITHDRAWN).when(decide).refused(sale.WITHDRAWN)
