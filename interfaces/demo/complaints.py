"""Complaints: on a sale, a service or a claim, simple or complex, up to the answer, and what comes after it."""

from __future__ import annotations

from enum import Enum, auto

from domain.complaint import answer as a
from domain.complaint import handling as h
from domain.complaint import period as p
from domain.complaint import receipt as r
from domain.complaint import review as v
from domain.complaint.state import Complaint
from domain.complaint.words import (
    AnswerContent,
    Break,
    Finding,
    Matter,
    NoComplaint,
    Particular,
    Redress,
    Responsibility,
    Resumption,
    ReviewResult,
    Special,
    Way,
)
from domain.customer import Channel
from domain.kernel import stream_of
from domain.words import Money
from interfaces.demo.contract import Case, Contract, Insurer
from interfaces.demo.world import Life, Story, cards


class Turn(Enum):
    """What is particular about one."""

    PLAIN = auto()
    UNFOUNDED = auto()
    ENQUIRY = auto()
    WITHDRAWN = auto()
    REPEATED = auto()
    NEW_FACTS = auto()
    COMPLEX = auto()
    PROLONGED = auto()
    NOT_PROLONGED = auto()
    MEDIATED = auto()
    REVIEWED = auto()
    REOPENED = auto()
    MAJOR = auto()
    LATE = auto()
    OPEN = auto()


T = Turn
TURNS = cards({turn: {T.PLAIN: 4, T.UNFOUNDED: 3, T.COMPLEX: 2, T.LATE: 2}.get(turn, 1) for turn in Turn})
SLOW = frozenset({T.COMPLEX, T.PROLONGED, T.NOT_PROLONGED})
WISHES = {
    Matter.SALE: ("销售时未说明免责条款，要求退还保费", "代理人承诺的收益与合同不符"),
    Matter.SERVICING: ("变更联系方式两周仍未生效", "多次致电客服未得到答复"),
    Matter.PREMIUM: ("同一期保费被重复扣款，要求退回", "对加费金额有异议"),
    Matter.CLAIM: ("对理赔进度不满，要求尽快给出结论", "要求说明剔除费用的依据"),
    Matter.CALL_BACK: ("回访时间不合适，要求改约", "回访内容与投保时所述不一致"),
}


