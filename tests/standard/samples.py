"""A standard on the payment of claims: five days after agreement, where the law gives ten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from domain.product import Line
from domain.rules.change import RuleChange, Switch
from domain.rules.rule import Unit
from domain.standard import events as e
from domain.standard.content import Content, Scope
from domain.words import Actor, Role

DRAFTER = Actor("han", Role.SUPERVISOR)
SECOND_DRAFTER = Actor("deng", Role.COMPLIANCE)
APPROVER = Actor("sun", Role.COMPLIANCE)
OWNER = Actor("li", Role.COMPLIANCE)
HANDLER = Actor("wu", Role.CLAIMS_HANDLER)
AGENT = Actor("gao", Role.AGENT)

FIVE_DAYS = RuleChange(rule="CLAIM-PAY-10D", value=5)
THREE_DAYS = RuleChange(rule="CLAIM-PAY-10D", value=3)
OWN_PROMISE = RuleChange(
    rule="OWN-PAY-SMALL", like="CLAIM-PAY-10D", value=24, unit=Unit.HOURS, zh="小额赔款", en="Small claims"
)

CONTENT = Content(
    title_zh="理赔付款时效标准",
    title_en="Payment of claims in time",
    owner=OWNER.name,
    scope=Scope(roles=(Role.CLAIMS_HANDLER, Role.CASHIER), lines=(Line.HEALTH, Line.ACCIDENT)),
    text="达成协议后五日内付款。\n逾期须说明原因。",
    review_on=date(2027, 3, 2),
    changes=(FIVE_DAYS,),
)
STRICTER = replace(
    CONTENT,
    text="达成协议后三日内付款。\n逾期须说明原因。\n小额赔款一日内付款。",
    changes=(THREE_DAYS, OWN_PROMISE),
)
DOCUMENT = replace(CONTENT, text="", document="QB-2026-07 v1.pdf", sha256="a" * 64, changes=())
COMPLETE = replace(
    CONTENT,
    scope=replace(CONTENT.scope, branches=("上海分公司",)),
    document="QB-2026-07 v1.pdf",
    sha256="a" * 64,
    changes=(FIVE_DAYS, OWN_PROMISE, RuleChange(rule="CLAIM-SMALL-MOTOR-5000", switch=Switch.ON)),
)

UNTIL, EFFECTIVE_ON = date(2026, 3, 10), date(2026, 4, 1)

DRAFTED = e.StandardDrafted(code="QB-CLM-01", content=CONTENT, drafter=DRAFTER.name)
INVITED = e.CommentsInvited(version=1, until=UNTIL)
COMMENTED = e.StandardCommented(
    version=1, number=1, comment="Five days are too few in December", commenter=HANDLER.name
)
ANSWERED = e.CommentAnswered(number=1, answer="The cashiers are given a second shift")
APPROVED = e.StandardApproved(version=1, effective_on=EFFECTIVE_ON, approver=APPROVER.name)
EFFECTIVE = e.StandardTookEffect(code="QB-CLM-01", version=1, effective_on=EFFECTIVE_ON, changes=(FIVE_DAYS,))
READ = e.StandardAcknowledged(version=1, reader=HANDLER.name)

REVISED = e.StandardRevised(version=2, content=STRICTER, reason="the year's experience", drafter=SECOND_DRAFTER.name)
INVITED_2 = e.CommentsInvited(version=2, until=date(2026, 5, 10))
APPROVED_2 = e.StandardApproved(
    version=2, effective_on=date(2026, 6, 1), approver=APPROVER.name, training=("CLM-101", "CLM-102")
)
EFFECTIVE_2 = e.StandardTookEffect(
    code="QB-CLM-01", version=2, effective_on=date(2026, 6, 1), changes=STRICTER.changes, supersedes=1
)
WITHDRAWN = e.StandardWithdrawn(code="QB-CLM-01", version=1, reason="merged into another")

CONSULTED = (DRAFTED, INVITED, COMMENTED, ANSWERED)
IN_EFFECT = (*CONSULTED, APPROVED, EFFECTIVE)
NEXT_APPROVED = (*IN_EFFECT, READ, REVISED, INVITED_2, APPROVED_2)
