"""What happens while a risk is examined: completeness, issues and how each is ruled, examination, offer, consent."""

from __future__ import annotations

from datetime import date

from domain.kernel import Event
from domain.product import Line
from domain.words import Money, Personal, Term


class Concern(Term):
    """Why an application is not accepted as it stands."""

    LARGE_SUM = "large_sum", "保额超过自动核保限额", "a sum above what is accepted as it stands"
    ADVERSE_ANSWER = "adverse_answer", "告知有异常", "something adverse was disclosed"
    AGE = "age", "投保年龄超过自动核保年龄", "an age beyond what is accepted as it stands"
    BACKDATED = "backdated", "保险期间早于投保日", "the period begins before the application"
    EXAMINATION = "examination", "需体检或生存调查", "a medical or survival check is needed"
    RATED_HIGH = "rated_high", "客户风险评级高", "a customer rated high"
    OTHER = "other", "核保员提出", "raised by an underwriter"


class Ruling(Term):
    """How an issue was ruled, the mildest first."""

    APPROVE = "approve", "通过", "approved"
    LOAD = "load", "加费", "with a loading"
    EXCLUDE = "exclude", "除外", "with an exclusion"
    POSTPONE = "postpone", "延期", "postponed"
    DECLINE = "decline", "拒绝", "declined"


class Interest(Term):
    """What the insured is to the applicant (Insurance Law art 31)."""

    SELF = "self", "本人", "the applicant"
    SPOUSE = "spouse", "配偶", "spouse"
    CHILD = "child", "子女", "child"
    PARENT = "parent", "父母", "parent"
    DEPENDANT = "dependant", "有抚养、赡养或扶养关系的家庭成员", "a dependant"
    EMPLOYEE = "employee", "劳动者", "employee"
    OTHER = "other", "其他", "somebody else"


class ApplicationFoundWanting(Event):
    tells = ("投保资料不全或有误：{wanting}", "the application is wrong or incomplete: {wanting}")
    wanting: Personal[tuple[str, ...]]
    received_on: date
    line: Line
    individual: bool


class CorrectionsAsked(Event):
    """Everything to be corrected or added, told at once."""

    tells = ("于{asked_on}一次性告知补正", "everything to be corrected was told on {asked_on}, at once")
    asked_on: date


class ApplicationCompleted(Event):
    """`examination` says that a medical or survival check is needed."""

    tells = ("投保资料于{completed_on}齐全", "the application was complete on {completed_on}")
    completed_on: date
    line: Line
    individual: bool
    examination: bool


class IssueRaised(Event):
    """`needs` is how far the authority of whoever rules on it has to reach."""

    internal = True
    tells = ("核保问题：{concern}，{detail}", "underwriting issue: {concern}, {detail}")
    concern: Concern
    detail: Personal[str]
    needs: Money
    standard: str


class IssueReferred(Event):
    internal = True
    tells = ("{concern}上报：{reason}", "{concern} referred: {reason}")
    concern: Concern
    reason: Personal[str]
    referrer: str


class IssueRuled(Event):
    """`special` says that it was beyond the authority of whoever ruled, and done all the same, with a reason."""

    internal = True
    tells = ("{concern}：{ruling}（{ruler}）", "{concern}: {ruling}, by {ruler}")
    concern: Concern
    ruling: Ruling
    ruler: str
    reason: Personal[str]
    loading_percent: int = 0
    exclusion: Personal[str] = ""


class IssueSpeciallyApproved(Event):
    """Approved beyond the authority that the issue needs: an exception that supervisors and auditors look at."""

    internal = True
    tells = (
        "特批：{concern}需权限{needs}，由权限{authority}的{ruler}批准：{reason}",
        "SPECIAL approval of {concern}: it needs {needs}, {ruler} has {authority}: {reason}",
    )
    concern: Concern
    needs: Money
    authority: Money
    ruler: str
    reason: Personal[str]


class IssueReopened(Event):
    internal = True
    tells = ("{concern}重新审核：{reason}", "{concern} reopened: {reason}")
    concern: Concern
    reason: Personal[str]


class ExaminationAsked(Event):
    tells = ("于{told_on}通知体检或生调", "the applicant was told on {told_on} of the check that is needed")
    told_on: date


class ExaminationReported(Event):
    tells = ("于{received_on}收到体检或生调报告", "the report of the check was received on {received_on}")
    received_on: date
    line: Line
    individual: bool
    findings: Personal[str] = ""


class RefusalTold(Event):
    """The applicant was told that the risk is not accepted, or not yet."""

    tells = ("于{told_on}告知未予承保", "the applicant was told on {told_on} that it is not accepted")
    told_on: date


class OfferMade(Event):
    tells = ("第{offer}次要约：保费{premium}，有效至{valid_until}", "offer {offer}: {premium}, until {valid_until}")
    offer: int
    premium: Money
    made_on: date
    valid_until: date


class InsuredConsented(Event):
    """The insured agreed to the cover and to its sum (Insurance Law art 34)."""

    tells = (
        "被保险人于{consented_on}同意投保并认可保额{agreed_to}",
        "the insured agreed on {consented_on} to {agreed_to}",
    )
    consented_on: date
    agreed_to: Money
    evidence: str


class ApplicationWithdrawn(Event):
    tells = ("投保人撤回投保申请：{reason}", "the application was withdrawn: {reason}")
    reason: Personal[str]
