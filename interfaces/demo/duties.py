"""What the law demands that no other record tells of: entered as duties by compliance, and mostly seen to in time."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from domain import duty as d
from domain.duty import Duty
from domain.kernel import stream_of
from domain.rules.rulebook import RULEBOOK, ChangeDays
from domain.words import Actor, Role, plus_days
from interfaces.demo.staff import Staff
from interfaces.demo.world import OPENS, Life, Story, World, is_working, moment_of

KEEPER = Actor("compliance", Role.COMPLIANCE)


class Kept(Enum):
    """How it is seen to."""

    IN_TIME = auto()
    AFTER_A_BREAK = auto()
    LATE = auto()
    NOT_ASKED_FOR = auto()
    OPEN = auto()


@dataclass(frozen=True, slots=True)
class Task:
    """One duty: when in the year it arises, after how many days it is seen to, and what it is about."""

    rule: str
    day: int
    takes: int
    about: str
    kept: Kept = Kept.IN_TIME


TASKS = (
    Task("AGT-FIRM-CHANGE-5WD", 31, 4, "法定代表人变更登记"),
    Task("CPL-REGULATOR-FORWARD-7WD", 66, 6, "监管转送投诉，告知处理情况"),
    Task("AGT-FIRM-BRANCH-15WD", 94, 33, "新设城东营业部备案", Kept.LATE),
    Task("ORPHAN-AGENT-30D", 171, 16, "代理人离职，告知其名下客户"),
    Task("PROD-STOP-REPORT-10WD", 203, 22, "停售两款意外险产品的报告", Kept.AFTER_A_BREAK),
    Task("PROD-STOP-DISCLOSE-10WD", 232, 5, "停售信息披露", Kept.NOT_ASKED_FOR),
    Task("AGT-FIRM-PI-20WD", 352, 0, "职业责任保险续保报告", Kept.OPEN),
)


class DutyLife(Life):
    """One duty, from the day on which it arose."""

    def __init__(self, world: World, staff: Staff, task: Task) -> None:
        begins = moment_of(plus_days(world.begins, task.day), OPENS)
        super().__init__(world, f"duty/{task.rule}", stream_of(Duty, f"demo/{world.name}/{task.rule}"), begins)
        self.staff, self.task = staff, task

    def story(self) -> Story:
        task = self.task
        yield self.office(0)
        owner = self.staff.superior(self.dice).name
        number = self.world.number("D", self.today)
        opened = d.OpenDuty(number=number, rule=task.rule, arose_on=self.today, about=task.about, owner=owner)
        yield self.does(KEEPER, opened)
        if task.kept is Kept.OPEN:
            return
        if task.kept is Kept.NOT_ASKED_FOR:
            yield self.office(1, 3)
            yield self.does(KEEPER, d.DropDuty(reason="经核实产品继续销售，无需披露"))
            return
        if task.kept is Kept.AFTER_A_BREAK:
            yield self.office(2, 4)
            yield self.does(KEEPER, d.PauseDuty(paused_on=self.today, reason="监管系统停机维护"))
            yield self.office(4, 6)
            yield self.does(KEEPER, d.ResumeDuty(resumed_on=self.today))
        yield self.office(task.takes)
        evidence = self.world.number("BA", self.today)
        yield self.does(KEEPER, d.DischargeDuty(done_on=self.today, evidence=evidence))


class StormLife(Life):
    """A typhoon: for a day the insurer does not work."""

    def __init__(self, world: World) -> None:
        super().__init__(world, "storm", RULEBOOK, moment_of(plus_days(world.begins, 292), OPENS))

    def story(self) -> Story:
        yield self.office(0)
        day = next(day for n in range(1, 9) if is_working(day := plus_days(self.today, n)))
        yield self.does(KEEPER, ChangeDays(off=(day,), source="台风红色预警，全市停工"))
