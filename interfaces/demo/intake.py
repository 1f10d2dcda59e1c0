"""The first half of a claim's life: notice, registration, papers, and what it may have to wait for."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta

from domain.claim.events import Hold, Notice, Paper, Severity
from domain.claim.intake import (
    AmendNotice,
    GiveNotice,
    HoldClaim,
    ReceiveDocument,
    RegisterClaim,
    ReleaseClaim,
    RequestDocuments,
)
from domain.claim.request import ConfirmArrival, ExplainClaim
from domain.claim.settlement import ApproveClaim, AssessCoverage
from domain.claim.state import Status
from domain.customer import Channel
from domain.kernel import Command
from domain.policy.events import Sum
from domain.words import Actor, Money, plus_days
from interfaces.demo import names
from interfaces.demo.contract import Contract, Insurer, rounded
from interfaces.demo.courses import COURSES, MATERIAL, PAPERS, VARIED, Course
from interfaces.demo.scrutiny import SEVERITIES, Scrutiny
from interfaces.demo.world import Act, Life, Story


class ClaimIntake(Scrutiny):
    """One claim. It counts its own events, because the survey after the closing is named by the version it closed at."""

    def __init__(self, insurer: Insurer, contract: Contract, after: Life, place: int, *, overdue: bool = False) -> None:
        name = f"claim/{contract.stream}/{place}"
        super().__init__(insurer, name, contract, after)
        self.overdue = overdue
        self.course = Course() if overdue else self.world.deal("courses of claims", COURSES)
        self.handler = self.staff.handler(self.dice)
        self.number = ""
        self.reserved: dict[str, Money] = {}
        self.claimed: dict[str, Money] = {}
        self.payable: dict[str, Money] = {}
        self.paid: dict[str, Money] = {}

    def does(self, actor: Actor, command: Command, **more: object) -> Act:
        act = super().does(actor, command, **more)  # type: ignore[arg-type]
        if not act.refused and act.order.stream == self.stream:
            self.version += 1
        return act

    def _noticed(self) -> Story:
        client, course = self.contract.client, self.course
        yield self.any_day(0, 1 if self.overdue else 4)
        self.number = self.world.number("C", self.today)
        channel = self.dice.choice(VARIED)
        reporter = client.actor if channel in (Channel.APP, Channel.WEB) else self.staff.service(self.dice)
        doubted = course.hold is Hold.INVESTIGATION
        self._severity = Severity.MAJOR if doubted else self.world.deal("severities", SEVERITIES)
        self._notice = full = Notice(
            loss_on=self.loss_on,
            cause=self.cause,
            place=names.address(self.dice)[:18],
            reporter=client.name,
            phone=client.phone,
            description=names.LOSSES[self.cause.value],
            severity=self._severity,
        )
        said = replace(full, cause=None, description="") if course.incomplete else full
        policy = self.contract.stream
        yield self.does(reporter, GiveNotice(number=self.number, channel=channel, policy=policy, notice=said))
        self._keeps_told(self.number)
        if course.incomplete:
            yield self.office(1, 2)
            if self.chance(40):
                yield self.tries(self.handler, RegisterClaim(), "claim.incomplete")
        if course.rests is Status.NOTICED:
            return
        if self.chance(3):
            yield from self._mistakes(full)
        if course.incomplete:
            yield self.any_day(1, 3)
            yield self.does(client.actor, AmendNotice(policy=policy, notice=full))

    def _mistakes(self, full: Notice) -> Story:
        """A date in the future is refused at once; a date before the cover at registration, and then put right."""
        client = self.contract.client
        yield self.soon()
        future = replace(full, loss_on=self.today + timedelta(days=30))
        amended = AmendNotice(policy=self.contract.stream, notice=future)
        yield self.tries(client.actor, amended, "claim.loss_in_future")
        before = replace(full, loss_on=plus_days(self.contract.ware.sold[0], -400))
        yield self.does(client.actor, AmendNotice(policy=self.contract.stream, notice=before))
        yield self.office(0, 1)
        yield self.tries(self.handler, RegisterClaim(), "claim.not_covered_at_loss")
        if not self.course.incomplete:
            yield self.soon()
            right = AmendNotice(policy=self.contract.stream, notice=full)
            yield self.does(self.staff.service(self.dice), right)

    def _registered(self) -> Story:
        yield self.office(0, 1) if self.overdue else self.office(0, 3)
        yield from self._backdated()
        yield from self._held_against_others()
        yield from self._told_otherwise(self._notice)
        yield from self._held_against_others()
        yield self.does(self.handler, RegisterClaim())
        yield from self._screened()
        if self.chance(60):
            yield self.soon()
            yield self.does(self.staff.service(self.dice), ExplainClaim(told_on=self.today))
        self._sums = self._known

    def _waits_for_premium(self) -> Story:
        """The house itself holds the claim, and lets it go when the premium has come."""
        self.version += 1
        yield self.office(2, 4)
        yield self.does(self.handler, self._assess(self._sums[0], 3))
        if self.chance(50):
            yield self.tries(self._second(), ApproveClaim(), "claim.on_hold")
        assert self.contract.settles_on
        yield self.at(plus_days(self.contract.settles_on, self.between(1, 3)))
        self.version += 1

    def _papers(self) -> Story:
        wanted = PAPERS.get(self.cause, MATERIAL)
        asked = wanted[: self.between(2, len(wanted))]
        yield self.soon()
        yield self.does(self.handler, RequestDocuments(papers=asked))
        yield self.soon()
        yield self.does(
            self.handler, ConfirmArrival(arrived_on=self.today, evidence=self.world.number("D", self.today))
        )
        hold = self.course.hold or (Hold.INVESTIGATION if self._doubtful else None)
        if hold:
            yield self.office(1, 3)
            if hold is Hold.INVESTIGATION:
                yield from self._investigated()
            else:
                yield self.does(self.handler, HoldClaim(hold=hold, note="调取监控与就诊记录核实"))
        if self.chance(3):
            yield self.office(1, 2)
            yield self.tries(self.handler, RequestDocuments(papers=(Paper.OTHER,)), "claim.asked_once")
        stuck = self.course.rests is Status.REGISTERED
        for place, paper in enumerate(asked[:-1] if stuck else asked):
            yield self.any_day(1, 6) if place == 0 else self.soon(2, 8)
            yield self.does(self._sender(), self._scan(paper))
            # The form is the request, the first paper beside it the proof, and the last paper completes what was asked.
            self.version += (place < 2) + (paper is asked[-1])
        if hold and not stuck:
            yield self.office(6, 20)
            if hold is Hold.INVESTIGATION:
                yield from self._reported()
            else:
                yield self.does(self.handler, ReleaseClaim(hold=hold))

    def _sender(self) -> Actor:
        return self.contract.client.actor if self.chance(60) else self.staff.service(self.dice)

    def _scan(self, paper: Paper) -> ReceiveDocument:
        sha256 = hashlib.sha256(f"{self.name}/{paper}".encode()).hexdigest()
        return ReceiveDocument(paper=paper, name=f"{paper.zh}.pdf", sha256=sha256, received_on=self.today)

    # -- what both halves need ---------------------------------------------------------

    def _assess(self, benefit: Sum, percent: int) -> AssessCoverage:
        """A loss of up to so many percent of what is insured, and above the deductible."""
        part = benefit.insured.share(self.between(100, percent * 100), 10_000)
        claimed = min(benefit.insured, rounded(part, 1_000)) + benefit.deductible
        self.claimed[benefit.benefit] = claimed
        self.payable[benefit.benefit] = claimed - benefit.deductible
        self.reserved.setdefault(benefit.benefit, self.payable[benefit.benefit])
        return AssessCoverage(benefit=benefit.benefit, claimed=claimed, note="按条款及单证核定")

    def _second(self) -> Actor:
        """Somebody whose authority reaches as far as this and all that was approved for the same customer before."""
        approved, who = self.insurer.approved, self.contract.client.stream
        approved[who] = approved.get(who, 0) + sum(amount.minor for amount in self.payable.values())
        return self.staff.decider(self.dice, approved[who], self.handler)
