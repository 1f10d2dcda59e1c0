"""How a policy is sold: application, disclosure, underwriting, signature, premium, issue, delivery."""

from __future__ import annotations

from dataclasses import dataclass, replace

from domain.customer import Channel
from domain.kernel import stream_of
from domain.policy.application import ApplyForPolicy
from domain.policy.callback import CallBack, SettleCallBackFault
from domain.policy.contract import Due
from domain.policy.events import Signature, Sum, Verdict
from domain.policy.milestones import Point
from domain.policy.risk import Interest
from domain.policy.sale import (
    DeliverPolicy,
    IssuePolicy,
    SignPolicy,
    TakeOverPolicy,
)
from domain.policy.state import Policy
from domain.words import Actor, Money, plus_days
from interfaces.demo.agents import agent_of
from interfaces.demo.complaints import ComplaintLife
from interfaces.demo.contract import Insurer, draft, insure, until
from interfaces.demo.customers import Client
from interfaces.demo.premiums import Premiums
from interfaces.demo.service import (
    CLAIMS,
    FORTUNES,
    LASTING,
    UNPUNCTUAL,
    Asked,
    Changes,
    Claims,
    Fortune,
    PolicyCase,
    Renewal,
)
from interfaces.demo.underwriting import Underwritten
from interfaces.demo.upkeep import Earned, Kept, shared
from interfaces.demo.world import Life, Story, cards


@dataclass(frozen=True, slots=True)
class Sale:
    """How a sale goes; `rests` is the step after which nobody has done anything yet."""

    verdict: Verdict = Verdict.ACCEPT
    rests: str = ""


SALES = cards(
    {
        Sale(): 44,
        Sale(Verdict.LOAD): 6,
        Sale(Verdict.EXCLUDE): 4,
        Sale(Verdict.POSTPONE): 1,
        Sale(Verdict.DECLINE): 2,
        **{
            Sale(rests=step): 1
            for step in ("applied", "withdrawn", "disclosed", "accepted", "signed", "paid", "issued")
        },
    }
)


