"""A decision is disputed issue by issue: by whom it may be reviewed, what a court does, and what follows for the claim."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from application.dispute.changed_decision_reopens_the_claim import ChangedDecisionReopensTheClaim
from application.dispute.dispute_register import DisputeRegister
from domain.claim.closing import ReopenClaim
from domain.claim.events import Reopening
from domain.claim.state import Claim
from domain.dispute import commands as k
from domain.dispute import contesting as c
from domain.dispute import events as e
from domain.dispute import review as r
from domain.dispute.contest import Finding, Ground, Level, Side
from domain.dispute.events import Result
from domain.dispute.state import Dispute
from domain.words import Actor, Role
from tests import samples as s
from tests.dispute import contests as x
from tests.dispute import samples as d
from tests.kit import STREAM, TODAY, folded, given
from tests.rows import happened, seen

CLAIM = folded(Claim, *s.OPEN_CLAIM, stream=s.CLAIM_ID)
BEGUN = (d.OPENED, d.TOLD, x.DISPUTED)
FANG, SONG = Actor("fang", Role.COMPLIANCE), Actor("song", Role.COMPLIANCE)
CUSTOMER = Actor("wang", Role.CUSTOMER, s.CUSTOMER_ID)
CLERK = Actor("he.ting", Role.SERVICE)
REVIEW = r.OpenReview()
UPHOLD = r.DecideIssue(issue=1, finding=Finding.UPHELD, reasons="the list is signed")
CHANGE = r.DecideIssue(issue=1, finding=Finding.CHANGED, revised=s.yuan(900), reasons="the list is not the applicant's")
TELL = r.TellReview(told_on=TODAY)
IN_REVIEW = (*BEGUN, x.REVIEWED)
AT_COURT = (*IN_REVIEW, x.UPHELD, x.TOLD, x.IN_COURT)
CLOSE = k.CloseDispute(result=Result.CHANGED)


APPROVED = s.approved()


def by(name: str, role: Role = Role.SUPERVISOR, stream: UUID = s.CLAIM_ID, event=APPROVED):
    """An event of the disputed claim or its policy, by that person."""
    return happened(event, stream=stream, actor=Actor(name, role))


def reviews(*before, who: Actor = FANG, history=()):
    return given(*before, beside=(CLAIM,)).when(REVIEW, by=who, history=tuple(history))


# -- issues, evidence, offers ---------------------------------------------------------


def test_issues_are_numbered_and_keep_what_was_decided_and_what_is_wanted():
    dispute = c.DisputeIssue(
        ground=Ground.EXCLUSION,
        position="the exclusion was never explained",
        original=s.yuan(0),
        wanted=s.yuan(900),
    )
    given(d.OPENED).when(dispute, by=CUSTOMER).then(x.DISPUTED)
    [second] = given(*BEGUN).when(dispute).outcome()
    assert second.issue == 2
    given(d.OPENED, d.WITHDRAWN).when(dispute).refused(k.OVER)


def test_the_insurer_answers_an_issue_that_there_is():
    given(*BEGUN).when(c.TakePosition(issue=1, position="it was printed in bold")).then(x.ANSWERED)
    given(*BEGUN).when(c.TakePosition(issue=2, position="x")).refused(c.NO_ISSUE)


def test_evidence_says_which_side_filed_it():
    file = c.FileEvidence(kind="signed list", name="list.pdf of Wang", sha256="a" * 64, filed_on=x.ON)
    given(*BEGUN).when(file, by=CLERK).then(x.FILED)
    given(*BEGUN).when(file, by=CUSTOMER).then(s.replaced(x.FILED, side=Side.CUSTOMER))


def test_the_other_side_accepts_an_offer_while_it_holds_and_every_issue_is_settled():
    offer = c.OfferSettlement(amount=s.yuan(300), valid_until=date(2026, 3, 10), terms="once and for all")
    given(*BEGUN).when(offer, by=FANG).then(x.OFFERED)
    accept, offered = c.AcceptSettlement(), (*BEGUN, x.OFFERED)
    after = (
        given(*offered)
        .when(accept, by=CUSTOMER)
        .then(
            x.ACCEPTED,
            s.replaced(
                x.CHANGED,
                level=Level.NEGOTIATION,
                finding=Finding.AGREED,
                reasons="",
                decider="wang",
                revised=s.yuan(300),
            ),
        )
    )
    assert not after.matter.undecided and after.matter.changes
    given(*offered).when(accept, by=CUSTOMER, on=date(2026, 3, 11)).refused(c.NO_OFFER)
    given(*offered).when(accept, by=FANG).refused(c.OWN_OFFER)
    given(*offered).when(c.DeclineSettlement(reason="far too little"), by=CUSTOMER).then(x.DECLINED)
    given(*offered, x.DECLINED).when(accept, by=CUSTOMER).refused(c.NO_OFFER)
    late = offer.model_copy(update={"valid_until": date(2026, 3, 1)})
    given(*BEGUN).when(late, by=FANG).refused(c.OFFER_OVER)


def test_an_issue_that_is_dropped_is_decided():
    drop = c.DropIssue(issue=1, reasons="content")
    [event] = given(*BEGUN).when(drop, by=CUSTOMER).outcome()
    assert event.finding is Finding.DROPPED and not event.finding.changes
    given(*BEGUN, event).when(drop, by=CUSTOMER).then()


# -- the reviewer ---------------------------------------------------------------------


def test_whoever_had_no_part_in_it_reviews_and_those_who_had_are_recorded():
    told = (by("sun"), by("han", Role.CLAIMS_HANDLER), by("wang", Role.CUSTOMER), by("uberrima", Role.SYSTEM))
    reviews(*BEGUN, history=told).then(x.REVIEWED)


@pytest.mark.parametrize(
    ("role", "event"),
    [
        (Role.CLAIMS_HANDLER, s.assessed()),
        (Role.SUPERVISOR, s.approved()),
        (Role.AGENT, s.APPLIED),
        (Role.UNDERWRITER, s.ACCEPTED),
        (Role.CASHIER, s.claim_paid()),
    ],
)
def test_who_assessed_approved_sold_underwrote_or_paid_does_not_review(role, event):
    refused = reviews(*BEGUN, history=(by("fang", role, s.POLICY_ID, event),)).refused(r.INVOLVED)
    assert refused.details["name"] == "fang"


def test_who_only_acted_on_the_dispute_itself_reviews():
    own = happened(x.ANSWERED, stream=STREAM, actor=FANG)
    assert reviews(*BEGUN, history=(own,)).outcome()


def test_who_decided_before_a_remand_does_not_review_again():
    remanded = (*AT_COURT, x.REMANDED)
    reviews(*remanded).refused(r.INVOLVED)
    assert reviews(*remanded, who=SONG).outcome()


def test_there_is_one_review_at_a_time_and_none_of_nothing():
    reviews(*IN_REVIEW, who=SONG).refused(r.IN_REVIEW)
    reviews(d.OPENED).refused(r.NO_ISSUES)


# -- the decision ---------------------------------------------------------------------


def test_only_the_reviewer_decides_and_says_why():
    given(*IN_REVIEW).when(CHANGE, by=SONG).refused(r.NOT_THE_REVIEWER)
    given(*BEGUN).when(CHANGE, by=FANG).refused(r.NOT_THE_REVIEWER)
    decided = given(*IN_REVIEW).when(CHANGE, by=FANG).outcome()
    assert decided[0] == x.CHANGED


def test_what_changes_has_a_figure_and_what_stands_has_none():
    without = CHANGE.model_copy(update={"revised": None})
    given(*IN_REVIEW).when(without, by=FANG).refused(r.NOTHING_REVISED)
    with_one = UPHOLD.model_copy(update={"revised": s.yuan(1)})
    given(*IN_REVIEW).when(with_one, by=FANG).refused(r.NOTHING_REVISED)


def test_the_original_figure_stays_beside_the_revised_one():
    [issue] = folded(Dispute, *IN_REVIEW, x.CHANGED).matter.issues
    assert (issue.original, issue.revised) == (s.yuan(0), s.yuan(900))


def test_about_one_review_in_eighteen_is_drawn_and_always_the_same_ones():
    disputes = [Dispute(id=UUID(int=number), version=7) for number in range(4000)]
    numbers = [r.drawn(each) for each in disputes]
    assert numbers == [r.drawn(each) for each in disputes]
    assert all(0 <= each < 10_000 for each in numbers)
    assert 150 < sum(each < r.CHANCE for each in numbers) < 310


def test_a_decision_that_is_drawn_leaves_only_once_somebody_else_has_passed_it():
    streams = (UUID(int=number, version=4) for number in range(1000))
    drawn = next(each for each in streams if r.drawn(Dispute(id=each, version=len(IN_REVIEW))) < r.CHANCE)
    [_, sampled] = given(*IN_REVIEW).when(UPHOLD, by=FANG, stream=drawn).outcome()
    waiting = (*IN_REVIEW, x.UPHELD, sampled)
    given(*waiting).when(TELL).refused(k.UNCHECKED)
    given(*waiting).when(CLOSE).refused(k.UNCHECKED)
    check = r.CheckReview(passed=True, note="well reasoned")
    given(*waiting).when(check, by=FANG).refused(r.OWN_REVIEW)
    given(*waiting).when(check, by=SONG).then(x.CHECKED)
    failed = given(*waiting).when(check.model_copy(update={"passed": False}), by=SONG).outcome()
    given(*waiting, *failed).when(TELL).refused(k.UNCHECKED)
    given(*waiting, x.CHECKED).when(TELL).then(x.TOLD)
    given(*IN_REVIEW, x.UPHELD).when(check, by=SONG).refused(r.NOT_SAMPLED)


def test_nothing_is_told_before_every_issue_is_decided_nor_twice():
    given(*IN_REVIEW).when(TELL).refused(r.NOT_DECIDED)
    given(*IN_REVIEW, x.UPHELD, x.TOLD).when(TELL).refused(r.NOT_DECIDED)


def test_while_a_dispute_is_held_nobody_reviews_or_decides():
    reviews(*BEGUN, x.HALTED).refused(c.HELD)
    given(*IN_REVIEW, x.HALTED).when(UPHOLD, by=FANG).refused(c.HELD)
    over = x.HALTED.until + timedelta(1)
    assert given(*IN_REVIEW, x.HALTED).when(UPHOLD, by=FANG, on=over).outcome()
    hold = c.HoldDispute(until=x.HALTED.until, reason="the hospital has not answered")
    given(*BEGUN).when(hold).then(x.HALTED)
    given(*BEGUN, x.HALTED).when(c.ResumeDispute()).then(x.RESUMED)
    given(*BEGUN).when(c.ResumeDispute()).refused(c.NOT_HELD)


# -- court ----------------------------------------------------------------------------


def test_a_dispute_goes_up_and_comes_back_only_by_a_remand():
    go = c.GoBefore(level=Level.LITIGATION, reached_on=x.ON, body="the district court")
    given(*IN_REVIEW, x.UPHELD).when(go).refused(c.UNTOLD)
    given(*IN_REVIEW, x.UPHELD, x.TOLD).when(go).then(x.IN_COURT)
    given(*AT_COURT).when(go).refused(c.LEVEL_BACK)
    given(*BEGUN).when(go.model_copy(update={"level": Level.REVIEW})).refused(c.NOT_OUTSIDE)
    remand = r.RemandDispute(body="the district court", remanded_on=x.ON, reasons="who signed was not looked into")
    after = given(*AT_COURT).when(remand).then(x.REMANDED)
    assert (after.matter.level, after.matter.undecided) == (Level.NEGOTIATION, (1,))
    given(*IN_REVIEW).when(remand).refused(c.NOT_OUTSIDE)


def test_a_hearing_is_scheduled_postponed_missed_and_held():
    schedule = c.ScheduleHearing(held_on=TODAY, room="room 3")
    given(*AT_COURT).when(schedule).then(x.SCHEDULED)
    given(*IN_REVIEW).when(schedule).refused(c.NOT_OUTSIDE)
    set_ = (*AT_COURT, x.SCHEDULED)
    given(*set_).when(schedule).refused(c.HEARING_SET)
    given(*set_).when(c.PostponeHearing(until=date(2026, 3, 9), reason="the judge is ill")).then(x.POSTPONED)
    given(*set_, x.POSTPONED).when(c.HoldHearing()).refused(c.TOO_EARLY)
    given(*set_).when(c.HoldHearing()).then(x.HELD)
    given(*set_).when(c.MissHearing(side=Side.CUSTOMER)).then(x.MISSED)
    given(*set_, x.MISSED).when(c.HoldHearing()).refused(c.NO_HEARING)
    given(*set_).when(CLOSE).refused(k.HEARING_DUE)


def test_a_judgment_is_recorded_for_each_issue():
    judge = r.RecordJudgment(issue=1, finding=Finding.PART, revised=s.yuan(400), reasons="half is owed")
    [event] = given(*AT_COURT).when(judge, by=CLERK).outcome()
    assert (event.level, event.revised) == (Level.LITIGATION, s.yuan(400))
    given(*IN_REVIEW).when(judge, by=CLERK).refused(c.NOT_OUTSIDE)


# -- the end --------------------------------------------------------------------------


def test_no_dispute_closes_while_an_issue_is_undecided():
    given(*BEGUN).when(CLOSE).refused(k.ISSUES_OPEN)
    [closed] = given(*IN_REVIEW, x.CHANGED, x.TOLD).when(CLOSE).outcome()
    assert closed == e.DisputeClosed(result=Result.CHANGED, closed_on=TODAY, claim=s.CLAIM_ID, changes=True)
    [stands] = given(*IN_REVIEW, x.UPHELD, x.TOLD).when(k.CloseDispute(result=Result.UPHELD)).outcome()
    assert not stands.changes


def reopened(event):
    return list(ChangedDecisionReopensTheClaim.react(happened(event)))


def test_a_decision_that_was_changed_reopens_the_claim_and_one_that_stands_does_not():
    changed = e.DisputeClosed(result=Result.CHANGED, closed_on=TODAY, claim=s.CLAIM_ID, changes=True)
    assert reopened(changed) == [(s.CLAIM_ID, ReopenClaim(ground=Reopening.DISPUTE))]
    assert reopened(s.replaced(changed, changes=False)) == []
    assert reopened(s.replaced(changed, claim=None)) == []


def test_the_register_shows_the_issues_the_level_and_the_next_hearing():
    [row] = seen(DisputeRegister, *AT_COURT, x.SCHEDULED).rows
    assert (row.level, row.hearing_on, row.reviewer) == (Level.LITIGATION, TODAY, "fang")
    assert [each.finding for each in row.issues] == [Finding.UPHELD]
    [row] = seen(DisputeRegister, *BEGUN, x.OFFERED, x.HALTED).rows
    assert (row.offer, row.held_until) == (s.yuan(300), x.HALTED.until)