class ComplaintLife(Case):
    """One complaint of a customer about one contract."""

    def __init__(self, insurer: Insurer, contract: Contract, after: Life) -> None:
        name = f"complaint/{contract.stream}"
        super().__init__(insurer, name, stream_of(Complaint, f"demo/{insurer.world.name}/{name}"), after)
        self.contract = contract
        self.turn = self.world.deal("turns of complaints", TURNS)
        self.officer = self.staff.complaint_officer(self.dice)
        self.matter = self.dice.choice(tuple(WISHES))

    def story(self) -> Story:
        yield self.any_day(5, 90)
        yield from self._received()
        if self.turn is T.ENQUIRY:
            yield self.office(0, 2)
            told = r.DeclineComplaint(ground=NoComplaint.ENQUIRY, told_on=self.today, note="已解答咨询")
            yield self.does(self.officer, told)
            return
        yield self.office(0, 3)
        yield self.does(self.officer, r.AcceptComplaint())
        yield self.soon()
        yield self.does(self.officer, h.AssignComplaint(handler=self.officer.name))
        yield from self._looked_into()
        if self.turn in (T.WITHDRAWN, T.OPEN):
            return
        yield from self._answered(Finding.UNFOUNDED if self.turn is T.UNFOUNDED else Finding.UPHELD)
        yield from self._followed()

    def _received(self) -> Story:
        contract, client = self.contract, self.contract.client
        major = self.turn is T.MAJOR
        channel = Channel.COUNTER if major else self.dice.choice((Channel.PHONE, Channel.APP, Channel.WEB))
        itself = channel in (Channel.APP, Channel.WEB)
        command = r.ReceiveComplaint(
            number=self.world.number("T", self.today),
            channel=channel,
            matter=self.matter,
            complainant=client.name,
            phone=client.phone,
            wish=self.dice.choice(WISHES[self.matter]),
            customer=client.stream,
            policy=contract.stream,
            complainants=26 if major else 1,
            representatives=5 if major else 0,
        )
        by = client.actor if itself else self.staff.service(self.dice)
        if major:
            yield self.tries(by, command.model_copy(update={"representatives": 9}), "complaint.too_many_speak")
            yield self.soon()
        yield self.does(by, command)
        if self.turn is T.UNFOUNDED:
            yield self.soon()
            everything = r.AskParticulars(particulars=(Particular.FACTS, Particular.CONTRACT))
            yield self.tries(self.officer, everything, "complaint.held_by_us")
            yield self.does(self.officer, r.AskParticulars(particulars=(Particular.FACTS,)))
        if major:
            yield self.office(0, 1)
            plan = self.world.number("YA", self.today)
            yield self.does(self.officer, r.ReportMajorComplaint(plan=plan, reported_on=self.today))

    # -- until it is decided ----------------------------------------------------------

    def _looked_into(self) -> Story:
        client, officer = self.contract.client.actor, self.officer
        match self.turn:
            case T.WITHDRAWN:
                yield self.any_day(1, 6)
                yield self.does(client, h.WithdrawComplaint(withdrawn_on=self.today))
            case T.REPEATED:
                yield self.any_day(2, 5)
                yield self.does(client, h.RepeatComplaint(channel=Channel.APP, received_on=self.today))
            case T.NEW_FACTS:
                yield self.any_day(3, 8)
                yield self.does(client, h.RaiseNewFacts(facts="补充了与代理人的聊天记录", received_on=self.today))
            case T.MEDIATED:
                yield from self._mediated()
            case T.LATE:
                # Past the fifteen days: the house tells of it, and takes it further.
                yield self.office(21, 26)
            case _ if self.turn in SLOW:
                yield self.office(6, 11)
                yield self.does(officer, p.FindComplaintComplex(reason="需向两家机构调取材料"))
                yield from self._prolonged()

    def _mediated(self) -> Story:
        yield self.office(3, 7)
        said = {"ground": Break.MEDIATION, "paused_on": self.today, "body": "金融纠纷调解中心"}
        yield self.tries(self.officer, p.PauseComplaint(**said), "complaint.not_agreed")
        yield self.soon()
        yield self.does(self.officer, p.PauseComplaint(**said, told_on=self.today))
        yield self.office(8, 14)
        yield self.does(self.officer, p.ResumeComplaint(resumed_on=self.today))

    def _prolonged(self) -> Story:
        if self.turn is T.COMPLEX:
            yield self.office(6, 12)
            return
        yield self.office(8, 12)
        asked = p.AskProlongation(ground=Special.SPECIALLY_COMPLEX, reason="外部材料尚未取得")
        yield self.does(self.officer, asked)
        yield self.office(1, 2)
        superior = self.staff.superior(self.dice)
        if self.turn is T.NOT_PROLONGED:
            yield self.does(superior, p.DeclineProlongation())
            return
        yield self.does(superior, p.ApproveProlongation())
        yield self.office(0, 1)
        told = p.ProlongComplaint(told_on=self.today, way=Way.MESSAGE, evidence=self.world.number("SMS", self.today))
        yield self.does(self.officer, told)
        yield self.office(12, 20)

    # -- the answer, and after it -----------------------------------------------------

    def _answered(self, finding: Finding) -> Story:
        yield self.office(1, 4)
        upheld = finding is Finding.UPHELD
        paid = upheld and self.chance(60)
        decided = a.DecideComplaint(
            finding=finding,
            reasons="经核实，投诉所述属实。" if upheld else "经核实，处理符合合同约定与法律规定。",
            redress=Redress.COMPENSATION if paid else Redress.APOLOGY if upheld else Redress.NONE,
            amount=Money(self.between(2, 90) * 10_000) if paid else None,
            responsibility=self.dice.choice((Responsibility.PROCESS, Responsibility.AGENT, Responsibility.STAFF))
            if upheld
            else Responsibility.NOBODY,
        )
        yield self.does(self.officer, decided)
        yield self.soon()
        evidence = self.world.number("DX", self.today)
        said = {"told_on": self.today, "way": Way.POSTED, "evidence": evidence}
        if self.chance(15):
            short = a.AnswerComplaint(**said, contents=(AnswerContent.VERIFIED, AnswerContent.GROUNDS))
            yield self.tries(self.officer, short, "complaint.content_missing")
            yield self.soon()
        yield self.does(self.officer, a.AnswerComplaint(**said, contents=tuple(AnswerContent)))
        yield self.office(2, 5)
        yield self.does(self.officer, a.ConfirmAnswerArrival(arrived_on=self.today))

    def _followed(self) -> Story:
        yield self.soon()
        yield self.does(self.officer, a.CloseComplaint())
        if self.turn is T.REVIEWED:
            yield from self._reviewed()
        if self.turn is T.REOPENED:
            yield self.office(10, 25)
            again = a.ReopenComplaint(ground=Resumption.BROKEN_PROMISE, note="约定的补偿尚未到账")
            yield self.does(self.staff.superior(self.dice), again)
            yield self.soon()
            yield self.does(self.officer, h.AssignComplaint(handler=self.officer.name))
            yield from self._answered(Finding.UPHELD)
            yield self.soon()
            yield self.does(self.officer, a.CloseComplaint())

    def _reviewed(self) -> Story:
        yield self.any_day(3, 20)
        asked = v.RequestReview(reasons="补偿金额偏低", received_on=self.today)
        yield self.does(self.contract.client.actor, asked)
        yield self.office(8, 18)
        superior = self.staff.superior(self.dice)
        decided = v.DecideReview(
            result=ReviewResult.CHANGED,
            reasons="原决定遗漏了第二次扣款",
            finding=Finding.UPHELD,
            redress=Redress.COMPENSATION,
            amount=Money(150_000),
        )
        yield self.does(superior, decided)
        yield self.office(0, 2)
        evidence = self.world.number("DH", self.today)
        told = v.AnswerReview(told_on=self.today, way=Way.DIALLED, evidence=evidence)
        yield self.does(superior, told)
