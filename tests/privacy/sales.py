"""What is said of a resident while something is sold to them that is never concluded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from domain.advice import commands as advice
from domain.advice.events import Scene
from domain.claim import payment, settlement
from domain.claim.money import Cost, Kind, Source
from domain.policy import examination, sale, underwriting
from domain.policy.application import ApplyForPolicy
from domain.policy.events import Answer
from domain.policy.risk import Concern, Ruling
from domain.profile import AssessTolerance, Means, Need, TakeProfile, Tolerance, VerifyIdentity
from domain.words import Actor, Role
from tests.handling.door import Door, as_customer
from tests.samples import SECOND, TWO_MILLION, YEAR, yuan

if TYPE_CHECKING:
    from tests.privacy.town import Resident


async def is_advised(door: Door, r: Resident, product: UUID) -> None:
    """A profile, advice, a recording that falls short."""
    today, me = door.clock.now().date(), as_customer(r.customer)
    means = Means(income=yuan(240_000), budget=yuan(20_000), wanted=yuan(1_000_000))
    taken = TakeProfile(
        customer=r.customer, taken_on=today, needs=(Need.ILLNESS,), means=means, occupation=r.says("occupation")
    )
    profile = taken.home
    await door.give(taken, profile)
    test = AssessTolerance(customer=r.customer, assessed_on=today, tolerance=Tolerance.C3, record=r.says("test"))
    await door.give(test, profile)
    verified = VerifyIdentity(customer=r.customer, verified_on=today, document=r.says("document"), evidence="I-1")
    await door.give(verified, profile)
    begun = advice.BeginAdvice(profile=profile, begun_on=today)
    stream = (await door.give(begun, by=me)).stream
    recorded = advice.RecordSale(
        reference="SL-1", sha256="a" * 64, seconds=900, scenes=tuple(Scene)[1:], recorded_on=today
    )
    await door.give(recorded, stream)
    await door.give(advice.CheckRecording(checked_on=today, note=r.says("recording")), stream)
    r.streams += [profile, stream]


async def is_examined(door: Door, r: Resident, product: UUID) -> None:
    """An application that is examined, found wanting, ruled on, and withdrawn."""
    today, period = door.clock.now().date(), YEAR
    apply = ApplyForPolicy(
        product=product, customer=r.customer, insured=r.says("examined"), sums=TWO_MILLION, period=period
    ).model_copy(update={"insured_born_on": r.really_born_on})
    policy = (await door.give(apply, by=as_customer(r.customer))).stream
    await door.give(sale.AnswerDisclosure(answers=(Answer("Smoker?", "yes, " + r.says("yes")),)), policy)
    await door.give(examination.FindWanting(received_on=today, wanting=(r.says("wanting"),)), policy)
    await door.give(examination.AskCorrections(asked_on=today), policy)
    await door.give(examination.CompleteApplication(completed_on=today, examination=True), policy)
    await door.give(examination.ReceiveExamination(received_on=today, findings=r.says("findings")), policy)
    await door.give(underwriting.RaiseIssue(detail=r.says("detail")), policy)
    concern = {"concern": Concern.OTHER}
    await door.give(underwriting.ReferIssue(**concern, reason=r.says("referred")), policy)
    ruled = underwriting.RuleIssue(
        **concern, ruling=Ruling.EXCLUDE, exclusion=r.says("ruledout"), reason=r.says("ruled")
    )
    await door.give(ruled, policy)
    await door.give(underwriting.ReopenIssue(**concern, reason=r.says("reopened")), policy)
    special = underwriting.ApproveSpecially(**concern, reason=r.says("special"))
    await door.give(special, policy, Actor("zhou", Role.SUPERVISOR, authority=1))
    await door.give(sale.WithdrawApplication(reason=r.says("withdrawn")), policy)
    r.streams.append(policy)


async def money_moves(door: Door, r: Resident, claim: UUID) -> None:
    """A payment comes back and is made again; an expense is asked for and declined, a recovery given up."""
    today = door.clock.now().date()
    await door.give(payment.VoidPayment(reference="T1", reason=r.says("voided")), claim)
    await door.give(settlement.ApproveClaim(), claim, SECOND)
    again = {"benefit": "HOSPITAL", "amount": yuan(800), "payee": r.says("payeeagain"), "paid_on": today}
    await door.give(settlement.PayClaim(**again, reference="T2"), claim)
    asked = payment.RequestExtra(
        request="F-1",
        kind=Kind.EXPENSE,
        cost=Cost.APPRAISAL,
        amount=yuan(10),
        payee=r.says("surveyor"),
        reason=r.says("expense"),
    )
    reserve = payment.ReserveCost(cost=Cost.APPRAISAL, reserve=yuan(20), reason=r.says("costreserve"))
    await door.give(reserve, claim)
    await door.give(asked, claim)
    await door.give(payment.DeclineExtra(request="F-1", reason=r.says("declinedexpense")), claim, SECOND)
    expected = payment.ExpectRecovery(
        recovery="H-1", benefit="HOSPITAL", source=Source.SUBROGATION, amount=yuan(5), debtor=r.says("debtor")
    )
    await door.give(expected, claim)
    await door.give(payment.CloseRecovery(recovery="H-1", reason=r.says("givenup")), claim)
