"""What is looked into before a claim is decided: investigations, names on lists, the catastrophe it may come of."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.kernel import Event
from domain.words import Personal, Term


class Method(Term):
    SURVEY = "survey", "现场查勘", "survey on the spot"
    INTERVIEW = "interview", "走访询问", "interviews"
    MEDICAL = "medical", "医疗核查", "medical review"
    ACCOUNTS = "accounts", "财务核查", "review of accounts"
    APPRAISAL = "appraisal", "公估", "appraisal by an adjuster"


class Finding(Term):
    CONFIRMED = "confirmed", "疑点属实", "the doubt was confirmed"
    UNFOUNDED = "unfounded", "疑点不成立", "the doubt was unfounded"
    INCONCLUSIVE = "inconclusive", "无法查明", "inconclusive"


class InvestigationOrdered(Event):
    internal = True
    tells = (
        "委托{investigator}调查{inquiry}（{method}），{due_on}前报告：{question}",
        "{investigator} to look into {inquiry} by {due_on}, {method}: {question}",
    )
    inquiry: str
    method: Method
    question: Personal[str]
    investigator: str
    due_on: date


class InvestigationReported(Event):
    """The report itself is known by its checksum."""

    internal = True
    tells = ("调查{inquiry}结论：{finding}，报告校验值{sha256}", "{inquiry}: {finding}, report {sha256}")
    inquiry: str
    finding: Finding
    findings: Personal[str]
    sha256: str
    investigator: str


class MatchCleared(Event):
    """On the claim: whoever is paid is not who is listed, as compliance has found out."""

    internal = True
    tells = ("名单匹配{entry}经{officer}核实为误报：{reason}", "match with {entry} cleared by {officer}: {reason}")
    sanction: UUID
    entry: str
    reason: Personal[str]
    officer: str


class ClaimGrouped(Event):
    """On the claim: it comes of that catastrophe."""

    internal = True
    tells = ("归入巨灾{code}", "grouped under catastrophe {code}")
    catastrophe: UUID
    code: str
