"""The insurer's own standards: some in effect, one superseded, one out for comment, one that waits for its day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from uuid import UUID

from domain.kernel import stream_of
from domain.product import Line
from domain.rules.change import RuleChange
from domain.standard import commands as c
from domain.standard.content import Content, Scope
from domain.standard.state import Standard
from domain.words import Actor, Role, plus_days
from interfaces.demo.staff import Staff
from interfaces.demo.world import OPENS, Life, Story, World, moment_of

DRAFTER, OWNER = Actor("tan.kai", Role.SUPERVISOR), "gu.yan"
FIRST_APPROVER, SECOND_APPROVER = Actor("compliance", Role.COMPLIANCE), Actor("wang.gang", Role.COMPLIANCE)
CLAIMS = Scope(roles=(Role.CLAIMS_HANDLER, Role.CASHIER), lines=(Line.HEALTH, Line.ACCIDENT))


class Come(Enum):
    """How far a standard comes in the year."""

    DRAFTED, CONSULTED, APPROVED, IN_EFFECT, REVISED, WITHDRAWN = range(6)


@dataclass(frozen=True, slots=True)
class Paper:
    """A standard: when in the year it is begun, how far it comes, what it says, and what its next version says."""

    code: str
    begins: int
    come: Come
    content: Content
    then: Content | None = None

    @property
    def stream(self) -> UUID:
        return stream_of(Standard, f"demo/{self.code}")


PAYMENT = Content(
    title_zh="理赔付款时效标准",
    title_en="Payment of claims in time",
    owner=OWNER,
    scope=CLAIMS,
    text="与被保险人达成赔付协议后，八日内付款。\n不能按期付款的，须在到期前向主管说明原因。",
    changes=(
        RuleChange(
            rule="OWN-PAY-PROMISE", like="CLAIM-PAY-10D", value=8, zh="八日付款承诺", en="Paid within eight days"
        ),
    ),
)
FASTER = replace(
    PAYMENT,
    text="与被保险人达成赔付协议后，六日内付款。\n不能按期付款的，须在到期前向主管说明原因。\n付款当日以短信通知收款人。",
    changes=(replace(PAYMENT.changes[0], value=6, zh="六日付款承诺", en="Paid within six days"),),
)
MANNER = Content(
    title_zh="客户沟通用语规范",
    title_en="How we speak with customers",
    owner=OWNER,
    text="接听时先报工号与姓名。\n不使用行业缩略语；使用时须当场解释。\n不能当场答复的，约定回复时间并按时回复。",
)
REACH = Content(
    title_zh="七乘二十四小时服务保障标准",
    title_en="Service around the clock",
    owner=OWNER,
    scope=Scope(roles=(Role.SERVICE, Role.SUPERVISOR)),
    text="报案与咨询渠道全年每日二十四小时可用。\n人工服务每工作日不少于十小时。",
    changes=(RuleChange(rule="CONS-HUMAN-8H", value=10),),
)
FILES = Content(
    title_zh="业务档案管理标准",
    title_en="Keeping of business files",
    owner=OWNER,
    document="QB-2026-11 档案管理标准.pdf",
    sha256="5e884898da28047151d0e56f8dc6292773603d0d6aabbd62a11ef721d1542d8a",
)
REVIEW = Content(
    title_zh="投诉处理时效标准",
    title_en="Complaints decided in time",
    owner=OWNER,
    scope=Scope(roles=(Role.SERVICE, Role.SUPERVISOR, Role.COMPLIANCE)),
    text="事实清楚、争议简单的投诉，十二日内作出处理决定并告知投诉人。",
    changes=(RuleChange(rule="CPL-DECIDE-15D", value=12),),
)
PAPERS = (
    Paper("QB-CLM-01", 12, Come.REVISED, PAYMENT, FASTER),
    Paper("QB-SVC-02", 20, Come.IN_EFFECT, MANNER),
    Paper("QB-SVC-03", 35, Come.IN_EFFECT, REACH),
    Paper("QB-ADM-04", 60, Come.WITHDRAWN, FILES),
    Paper("QB-CPL-05", 335, Come.APPROVED, REVIEW),
    Paper(
        "QB-SAL-06", 350, Come.CONSULTED, replace(MANNER, title_zh="销售沟通规范", title_en="How we speak when we sell")
    ),
    Paper("QB-ADM-07", 355, Come.DRAFTED, replace(FILES, title_zh="电子档案标准", title_en="Electronic files")),
)
SAID = (
    ("年底业务高峰期人手不足，建议给出过渡安排。", "采纳：高峰期由主管调配人手。"),
    ("第二条的责任人不够明确。", "采纳：已在正文中明确由经办人负责。"),
    ("建议同时给出短信模板。", "不采纳：模板由客服部另行发布。"),
)


class StandardLife(Life):
    """Drafted, commented on, approved by somebody else, in effect on its day, read by those whom it binds."""

    def __init__(self, world: World, staff: Staff, paper: Paper) -> None:
        super().__init__(
            world, f"standard/{paper.code}", paper.stream, moment_of(plus_days(world.begins, paper.begins), OPENS)
        )
        self.staff, self.paper, self.comments = staff, paper, 0

    def story(self) -> Story:
        paper = self.paper
        yield self.office(0)
        if paper.content is REACH:
            loose = replace(REACH, changes=(replace(REACH.changes[0], value=7),))
            yield self.tries(DRAFTER, c.DraftStandard(code=paper.code, content=loose), "standard.not_stricter")
            yield self.soon()
        yield self.does(DRAFTER, c.DraftStandard(code=paper.code, content=paper.content))
        if paper.come is Come.DRAFTED:
            return
        yield from self._enacted(1, paper.content, FIRST_APPROVER)
        if paper.then:
            yield self.office(120, 150)
            revised = c.ReviseStandard(content=paper.then, reason="半年回顾：多数赔款已在六日内支付，承诺可以更严")
            yield self.does(DRAFTER, revised)
            yield from self._enacted(2, paper.then, SECOND_APPROVER)
        if paper.come is Come.WITHDRAWN:
            yield self.office(60, 90)
            withdrawn = c.WithdrawStandard(version=1, reason="并入电子档案标准")
            yield self.does(FIRST_APPROVER, withdrawn)

    def _enacted(self, version: int, content: Content, approver: Actor) -> Story:
        """Out for comment, approved, in effect, acknowledged; so far as the year has it."""
        until = plus_days(self.today, 14)
        yield self.soon()
        yield self.does(DRAFTER, c.OpenConsultation(until=until))
        yield from self._discussed()
        if self.paper.come is Come.CONSULTED:
            return
        yield self.at(plus_days(until, 1))
        effective_on = plus_days(self.today, 10 if self.paper.come is not Come.APPROVED else 45)
        command = c.ApproveStandard(version=version, effective_on=effective_on, training=("SVC-STD",))
        if version == 1:
            own = Actor(DRAFTER.name, Role.COMPLIANCE)
            yield self.tries(own, command, "standard.drafter_approves")
            yield self.soon()
        yield self.does(approver, command)
        if self.paper.come is Come.APPROVED:
            return
        yield self.at(effective_on)
        yield from self._read(version, content)

    def _discussed(self) -> Story:
        for comment, answer in SAID[: self.between(1, 3)]:
            yield self.office(1, 3)
            self.comments += 1
            yield self.does(self.staff.service(self.dice), c.CommentOnStandard(comment=comment))
            if self.paper.come is not Come.CONSULTED:
                yield self.soon()
                yield self.does(DRAFTER, c.AnswerComment(number=self.comments, answer=answer))

    def _read(self, version: int, content: Content) -> Story:
        """Four of five whom it binds say so within three weeks."""
        for reader in self._bound(content.scope):
            if self.chance(80):
                yield self.office(0)
                yield self.does(reader, c.AcknowledgeStandard(version=version))

    def _bound(self, scope: Scope) -> Sequence[Actor]:
        return [
            each.actor for each in self.staff.everyone if each.role is not Role.ADMINISTRATOR and scope.binds(each.role)
        ]
