"""What the rules refuse of sellers, advice and applications, and beside it what they let through."""

from __future__ import annotations

from datetime import date

from domain.advice import commands as advice
from domain.agent import fitness
from domain.policy import sale, suited
from domain.policy.risk import Interest
from domain.product import Grade, Line
from tests import samples as s
from tests.advice import samples as a
from tests.advice import test_advice as advised
from tests.agent import samples as agents
from tests.policy import examined
from tests.policy import test_application as applying
from tests.policy.test_application import applies, lacking, means
from tests.policy.test_underwriting import ISSUE, sold
from tests.profile import test_profile as profile
from tests.rules.enforced import Both

CHECKED = s.replaced(a.RECORDED, scenes=a.RECORDED.scenes[1:])
CHILD = {"interest": Interest.CHILD, "sums": (s.hospital(200_001),), "insured_born_on": date(2016, 3, 3)}
GROWN = {**CHILD, "sums": (s.hospital(500_001),), "insured_born_on": date(2016, 3, 2)}
ADULT = {**CHILD, "insured_born_on": date(2008, 3, 2)}
POOR = {"income": s.yuan(4_000), "budget": s.yuan(90_000)}


def long(**said: object):
    return applying.LONG.model_copy(update=said)


def by_agent(*history: object):
    return applies(agent=agents.agent(*history))


SELLERS: dict[str, Both] = {
    "SALE-LICENSED-ONLY": (by_agent(*agents.ABLE, agents.LAPSED), fitness.UNLICENSED, by_agent(*agents.ABLE)),
    "SALE-SALESPERSON-GRADE": (
        applies(terms=a.long_term(grade=Grade.R5)),
        fitness.GRADE_TOO_LOW,
        applies(terms=a.long_term(grade=Grade.R4)),
    ),
    "AGT-TRAINING-SUITABILITY": (by_agent(*agents.ABLE[:-1]), fitness.UNTRAINED, by_agent(*agents.ABLE)),
    "SALE-ID-SHOW": (
        advised.story().when(advised.BEGIN.model_copy(update={"credential": ""}), number="V1"),
        advice.NO_CREDENTIAL,
        advised.story().when(advised.BEGIN, number="V1"),
    ),
    "SALE-RISK-2PERDAY": (
        profile.after_tests(profile.TODAY, profile.TODAY).when(profile.TEST),
        profile.p.TESTED_TODAY,
        profile.after_tests(profile.TODAY).when(profile.TEST),
    ),
    "SALE-RISK-8PER12M": (
        profile.after_tests(*(date(2025, month, 9) for month in range(4, 12))).when(profile.TEST),
        profile.p.TESTED_OFTEN,
        profile.after_tests(*(date(2025, month, 9) for month in range(4, 11))).when(profile.TEST),
    ),
}

APPLICATIONS: dict[str, Both] = {
    "SALE-KYC-NEEDS": (applies(advice=lacking(a.SHOWN)), suited.NOT_SHOWN, applies()),
    "SALE-UNSUITABLE-DENY": (
        advised.story(a.BEGUN, a.BARRED).when(advised.CONFIRM),
        advice.BARRED,
        advised.story(a.BEGUN, a.UNSUITED).when(advised.CONFIRM),
    ),
    "SALE-UNSUITABLE-ADVISE": (
        applies(advice=a.advice(a.BEGUN, a.UNSUITED, a.GIVEN)),
        suited.NOT_CONFIRMED,
        applies(advice=a.advice(a.BEGUN, a.UNSUITED, a.GIVEN, a.INSISTED)),
    ),
    "SALE-PRESALE-DISCLOSE": (
        applies(advice=a.advice(a.BEGUN, a.SHOWN, s.replaced(a.GIVEN, given=a.GIVEN.given[1:]))),
        suited.UNDISCLOSED,
        applies(),
    ),
    "SALE-EXCLUSION-EXPLAIN": (applies(advice=a.advice(a.BEGUN, a.SHOWN)), suited.UNEXPLAINED, applies()),
    "SALE-SUIT-INFORM": (
        applies(advice=a.advice(a.BEGUN, a.SHOWN, s.replaced(a.GIVEN, given=a.GIVEN.given[:-1]))),
        suited.UNINFORMED,
        applies(),
    ),
    "AML-CDD-WHEN": (applies(profile=a.profile(a.TAKEN)), suited.UNIDENTIFIED, applies()),
    "SALE-DUALREC-SCOPE": (
        applies(terms=applying.LINKED, advice=applying.STATED),
        suited.NOT_RECORDED,
        applies(terms=applying.LINKED, advice=applying.RECORDED),
    ),
    "SALE-DUALREC-CONTENT": (
        applies(terms=applying.LINKED, advice=a.advice(*a.READY, a.STATED, CHECKED)),
        suited.RECORDING_SHORT,
        applies(terms=applying.LINKED, advice=applying.RECORDED),
    ),
    "SALE-UNCERTAIN-SINGLE-4X": (
        applies(applying.SINGLE, terms=applying.UNCERTAIN, profile=means(**POOR)),
        suited.SINGLE_STATEMENT,
        applies(applying.SINGLE, terms=applying.UNCERTAIN, profile=means(**POOR), advice=applying.STATED),
    ),
    "SALE-UNCERTAIN-REGULAR-20PCT": (
        applies(terms=applying.UNCERTAIN, profile=means(income=s.yuan(18_259))),
        suited.REGULAR_STATEMENT,
        applies(terms=applying.UNCERTAIN, profile=means(income=s.yuan(18_260))),
    ),
    "SALE-UNCERTAIN-AGE-75": (
        applies(terms=applying.UNCERTAIN, customer=applying.born(date(1956, 3, 2))),
        suited.AGE_STATEMENT,
        applies(terms=applying.UNCERTAIN, customer=applying.born(date(1956, 3, 3))),
    ),
    "SALE-UNCERTAIN-BUDGET-150PCT": (
        applies(terms=applying.UNCERTAIN, profile=means(budget=s.yuan(2_000))),
        suited.BUDGET_STATEMENT,
        applies(terms=applying.UNCERTAIN, profile=means(budget=s.yuan(20_000))),
    ),
    "UW-MINOR-DEATH-CAP-10Y": (
        applies(long(**CHILD), terms=applying.LIFE),
        suited.CHILD_UNDER_10,
        applies(long(**ADULT), terms=applying.LIFE),
    ),
    "UW-MINOR-DEATH-CAP-18Y": (
        applies(long(**GROWN), terms=applying.LIFE),
        suited.CHILD_UNDER_18,
        applies(long(**{**GROWN, "sums": (s.hospital(500_000),)}), terms=applying.LIFE),
    ),
    "UW-DEATH-CONSENT": (
        sold(Line.LIFE, Interest.SPOUSE).when(ISSUE),
        sale.NO_CONSENT,
        sold(Line.LIFE, Interest.SPOUSE, examined.CONSENTED).when(ISSUE),
    ),
    "UW-INSURABLE-INTEREST": (
        sold(Line.HEALTH, Interest.OTHER).when(ISSUE),
        sale.NO_INTEREST,
        sold(Line.HEALTH, Interest.SPOUSE).when(ISSUE),
    ),
}
