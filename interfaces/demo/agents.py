"""What lets the agents sell; one of them is suspended, one leaves, one's registration is found to have lapsed."""

from __future__ import annotations

from uuid import UUID

from domain.agent import commands as c
from domain.agent.events import Engagement
from domain.agent.state import Agent
from domain.kernel import stream_of
from domain.product import Grade, Line
from domain.words import Money, Period, plus_days, plus_years
from interfaces.demo.staff import SUSPENDED, Member, Staff
from interfaces.demo.world import UP, Life, Story, World, moment_of

LEFT, LAPSED = "ag0999", "ag1003"
"""One who worked here before the year, and one whose registration is looked at twice."""


def agent_of(login: str) -> UUID:
    return stream_of(Agent, login)


class AgentLife(Life):
    """Registered before anything is sold, and looked after since."""

    def __init__(self, world: World, staff: Staff, member: Member) -> None:
        super().__init__(world, f"agent/{member.login}", agent_of(member.login), moment_of(world.begins, UP))
        self.staff, self.member = staff, member

    def story(self) -> Story:
        keeper, began = self.staff.superior(self.dice), self.today
        code, lines = self.member.login.upper(), tuple(Line)
        holds = Period(plus_days(began, -200), plus_years(began, 3))
        yield self.soon(1, 20)
        joined = c.RegisterAgent(
            code=code, name=self.member.name, engagement=Engagement.INDIVIDUAL, joined_on=plus_days(began, -900)
        )
        yield self.does(keeper, joined)
        yield self.does(keeper, c.RegisterPractice(registration=f"ZY{code}", valid=holds))
        yield self.does(keeper, c.AppointAgent(lines=lines, period=holds))
        yield self.does(keeper, c.GradeAgent(grade=Grade.R5, graded_on=plus_days(began, -100), assessment="年度测评"))
        yield self.does(keeper, c.SetAuthorityProfile(largest=Money.of(str(10**10))))
        trained = c.RecordTraining(course="产品与适当性", hours=36, lines=lines, completed_on=plus_days(began, -60))
        yield self.does(keeper, trained)
        if self.member.login == SUSPENDED:
            yield from self._is_suspended()
        elif self.member.login == LEFT:
            yield from self._leaves()
        elif self.member.login == LAPSED:
            yield from self._lapses()

    def _is_suspended(self) -> Story:
        keeper = self.staff.compliance(self.dice)
        yield self.office(109)
        barred = plus_days(self.today, 25)
        found = c.RecordViolation(
            number=self.world.number("W", self.today), found_on=self.today, conduct="未按规定双录", barred_until=barred
        )
        yield self.does(keeper, found)
        yield self.does(keeper, c.SuspendAgent(reason="未按规定执行双录"))
        yield self.office(25)
        yield self.does(keeper, c.LiftSuspension(reason="整改完成"))

    def _leaves(self) -> Story:
        keeper = self.staff.compliance(self.dice)
        yield self.office(20)
        yield self.does(keeper, c.EndAppointment(ended_on=self.today, reason="本人申请"))
        yield self.office(3)
        yield self.does(keeper, c.LeaveAgent(left_on=self.today, reason="本人离职"))
        yield self.tries(keeper, c.SuspendAgent(reason="补办手续"), "agent.left_before")
        yield self.office(4)
        yield self.does(keeper, c.CancelPractice(cancelled_on=self.today))

    def _lapses(self) -> Story:
        """The renewal had been missed for three weeks; what was sold in them is listed."""
        keeper = self.staff.compliance(self.dice)
        yield self.office(180)
        lapsed_on = plus_days(self.today, -21)
        yield self.does(keeper, c.FindPracticeLapsed(lapsed_on=lapsed_on, reason="未按时办理延续"))
        again = Period(self.today, plus_years(self.today, 3))
        yield self.does(keeper, c.RegisterPractice(registration=f"ZY{LAPSED.upper()}-2", valid=again))
