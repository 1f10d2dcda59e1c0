"""What the rules refuse of policies, from the sale to the rescission, and beside it what they let through."""

from __future__ import annotations

from datetime import date

from domain.policy import callback, lapse, premium, sale, service, servicing, underwriting
from domain.policy import events as e
from domain.policy import milestones as m
from domain.policy.events import Ending
from domain.policy.milestones import CallBackWay
from domain.product import Line
from domain.words import SYSTEM, Actor, Period, Role
from tests import samples as s
from tests.kit import given
from tests.policy import kept as years
from tests.policy import test_callback as after
from tests.policy import test_upkeep as kept
from tests.policy.test_sale import CANCELLED, ISSUE
from tests.policy.test_service import HALVES, LAPSED, SECOND_HALF, endorse
from tests.rules.enforced import Both

CUSTOMER = Actor("wang", Role.CUSTOMER, s.CUSTOMER_ID)
DUE = date(2026, 7, 1)
ASKED = m.ReinstatementRequested(received_on=date(2026, 9, 10), line=Line.HEALTH)
SUSPENDED = (*HALVES, LAPSED)
WAITING = (*SUSPENDED, ASKED)
LONG = s.replaced(s.APPLIED, period=Period(date(2026, 1, 1), date(2030, 12, 31)))
UNTOLD = after.SETTLE.model_copy(update={"told_right": False})
ELECTRONIC = after.CALL.model_copy(update={"way": CallBackWay.ELECTRONIC})
SHORT = after.CALL.model_copy(update={"confirmed": after.ASKED[:-1]})
STRANGER = after.CALL.model_copy(update={"confirmed": after.ASKED[1:]})
DUN = premium.DunPremium(sent_on=date(2026, 7, 10))
REQUEST = lapse.RequestReinstatement(received_on=date(2028, 9, 1))


def refuse(*, risen: bool) -> lapse.RefuseReinstatement:
    return lapse.RefuseReinstatement(risk_risen=risen, reason="an illness was found")


def rescind(on: date) -> service.CancelPolicy:
    return service.CancelPolicy(effective_on=on, ending=Ending.RESCISSION)


SALES: dict[str, Both] = {
    "SALE-ASK-SPECIFIC": (
        s.of_policy(s.APPLIED).when(DECIDE := underwriting.DecideUnderwriting(verdict=e.Verdict.ACCEPT, reason="x")),
        sale.NOT_DISCLOSED,
        s.of_policy(s.APPLIED, s.DISCLOSED, s.COMPLETE).when(DECIDE),
    ),
    "SALE-SIGN-SELF": (
        s.of_policy(s.APPLIED, s.DISCLOSED, s.ACCEPTED, s.paid()).when(ISSUE, number="P1"),
        sale.NOT_SIGNED,
        s.of_policy(s.APPLIED, s.DISCLOSED, s.ACCEPTED, s.SIGNED, s.paid()).when(ISSUE, number="P1"),
    ),
    "CONTRACT-AMEND-ENDORSE": (
        s.of_policy(*s.in_force(), CANCELLED).when(endorse()),
        sale.CANCELLED,
        s.of_policy(*s.in_force()).when(endorse()),
    ),
    "CALLBACK-NEW-COOLING": (after.called(SHORT), callback.POINTS_NOT_ASKED, after.called()),
    "CALLBACK-CONTENT-2023": (after.called(STRANGER), callback.NOT_THE_APPLICANT, after.called()),
    "CALLBACK-ELECTRONIC": (
        after.called(by=CUSTOMER),
        callback.NOT_ELECTRONIC,
        after.called(ELECTRONIC, by=CUSTOMER),
    ),
    "CALLBACK-HEALTH-COOLING": (
        after.called(UNTOLD, before=(LONG, *after.IN_HAND[1:], after.MADE, after.FOUND), on=UNTOLD.settled_on),
        callback.RIGHT_UNTOLD,
        after.called(after.SETTLE, before=(LONG, *after.IN_HAND[1:], after.MADE, after.FOUND), on=UNTOLD.settled_on),
    ),
    "CONTRACT-INSURER-NO-RESCIND": (
        s.of_policy(*s.in_force()).when(rescind(date(2026, 5, 4)), on=date(2026, 5, 4)),
        service.NO_GROUND,
        s.of_policy(*s.in_force(), after.KNOWN).when(rescind(date(2026, 5, 4)), on=date(2026, 5, 4)),
    ),
    "CONTEST-WAIVER-PREMIUM": (
        s.of_policy(*s.in_force(), after.KNOWN, s.paid(1, "R2")).when(rescind(date(2026, 5, 5)), on=date(2026, 5, 5)),
        service.WAIVED,
        s.of_policy(*s.in_force(), s.paid(1, "R2"), after.KNOWN).when(rescind(date(2026, 5, 5)), on=date(2026, 5, 5)),
    ),
    "CONTEST-30D": (
        s.of_policy(*s.in_force(), after.KNOWN).when(rescind(date(2026, 6, 4)), on=date(2026, 6, 4)),
        service.KNOWN_TOO_LONG,
        s.of_policy(*s.in_force(), after.KNOWN).when(rescind(date(2026, 6, 3)), on=date(2026, 6, 3)),
    ),
    "CONTEST-2Y": (
        s.of_policy(LONG, *s.in_force()[1:], s.replaced(after.KNOWN, found_on=date(2027, 12, 10))).when(
            rescind(date(2027, 12, 22)), on=date(2027, 12, 22)
        ),
        service.INCONTESTABLE,
        s.of_policy(LONG, *s.in_force()[1:], s.replaced(after.KNOWN, found_on=date(2027, 12, 10))).when(
            rescind(date(2027, 12, 21)), on=date(2027, 12, 21)
        ),
    ),
}

