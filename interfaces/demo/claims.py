"""The second half of a claim's life: assessment, a second pair of eyes, payment, closing, and sometimes again."""

from __future__ import annotations

from uuid import UUID

from domain.claim.closing import CloseClaim, ReopenClaim
from domain.claim.events import Outcome, Rejection, Reopening
from domain.claim.milestones import Remedy
from domain.claim.request import FindComplex
from domain.claim.result import AgreeSettlement, ApproveAdvance, PayAdvance, SendRejection, TellDecision
from domain.claim.settlement import ApproveClaim, AssessCoverage, ChangeReserve, RejectClaim
from domain.claim.state import Status
from domain.claim.triage import ScreenClaim
from domain.kernel import stream_of
from domain.survey import AnswerSurvey, Survey
from domain.words import Money, total
from interfaces.demo.answers import answer
from interfaces.demo.contract import rounded
from interfaces.demo.courses import GROUNDS, NO, NOTHING, PAID, PART, WITHOUT
from interfaces.demo.payments import ClaimMoney
from interfaces.demo.world import Story


class ClaimLife(ClaimMoney):
    """One claim, from the notice to its closing, and after."""

    def story(self) -> Story:
        yield from self._noticed()
        if self.course.rests is Status.NOTICED:
            return
        yield from self._registered()
        if self.overdue:
            yield from self._waits_for_premium()
        yield from self._papers()
        if self.course.rests is Status.REGISTERED:
            return
        yield from self._decided()
        if self.course.rests:
            return
        yield from self._closed(self.course.outcome)
        if self.course.reopening is Reopening.DISPUTE:
            yield from self._mediated()
        elif self.course.outcome is NO:
            yield from self._disputed()
        ground = Reopening.DISPUTE if self.won else self.course.reopening
        if ground:
            yield from self._again(ground)

    def _decided(self) -> Story:
        yield self.office(1, 4)
        if self.course.outcome is NOTHING:
            return
        for benefit in self._sums if self.chance(60) else self._sums[:1]:
            yield self.does(self.handler, self._assess(benefit, 60 if self.chance(4) else 12))
            yield self.soon()
        if self.course.outcome is PART:
            yield from self._reduces()
        if self.course.rests is Status.ASSESSED:
            return
        if self.course.outcome is NO:
            yield from self._rejects()
            return
        if self.course.doubts:
            yield from self._doubts()
        yield from self._approves()
        if self.course.rests is not Status.APPROVED:
            yield from self._agrees()
            yield from self._pays(self.course.payments)

    def _reduces(self) -> Story:
        """Less is payable than was claimed, for one benefit."""
        yield self.office(1, 2)
        code = next(iter(self.payable))
        self.payable[code] = rounded(self.payable[code].share(self.between(40, 80), 100), 100)
        note = "部分费用不属于保险责任，予以剔除"
        command = AssessCoverage(benefit=code, claimed=self.claimed[code], payable=self.payable[code], note=note)
        yield self.does(self.handler, command)

    def _doubts(self) -> Story:
        """The reserve moves while an expert is asked, and what is payable is assessed anew."""
        code, payable = next(iter(self.payable.items()))
        reserve = payable.share(130, 100)
        yield self.does(self.handler, ChangeReserve(benefit=code, reserve=reserve, reason="等待公估报告，暂按上限计提"))
        yield self.soon()
        yield self.does(self.handler, FindComplex(reason="损失金额待公估"))
        yield self.does(self.handler, ScreenClaim())
        yield from self._advances(code, rounded(payable.share(40, 100), 100))
        yield self.office(4, 12)
        self.payable[code] = rounded(payable.share(95, 100), 100)
        note = "依公估报告重新核定"
        if self.course.outcome is PAID:
            insured = next(each for each in self._sums if each.benefit == code)
            self.claimed[code] = self.payable[code] + insured.deductible
        again = AssessCoverage(benefit=code, claimed=self.claimed[code], payable=self.payable[code], note=note)
        yield self.does(self.handler, again)

    def _advances(self, code: str, amount: Money) -> Story:
        """What is certain to be owed is paid first, while the expert is asked about the rest."""
        if not amount:
            return
        yield self.office(0, 1)
        yield self.does(self._second(), ApproveAdvance(benefit=code, amount=amount))
        yield self.soon()
        paid = {"benefit": code, "amount": amount, "payee": self.contract.client.name, "paid_on": self.today}
        advance = PayAdvance(**paid, reference=self.world.number("T", self.today))
        yield self.does(self.staff.cashier(self.dice), advance)
        self.paid[code] = amount

    def _approves(self) -> Story:
        yield self.office(0, 3)
        amount = sum(each.minor for each in self.payable.values())
        if self.chance(4):
            yield self.tries(self.handler, ApproveClaim(), "claim.same_person")
            yield self.soon()
        beyond = self.staff.beyond(self.dice, amount, self.handler)
        if beyond and self.chance(20):
            yield self.tries(beyond, ApproveClaim(), "claim.beyond_authority")
            yield self.office(0, 1)
        if self.chance(2):
            yield self.tries(self.staff.auditor(self.dice), ApproveClaim(), "not_allowed")
        yield self.does(self._second(), ApproveClaim())

    def _rejects(self) -> Story:
        yield self.office(0, 2)
        grounds = (self.world.deal("grounds of rejection", GROUNDS),)
        told = f"经调查，{grounds[0].zh}，依照合同约定不承担保险责任。"
        amount = sum(each.minor for each in self.payable.values())
        decider = self.staff.decider(self.dice, amount, self.handler)
        command = RejectClaim(grounds=grounds, explanation=told)
        if Rejection.NON_DISCLOSURE in grounds:
            yield self.tries(decider, command, "claim.not_rescinded")
            command = command.model_copy(update={"agreed": True})
        self.decider = decider
        yield self.does(decider, command)
        if self.course.rests:
            return
        if self.chance(10):
            yield self.soon()
            yield self.tries(self.handler, CloseClaim(), "claim.letter_unsent")
        yield self.any_day(0, 2)
        letter = SendRejection(letter=self.world.number("J", self.today), sent_on=self.today, remedies=tuple(Remedy))
        yield self.does(self.staff.service(self.dice), letter)

    def _agrees(self) -> Story:
        """The customer is told what was decided, and agrees to it."""
        approved = total(self.payable.values())
        if approved <= total(self.paid.values()):
            return
        service = self.staff.service(self.dice)
        if self.chance(3):
            yield self.soon()
            yield self.tries(service, AgreeSettlement(amount=approved, agreed_on=self.today), "claim.untold")
        yield self.office(0, 1)
        yield self.does(service, TellDecision(told_on=self.today))
        yield self.soon(1, 3)
        yield self.does(service, AgreeSettlement(amount=approved, agreed_on=self.today))

    # -- closing ----------------------------------------------------------------------

    def _closed(self, outcome: Outcome) -> Story:
        yield self.office(0, 3)
        without = self.world.deal("closings without payment", WITHOUT) if outcome is NOTHING else None
        yield from self._reserves_well(outcome)
        yield self.does(self.handler, CloseClaim(without=without, reserve_note=self._note))
        if outcome.settled:
            yield from self._surveyed(stream_of(Survey, f"{self.stream}/{self.version}"))

    def _reserves_well(self, outcome: Outcome) -> Story:
        """What was first reserved lay far off at times; then the closing says why."""
        paid, first = (sum(each.minor for each in of.values()) for of in (self.paid, self.reserved))
        astray = outcome.settled and 2 * abs(paid - first) > first
        self._note = "首次估损依据不足，后续核定变化较大" if astray else ""
        if astray:
            self.version += 1
            if self.chance(20):
                yield self.tries(self.handler, CloseClaim(), "claim.reserve_astray")

    def _surveyed(self, survey: UUID) -> Story:
        """The house asks whoever was paid; two in three answer, by themselves or on the telephone."""
        if not self.chance(66):
            return
        yield self.any_day(1, 9)
        client = self.contract.client
        by = client.actor if self.chance(70) else self.staff.service(self.dice)
        yield self.does(by, answer(self.world, self.dice), stream=survey)
        if self.chance(3):
            yield self.soon()
            yield self.tries(by, AnswerSurvey(satisfaction=5), "survey.answered", stream=survey)

    def _again(self, ground: Reopening) -> Story:
        """Reopened, assessed anew for more, decided by somebody else, and paid what is left."""
        if ground is Reopening.DISPUTE:
            # The end of the dispute has reopened it.
            self.version += 1
        else:
            yield self.office(8, 30)
            yield self.does(self._second(), ReopenClaim(ground=ground, note=f"{ground.zh}，重新核定"))
        yield self.office(1, 5)
        code = next(iter(self.claimed))
        insured = next(each for each in self._sums if each.benefit == code)
        if ground is Reopening.FURTHER_LOSS:
            more = min(insured.insured, self.payable[code].share(130, 100))
            self.claimed[code] = more + insured.deductible
        self.payable[code] = self.claimed[code] - insured.deductible
        yield self.does(self.handler, AssessCoverage(benefit=code, claimed=self.claimed[code], note="重新核定"))
        yield from self._approves()
        yield from self._agrees()
        yield from self._pays(1)
        yield from self._closed(PAID)
