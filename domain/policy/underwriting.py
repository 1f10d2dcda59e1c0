"""What underwriting makes of an application: complete or not, issue by issue, the verdict, the offer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from annotated_types import Ge, Le, MaxLen, MinLen

from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.policy import events as e
from domain.policy import risk as r
from domain.policy.appetite import appetite_on
from domain.policy.contract import premium_for
from domain.policy.events import Verdict
from domain.policy.examination import UNDERWRITERS
from domain.policy.examined import Issue
from domain.policy.risk import Concern, Ruling
from domain.policy.sale import accepted, disclosed, unissued
from domain.policy.state import Policy
from domain.product import Product
from domain.words import Day, Money, Note, Role, ShortText, Text, total

NO_LOADING = Refusal(
    "policy.no_loading",
    ("加费承保须有加费比例，其他结论不得加费", "a loading goes with the verdict to load, and only with it"),
)
INCOMPLETE = Refusal("policy.application_incomplete", ("投保资料尚未审核齐全", "the application is not complete"))
NO_ISSUE = Refusal("policy.no_issue", ("没有待处理的{concern}", "there is no such issue open: {concern}"))
NOT_RULED = Refusal("policy.not_ruled", ("{concern}尚无结论", "the issue has not been ruled on: {concern}"))
ISSUES_OPEN = Refusal("policy.issues_open", ("核保问题尚未处理：{open}", "underwriting issues are still open: {open}"))
REFER = Refusal(
    "policy.refer",
    (
        "需权限{needs}，您的权限为{authority}，请上报",
        "it needs an authority of {needs}, yours is {authority}: refer it",
    ),
)
NOT_BEYOND = Refusal(
    "policy.not_beyond", ("在权限之内，无须特批", "it is within the authority: no special approval is needed")
)
OWN_SALE = Refusal("policy.own_sale", ("不得核保本人承揽的业务", "nobody underwrites what they took in themselves"))
MILDER = Refusal(
    "policy.milder",
    ("结论与核保问题的处理不一致：{worst}", "the verdict differs from how the issues were ruled: {worst}"),
)
NOT_REFUSED = Refusal("policy.not_refused", ("没有待告知的拒保或延期", "there is no refusal to tell"))
OFFER_BACKWARDS = Refusal("policy.offer_backwards", ("要约有效期早于今天", "the offer would have expired"))

VERDICTS = {
    Ruling.APPROVE: Verdict.ACCEPT,
    Ruling.LOAD: Verdict.LOAD,
    Ruling.EXCLUDE: Verdict.EXCLUDE,
    Ruling.POSTPONE: Verdict.POSTPONE,
    Ruling.DECLINE: Verdict.DECLINE,
}


def complete(policy: Policy, _: Given) -> None:
    INCOMPLETE.unless(policy.examined.complete)


def ruled(policy: Policy, _: Given) -> None:
    ISSUES_OPEN.unless(not policy.examined.unruled, open=policy.examined.unruled)


class RaiseIssue(Command):
    """An underwriter sees something that the standard does not."""

    on, may = Policy, UNDERWRITERS
    says = ("提出核保问题", "Raise an issue")
    gates = (unissued, complete)
    detail: Annotated[Note, MinLen(1)]

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        insured = total(each.insured for each in policy.sums)
        yield r.IssueRaised(
            concern=Concern.OTHER, detail=self.detail, needs=insured, standard=appetite_on(given.today).number
        )


class _OfIssue(Command):
    on, may, gates = Policy, UNDERWRITERS, (unissued, complete)
    concern: Concern
    reason: Annotated[Note, MinLen(1)]

    def issue(self, policy: Policy) -> Issue:
        found = policy.examined.issue(self.concern)
        NO_ISSUE.unless(found and found.ruling is None, concern=self.concern)
        assert found
        return found


class ReferIssue(_OfIssue):
    """Hands the issue to somebody whose authority reaches further."""

    says = ("上报核保问题", "Refer an issue")

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        self.issue(policy)
        yield r.IssueReferred(concern=self.concern, reason=self.reason, referrer=given.actor.name)


class RuleIssue(_OfIssue):
    """Rules on one issue, by somebody whose authority reaches so far and who did not sell."""

    says = ("处理核保问题", "Rule on an issue")
    may = UNDERWRITERS | {Role.SUPERVISOR}
    ruling: Ruling
    loading_percent: Annotated[int, Ge(0), Le(500)] = 0
    exclusion: ShortText = ""

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        issue = self.issue(policy)
        not_own_sale(policy, given)
        NO_LOADING.unless((self.ruling is Ruling.LOAD) == (self.loading_percent > 0))
        authority = Money(given.actor.authority, issue.needs.currency)
        # To decline takes no authority: it binds the insurer to nothing.
        binds = VERDICTS[self.ruling].binds
        REFER.unless(not binds or issue.needs <= authority, needs=issue.needs, authority=authority)
        yield r.IssueRuled(**dict(self), ruler=given.actor.name)


class ApproveSpecially(_OfIssue):
    """Approves beyond one's authority, with a reason: an exception that leaves a louder trace."""

    says = ("特批", "Approve specially")
    may = frozenset({Role.SUPERVISOR})

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        issue = self.issue(policy)
        not_own_sale(policy, given)
        authority = Money(given.actor.authority, issue.needs.currency)
        NOT_BEYOND.unless(authority < issue.needs)
        yield r.IssueSpeciallyApproved(
            concern=self.concern, needs=issue.needs, authority=authority, ruler=given.actor.name, reason=self.reason
        )


