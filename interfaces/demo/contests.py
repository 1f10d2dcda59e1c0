"""A rejected claim disputed issue by issue: review, court, remand, another review, and at last a changed decision."""

from __future__ import annotations

from hashlib import sha256

from domain.dispute import contesting as c
from domain.dispute import review as r
from domain.dispute.commands import CloseDispute
from domain.dispute.contest import Finding, Ground, Level, Side
from domain.dispute.events import Result
from domain.dispute.state import Dispute
from domain.kernel import Command, stream_of
from domain.words import Actor, Money, plus_days, total
from interfaces.demo.disputes import ClaimDispute
from interfaces.demo.world import Act, Story, cards

COURT = "市人民法院"
SETTLED = cards({True: 1, False: 2})


class Contested(ClaimDispute):
    """`won` says that the decision was changed; `steps` counts the dispute's events, by which its check is drawn."""

    won = False
    steps = 0
    decider: Actor | None = None

    def on_it(self, actor: Actor, command: Command) -> Act:
        self.steps += 1
        return super().on_it(actor, command)

    def _tried(self, actor: Actor, command: Command, refused: str) -> Act:
        return self.tries(actor, command, refused, stream=stream_of(Dispute, f"{self.name}/dispute"))

    def contested(self) -> Story:
        client, clerk = self.contract.client.actor, self.clerk
        wanted = total(self.payable.values())
        yield self.on_it(
            client,
            c.DisputeIssue(
                ground=Ground.EXCLUSION, position="投保时未说明该免责条款", original=Money(0), wanted=wanted
            ),
        )
        yield self.on_it(client, c.DisputeIssue(ground=Ground.DELAY, position="超过三十日才告知结果"))
        yield self.office(1, 3)
        yield self.on_it(clerk, c.TakePosition(issue=1, position="条款已加黑提示，投保人已签字确认"))
        checksum = sha256(f"{self.name}/evidence".encode()).hexdigest()
        filed = c.FileEvidence(kind="投保提示书", name="投保提示书扫描件", sha256=checksum, filed_on=self.today)
        yield self.on_it(clerk, filed)
        if self.world.deal("offers to settle", SETTLED):
            yield from self._settles(wanted)
            return
        yield from self._negotiates()
        first, second = self.staff.reviewers[:2]
        if self.decider is not None and self.decider.role.value == "supervisor":
            yield self._tried(self.decider, r.OpenReview(), "dispute.involved")
        yield from self._reviewed(first, Finding.UPHELD, None)
        yield from self._goes_to_court()
        yield self._tried(first, r.OpenReview(), "dispute.involved")
        yield from self._reviewed(second, Finding.CHANGED, wanted)
        yield self.on_it(self.staff.compliance(self.dice), CloseDispute(result=Result.CHANGED))
        self.won = True

    def _settles(self, wanted: Money) -> Story:
        superior = self.staff.superior(self.dice)
        terms = {"valid_until": plus_days(self.today, 10), "terms": "按应赔金额赔付，双方再无争议"}
        yield self.on_it(superior, c.OfferSettlement(amount=wanted, **terms))
        yield self._tried(superior, c.AcceptSettlement(), "dispute.own_offer")
        yield self.any_day(1, 4)
        yield self.on_it(self.contract.client.actor, c.AcceptSettlement())
        yield self.office(0, 2)
        yield self.on_it(superior, CloseDispute(result=Result.AGREED))
        self.won = True

    def _negotiates(self) -> Story:
        superior, client = self.staff.superior(self.dice), self.contract.client.actor
        offer = c.OfferSettlement(
            amount=Money(500_00), valid_until=plus_days(self.today, 10), terms="通融补偿，一次了结"
        )
        yield self.on_it(superior, offer)
        yield self.any_day(1, 4)
        yield self.on_it(client, c.DeclineSettlement(reason="与损失相差过大"))
        yield self.office(1, 2)
        held = c.HoldDispute(until=plus_days(self.today, 20), reason="等待医院补充病历")
        yield self.on_it(superior, held)
        yield self._tried(self.staff.reviewers[0], r.OpenReview(), "dispute.held")
        yield self.office(1, 3)
        yield self.on_it(superior, c.ResumeDispute())

    def _reviewed(self, reviewer: Actor, finding: Finding, revised: Money | None) -> Story:
        yield self.office(1, 2)
        yield self.on_it(reviewer, r.OpenReview())
        yield self.office(2, 6)
        decided = {"finding": finding, "revised": revised, "reasons": "免责条款的说明义务经核查"}
        yield self.on_it(reviewer, r.DecideIssue(issue=1, **decided))
        yield self._tried(self.clerk, r.TellReview(told_on=self.today), "dispute.nothing_to_tell")
        drawn = r.drawn(Dispute(id=stream_of(Dispute, f"{self.name}/dispute"), version=self.steps)) < r.CHANCE
        last = r.DecideIssue(issue=2, finding=Finding.UPHELD, reasons="期间因补充资料中止，未超期")
        yield self.on_it(reviewer, last)
        if drawn:
            self.steps += 1
            yield self._tried(self.clerk, r.TellReview(told_on=self.today), "dispute.decision_unchecked")
            yield self._tried(reviewer, r.CheckReview(passed=True), "dispute.own_review")
            yield self.soon()
            other = next(each for each in self.staff.reviewers if each.name != reviewer.name)
            checker = self.staff.superior(self.dice) if self.steps > 20 else other
            yield self.on_it(checker, r.CheckReview(passed=True, note="理由充分"))
        yield self.soon()
        yield self.on_it(self.clerk, r.TellReview(told_on=self.today))

    def _goes_to_court(self) -> Story:
        clerk = self.clerk
        yield self.office(3, 8)
        yield self.on_it(clerk, c.GoBefore(level=Level.LITIGATION, reached_on=self.today, body=COURT))
        yield self._tried(clerk, c.HoldHearing(), "dispute.no_hearing")
        yield self.on_it(clerk, c.ScheduleHearing(held_on=plus_days(self.today, 6), room=COURT))
        yield self._tried(clerk, c.HoldHearing(), "dispute.hearing_too_early")
        yield self.office(2, 3)
        yield self.on_it(clerk, c.PostponeHearing(until=plus_days(self.today, 7), reason="承办法官出差"))
        yield self.office(8, 9)
        yield self.on_it(clerk, c.MissHearing(side=Side.CUSTOMER))
        yield self.on_it(clerk, c.ScheduleHearing(held_on=plus_days(self.today, 3), room=COURT))
        yield self.office(4, 6)
        yield self.on_it(clerk, c.HoldHearing())
        yield self.office(3, 8)
        remand = r.RemandDispute(body=COURT, remanded_on=self.today, reasons="说明义务的履行未经查明，发回重新核定")
        yield self.on_it(clerk, remand)
        yield self.office(2, 5)
