"""The life of a standard: drafted, out for comment, approved by somebody else, in effect on its day, superseded."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from application.supervision.replay import told
from domain.kernel import NOT_YET
from domain.rules.change import RuleChange, Switch
from domain.standard import commands as c
from domain.standard import events as e
from domain.standard import strictness
from domain.standard.content import Scope
from domain.standard.events import Phase
from domain.words import STAFF, Actor, Role
from tests.kit import TODAY, folded, given
from tests.samples import replaced
from tests.standard import samples as s

DRAFT = c.DraftStandard(code="QB-CLM-01", content=s.CONTENT)
REVISE = c.ReviseStandard(content=s.STRICTER, reason="the year's experience")
INVITE = c.OpenConsultation(until=s.UNTIL)
COMMENT = c.CommentOnStandard(comment="Five days are too few in December")
ANSWER = c.AnswerComment(number=1, answer="The cashiers are given a second shift")
APPROVE = c.ApproveStandard(version=1, effective_on=s.EFFECTIVE_ON)
TAKE_EFFECT = c.TakeEffect(version=1)
WITHDRAW = c.WithdrawStandard(version=1, reason="merged into another")
ACKNOWLEDGE = c.AcknowledgeStandard(version=1)
NEVER_EFFECTIVE = (s.DRAFTED, s.WITHDRAWN)


def phases(standard: c.Standard) -> list[Phase]:
    return [version.phase for version in standard.versions]


# -- drafting -------------------------------------------------------------------------


def test_a_standard_is_drafted_with_what_it_says_and_what_it_changes_of_the_rules():
    assert phases(given().when(DRAFT, by=s.DRAFTER).then(s.DRAFTED)) == [Phase.DRAFT]


def test_a_standard_may_be_a_document_known_by_its_checksum():
    drafted = e.StandardDrafted(code="QB-CLM-01", content=s.DOCUMENT, drafter=s.DRAFTER.name)
    given().when(c.DraftStandard(code="QB-CLM-01", content=s.DOCUMENT), by=s.DRAFTER).then(drafted)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (replace(s.CONTENT, text=""), c.NO_TEXT),
        (replace(s.DOCUMENT, sha256=None), c.NO_CHECKSUM),
        (replace(s.CONTENT, sha256="a" * 64), c.NO_CHECKSUM),
        (replace(s.CONTENT, changes=(replace(s.FIVE_DAYS, value=12),)), strictness.NOT_STRICTER),
        (replace(s.CONTENT, changes=(s.FIVE_DAYS, s.THREE_DAYS)), strictness.CHANGED_TWICE),
    ],
)
def test_neither_a_draft_nor_a_revision_says_nothing_or_loosens_the_law(content, refusal):
    given().when(c.DraftStandard(code="QB-CLM-01", content=content)).refused(refusal)
    given(*s.IN_EFFECT).when(c.ReviseStandard(content=content, reason="better")).refused(refusal)


def test_a_revision_leaves_the_version_in_effect_in_effect():
    revised = given(*s.IN_EFFECT).when(REVISE, by=s.SECOND_DRAFTER).then(s.REVISED)
    assert phases(revised) == [Phase.EFFECTIVE, Phase.DRAFT]


@pytest.mark.parametrize("history", [(s.DRAFTED,), s.CONSULTED])
def test_a_revision_takes_the_place_of_a_version_still_being_worked_on(history):
    revised = given(*history).when(REVISE, by=s.SECOND_DRAFTER).then(s.REVISED)
    assert phases(revised) == [Phase.SUPERSEDED, Phase.DRAFT]


def test_what_two_people_have_approved_is_not_revised_away_before_its_day():
    refused = given(*s.CONSULTED, s.APPROVED).when(REVISE).refused(c.AWAITS_ITS_DAY)
    assert str(s.EFFECTIVE_ON) in refused.tell("en")


def test_a_withdrawn_standard_can_begin_anew():
    revised = given(*NEVER_EFFECTIVE).when(REVISE, by=s.SECOND_DRAFTER).then(s.REVISED)
    assert phases(revised) == [Phase.WITHDRAWN, Phase.DRAFT]


# -- comment --------------------------------------------------------------------------


def test_comments_are_invited_until_a_day():
    assert phases(given(s.DRAFTED).when(INVITE).then(s.INVITED)) == [Phase.CONSULTATION]


def test_the_same_invitation_twice_changes_nothing():
    given(s.DRAFTED, s.INVITED).when(INVITE).then()


def test_the_time_for_comments_is_prolonged_and_never_shortened():
    later, earlier = date(2026, 3, 20), date(2026, 3, 9)
    prolonged = e.CommentsInvited(version=1, until=later)
    given(s.DRAFTED, s.INVITED).when(c.OpenConsultation(until=later)).then(prolonged)
    given(s.DRAFTED, s.INVITED).when(c.OpenConsultation(until=earlier)).refused(c.SHORTENED)


def test_comments_are_not_invited_until_a_day_that_is_past():
    given(s.DRAFTED).when(c.OpenConsultation(until=date(2026, 3, 1))).refused(c.UNTIL_PAST)
    today = e.CommentsInvited(version=1, until=TODAY)
    given(s.DRAFTED).when(c.OpenConsultation(until=TODAY)).then(today)


@pytest.mark.parametrize("history", [s.IN_EFFECT, (*s.CONSULTED, s.APPROVED), NEVER_EFFECTIVE])
def test_comments_are_invited_on_what_is_being_worked_on_only(history):
    given(*history).when(INVITE).refused(c.NOT_UNDER_WAY)


@pytest.mark.parametrize("role", sorted(STAFF))
def test_anybody_of_the_staff_comments_up_to_the_last_day(role):
    said = e.StandardCommented(version=1, number=1, comment=COMMENT.comment, commenter="mei")
    given(s.DRAFTED, s.INVITED).when(COMMENT, by=Actor("mei", role), on=s.UNTIL).then(said)


def test_comments_are_numbered_through_all_versions():
    second = replaced(s.COMMENTED, version=2, number=2)
    given(*s.CONSULTED, s.REVISED, s.INVITED_2).when(COMMENT, by=s.HANDLER).then(second)


@pytest.mark.parametrize(
    ("history", "day"),
    [((s.DRAFTED,), TODAY), ((s.DRAFTED, s.INVITED), date(2026, 3, 11)), (s.IN_EFFECT, TODAY)],
    ids=["not invited yet", "a day late", "in effect"],
)
def test_nobody_comments_on_what_is_not_out_for_comment(history, day):
    given(*history).when(COMMENT, on=day).refused(c.NOT_OUT)


def test_a_comment_is_answered_once():
    answered = given(s.DRAFTED, s.INVITED, s.COMMENTED).when(ANSWER).then(s.ANSWERED)
    assert not answered.unanswered
    given(*s.CONSULTED).when(ANSWER).refused(c.NOT_WAITING)


def test_a_comment_that_nobody_made_has_no_answer():
    given(s.DRAFTED, s.INVITED).when(ANSWER).refused(c.NOT_WAITING)


# -- approval -------------------------------------------------------------------------


def test_a_second_person_approves_it_for_a_later_day():
    assert phases(given(*s.CONSULTED).when(APPROVE, by=s.APPROVER).then(s.APPROVED)) == [Phase.APPROVED]


def test_courses_can_be_asked_for_before_it_takes_effect():
    command = c.ApproveStandard(version=2, effective_on=date(2026, 6, 1), training=("CLM-101", "CLM-102"))
    given(*s.IN_EFFECT, s.REVISED, s.INVITED_2).when(command, by=s.APPROVER).then(s.APPROVED_2)


@pytest.mark.parametrize("role", sorted(Role))
def test_who_drafted_it_does_not_approve_it_whatever_their_role(role):
    given(*s.CONSULTED).when(APPROVE, by=Actor(s.DRAFTER.name, role)).refused(c.DRAFTER_APPROVES)


@pytest.mark.parametrize("role", sorted(Role))
def test_who_owns_it_does_not_approve_it_whatever_their_role(role):
    given(*s.CONSULTED).when(APPROVE, by=Actor(s.OWNER.name, role)).refused(c.OWNER_APPROVES)


def test_who_drafted_what_the_draft_grew_from_does_not_approve_it():
    history = (*s.CONSULTED, s.REVISED, s.INVITED_2)
    command = c.ApproveStandard(version=2, effective_on=date(2026, 6, 1))
    given(*history).when(command, by=s.DRAFTER).refused(c.DRAFTER_APPROVES)
    given(*history).when(command, by=s.SECOND_DRAFTER).refused(c.DRAFTER_APPROVES)
    given(*history).when(command, by=s.APPROVER).then(replaced(s.APPROVED_2, training=()))


def test_who_drafted_the_version_in_effect_may_approve_the_next():
    command = c.ApproveStandard(version=2, effective_on=date(2026, 6, 1))
    approved = replaced(s.APPROVED_2, training=(), approver=s.DRAFTER.name)
    given(*s.IN_EFFECT, s.REVISED, s.INVITED_2).when(command, by=s.DRAFTER).then(approved)


def test_it_is_not_approved_before_every_comment_is_answered():
    refused = given(s.DRAFTED, s.INVITED, s.COMMENTED).when(APPROVE, by=s.APPROVER).refused(c.UNANSWERED)
    assert "1" in refused.tell("zh")


def test_a_comment_on_the_version_before_wants_its_answer_too():
    history = (s.DRAFTED, s.INVITED, s.COMMENTED, s.REVISED, s.INVITED_2)
    command = c.ApproveStandard(version=2, effective_on=date(2026, 6, 1))
    given(*history).when(command, by=s.APPROVER).refused(c.UNANSWERED)


def test_what_was_not_out_for_comment_is_not_approved():
    given(s.DRAFTED).when(APPROVE, by=s.APPROVER).refused(c.NOT_CONSULTED)


@pytest.mark.parametrize(
    ("approved_on", "effective_on"),
    [(TODAY, TODAY), (TODAY, s.UNTIL), (date(2026, 3, 20), date(2026, 3, 20))],
    ids=["today", "on the last day for comments", "on the day of approval"],
)
def test_it_takes_effect_after_the_day_of_approval_and_after_the_time_for_comments(approved_on, effective_on):
    command = c.ApproveStandard(version=1, effective_on=effective_on)
    given(*s.CONSULTED).when(command, by=s.APPROVER, on=approved_on).refused(c.TOO_EARLY)


def test_it_takes_effect_on_the_day_after_at_the_earliest():
    first = date(2026, 3, 11)
    command, approved = (
        c.ApproveStandard(version=1, effective_on=first),
        e.StandardApproved(version=1, effective_on=first, approver=s.APPROVER.name),
    )
    given(*s.CONSULTED).when(command, by=s.APPROVER).then(approved)


@pytest.mark.parametrize(
    "history",
    [(*s.CONSULTED, s.APPROVED), s.IN_EFFECT, (*s.CONSULTED, s.REVISED), NEVER_EFFECTIVE],
    ids=["approved", "in effect", "superseded", "withdrawn"],
)
def test_only_what_is_being_worked_on_is_approved(history):
    given(*history).when(APPROVE, by=s.APPROVER).refused(c.ALREADY)


def test_a_standard_is_drafted_for_a_law_to_come_and_takes_effect_with_it_at_the_earliest():
    # The measures on suitability are in force from 1 February 2026.
    january, february = date(2026, 1, 5), date(2026, 2, 1)
    content = replace(s.CONTENT, changes=(RuleChange(rule="RET-SUITABILITY-5Y", value=6),))
    drafted = replaced(s.DRAFTED, content=content)
    given().when(c.DraftStandard(code="QB-CLM-01", content=content), by=s.DRAFTER, on=january).then(drafted)
    story = given(drafted, replaced(s.INVITED, until=january))
    early = c.ApproveStandard(version=1, effective_on=date(2026, 1, 31))
    story.when(early, by=s.APPROVER, on=january).refused(strictness.UNKNOWN_RULE)
    command = c.ApproveStandard(version=1, effective_on=february)
    story.when(command, by=s.APPROVER, on=january).then(replaced(s.APPROVED, effective_on=february))


# -- effect ---------------------------------------------------------------------------


@pytest.mark.parametrize("day", [s.EFFECTIVE_ON, date(2026, 4, 9)], ids=["on its day", "noticed later"])
def test_it_takes_effect_from_its_day_with_what_it_changes_of_the_rules(day):
    effective = given(*s.CONSULTED, s.APPROVED).when(TAKE_EFFECT, on=day).then(s.EFFECTIVE)
    assert effective.current == effective.last


def test_it_does_not_take_effect_before_its_day():
    given(*s.CONSULTED, s.APPROVED).when(TAKE_EFFECT, on=date(2026, 3, 31)).refused(NOT_YET)


def test_taking_effect_it_supersedes_the_version_before_in_the_same_event():
    command = c.TakeEffect(version=2)
    effective = given(*s.NEXT_APPROVED).when(command, on=date(2026, 6, 1)).then(s.EFFECTIVE_2)
    assert phases(effective) == [Phase.SUPERSEDED, Phase.EFFECTIVE]


@pytest.mark.parametrize("history", [s.IN_EFFECT, (*s.NEXT_APPROVED, s.EFFECTIVE_2)])
def test_it_takes_effect_once(history):
    given(*history).when(TAKE_EFFECT, on=date(2026, 7, 1)).then()


@pytest.mark.parametrize("history", [(s.DRAFTED,), s.CONSULTED, (*s.CONSULTED, s.APPROVED, s.WITHDRAWN)])
def test_what_was_not_approved_does_not_take_effect(history):
    given(*history).when(TAKE_EFFECT, on=date(2026, 7, 1)).refused(c.NOT_APPROVED)


def test_the_system_alone_has_standards_take_effect():
    assert c.TakeEffect.may == {Role.SYSTEM}


# -- withdrawal -----------------------------------------------------------------------


@pytest.mark.parametrize("history", [(s.DRAFTED,), s.CONSULTED, (*s.CONSULTED, s.APPROVED), s.IN_EFFECT])
def test_a_version_that_is_not_over_is_withdrawn(history):
    withdrawn = given(*history).when(WITHDRAW).then(s.WITHDRAWN)
    assert phases(withdrawn) == [Phase.WITHDRAWN] and withdrawn.current is None


def test_a_version_is_withdrawn_once():
    given(*NEVER_EFFECTIVE).when(WITHDRAW).then()


def test_a_superseded_version_is_not_withdrawn():
    given(*s.NEXT_APPROVED, s.EFFECTIVE_2).when(WITHDRAW).refused(c.ALREADY)


def test_withdrawing_the_next_version_leaves_the_one_in_effect():
    command = c.WithdrawStandard(version=2, reason="too dear")
    withdrawn = e.StandardWithdrawn(code="QB-CLM-01", version=2, reason="too dear")
    assert phases(given(*s.NEXT_APPROVED).when(command).then(withdrawn)) == [Phase.EFFECTIVE, Phase.WITHDRAWN]


# -- taking note ----------------------------------------------------------------------


@pytest.mark.parametrize("history", [(*s.CONSULTED, s.APPROVED), s.IN_EFFECT], ids=["approved", "in effect"])
def test_whom_it_binds_takes_note_of_a_version(history):
    given(*history).when(ACKNOWLEDGE, by=s.HANDLER).then(s.READ)


def test_taking_note_twice_changes_nothing():
    given(*s.IN_EFFECT, s.READ).when(ACKNOWLEDGE, by=s.HANDLER).then()


def test_every_person_and_every_version_needs_an_acknowledgement_of_its_own():
    another = e.StandardAcknowledged(version=1, reader="mei")
    given(*s.IN_EFFECT, s.READ).when(ACKNOWLEDGE, by=Actor("mei", Role.CASHIER)).then(another)
    second = e.StandardAcknowledged(version=2, reader=s.HANDLER.name)
    given(*s.NEXT_APPROVED).when(c.AcknowledgeStandard(version=2), by=s.HANDLER).then(second)


def test_whom_it_does_not_bind_does_not_take_note_of_it():
    given(*s.IN_EFFECT).when(ACKNOWLEDGE, by=s.AGENT).refused(c.OUT_OF_SCOPE)


def test_a_standard_that_names_no_role_binds_everybody():
    drafted = replaced(s.DRAFTED, content=replace(s.CONTENT, scope=Scope()))
    read = e.StandardAcknowledged(version=1, reader=s.AGENT.name)
    given(drafted, *s.IN_EFFECT[1:]).when(ACKNOWLEDGE, by=s.AGENT).then(read)


@pytest.mark.parametrize("history", [(s.DRAFTED,), s.CONSULTED], ids=["a draft", "out for comment"])
def test_nobody_takes_note_of_what_is_not_published(history):
    given(*history).when(ACKNOWLEDGE, by=s.HANDLER).refused(c.NOT_PUBLISHED)


@pytest.mark.parametrize(
    "history",
    [(*s.NEXT_APPROVED, s.EFFECTIVE_2), (*s.IN_EFFECT, s.WITHDRAWN)],
    ids=["superseded", "withdrawn"],
)
def test_nobody_takes_note_of_what_counts_no_more(history):
    given(*history).when(ACKNOWLEDGE, by=s.HANDLER).refused(c.ALREADY)


# -- versions that are not there ------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        c.ApproveStandard(version=7, effective_on=s.EFFECTIVE_ON),
        c.TakeEffect(version=7),
        c.WithdrawStandard(version=7, reason="none"),
        c.AcknowledgeStandard(version=7),
    ],
    ids=lambda command: type(command).__name__,
)
def test_there_is_no_seventh_of_two_versions(command):
    given(*s.NEXT_APPROVED).when(command).refused(c.NO_VERSION)


def test_supervisors_draft_compliance_approves_and_auditors_only_read_and_comment():
    auditors = {
        each.__name__ for each in c.Command.__subclasses__() if each.on is c.Standard and Role.AUDITOR in each.may
    }
    assert auditors == {"CommentOnStandard", "AcknowledgeStandard"}
    assert Role.SUPERVISOR in c.DraftStandard.may and Role.SUPERVISOR not in c.ApproveStandard.may


def test_a_switch_and_a_promise_are_carried_to_the_day_they_count():
    switched = RuleChange(rule="CLAIM-SMALL-MOTOR-5000", switch=Switch.ON)
    content = replace(s.CONTENT, changes=(switched, s.OWN_PROMISE))
    history = (replaced(s.DRAFTED, content=content), s.INVITED, s.APPROVED)
    effective = replaced(s.EFFECTIVE, changes=(switched, s.OWN_PROMISE))
    given(*history).when(TAKE_EFFECT, on=s.EFFECTIVE_ON).then(effective)


def test_a_standard_remembers_who_read_only_what_still_counts():
    assert folded(c.Standard, *s.IN_EFFECT, s.READ).versions[0].readers == {s.HANDLER.name}
    assert folded(c.Standard, *s.NEXT_APPROVED, s.EFFECTIVE_2).versions[0].readers == frozenset()


def test_who_has_read_it_is_told_in_one_order():
    readers = [replaced(s.READ, reader=name) for name in ("wu", "mei", "han", "su", "li", "gao")]
    forth, back = (folded(c.Standard, *s.IN_EFFECT, *some) for some in (readers, readers[::-1]))
    assert told(forth)["versions"] == told(back)["versions"]
