"""The application as it comes in: whether anything is wanting, what the standard doubts, a medical or survival check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import MaxLen, MinLen
from pydantic import Field

from domain.customer import Customer
from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.policy import risk as r
from domain.policy.appetite import appetite_on, doubts
from domain.policy.risk import Concern
from domain.policy.sale import disclosed, unissued
from domain.policy.state import Policy
from domain.product import Product
from domain.rating import Rating
from domain.words import Day, Note, Role, Text, total

COMPLETED = Refusal("policy.application_completed", ("投保资料已经齐全", "the application has been found complete"))
NOTHING_WANTING = Refusal("policy.nothing_wanting", ("没有待告知的补正事项", "nothing waits to be corrected"))
NO_EXAMINATION = Refusal("policy.no_examination", ("无须体检或生调，或报告已收到", "no check is awaited"))

UNDERWRITERS = frozenset({Role.UNDERWRITER})


def incomplete(policy: Policy, given: Given) -> None:
    unissued(policy, given)
    COMPLETED.unless(not policy.examined.complete)


def examined(policy: Policy, _: Given) -> None:
    NO_EXAMINATION.unless(policy.examined.examining)


class FindWanting(Command):
    """The application came in with errors, or without something that is needed."""

    on, may = Policy, UNDERWRITERS | {Role.SERVICE}
    says = ("审核发现资料不全", "Find the application wanting")
    applies = ("UW-APPLICATION-FIX-5WD",)
    gates = (incomplete,)
    received_on: Day
    wanting: Annotated[tuple[Text, ...], MinLen(1), MaxLen(30)]

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.received_on, given)
        yield r.ApplicationFoundWanting(**dict(self), line=policy.line, individual=policy.individual)


class AskCorrections(Command):
    """Everything to be corrected or added was told to the applicant, at once."""

    on, may = Policy, UNDERWRITERS | {Role.SERVICE, Role.AGENT}
    says = ("一次性告知补正", "Ask for corrections")
    applies = ("UW-APPLICATION-FIX-5WD",)
    gates = (incomplete,)
    asked_on: Day

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.asked_on, given)
        NOTHING_WANTING.unless(policy.examined.wanting)
        yield r.CorrectionsAsked(asked_on=self.asked_on)


class CompleteApplication(Command):
    """Finds the application complete; the underwriting standard of the day raises the issues."""

    on, may, consults = Policy, UNDERWRITERS | {Role.SERVICE}, (Product, Customer, Rating)
    says = ("投保资料齐全", "Find the application complete")
    applies = ("UW-ISSUE-NOEXAM-15WD", "UW-EXAM-NOTICE-5WD")
    gates = (incomplete, disclosed)
    completed_on: Day
    examination: bool = Field(default=False, description="Whether a medical or survival check is needed.")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.completed_on, given)
        edition = given[Product].edition(policy.product_version)
        assert edition
        yield r.ApplicationCompleted(**dict(self), line=policy.line, individual=policy.individual)
        standard = appetite_on(given.today)
        for doubt in doubts(policy, edition.terms, given[Customer].age_on(given.today), standard, given.today):
            yield r.IssueRaised(concern=doubt.concern, detail=doubt.detail, needs=doubt.needs, standard=standard.number)
        if given[Rating].high:
            insured = total(each.insured for each in policy.sums)
            yield r.IssueRaised(concern=Concern.RATED_HIGH, detail="", needs=insured, standard=standard.number)
        if self.examination:
            insured = total(each.insured for each in policy.sums)
            yield r.IssueRaised(concern=Concern.EXAMINATION, detail="", needs=insured, standard=standard.number)


class AskExamination(Command):
    """The applicant was told of the medical or survival check that is needed."""

    on, may = Policy, UNDERWRITERS | {Role.SERVICE, Role.AGENT}
    says = ("通知体检或生调", "Ask for the check")
    applies = ("UW-EXAM-NOTICE-5WD",)
    gates = (examined,)
    told_on: Day

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.told_on, given)
        yield r.ExaminationAsked(told_on=self.told_on)


class ReceiveExamination(Command):
    on, may = Policy, UNDERWRITERS | {Role.SERVICE}
    says = ("收到体检或生调报告", "Receive the report of the check")
    applies = ("UW-DECIDE-AFTER-EXAM-15WD",)
    gates = (examined,)
    received_on: Day
    findings: Note = ""

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.received_on, given)
        yield r.ExaminationReported(**dict(self), line=policy.line, individual=policy.individual)
