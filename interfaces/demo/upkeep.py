"""What befalls a contract between its sale and its end in the demo: changes asked for, beneficiaries, holds, maturity."""

from __future__ import annotations

from domain.commission import ApproveAdjustment, AskAdjustment, DeclineAdjustment, Share, SplitCommission, commission_of
from domain.kernel import stream_of
from domain.policy import upkeep as u
from domain.policy.contract import Due
from domain.policy.events import Ending
from domain.policy.renewal import MaturePolicy, PayRefund
from domain.policy.sale import PayPremium, TakeOverPolicy
from domain.policy.service import CancelPolicy, EndorsePolicy
from domain.policy.servicing import (
    AcceptService,
    ChangeBeneficiaries,
    CompleteService,
    DeclineService,
    HoldPolicy,
    ReleasePolicy,
    RequestService,
    TellServiceCorrections,
)
from domain.policy.state import Policy
from domain.rating import Factor, RateCustomer
from domain.words import Actor, plus_days, total
from interfaces.demo.contract import Contract, Insurer, draft, insure, scaled, until
from interfaces.demo.customers import Client
from interfaces.demo.service import PolicyCase
from interfaces.demo.world import Life, Story, cards

FATES = cards({"cover": 3, "wanting": 2, "declined": 1, "beneficiary": 2, "held": 2, "order": 2, "mature": 2, "": 6})
RATED = cards({(): 6, (Factor.AWAY,): 3, (Factor.WARNINGS,): 2, (Factor.EXPOSED,): 1})
SPLITS = cards({False: 14, True: 1})
ADJUSTMENTS = cards({"": 20, "approved": 1, "declined": 1})