PREMIUMS: dict[str, Both] = {
    "SERV-BENEFICIARY-CHANGE": (
        given(*s.in_force()).when(kept.NAME_OTHERS.model_copy(update={"consent": None})),
        servicing.NO_CONSENT,
        given(*s.in_force()).when(kept.NAME_OTHERS),
    ),
    "SALE-NET-RENEW-CONSENT": (
        s.of_policy(*s.in_force(), years.OFFERED).when(service.RenewPolicy(), by=SYSTEM, on=kept.LATE),
        service.UNASKED_RENEWAL,
        s.of_policy(*s.in_force(), years.OFFERED, years.AGREED).when(service.RenewPolicy(), by=SYSTEM, on=kept.LATE),
    ),
    # Due on the day itself is not overdue.
    "PREM-DUNNING-30D": (
        s.of_policy(*HALVES).when(premium.DunPremium(sent_on=DUE), on=DUE),
        premium.NOTHING_OVERDUE,
        s.of_policy(*HALVES).when(DUN, on=DUN.sent_on),
    ),
    "PREM-GRACE-60D": (
        s.of_policy(*HALVES).when(lapse.LapsePolicy(), on=date(2026, 8, 31)),
        lapse.NOT_OVERDUE,
        s.of_policy(*HALVES).when(lapse.LapsePolicy(), on=date(2026, 9, 1)),
    ),
    "REINSTATE-2Y": (
        s.of_policy(*SUSPENDED).when(REQUEST.model_copy(update={"received_on": date(2028, 9, 2)}), on=date(2028, 9, 2)),
        lapse.REINSTATED_TOO_LATE,
        s.of_policy(*SUSPENDED).when(REQUEST, on=date(2028, 9, 2)),
    ),
    "REINSTATE-REFUSE-ONLY-RISK": (
        s.of_policy(*WAITING).when(refuse(risen=False), on=date(2026, 9, 20)),
        lapse.RISK_NOT_RISEN,
        s.of_policy(*WAITING).when(refuse(risen=True), on=date(2026, 9, 20)),
    ),
    # The thirtieth day is Saturday 10 October, on which is worked.
    "REINSTATE-DEEMED-30D": (
        s.of_policy(*WAITING).when(refuse(risen=True), on=date(2026, 10, 11)),
        lapse.SILENCE_WAS_CONSENT,
        s.of_policy(*WAITING).when(refuse(risen=True), on=date(2026, 10, 10)),
    ),
    "REINSTATE-EFFECTIVE": (
        s.of_policy(*SUSPENDED, SECOND_HALF).when(lapse.DeemReinstated(), on=date(2026, 10, 11)),
        lapse.NOT_REQUESTED,
        s.of_policy(*WAITING, SECOND_HALF).when(lapse.DeemReinstated(), on=date(2026, 10, 11)),
    ),
}
