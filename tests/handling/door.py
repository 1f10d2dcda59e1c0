"""Commands given through the one door, and the cases that tests begin with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from application.handling import Handling
from application.ports import EventStore
from application.submission import Order, Outcome, Submission
from domain.claim import closing, intake, settlement
from domain.claim.events import Notice
from domain.customer import Channel, NoteContact, RegisterCustomer
from domain.kernel import Command, new_stream
from domain.losses import Cause
from domain.policy import application, examination, sale, underwriting
from domain.policy.events import Answer, Verdict
from domain.policy.risk import Ruling
from domain.policy.state import Policy
from domain.product import DraftProduct, FileProduct, PutProductOnSale
from domain.words import Actor, Role, plus_days
from tests.kit import actor_for
from tests.samples import MILLION, PREMIUM, SECOND, TERMS, YEAR, yuan

SPOKE = NoteContact(channel=Channel.PHONE, subject="asked how we are")
START = datetime(2026, 3, 2, 4, tzinfo=UTC)


@dataclass
class StoppedClock:
    """It stands still until it is set on."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def pass_days(self, days: int) -> None:
        self.moment += timedelta(days)


def as_customer(party: UUID) -> Actor:
    return Actor("wang", Role.CUSTOMER, party)


def order(command: Command, stream: UUID | None = None, by: Actor | None = None, expected: int | None = None) -> Order:
    return Order(
        stream=stream or new_stream(), command=command, actor=by or actor_for(type(command)), expected=expected
    )


def submission(*orders: Order, key: UUID | None = None) -> Submission:
    return Submission(key=key or uuid4(), orders=orders)


class Door(Handling):
    """Handling with a short way to give one command and to begin a case."""

    def __init__(self, store: EventStore, clock: StoppedClock | None = None) -> None:
        super().__init__(store, clock or StoppedClock())
        self.losses: Counter[UUID] = Counter()

    async def give(
        self,
        command: Command,
        stream: UUID | None = None,
        by: Actor | None = None,
        *,
        key: UUID | None = None,
        expected: int | None = None,
        pretend: bool = False,
    ) -> Outcome:
        given = submission(order(command, stream, by, expected), key=key)
        return await self.handle(given, pretend=pretend)

    async def customer(self, name: str = "王小明") -> UUID:
        return (await self.give(RegisterCustomer(name=name))).stream

    async def product(self, code: str = "HLT-1") -> UUID:
        product = (await self.give(DraftProduct(code=code, name="Peace of Mind", terms=TERMS))).stream
        await self.give(FileProduct(filing="CN-1"), product)
        await self.give(PutProductOnSale(version=1, sold_from=YEAR.starts_on), product)
        return product

    async def taken_over(self, product: UUID, customer: UUID, number: str = "P-1") -> UUID:
        return (await self.give(takeover(product, customer, number))).stream

    async def sold_in_instalments(self, product: UUID, customer: UUID) -> UUID:
        """A policy of 3,650 yuan a year in two instalments, of which the first is paid and the second due on 1 July."""
        apply = application.ApplyForPolicy(
            product=product, customer=customer, insured="王小明", sums=MILLION, period=YEAR, instalments=2
        )
        policy = (await self.give(apply, by=as_customer(customer))).stream
        await self.give(sale.AnswerDisclosure(answers=(Answer("Smoker?", "No"),)), policy)
        await self.accepts(policy)
        await self.give(sale.SignPolicy(signed_on=YEAR.starts_on), policy)
        await self.pay(policy, "R1")
        await self.give(sale.IssuePolicy(), policy)
        return policy

    async def accepts(self, policy: UUID, verdict: Verdict = Verdict.ACCEPT, **said: Any) -> None:
        """Underwriting finds the application complete, decides and offers."""
        today = self.clock.now().date()
        await self.give(examination.CompleteApplication(completed_on=today), policy)
        state = await self.recall(Policy, policy)
        assert isinstance(state, Policy)
        for concern in state.examined.unruled:
            ruled = underwriting.RuleIssue(concern=concern, ruling=Ruling.APPROVE, reason="looked at")
            await self.give(ruled, policy)
        decide = underwriting.DecideUnderwriting(**{"verdict": verdict, "reason": "standard", **said})
        await self.give(decide, policy)
        await self.give(underwriting.MakeOffer(valid_until=plus_days(today, 30)), policy)

    async def pay(self, policy: UUID, reference: str) -> None:
        await self.give(
            sale.PayPremium(amount=yuan(1825), paid_on=self.clock.now().date(), reference=reference), policy
        )

    async def claim(self, policy: UUID) -> UUID:
        loss_on = self.clock.now().date() - timedelta(4 * self.losses[policy])
        self.losses[policy] += 1
        notice = Notice(loss_on=loss_on, cause=Cause.ILLNESS, place="Shanghai")
        claim = (await self.give(intake.GiveNotice(policy=policy, notice=notice))).stream
        await self.give(intake.RegisterClaim(), claim)
        return claim

    async def settle(self, claim: UUID) -> None:
        await self.give(settlement.AssessCoverage(benefit="HOSPITAL", claimed=yuan(1000)), claim)
        await self.give(settlement.ApproveClaim(), claim, SECOND)
        pay = settlement.PayClaim(
            benefit="HOSPITAL", amount=yuan(900), payee="王小明", reference="T1", paid_on=self.clock.now().date()
        )
        await self.give(pay, claim)
        await self.give(closing.CloseClaim(), claim)


def takeover(product: UUID, customer: UUID, number: str = "P-1") -> sale.TakeOverPolicy:
    return sale.TakeOverPolicy(
        number=number,
        source="Old Mutual",
        product=product,
        customer=customer,
        insured="王小明",
        sums=MILLION,
        period=YEAR,
        premium=PREMIUM,
    )
