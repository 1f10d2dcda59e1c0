"""A town of customers, in every personal field of whose events stands something that stands nowhere else."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from domain import customer as c
from domain.account import ChangeRoles, DelegateAuthority, OpenAccount, RestoreAccount, SuspendAccount
from domain.claim import closing, intake, request, result, settlement
from domain.claim.events import Hold, Notice, Paper, Rejection, Reopening
from domain.claim.milestones import Remedy
from domain.kernel import stream_of
from domain.losses import Cause
from domain.policy import sale, service
from domain.policy.application import ApplyForPolicy
from domain.policy.events import Answer, Verdict
from domain.survey import AnswerSurvey, RequestSurvey, Touchpoint
from domain.words import Actor, Role
from tests.handling.door import Door, as_customer
from tests.privacy import quarrels, sales, years
from tests.samples import MILLION, PREMIUM, SECOND, TWO_MILLION, YEAR, yuan

EVERYBODY = 300
AT_ONCE = 24
FIRST_BIRTHDAY = date(1930, 1, 1)


@dataclass
class Resident:
    """A customer, the streams that are theirs, and how to recognise what was said of them."""

    number: int
    customer: UUID = UUID(int=0)
    streams: list[UUID] = field(default_factory=list)
    account: UUID = UUID(int=0)
    policy: UUID = UUID(int=0)
    claim: UUID = UUID(int=0)
    complaint: UUID = UUID(int=0)

    @property
    def mark(self) -> str:
        return f"canary{self.number:03d}x"

    @property
    def born_on(self) -> date:
        return FIRST_BIRTHDAY + timedelta(self.number)

    @property
    def really_born_on(self) -> date:
        return self.born_on + timedelta(400)

    def says(self, what: str) -> str:
        return f"{self.mark}{what}"


async def settled(door: Door) -> list[Resident]:
    """The residents of a town in which everything has happened and everything has come to its end."""
    product = await door.product()
    residents = [Resident(number) for number in range(EVERYBODY)]
    gate = asyncio.Semaphore(AT_ONCE)

    async def lives(resident: Resident) -> None:
        async with gate:
            await _arrives(door, resident)
            await _insures(door, resident, product)
            await _claims(door, resident)
            await _is_refused(door, resident)
            await sales.is_advised(door, resident, product)
            await sales.is_examined(door, resident, product)
            await quarrels.complains(door, resident)
            await quarrels.disputes(door, resident)
            await quarrels.is_called_back(door, resident)
            await quarrels.lapses(door, resident, product)
            await _has_an_account(door, resident)

    await asyncio.gather(*map(lives, residents))
    await quarrels.counted_anew(door, residents)
    return residents


async def _arrives(door: Door, r: Resident) -> None:
    register = c.RegisterCustomer(
        name=r.says("name"),
        born_on=r.born_on,
        sex=c.Sex.FEMALE,
        **{name: r.says(name) for name in ("identity", "phone", "email", "address", "occupation")},
    )
    r.customer = (await door.give(register)).stream
    again = {name: r.says(f"new{name}") for name in c.CORRECTABLE if name != "born_on"}
    await door.give(c.CorrectCustomer(reason=r.says("reason"), born_on=r.really_born_on, **again), r.customer)
    await door.give(c.NoteContact(channel=c.Channel.PHONE, subject=r.says("subject")), r.customer)
    await door.give(c.PlaceLegalHold(reason=r.says("hold")), r.customer)
    await door.give(c.ReleaseLegalHold(reason=r.says("release")), r.customer)
    r.streams.append(r.customer)


async def _insures(door: Door, r: Resident, product: UUID) -> None:
    apply = ApplyForPolicy(
        product=product,
        customer=r.customer,
        insured=r.says("insured"),
        beneficiaries=(r.says("beneficiary"),),
        sums=MILLION,
        period=YEAR,
    )
    r.policy = (await door.give(apply, by=as_customer(r.customer))).stream
    answers = (Answer(r.says("question"), r.says("answer")),)
    await door.give(sale.AnswerDisclosure(answers=answers), r.policy)
    exclusions = (r.says("exclusion"),)
    await door.accepts(r.policy, Verdict.EXCLUDE, exclusions=exclusions, reason=r.says("verdict"))
    await door.give(sale.SignPolicy(signed_on=YEAR.starts_on), r.policy)
    await door.give(sale.PayPremium(amount=PREMIUM, paid_on=YEAR.starts_on, reference="R1"), r.policy)
    await door.give(sale.IssuePolicy(), r.policy)
    endorse = service.EndorsePolicy(effective_on=YEAR.ends_on, sums=TWO_MILLION, reason=r.says("endorsement"))
    await door.give(endorse, r.policy)
    takeover = sale.TakeOverPolicy(
        number=f"OLD-{r.number}",
        source="Old Mutual",
        product=product,
        customer=r.customer,
        insured=r.says("insuredbefore"),
        sums=MILLION,
        period=YEAR,
        premium=PREMIUM,
    )
    kept = (await door.give(takeover)).stream
    r.streams += [r.policy, kept]
    await years.lives_on(door, r, kept)


async def _claims(door: Door, r: Resident) -> None:
    """Somebody calls before anybody knows whose policy it is; the claim is paid and the customer is asked about it."""
    today = door.clock.now().date()
    loss_on = today - timedelta(9)
    notice = Notice(
        loss_on=loss_on,
        cause=Cause.ILLNESS,
        **{name: r.says(f"early{name}") for name in ("place", "reporter", "phone", "description")},
    )
    claim = r.claim = (await door.give(intake.GiveNotice(notice=notice))).stream
    known = Notice(loss_on=loss_on, cause=Cause.ILLNESS, place=r.says("place"), description=r.says("description"))
    await door.give(intake.AmendNotice(policy=r.policy, notice=known), claim)
    await door.give(intake.RegisterClaim(), claim)
    await years.is_looked_into(door, r, claim)
    paper = intake.ReceiveDocument(paper=Paper.INVOICE, name=r.says("file"), sha256="a" * 64, received_on=today)
    await door.give(paper, claim)
    await door.give(intake.HoldClaim(hold=Hold.INVESTIGATION, note=r.says("held")), claim)
    await door.give(intake.ReleaseClaim(hold=Hold.INVESTIGATION), claim)
    assess = settlement.AssessCoverage(
        benefit="HOSPITAL", claimed=yuan(1000), reserve=yuan(100), note=r.says("assessed")
    )
    await door.give(assess, claim)
    reserve = settlement.ChangeReserve(benefit="HOSPITAL", reserve=yuan(950), reason=r.says("reserved"))
    await door.give(reserve, claim)
    await door.give(request.FindComplex(reason=r.says("complex")), claim)
    await door.give(result.ApproveAdvance(benefit="HOSPITAL", amount=yuan(100)), claim, SECOND)
    first = {"benefit": "HOSPITAL", "amount": yuan(100), "payee": r.says("advancepayee")}
    await door.give(result.PayAdvance(**first, reference="V1", paid_on=today), claim)
    await door.give(settlement.ApproveClaim(), claim, SECOND)
    pay = settlement.PayClaim(
        benefit="HOSPITAL", amount=yuan(800), payee=r.says("payee"), reference="T1", paid_on=today
    )
    await door.give(pay, claim)
    await sales.money_moves(door, r, claim)
    await door.give(closing.CloseClaim(reserve_note=r.says("astray")), claim)
    ask = RequestSurvey(touchpoint=Touchpoint.CLAIM_SETTLED, about=claim, customer=r.customer)
    survey = (await door.give(ask)).stream
    await door.give(AnswerSurvey(satisfaction=5, comment=r.says("comment")), survey)
    r.streams += [claim, survey]


async def _is_refused(door: Door, r: Resident) -> None:
    """A second claim is rejected, reopened and rejected again."""
    today = door.clock.now().date()
    claim = await door.claim(r.policy)
    for explanation in ("rejection", "secondrejection"):
        assess = settlement.AssessCoverage(benefit="HOSPITAL", claimed=yuan(1000))
        await door.give(assess, claim)
        reject = settlement.RejectClaim(grounds=(Rejection.EXCLUDED,), explanation=r.says(explanation))
        await door.give(reject, claim, SECOND)
        await door.give(result.SendRejection(letter="JP-1", sent_on=today, remedies=tuple(Remedy)), claim, SECOND)
        await door.give(closing.CloseClaim(), claim)
        if explanation == "rejection":
            reopen = closing.ReopenClaim(ground=Reopening.NEW_EVIDENCE, note=r.says("reopened"))
            await door.give(reopen, claim)
    r.streams.append(claim)


async def _has_an_account(door: Door, r: Resident) -> None:
    login = f"resident{r.number:03d}"
    opened = OpenAccount(login=login, name=r.says("holder"), roles=(Role.CUSTOMER,), customer=r.customer)
    r.account = (await door.give(opened, stream_of("account", login))).stream
    change = ChangeRoles(roles=(Role.CUSTOMER,), authority=1, reason=r.says("authority"))
    await door.give(change, r.account)
    lend = DelegateAuthority(to=UUID(int=5), amount=1, until=door.clock.now().date(), reason=r.says("lent"))
    await door.give(lend, r.account, Actor(login, Role.SUPERVISOR))
    await door.give(SuspendAccount(reason=r.says("suspended")), r.account)
    await door.give(RestoreAccount(reason=r.says("restored")), r.account)
    r.streams.append(r.account)
