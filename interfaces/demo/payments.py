"""A claim's money in the demo: payments that clear or come back, expenses, what is paid ex gratia, recoveries."""

from __future__ import annotations

from domain.claim.closing import CloseClaim
from domain.claim.money import Cost, Kind, Source
from domain.claim.payment import (
    ApproveExtra,
    ClearPayment,
    CloseRecovery,
    DeclineExtra,
    ExpectRecovery,
    PayExtra,
    ReceiveRecovery,
    RequestExtra,
    ReserveCost,
    VoidPayment,
)
from domain.claim.settlement import ApproveClaim, PayClaim
from domain.claim.triage import ClearMatch
from domain.words import Money
from interfaces.demo.contests import Contested
from interfaces.demo.contract import rounded
from interfaces.demo.scrutiny import FALSE_MATCH
from interfaces.demo.world import Story, cards

EXTRAS = cards({"": 30, "expense": 3, "listed": 1, "ex_gratia": 1, "declined": 1})
PAYEES = {"expense": "华信公估有限公司", "declined": "华信公估有限公司", "listed": FALSE_MATCH}
RECOVERIES = cards({"": 22, "received": 2, "given up": 1})
TRANSFERS = cards({"": 12, "cleared": 5, "voided": 1})


class ClaimMoney(Contested):
    """What is paid for one claim, and what comes back."""

    def _pays(self, payments: int) -> Story:
        """The payment after which nothing is owed is told by an event of its own."""
        yield from self._extra()
        owed = False
        for code, payable in self.payable.items():
            before = self.paid.get(code, Money(0))
            left = payable - before
            last = not any(self.paid.get(other, Money(0)) < due for other, due in self.payable.items() if other != code)
            for part in range(payments, 0, -1):
                yield self.office(0, 2) if part == payments else self.office(5, 15)
                amount = left if part == 1 else rounded(left.share(1, part), 1)
                left = left - amount
                yield from self._transfers(code, amount, left, final=last and not left)
            owed = owed or before < payable
            self.paid[code] = payable
        self.version += owed
        yield from self._recovers()

    def _transfers(self, code: str, amount: Money, left: Money, *, final: bool) -> Story:
        if not amount:
            return
        cashier, client = self.staff.cashier(self.dice), self.contract.client
        reference = self.world.number("T", self.today)
        command = PayClaim(benefit=code, amount=amount, payee=client.name, reference=reference, paid_on=self.today)
        yield self.does(cashier, command)
        if self.chance(2):
            yield self.soon()
            yield self.tries(cashier, command, "claim.reference_reused")
            over = command.model_copy(
                update={"amount": left + Money(100), "reference": self.world.number("T", self.today)}
            )
            yield self.tries(cashier, over, "claim.overpaid")
        fate = self.world.deal("transfers", TRANSFERS)
        if fate == "cleared":
            yield self.any_day(1, 2)
            yield self.does(cashier, ClearPayment(reference=reference, cleared_on=self.today))
        elif fate == "voided":
            yield self.any_day(1, 2)
            yield self.does(cashier, VoidPayment(reference=reference, reason="收款账户有误，银行退票"))
            again = command.model_copy(update={"reference": self.world.number("T", self.today), "paid_on": self.today})
            yield self.tries(cashier, again, "claim.not_approved")
            yield self.office(0, 1)
            yield self.does(self._second(), ApproveClaim())
            yield self.soon()
            yield self.does(cashier, again)
            self.version += final

    def _extra(self) -> Story:
        fate = self.world.deal("extras", EXTRAS)
        if not fate:
            return
        number, cashier = self.world.number("F", self.today), self.staff.cashier(self.dice)
        kind = Kind.EX_GRATIA if fate == "ex_gratia" else Kind.EXPENSE
        asked = RequestExtra(
            request=number,
            kind=kind,
            cost=None if kind is Kind.EX_GRATIA else Cost.APPRAISAL,
            amount=Money(self.between(3, 30) * 100_00),
            payee=PAYEES.get(fate, self.contract.client.name),
            reason="责任边缘，客户多年未出险" if kind is Kind.EX_GRATIA else "公估费",
        )
        yield from self._made_possible(asked)
        yield self.does(self.handler, asked)
        yield self.tries(self.handler, ApproveExtra(request=number), "claim.own_request")
        yield self.soon()
        if fate == "declined":
            yield self.does(self._second(), DeclineExtra(request=number, reason="应由被保险人承担"))
            return
        pay = PayExtra(request=number, reference=self.world.number("T", self.today), paid_on=self.today)
        yield self.tries(cashier, pay, "claim.extra_not_approved")
        yield self.does(self._second(), ApproveExtra(request=number))
        yield self.soon()
        yield self.does(cashier, pay)
        yield self.tries(cashier, pay, "claim.no_request")

    def _made_possible(self, asked: RequestExtra) -> Story:
        """An expense is reserved for before it is asked for, and a false match cleared before anything is paid."""
        if asked.cost:
            yield self.tries(self.handler, asked, "claim.beyond_reserve")
            reserve = ReserveCost(cost=asked.cost, reserve=asked.amount.share(120, 100), reason="按公估委托合同计提")
            yield self.does(self.handler, reserve)
            yield self.soon()
        if asked.payee == FALSE_MATCH:
            yield self.tries(self.handler, asked, "sanction.sanctioned")
            yield self.office(0, 1)
            clear = ClearMatch(payee=FALSE_MATCH, reason="经核对登记信息，与名单主体并非同一机构")
            yield self.does(self.staff.compliance(self.dice), clear)
            yield self.soon()

    def _recovers(self) -> Story:
        fate = self.world.deal("recoveries", RECOVERIES)
        if not fate:
            return
        code, number = next(iter(self.payable)), self.world.number("H", self.today)
        amount = rounded(self.payable[code].share(30, 100), 1)
        expected = ExpectRecovery(
            recovery=number, benefit=code, source=Source.SUBROGATION, amount=amount, debtor="肇事方"
        )
        if not amount:
            return
        yield self.does(self.handler, expected)
        yield self.tries(self.handler, CloseClaim(), "claim.still_open")
        yield self.office(5, 20)
        if fate == "received":
            reference = self.world.number("T", self.today)
            received = ReceiveRecovery(recovery=number, amount=amount, reference=reference, received_on=self.today)
            yield self.does(self.staff.cashier(self.dice), received)
        reason = "已足额收回" if fate == "received" else "债务人无偿付能力"
        yield self.does(self.handler, CloseRecovery(recovery=number, reason=reason))