class ReopenIssue(_OfIssue):
    """What was ruled is looked at again; the verdict falls with it."""

    says = ("重新审核核保问题", "Reopen an issue")
    may = UNDERWRITERS | {Role.SUPERVISOR}

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        found = policy.examined.issue(self.concern)
        NOT_RULED.unless(found and found.ruling is not None, concern=self.concern)
        yield r.IssueReopened(concern=self.concern, reason=self.reason)


class DecideUnderwriting(Command):
    """The verdict on the risk, once every issue is ruled on, and what it costs."""

    on, may, consults = Policy, UNDERWRITERS, (Product,)
    says = ("核保", "Decide underwriting")
    gates = (unissued, disclosed, complete, ruled)
    verdict: Verdict
    loading_percent: Annotated[int, Ge(0), Le(500)] = 0
    exclusions: Annotated[tuple[Text, ...], MaxLen(50)] = ()
    reason: Annotated[Note, MinLen(1)]

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        NO_LOADING.unless((self.verdict is Verdict.LOAD) == (self.loading_percent > 0))
        not_own_sale(policy, given)
        worst = policy.examined.worst
        severity = list(VERDICTS.values())
        MILDER.unless(severity.index(VERDICTS[worst]) <= severity.index(self.verdict), worst=worst)
        edition = given[Product].edition(policy.product_version)
        assert edition
        yield e.UnderwritingDecided(
            **dict(self),
            premium=premium_for(edition.terms, policy.sums, policy.period.days, self.loading_percent),
            underwriter=given.actor.name,
        )


class TellRefusal(Command):
    """The applicant was told that the risk is not accepted, or not yet."""

    on, may = Policy, UNDERWRITERS | {Role.SERVICE, Role.AGENT}
    says = ("告知未予承保", "Tell the refusal")
    applies = ("UW-DECIDE-AFTER-EXAM-15WD",)
    told_on: Day

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        not_in_future(self.told_on, given)
        NOT_REFUSED.unless(policy.verdict and not policy.verdict.binds)
        yield r.RefusalTold(told_on=self.told_on)


class MakeOffer(Command):
    """Offers the cover at the price that underwriting set, until a day."""

    on, may = Policy, UNDERWRITERS | {Role.SERVICE}
    says = ("发出要约", "Make an offer")
    gates = (unissued, accepted)
    valid_until: Day

    def decide(self, policy: Policy, given: Given) -> Iterator[Event]:
        OFFER_BACKWARDS.unless(given.today <= self.valid_until)
        yield r.OfferMade(
            offer=policy.examined.offers + 1, premium=policy.premium, made_on=given.today, valid_until=self.valid_until
        )


def not_own_sale(policy: Policy, given: Given) -> None:
    OWN_SALE.unless(given.actor.name.upper() != policy.seller.upper())
