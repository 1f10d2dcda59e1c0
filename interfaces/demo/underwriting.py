"""How a risk is examined: disclosure, what is wanting, a check, issues and how each is ruled, the verdict, the offer."""

from __future__ import annotations

from domain.customer import Channel
from domain.policy.appetite import appetite_on, doubts
from domain.policy.events import Answer, Verdict
from domain.policy.examination import (
    AskCorrections,
    AskExamination,
    CompleteApplication,
    FindWanting,
    ReceiveExamination,
)
from domain.policy.examined import Examined
from domain.policy.risk import Concern, Interest, Ruling
from domain.policy.sale import AnswerDisclosure, ConsentToCover, IssuePolicy, SignPolicy, WithdrawApplication
from domain.policy.state import Policy
from domain.policy.underwriting import (
    ApproveSpecially,
    DecideUnderwriting,
    MakeOffer,
    RaiseIssue,
    ReferIssue,
    ReopenIssue,
    RuleIssue,
    TellRefusal,
)
from domain.words import plus_days, plus_years, total
from interfaces.demo.advice import Advised
from interfaces.demo.names import QUESTIONS
from interfaces.demo.world import Story, cards

REASONS = {
    Verdict.ACCEPT: "风险正常，按标准费率承保",
    Verdict.LOAD: "体检指标异常或风险偏高，加费承保",
    Verdict.EXCLUDE: "既往情况除外后承保",
    Verdict.POSTPONE: "近期检查结果待复查，延期承保",
    Verdict.DECLINE: "风险超出承保范围",
}
RULINGS = {
    Verdict.LOAD: Ruling.LOAD,
    Verdict.EXCLUDE: Ruling.EXCLUDE,
    Verdict.POSTPONE: Ruling.POSTPONE,
    Verdict.DECLINE: Ruling.DECLINE,
}


SPECIAL = cards({True: 1, False: 9})
"""How seldom somebody approves beyond their authority."""


