"""The ways in which a claim may go, each as often as it should, and what claims need on their way."""

from __future__ import annotations

from dataclasses import dataclass

from domain.claim.events import Hold, Outcome, Paper, Rejection, Reopening, WithoutPayment
from domain.claim.state import Status
from domain.customer import Channel
from domain.losses import Cause
from interfaces.demo.world import cards


@dataclass(frozen=True, slots=True)
class Course:
    """How a claim goes. `rests` is where it is when the demo ends, because somebody has yet to act."""

    outcome: Outcome = Outcome.PAID
    payments: int = 1
    incomplete: bool = False
    hold: Hold | None = None
    doubts: bool = False
    reopening: Reopening | None = None
    rests: Status | None = None


PAID, PART, NO, NOTHING = Outcome.PAID, Outcome.PART_PAID, Outcome.REJECTED, Outcome.WITHOUT_PAYMENT
COURSES = cards(
    {
        Course(): 22,
        Course(incomplete=True): 5,
        Course(doubts=True): 4,
        Course(payments=2): 4,
        Course(payments=3): 2,
        Course(hold=Hold.INVESTIGATION): 3,
        Course(PART): 9,
        Course(PART, doubts=True): 2,
        Course(PART, reopening=Reopening.DISPUTE): 2,
        Course(PAID, reopening=Reopening.FURTHER_LOSS): 2,
        Course(PART, reopening=Reopening.ERROR): 1,
        Course(NO): 6,
        Course(NO, hold=Hold.SUSPECTED_FRAUD): 2,
        Course(NO, reopening=Reopening.NEW_EVIDENCE): 2,
        Course(NOTHING): 4,
        Course(NOTHING, incomplete=True): 1,
        Course(rests=Status.NOTICED, incomplete=True): 1,
        Course(rests=Status.REGISTERED): 2,
        Course(rests=Status.REGISTERED, hold=Hold.OTHER): 1,
        Course(rests=Status.ASSESSED): 2,
        Course(rests=Status.APPROVED): 2,
        Course(NO, rests=Status.REJECTED): 1,
    }
)
MEDICAL = (Paper.CLAIM_FORM, Paper.IDENTITY, Paper.MEDICAL_RECORD, Paper.INVOICE, Paper.BANK_ACCOUNT)
MATERIAL = (Paper.CLAIM_FORM, Paper.PHOTOGRAPHS, Paper.INVOICE, Paper.POLICE_REPORT)
PAPERS = {
    Cause.ILLNESS: MEDICAL,
    Cause.INJURY: MEDICAL,
    Cause.DEATH: (Paper.CLAIM_FORM, Paper.IDENTITY, Paper.DEATH_CERTIFICATE, Paper.BANK_ACCOUNT),
}
GROUNDS = tuple(Rejection)
WITHOUT = tuple(WithoutPayment)
VARIED = (Channel.PHONE, Channel.PHONE, Channel.APP, Channel.APP, Channel.AGENT, Channel.COUNTER, Channel.WEB)
