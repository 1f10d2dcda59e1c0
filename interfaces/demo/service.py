"""What befalls a policy in force: premiums, endorsements, claims, renewal, and the ways in which it ends."""

from __future__ import annotations

from enum import Enum

from domain.kernel import stream_of
from domain.policy.callback import NoteNonDisclosure
from domain.policy.events import Ending
from domain.policy.renewal import AgreeRenewal, DeclineRenewal, PayRefund
from domain.policy.sale import PayPremium
from domain.policy.service import CancelPolicy, EndorsePolicy, RenewPolicy
from domain.survey import RequestSurvey, Survey, Touchpoint
from domain.words import Money, plus_days
from interfaces.demo.answers import answer
from interfaces.demo.claims import ClaimLife
from interfaces.demo.contract import Case, Contract, Insurer, scaled, scaled_beyond, until
from interfaces.demo.world import Act, Life, Story, cards


class Fortune(Enum):
    """How a policy fares once it is in force."""

    QUIET = "nothing but premiums and claims"
    MORE = "more is insured from a day on"
    LESS = "less is insured from a day on"
    BACKDATED = "more is insured from a day past"
    TWICE = "changed twice"
    LATE = "an instalment comes late"
    LATE_CLAIM = "an instalment comes late, and a loss before it"
    LAPSED = "lapses and stays so"
    REVIVED = "lapses and is reinstated"
    COOLING_OFF = "returned in the cooling-off period"
    SURRENDERED = "surrendered"
    RISK_GONE = "what was insured is gone"
    RESCINDED = "rescinded for non-disclosure"


F = Fortune
FORTUNES = cards(
    {
        F.QUIET: 20,
        F.MORE: 6,
        F.LESS: 3,
        F.BACKDATED: 3,
        F.TWICE: 2,
        F.LATE: 4,
        F.LATE_CLAIM: 4,
        F.LAPSED: 2,
        F.REVIVED: 10,
        F.COOLING_OFF: 3,
        F.SURRENDERED: 3,
        F.RISK_GONE: 1,
        F.RESCINDED: 1,
    }
)
UNPUNCTUAL = frozenset({F.LATE, F.LATE_CLAIM, F.LAPSED, F.REVIVED})
LASTING = frozenset({F.QUIET, F.MORE, F.LESS, F.BACKDATED, F.TWICE})
"""Those under which ordinary claims arise."""
ENDINGS = {
    F.COOLING_OFF: Ending.COOLING_OFF,
    F.SURRENDERED: Ending.REQUEST,
    F.RISK_GONE: Ending.RISK_GONE,
    F.RESCINDED: Ending.RESCISSION,
}
CLAIMS = cards({0: 3, 1: 5, 2: 3, 3: 1})


class PolicyCase(Case):
    """A story about one contract."""

    def __init__(self, insurer: Insurer, contract: Contract, after: Life, about: str) -> None:
        super().__init__(insurer, f"{about}/{contract.stream}", contract.stream, after)
        self.contract = contract

    def pays(self, amount: Money) -> Act:
        self.contract.paid += amount.minor
        cashier = self.contract.client.actor if self.chance(55) else self.staff.cashier(self.dice)
        reference = self.world.number("R", self.today)
        return self.does(cashier, PayPremium(amount=amount, paid_on=self.today, reference=reference))


class Claims(PolicyCase):
    """The losses of one contract, one after the other."""

    def __init__(self, insurer: Insurer, contract: Contract, after: Life, count: int) -> None:
        super().__init__(insurer, contract, after, "losses")
        self.count = count

    def story(self) -> Story:
        contract = self.contract
        days = min(contract.period.days, 330)
        first = max(contract.period.starts_on, self.today)
        for place, wait in enumerate(sorted(self.between(3, days) for _ in range(self.count))):
            yield self.at(plus_days(first, wait), office=False)
            if contract.ended or self.today not in contract.period:
                return
            ClaimLife(self.insurer, contract, self, place + 1).begin()