class SaleLife(Underwritten):
    """From the application until the policy is in the customer's hands; then its other stories begin."""

    def __init__(self, insurer: Insurer, client: Client, after: Life, place: int, fortune: Fortune | None) -> None:
        dice = insurer.world.dice(f"choice/{client.number}/{place}")
        sale = insurer.world.deal("sales", SALES) if fortune is None else Sale()
        self.fortune = fortune or (insurer.world.deal("fortunes", FORTUNES) if not sale.rests else Fortune.QUIET)
        self.sale = sale
        business = client.is_business
        ware = insurer.shelf.pick(dice, business=business, short=self.fortune in UNPUNCTUAL)
        stream = stream_of(Policy, f"demo/{insurer.world.name}/{client.number}/{place}")
        contract = draft(stream, client, ware, after.today)
        super().__init__(insurer, contract, after, "sale")
        self.agent = self.staff.agent(self.dice)

    def story(self) -> Story:
        yield self.office(0, 4)
        yield from self._applies()
        if self.sale.rests == "applied":
            return
        if not self.applied:
            return
        if self.sale.rests == "withdrawn":
            yield from self.withdraws()
            return
        yield from self.discloses()
        if self.sale.rests == "disclosed":
            return
        yield self.office(0, 3)
        yield from self._underwritten()
        if not self.sale.verdict.binds or self.sale.rests == "accepted":
            return
        yield from self.offered()
        yield from self._concluded()
        if self.sale.rests not in ("signed", "paid"):
            yield from self._issued()

    @property
    def seller(self) -> Actor:
        """The agent, or the customers themselves on their telephone or at their desk."""
        online = self.contract.client.channel in (Channel.APP, Channel.WEB)
        return self.contract.client.actor if online else self.agent

    def _underwritten(self) -> Story:
        verdict, contract = self.sale.verdict, self.contract
        contract.loading = self.dice.choice((25, 50, 50, 100)) if verdict is Verdict.LOAD else 0
        yield from self.examined(verdict)
        yield self.soon()
        yield from self.decided(verdict)
        contract.agree(contract.period, contract.instalments)

    # -- the sale ---------------------------------------------------------------------

    def _applies(self) -> Story:
        contract, kind = self.contract, self.contract.ware.kind
        contract.version = contract.ware.version_on(self.today)
        contract.changes = [(self.today, insure(self.dice, contract.terms.benefits))]
        days = kind.days or 365 * kind.years
        starts_on = plus_days(self.today, self.between(16, 26))
        contract.period = until(starts_on, days)
        contract.instalments = self._instalments()
        client = contract.client
        if kind.line.is_personal and client.heirs and not kind.for_business and self.chance(7):
            self.interest = Interest.SPOUSE
        command = ApplyForPolicy(
            application=self.world.number("A", self.today),
            product=contract.ware.stream,
            customer=client.stream,
            insured=client.name if self.interest is Interest.SELF else client.heirs[0],
            beneficiaries=client.heirs if kind.line.is_personal and not client.is_business else (),
            sums=contract.sums,
            period=contract.period,
            instalments=contract.instalments,
            agent=agent_of(self.agent.name) if self.seller is self.agent else None,
            channel=client.channel,
            interest=self.interest,
        )
        yield from self._misapplies(command)
        if self.takes_advice:
            yield from self.advised(command)
        else:
            yield self.does(self.seller, command)

    def _instalments(self) -> int:
        kind = self.contract.ware.kind
        if self.fortune in UNPUNCTUAL:
            return self.dice.choice((4, 4, 12))
        if kind.days:
            return 1
        return kind.years if kind.years > 1 else self.dice.choice((1, 1, 1, 2, 4, 12))

    def _misapplies(self, command: ApplyForPolicy) -> Story:
        if self.chance(1):
            wild = tuple(Sum(s.benefit, Money(s.insured.minor * 1000), s.deductible) for s in command.sums)
            mistaken = command.model_copy(update={"sums": wild})
            yield self.tries(self.seller, mistaken, "policy.sum_too_large")
            yield self.soon()
        closed = self.insurer.shelf.closed_on(self.today) if self.chance(2) else None
        if closed:
            gone = command.model_copy(update={"product": closed.stream})
            yield self.tries(self.seller, gone, "product.not_on_sale")
            yield self.soon()
        if self.chance(1):
            long = replace(command.period, ends_on=plus_days(command.period.starts_on, 365 * 150))
            endless = command.model_copy(update={"period": long})
            yield self.tries(self.seller, endless, "policy.period_too_long")
            yield self.soon()

    def _concluded(self) -> Story:
        service = self.staff.service(self.dice)
        if self.chance(1):
            yield self.soon()
            yield self.tries(service, IssuePolicy(number="P-0"), "policy.not_signed")
        yield self.any_day(0, 2)
        method = Signature.PAPER if self.seller is self.agent and self.chance(30) else Signature.ELECTRONIC
        yield self.does(self.seller, SignPolicy(signed_on=self.today, method=method))
        if self.chance(2):
            yield self.soon()
            yield self.tries(service, IssuePolicy(number="P-0"), "policy.not_paid")
        if self.sale.rests == "signed":
            return
        yield self.any_day(0, 2)
        yield self.pays(self.contract.dues[0].amount)

    def _issued(self) -> Story:
        contract, staff = self.contract, self.staff
        yield self.office(0, 1)
        contract.number = self.world.number("P", self.today)
        by_agent = self.seller is self.agent
        if by_agent:
            yield from shared(self, self.agent)
        yield self.does(staff.underwriter(self.dice), IssuePolicy(number=contract.number))
        if self.sale.rests == "issued":
            return
        yield self.any_day(0, 3)
        by = self.agent if self.seller is self.agent else staff.service(self.dice)
        receipt = self.world.number("E", self.today)
        yield self.does(by, DeliverPolicy(delivered_on=self.today, evidence=receipt))
        self._goes_on()
        if by_agent:
            Earned(self.insurer, contract, self, self.agent).begin()
        if self.contract.ware.kind.line.is_personal and contract.period.days > 365:
            yield from self._called_back()

    def _called_back(self) -> Story:
        """As a rule within the cooling-off period; a few never answer, and a few have not understood."""
        if self.chance(6):
            return
        yield self.office(2, 11)
        if self.contract.ended:
            return
        contract, service = self.contract, self.staff.service(self.dice)
        asked = [point for point in Point if point is not Point.PAYMENT or contract.instalments > 1]
        denied = (Point.SURRENDER,) if self.chance(9) else ()
        said = CallBack(
            made_on=self.today,
            record=self.world.number("LY", self.today),
            confirmed=tuple(point for point in asked if point not in denied),
            denied=denied,
            note="客户称销售时只说是存款" if denied else "",
        )
        if self.chance(4):
            short = said.model_copy(update={"confirmed": said.confirmed[:2]})
            yield self.tries(service, short, "policy.points_not_asked")
        yield self.does(service, said)
        if denied:
            yield self.office(3, 20)
            if contract.ended:
                return
            remedy = SettleCallBackFault(settled_on=self.today, remedy="说明产品性质，客户选择继续", told_right=True)
            yield self.does(self.staff.complaint_officer(self.dice), remedy)

    def _goes_on(self) -> None:
        """What follows runs side by side: premiums, changes, losses."""
        insurer, contract, fortune = self.insurer, self.contract, self.fortune
        if contract.instalments > 1:
            Premiums(insurer, contract, self, fortune).begin()
        Changes(insurer, contract, self, fortune).begin()
        if fortune in LASTING:
            Claims(insurer, contract, self, self.world.deal("losses", CLAIMS)).begin()
        if self.chance(14):
            Asked(insurer, contract, self, "asked").begin()
        if self.chance(self.insurer.complaints):
            ComplaintLife(insurer, contract, self).begin()


class TakenOver(PolicyCase):
    """A contract from the insurer's former system: it ends, and may be renewed, within the year."""

    def __init__(self, insurer: Insurer, client: Client, after: Life, place: int) -> None:
        dice = insurer.world.dice(f"choice/{client.number}/{place}")
        ware = insurer.shelf.pick(dice, business=client.is_business, short=True)
        stream = stream_of(Policy, f"demo/{insurer.world.name}/{client.number}/{place}")
        contract = draft(stream, client, ware, after.today)
        super().__init__(insurer, contract, after, "former")

    def story(self) -> Story:
        contract = self.contract
        yield self.office(0, 2)
        contract.version = contract.ware.version_on(self.today)
        starts_on = plus_days(self.today, -self.between(15, 330))
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
            agent=self.staff.agent(self.dice).name.upper(),
        )
        yield self.does(self.staff.service(self.dice), command)
        Renewal(self.insurer, contract, self, "renewal").begin()
        if not contract.client.is_business:
            Kept(self.insurer, contract.client, self).begin()
        Claims(self.insurer, contract, self, self.world.deal("losses", CLAIMS)).begin()