class Kept(PolicyCase):
    """A further contract of the former system, of a customer who asks for something now and then."""

    def __init__(self, insurer: Insurer, client: Client, after: Life) -> None:
        world = insurer.world
        self.fate = world.deal("years between", FATES)
        stream = stream_of(Policy, f"demo/{world.name}/{client.number}/kept")
        dice = world.dice(f"kept/{client.number}")
        steady = insurer.shelf.steady
        if self.fate == "mature":
            steady = [each for each in steady if each.editions[0].maturity_percent]
        elif self.fate == "beneficiary":
            steady = [each for each in steady if each.kind.line.is_personal]
        ware = dice.choice(steady)
        super().__init__(insurer, draft(stream, client, ware, after.today), after, "kept")

    def story(self) -> Story:
        yield self.office(1, 4)
        yield from self._taken_over()
        yield from self._rated()
        if self.fate:
            yield self.office(10, 60)
            yield from getattr(self, f"_{self.fate}")()

    def _taken_over(self) -> Story:
        contract = self.contract
        contract.version = contract.ware.version_on(self.today)
        starts_on = plus_days(self.today, -300 if self.fate == "mature" else -self.between(20, 60))
        contract.period = until(starts_on, 365)
        contract.changes = [(starts_on, insure(self.dice, contract.terms.benefits))]
        premium = contract.price(contract.sums, 365)
        contract.number = self.world.number("LEGACY-", starts_on)
        contract.paid, contract.dues = premium.minor, [Due(starts_on, premium)]
        command = TakeOverPolicy(
            number=contract.number,
            source="原核心业务系统",
            product=contract.ware.stream,
            customer=contract.client.stream,
            insured=contract.client.name,
            sums=contract.sums,
            period=contract.period,
            premium=premium,
        )
        yield self.does(self.staff.service(self.dice), command)

    def _rated(self) -> Story:
        factors = self.world.deal("ratings", RATED)
        if factors:
            yield self.soon()
            note = "系统提示后人工核实"
            rate = RateCustomer(customer=self.contract.client.stream, factors=factors, note=note)
            # Who is rated high is looked at by hand from then on, which these stories do not tell.
            if Factor.EXPOSED in factors:
                yield self.at(plus_days(self.world.ends, -2))
            yield self.does(self.staff.compliance(self.dice), rate, stream=rate.home)

    def _asks(self, change: u.Change, *, complete: bool = True) -> Story:
        number = self.world.number("B", self.today)
        request = RequestService(request=number, change=change, received_on=self.today, complete=complete)
        yield self.does(self.contract.client.actor, request)
        yield self.office(0, 1)

    # -- what may happen --------------------------------------------------------------

    def _cover(self) -> Story:
        """More is insured, once the customer has paid for it."""
        contract, service = self.contract, self.staff.service(self.dice)
        yield from self._asks(u.Change.COVER)
        yield self.does(service, AcceptService(premium=True))
        yield self.soon()
        yield self.tries(service, CompleteService(), "policy.no_wish")
        sums = scaled(contract.terms, contract.sums, 120)
        endorse = EndorsePolicy(effective_on=self.today, sums=sums, reason="客户申请增加保额")
        yield self.does(service, endorse)
        owed = contract.change(sums, self.today, self.today)
        yield self.any_day(0, 2)
        reference = self.world.number("R", self.today)
        if not owed:
            return
        yield self.does(self.staff.cashier(self.dice), PayPremium(amount=owed, paid_on=self.today, reference=reference))
        yield self.soon()
        yield self.does(service, CompleteService())

    def _wanting(self) -> Story:
        service = self.staff.service(self.dice)
        yield from self._asks(u.Change.DETAILS, complete=False)
        yield self.does(service, TellServiceCorrections(told_on=self.today))
        yield self.office(2, 9)
        yield from self._asks(u.Change.DETAILS)
        yield self.does(service, AcceptService())
        yield self.office(0, 3)
        yield self.does(service, CompleteService())

    def _declined(self) -> Story:
        yield from self._asks(u.Change.LOAN)
        yield self.does(self.staff.service(self.dice), DeclineService(reason="条款没有保单借款功能"))

    def _beneficiary(self) -> Story:
        service = self.staff.service(self.dice)
        yield from self._asks(u.Change.BENEFICIARY)
        change = ChangeBeneficiaries(beneficiaries=(self.contract.client.name,), told_on=self.today)
        yield self.tries(service, change, "policy.insured_unasked")
        yield self.soon()
        consent = change.model_copy(update={"consent": self.world.number("Y", self.today)})
        yield self.does(service, consent)
        yield self.does(service, AcceptService())
        yield self.soon()
        yield self.does(service, CompleteService())

    def _held(self) -> Story:
        """Frozen by a court for some weeks; then it ends, and the rest of the premium is paid back."""
        officer, service = self.staff.compliance(self.dice), self.staff.service(self.dice)
        dealings = (u.Dealing.CANCELLATION, u.Dealing.REFUND)
        yield self.does(officer, HoldPolicy(blocking=u.Blocking.COURT_ORDER, dealings=dealings, note="协助执行通知书"))
        yield self.office(2, 6)
        yield self.tries(service, CancelPolicy(effective_on=self.today, ending=Ending.REQUEST), "policy.held")
        yield self.office(8, 30)
        yield self.does(officer, ReleasePolicy(blocking=u.Blocking.COURT_ORDER, note="法院解除冻结"))

    def _order(self) -> Story:
        """What was forgotten is added for an earlier day, and what was changed for a later day made anew."""
        contract, service = self.contract, self.staff.service(self.dice)
        later = scaled(contract.terms, contract.sums, 130)
        soon, late = plus_days(self.today, 5), plus_days(self.today, 60)
        yield self.does(service, EndorsePolicy(effective_on=late, sums=later, reason="客户申请增加保额"))
        yield self.office(1, 3)
        earlier = scaled(contract.terms, contract.sums, 85)
        command = EndorsePolicy(effective_on=soon, sums=earlier, reason="补录此前的降额申请", carry=True)
        yield self.does(service, command)

    def _mature(self) -> Story:
        contract, service = self.contract, self.staff.service(self.dice)
        yield self.tries(service, MaturePolicy(), "policy.not_mature")
        yield self.at(plus_days(contract.period.ends_on, self.between(1, 4)))
        yield self.does(service, MaturePolicy())
        yield self.office(1, 9)
        insured = total(each.insured for each in contract.sums)
        pay = PayRefund(
            amount=insured.share(contract.terms.maturity_percent, 100),
            payee=contract.client.name,
            reference=self.world.number("T", self.today),
            paid_on=self.today,
        )
        yield self.does(self.staff.cashier(self.dice), pay)


class Earned(PolicyCase):
    """Now and then the commission on a contract is put right, by two people."""

    def __init__(self, insurer: Insurer, contract: Contract, after: Life, agent: Actor) -> None:
        super().__init__(insurer, contract, after, "commission")
        self.agent = agent

    def story(self) -> Story:
        fate = self.world.deal("adjustments", ADJUSTMENTS)
        if not fate:
            return
        yield self.office(2, 6)
        stream, number = commission_of(self.contract.stream), self.world.number("JT", self.today)
        amount = self.contract.dues[0].amount.share(1, 100)
        names = {"policy": self.contract.stream, "adjustment": number}
        asks = AskAdjustment(**names, agent=self.agent.name.upper(), amount=amount, reason="协助出单补差")
        yield self.does(self.staff.cashier(self.dice), asks, stream=stream)
        yield self.office(0, 2)
        ruling = ApproveAdjustment(**names) if fate == "approved" else DeclineAdjustment(**names)
        yield self.does(self.staff.superior(self.dice), ruling, stream=stream)


def shared(of: PolicyCase, agent: Actor) -> Story:
    """Two agents who sold together share what will be earned."""
    if not of.world.deal("shared commissions", SPLITS):
        return
    other = of.staff.agent(of.dice)
    if other.name != agent.name:
        shares = (Share(agent.name.upper(), 60), Share(other.name.upper(), 40))
        command = SplitCommission(policy=of.contract.stream, shares=shares)
        yield of.does(of.staff.superior(of.dice), command, stream=commission_of(of.contract.stream))
