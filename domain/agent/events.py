"""What happens to an agent: registration, practice, appointment, grade, training, violations, leaving."""

from __future__ import annotations

from datetime import date

from domain.kernel import Event
from domain.product import Grade, Line
from domain.words import Money, Period, Personal, Term


class Engagement(Term):
    INDIVIDUAL = "individual", "个人代理人", "individual agent"
    EMPLOYEE = "employee", "公司员工", "employee"
    AGENCY = "agency", "专业代理机构人员", "agency's salesperson"
    BROKER = "broker", "经纪机构人员", "broker's salesperson"
    BANK = "bank", "兼业代理（银行）人员", "bank's salesperson"


class AgentRegistered(Event):
    """The code is the login of the agent's account, in capitals."""

    tells = ("登记销售人员{code}（{engagement}）", "registered as {code}, {engagement}")
    unique = ("code",)
    code: str
    name: Personal[str]
    identity: Personal[str]
    engagement: Engagement
    joined_on: date


class PracticeRegistered(Event):
    """Practice registration, which every seller needs; renewed, the later one stands beside the earlier."""

    tells = ("执业登记{registration}，有效期{valid}", "practice registration {registration}, valid {valid}")
    unique = ("registration",)
    registration: str
    valid: Period


class PracticeFoundLapsed(Event):
    """It turned out that the registration had ended sooner than was known."""

    tells = (
        "查明执业登记已自{lapsed_on}起失效：{reason}",
        "the practice registration is found to have lapsed on {lapsed_on}: {reason}",
    )
    lapsed_on: date
    reason: Personal[str]


class AgentAppointed(Event):
    tells = ("授权销售{lines}，期间{period}", "appointed for {lines}, {period}")
    lines: tuple[Line, ...]
    period: Period


class AppointmentEnded(Event):
    tells = ("销售授权自{ended_on}起终止：{reason}", "the appointment ended on {ended_on}: {reason}")
    ended_on: date
    reason: Personal[str]


class AgentGraded(Event):
    """What products may be sold: those of this grade, and of lower ones."""

    tells = ("销售能力分级{grade}（{graded_on}），依据{assessment}", "graded {grade} on {graded_on}, by {assessment}")
    grade: Grade
    graded_on: date
    assessment: str


class AuthorityProfileSet(Event):
    """The largest sum that the agent may take in with one application; above it another has to."""

    tells = ("单笔承揽权限{largest}", "may take in {largest} with one application")
    largest: Money


class AgentTrained(Event):
    """Training in lines of business; it holds until a day, or for good."""

    tells = ("完成培训{course}，{hours}学时", "completed {course}, {hours} hours")
    course: str
    hours: int
    lines: tuple[Line, ...]
    completed_on: date
    valid_until: date | None = None


class ViolationRecorded(Event):
    """Forbidden conduct that was found; it may bar from selling, until a day."""

    tells = (
        "记录违规{number}：{conduct}，禁止销售至{barred_until}",
        "violation {number}: {conduct}, barred {barred_until}",
    )
    number: str
    found_on: date
    conduct: Personal[str]
    barred_until: date | None = None


class AgentSuspended(Event):
    tells = ("暂停销售：{reason}", "suspended: {reason}")
    reason: Personal[str]


class SuspensionLifted(Event):
    tells = ("恢复销售：{reason}", "the suspension was lifted: {reason}")
    reason: Personal[str]


class AgentLeft(Event):
    """The contract with the agent ended; the practice registration is to be cancelled."""

    tells = ("于{left_on}离司：{reason}", "left on {left_on}: {reason}")
    left_on: date
    reason: Personal[str]


class PracticeCancelled(Event):
    tells = ("执业登记于{cancelled_on}注销", "the practice registration was cancelled on {cancelled_on}")
    cancelled_on: date