class Changes(PolicyCase):
    """Endorsements and endings."""

    def __init__(self, insurer: Insurer, contract: Contract, after: Life, fortune: Fortune) -> None:
        super().__init__(insurer, contract, after, "changes")
        self.fortune = fortune

    def story(self) -> Story:
        yield from self._mistakes()
        if self.fortune in ENDINGS:
            yield from self._ends(ENDINGS[self.fortune])
        elif self.fortune in (F.MORE, F.LESS, F.BACKDATED, F.TWICE):
            yield self.at(plus_days(self.contract.period.starts_on, self.between(25, 120)))
            yield from self._endorsed(75 if self.fortune is F.LESS else 130)
            if self.fortune is F.TWICE:
                yield self.office(40, 90)
                yield from self._endorsed(80)

    def _mistakes(self) -> Story:
        contract = self.contract
        if self.chance(2) and self.fortune is not F.COOLING_OFF:
            yield self.office(1, 4)
            stranger = self.dice.choice(self.insurer.clients)
            if stranger is not contract.client:
                command = CancelPolicy(effective_on=self.today, ending=Ending.REQUEST)
                yield self.tries(stranger.actor, command, "not_yours")
        if self.chance(3) and self.fortune is F.QUIET:
            yield self.office(30, 60)
            late = CancelPolicy(effective_on=self.today, ending=Ending.COOLING_OFF)
            yield self.tries(contract.client.actor, late, "policy.cooling_off_over")

    def _endorsed(self, percent: int) -> Story:
        contract = self.contract
        shift = -self.between(5, 20) if self.fortune is F.BACKDATED else self.between(0, 10)
        effective_on = plus_days(self.today, shift)
        if effective_on not in contract.period or contract.ended:
            return
        sums = scaled(contract.terms, contract.sums, percent)
        reason = "客户申请增加保额" if percent > 100 else "客户申请降低保额"
        if self.chance(5):
            wild = scaled_beyond(contract)
            mistaken = EndorsePolicy(effective_on=effective_on, sums=wild, reason=reason)
            yield self.tries(self.staff.service(self.dice), mistaken, "policy.sum_too_large")
            yield self.soon()
        command = EndorsePolicy(effective_on=effective_on, sums=sums, reason=reason)
        yield self.does(self.staff.service(self.dice), command)
        difference = contract.change(sums, effective_on, self.today)
        if difference.minor > 0:
            yield self.soon()
            yield self.pays(difference)

    def _ends(self, ending: Ending) -> Story:
        contract = self.contract
        if ending is Ending.COOLING_OFF and contract.terms.cooling_off_days:
            yield self.any_day(1, 9)
            by = contract.client.actor
        else:
            ending = Ending.REQUEST if ending is Ending.COOLING_OFF else ending
            yield self.at(plus_days(contract.period.starts_on, self.between(3, 150)))
            by = self.staff.underwriter(self.dice) if ending is Ending.RESCISSION else self.staff.service(self.dice)
        if ending is not Ending.COOLING_OFF and self.today not in contract.period:
            return
        contract.ended = True
        command = CancelPolicy(effective_on=self.today, ending=ending)
        if ending is Ending.RESCISSION:
            yield self.tries(by, command, "policy.no_ground_to_rescind")
            yield self.does(by, NoteNonDisclosure(found_on=self.today, fact="投保前一年曾因同一疾病住院，投保时未告知"))
            yield self.office(3, 14)
            command = CancelPolicy(effective_on=self.today, ending=ending)
            if self.today not in contract.period:
                return
        yield self.does(by, command)
        if ending is Ending.COOLING_OFF:
            yield self.office(1, 9)
            repaid = {"amount": Money(contract.paid), "payee": contract.client.name, "paid_on": self.today}
            pay = PayRefund(**repaid, reference=self.world.number("T", self.today))
            yield self.does(self.staff.cashier(self.dice), pay)


RENEWALS = cards({"seller": 8, "agreed": 3, "declined": 2, "silent": 3})


class Renewal(PolicyCase):
    """The end of the period comes near: two in three stay."""

    def story(self) -> Story:
        contract = self.contract
        ends_on = contract.period.ends_on
        yield self.at(plus_days(ends_on, -self.between(12, 26)))
        way, client = self.world.deal("renewals", RENEWALS), contract.client.actor
        if way == "silent":
            return
        if way == "declined":
            yield self.does(client, DeclineRenewal(declined_on=self.today))
            return
        if way == "agreed":
            yield self.does(client, AgreeRenewal(agreed_on=self.today, always=self.chance(40)))
        else:
            yield self.does(self.staff.agent(self.dice) if self.chance(60) else client, RenewPolicy())
        contract.agree(until(plus_days(ends_on, 1), contract.period.days), 1)
        yield self.at(plus_days(ends_on, 1), office=False)
        yield self.pays(contract.owed_on(contract.period.starts_on))


class Asked(PolicyCase):
    """Some customers are asked, by telephone, how the sale went."""

    def story(self) -> Story:
        service = self.staff.service(self.dice)
        survey = stream_of(Survey, f"demo/{self.world.name}/issue/{self.contract.number}")
        yield self.office(2, 9)
        request = RequestSurvey(
            touchpoint=Touchpoint.POLICY_ISSUED, about=self.stream, customer=self.contract.client.stream
        )
        yield self.does(service, request, stream=survey)
        if self.chance(70):
            yield self.any_day(0, 5)
            yield self.does(self.contract.client.actor, answer(self.world, self.dice), stream=survey)