class Underwritten(Advised):
    """A sale from the disclosure to the offer."""

    adverse: tuple[str, ...] = ()
    interest = Interest.SELF

    @property
    def needs(self) -> int:
        """How far an authority has to reach, in fen."""
        return total(each.insured for each in self.contract.sums).minor

    def discloses(self) -> Story:
        if self.chance(1):
            hasty = DecideUnderwriting(verdict=Verdict.ACCEPT, reason="资料齐全")
            yield self.tries(self.staff.underwriter(self.dice), hasty, "policy.not_disclosed")
        yield self.soon()
        line = self.contract.ware.kind.line
        kind = "person" if line.is_personal else "business" if self.contract.client.is_business else "property"
        answers = tuple(Answer(asked, "是" if self.chance(8) else "否") for asked in QUESTIONS[kind])
        self.adverse = tuple(each.question for each in answers if each.answer == "是")
        yield self.does(self.seller, AnswerDisclosure(answers=answers))
        if self.chance(1):
            yield self.soon()
            yield self.tries(self.seller, SignPolicy(signed_on=self.today), "policy.not_accepted")

    def examined(self, verdict: Verdict) -> Story:
        """Until every issue has been ruled on as the verdict will have it."""
        underwriter = self.staff.underwriter(self.dice)
        if self.chance(4):
            wanting = FindWanting(received_on=self.today, wanting=("身份证复印件不清晰", "缺银行账户"))
            yield self.does(underwriter, wanting)
            yield self.office(1, 3)
            yield self.does(self.agent, AskCorrections(asked_on=self.today))
            yield self.office(1, 4)
        if self.chance(1):
            hasty = DecideUnderwriting(verdict=verdict, loading_percent=self.contract.loading, reason="资料齐全")
            yield self.tries(underwriter, hasty, "policy.application_incomplete")
        checked = self.contract.ware.kind.line.is_personal and self.chance(7)
        completed_on = self.today
        yield self.does(underwriter, CompleteApplication(completed_on=completed_on, examination=checked))
        concerns = self._concerns()
        if checked:
            concerns.append(Concern.EXAMINATION)
            yield self.office(0, 2)
            yield self.does(self.agent, AskExamination(told_on=self.today))
            yield self.office(2, 8)
            yield self.does(underwriter, ReceiveExamination(received_on=self.today, findings="各项指标正常"))
        if self.chance(1):
            yield self.does(underwriter, RaiseIssue(detail="职业类别存疑"))
            concerns.append(Concern.OTHER)
        for concern in concerns:
            yield self.soon()
            yield from self._ruled(concern, verdict if concern is concerns[-1] else Verdict.ACCEPT)

    def _concerns(self) -> list[Concern]:
        """What the standard of the day finds, as whoever reads the application reckons."""
        contract, born_on, day = self.contract, self.contract.client.born_on, self.today
        read = Policy(id=self.stream, sums=contract.sums, period=contract.period, examined=Examined(self.adverse))
        age = day.year - born_on.year - (plus_years(born_on, day.year - born_on.year) > day) if born_on else None
        return [each.concern for each in doubts(read, contract.terms, age, appetite_on(day), day)]

    def _ruled(self, concern: Concern, verdict: Verdict) -> Story:
        ruling = RULINGS.get(verdict, Ruling.APPROVE)
        by = self.staff.ruler(self.dice, self.needs)
        able = self.staff.underwriter(self.dice)
        rule = RuleIssue(
            concern=concern,
            ruling=ruling,
            loading_percent=self.contract.loading if ruling is Ruling.LOAD else 0,
            exclusion="既往症及其并发症" if ruling is Ruling.EXCLUDE else "",
            reason=REASONS[verdict],
        )
        if verdict.binds and able.authority < self.needs:
            if self.chance(30):
                yield self.tries(able, rule, "policy.refer")
            yield self.does(able, ReferIssue(concern=concern, reason="超出本人核保权限"))
            yield self.soon()
        junior = self.staff.junior
        if ruling is Ruling.APPROVE and junior.authority < self.needs and self.world.deal("special", SPECIAL):
            yield self.does(junior, ApproveSpecially(concern=concern, reason="重点客户续做，已核再保安排"))
            return
        yield self.does(by, rule)
        if self.chance(12):
            yield self.soon()
            yield self.does(by, ReopenIssue(concern=concern, reason="补充了新的体检资料"))
            yield self.soon()
            yield self.does(by, rule)

    def decided(self, verdict: Verdict) -> Story:
        contract = self.contract
        command = DecideUnderwriting(
            verdict=verdict,
            loading_percent=contract.loading,
            exclusions=("既往症及其并发症",) if verdict is Verdict.EXCLUDE else (),
            reason=REASONS[verdict],
        )
        if self.chance(1):
            yield self.tries(self.agent, command, "not_allowed")
            yield self.soon()
        yield self.does(self.staff.underwriter(self.dice), command)
        if not verdict.binds:
            yield self.office(0, 2)
            yield self.does(self.staff.service(self.dice), TellRefusal(told_on=self.today))

    def offered(self) -> Story:
        service, insured = self.staff.service(self.dice), self.contract
        if self.chance(1):
            yield self.tries(self.seller, SignPolicy(signed_on=self.today), "policy.not_offered")
        yield self.does(service, MakeOffer(valid_until=plus_days(self.today, 30)))
        if self.interest is not Interest.SELF:
            yield self.soon()
            consent = ConsentToCover(consented_on=self.today, evidence=self.world.number("B", self.today))
            if insured.ware.kind.line.value == "life" and insured.terms.is_individual and self.chance(20):
                yield self.tries(service, IssuePolicy(number="P-0"), "policy.no_consent")
            yield self.does(self.agent, consent)

    def withdraws(self) -> Story:
        yield self.office(1, 6)
        by = self.contract.client.actor if self.contract.client.channel in (Channel.APP, Channel.WEB) else self.agent
        yield self.does(by, WithdrawApplication(reason="客户改变主意"))
