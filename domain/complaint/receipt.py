"""What can be asked of a complaint as it comes in: receipt, acceptance, a handler, more of the same, withdrawal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import Field

from domain.claim.state import Claim
from domain.complaint import events as e
from domain.complaint.state import Complaint, ComplaintStatus
from domain.complaint.words import Major, Matter, NoComplaint, Particular, Proof, Source, Standing
from domain.customer import Channel, Customer
from domain.kernel import Command, Event, Given, Refusal, not_in_future
from domain.policy.state import Policy
from domain.product import Line
from domain.rules.rulebook import Rulebook
from domain.words import Day, Note, Number, Role, ShortText, Text

UNPROVEN = Refusal(
    "complaint.unproven", ("{standing}投诉尚缺：{missing}", "still needed {standing}: {missing}"), rule="CPL-PROXY-HEIR"
)
TOO_MANY_SPEAK = Refusal(
    "complaint.too_many_speak",
    ("共同投诉的代表不得超过{most}人", "at most {most} speak for all"),
    rule="CPL-GROUP-REP-5",
)
OTHER_CUSTOMER = Refusal(
    "complaint.other_customer", ("客户、保单与理赔案件不属于同一人", "customer, policy and claim are not one person's")
)
NOT_RECEIVED = Refusal("complaint.not_received", ("投诉已受理或已结案", "it has been accepted, or is closed"))
NOT_PENDING = Refusal("complaint.not_pending", ("投诉已告知处理决定或已结案", "it has been answered, or is closed"))
HELD_BY_US = Refusal(
    "complaint.held_by_us",
    ("不得要求投诉人提供本机构已有的材料：{papers}", "what we hold ourselves is not asked for: {papers}"),
    rule="CPL-INFO-NO-DUPLICATE",
)
BIASED = Refusal(
    "complaint.biased",
    ("{name}与投诉有直接利益关系，应当回避", "{name} has a direct interest in it and stands back"),
    rule="CPL-RECUSAL",
)
TOO_EARLY = Refusal("complaint.too_early", ("日期{day}早于{first}", "{day} comes before {first}"))
NOT_MAJOR = Refusal("complaint.not_major", ("不是待报告的重大投诉", "it is not a major one that is to be reported"))

OFFICERS = frozenset({Role.COMPLAINT_OFFICER})
SUPERIORS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE})
INTAKE = OFFICERS | {Role.SERVICE, Role.AGENT, Role.CUSTOMER}
PROOFS = {
    Standing.SELF: (),
    Standing.PROXY: (Proof.AUTHORITY, Proof.PROXY_IDENTITY),
    Standing.HEIR: (Proof.KINSHIP,),
}
"""What has to be there from whom (complaint Measures art 14)."""


def received(complaint: Complaint, _: Given) -> None:
    NOT_RECEIVED.unless(complaint.status is ComplaintStatus.RECEIVED)


def pending(complaint: Complaint, _: Given) -> None:
    NOT_PENDING.unless(complaint.is_pending)


def major_unreported(complaint: Complaint, _: Given) -> None:
    NOT_MAJOR.unless(complaint.major and not complaint.reported)


def impartial(name: str, complaint: Complaint, claim: Claim) -> None:
    """Nobody handles a complaint about themselves, or about a claim that they assessed."""
    BIASED.unless(name not in complaint.complained_of | claim.assessors, name=name)


def from_on(first: Day | None, day: Day, given: Given) -> None:
    """The day lies between that first one and today."""
    not_in_future(day, given)
    TOO_EARLY.unless(first is None or first <= day, day=day, first=first)


class ReceiveComplaint(Command):
    """A consumer asserts a right against us over a product or a service. From its receipt the time is counted."""

    on, opens, may, numbers = Complaint, True, INTAKE, "complaint"
    consults = (Customer, Policy, Claim, Rulebook)
    says = ("收到投诉", "Receive a complaint")
    applies = ("CPL-SCOPE", "CPL-PROXY-HEIR", "CPL-GROUP-REP-5", "CPL-MAJOR-20P")
    number: Number | None = None
    channel: Channel = Channel.PHONE
    source: Source = Source.CONSUMER
    matter: Matter
    received_on: Day | None = None
    complainant: Text
    phone: ShortText = ""
    wish: Annotated[Note, MinLen(1)]
    facts: Note = ""
    customer: UUID | None = None
    policy: UUID | None = None
    claim: UUID | None = None
    line: Line | None = Field(default=None, description="That of the policy, if not given.")
    agent: ShortText = ""
    complained_of: Annotated[tuple[Number, ...], MaxLen(20)] = ()
    standing: Standing = Standing.SELF
    proofs: Annotated[tuple[Proof, ...], MaxLen(5)] = ()
    complainants: Annotated[int, Ge(1), Le(100_000)] = 1
    representatives: Annotated[int, Ge(0), Le(1_000)] = 0
    major: Major | None = None

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        received_on = self.received_on or given.today
        not_in_future(received_on, given)
        missing = [each for each in PROOFS[self.standing] if each not in self.proofs]
        UNPROVEN.unless(not missing, standing=self.standing, missing=missing)
        most = given[Rulebook].number("CPL-GROUP-REP-5", received_on)
        TOO_MANY_SPEAK.unless(not self._together or most is None or self.representatives <= most, most=most)
        policy, claim = given[Policy], given[Claim]
        parties = {each for each in (self.customer, policy.customer, claim.customer) if each}
        OTHER_CUSTOMER.unless(len(parties) < 2)
        said = dict(self) | {
            "number": self.number or given.number,
            "received_on": received_on,
            "customer": next(iter(parties), given.actor.party),
            "policy": self.policy or claim.policy,
            "policy_number": policy.number or claim.notice.policy_number,
            "claim_number": claim.number,
            "line": self.line or (policy.line if policy.exists else claim.line),
            "major": self.major or self._many(received_on, given),
        }
        yield e.ComplaintReceived(**said)

    @property
    def _together(self) -> bool:
        """Whether several complain together, in person: by art 12 they speak through representatives."""
        return self.complainants > 1 and self.channel is Channel.COUNTER

    def _many(self, day: Day, given: Given) -> Major | None:
        least = given[Rulebook].number("CPL-MAJOR-20P", day)
        return Major.MANY if self._together and least is not None and least <= self.complainants else None


class AskParticulars(Command):
    """Asks the complainant for what only they can tell."""

    on, may = Complaint, OFFICERS | {Role.SERVICE}
    says = ("请投诉人补充", "Ask for particulars")
    applies = ("CPL-INFO-NO-DUPLICATE",)
    gates = (pending,)
    particulars: Annotated[tuple[Particular, ...], MinLen(1), MaxLen(10)]

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        ours = [each for each in self.particulars if each.is_ours]
        HELD_BY_US.unless(not ours, papers=ours)
        yield e.ParticularsAsked(particulars=tuple(dict.fromkeys(self.particulars)), asked_on=given.today)


class AcceptComplaint(Command):
    on, may = Complaint, OFFICERS
    says = ("受理", "Accept")
    applies = ("CPL-SCOPE",)
    gates = (received,)

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        yield e.ComplaintAccepted(accepted_on=given.today, line=complaint.line)


class DeclineComplaint(Command):
    """An enquiry, a report of a violation, or nobody's own affair need not be handled; whoever raised it is told."""

    on, may = Complaint, OFFICERS | SUPERIORS
    says = ("不予受理", "Decline")
    applies = ("CPL-SCOPE", "CPL-NOT-BY-COMPLAINANT")
    gates = (pending,)
    ground: NoComplaint
    told_on: Day
    note: Note = ""

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        from_on(complaint.counts_from, self.told_on, given)
        yield e.ComplaintDeclined(**dict(self))


class ReportMajorComplaint(Command):
    """A major complaint has its emergency plan, and is reported."""

    on, may = Complaint, OFFICERS | SUPERIORS
    says = ("报告重大投诉", "Report as major")
    applies = ("CPL-MAJOR-20P",)
    gates = (major_unreported,)
    plan: Number = Field(description="Number of the emergency plan.")
    reported_on: Day

    def decide(self, complaint: Complaint, given: Given) -> Iterator[Event]:
        not_in_future(self.reported_on, given)
        yield e.MajorComplaintReported(**dict(self))
