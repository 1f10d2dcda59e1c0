"""What comes before a long contract for a person: profile, products shown, disclosure, the recording of the sale."""

from __future__ import annotations

from hashlib import sha256

from domain.advice import commands as c
from domain.advice.events import Disclosure, Scene
from domain.advice.state import Advice
from domain.advice.suitability import UNCERTAIN
from domain.kernel import stream_of
from domain.policy.application import ApplyForPolicy
from domain.policy.suited import REMOTE
from domain.product import Form, Line
from domain.profile import AssessTolerance, Means, Need, TakeProfile, Tolerance, VerifyIdentity, profile_of
from domain.words import Actor, Money, total
from interfaces.demo.agents import agent_of
from interfaces.demo.service import PolicyCase
from interfaces.demo.world import Story

NEEDS = {Line.LIFE: Need.FAMILY, Line.HEALTH: Need.ILLNESS, Line.ACCIDENT: Need.ACCIDENT}


class Advised(PolicyCase):
    """A sale that begins with advice, where the law asks for it."""

    agent: Actor
    applied = True
    """Whether the advice ended with an application, if there was any."""

    @property
    def seller(self) -> Actor:
        raise NotImplementedError

    @property
    def takes_advice(self) -> bool:
        kind, period = self.contract.ware.kind, self.contract.period
        return self.contract.terms.is_individual and period.days > 365 and not kind.for_business

    def advised(self, command: ApplyForPolicy) -> Story:
        """Ends with an application, or, now and then, with the advice not to make one."""
        contract, tested = self.contract, self.insurer.tested
        while (contract.client.stream, self.today) in tested:
            # Another sale had them tested today already.
            yield self.office(1)
        tested.add((contract.client.stream, self.today))
        today = self.today
        if self.chance(2):
            yield self.tries(self.seller, command, "policy.not_advised")
            yield self.soon()
        terms, profile = contract.terms, profile_of(contract.client.stream)
        timid = terms.grade.value > "R1" and self.chance(6)
        unneeded = not timid and self.chance(5)
        yield from self._profiled(timid=timid, unneeded=unneeded)
        advice = stream_of(Advice, f"{self.name}/{contract.stream}")
        alone = self.seller is not self.agent
        begun = c.BeginAdvice(
            number=self.world.number("V", today),
            profile=profile,
            agent=None if alone else agent_of(self.agent.name),
            channel=contract.client.channel,
            begun_on=today,
            credential="" if alone else f"执业证ZY{self.agent.name.upper()}",
        )
        yield self.does(self.seller, begun, stream=advice)
        wares = {contract.ware.stream: None}
        wares |= {self.insurer.shelf.pick(self.dice, business=False, short=True).stream: None for _ in range(2)}
        yield self.does(self.seller, c.ShowProducts(products=tuple(wares)), stream=advice)
        command = command.model_copy(update={"advice": advice})
        yield self.soon()
        if timid:
            yield self.tries(self.seller, command, "policy.unsuitable")
            yield self.does(self.agent, c.AdviseAgainst(product=contract.ware.stream), stream=advice)
            self.applied = False
            return
        if unneeded:
            yield from self._insists(command)
        yield from self._disclosed(command)
        yield self.does(self.seller, command)

    def _profiled(self, *, timid: bool, unneeded: bool) -> Story:
        contract, today, who = self.contract, self.today, self.contract.client.stream
        wanted = total(each.insured for each in contract.sums)
        premium = wanted.share(contract.terms.rate_per_million, 1_000_000)
        income = premium.share(6, 1) + Money.of("120000")
        first = NEEDS[contract.terms.line]
        needs = tuple(need for need in NEEDS.values() if need is not first)
        means = Means(income=income, budget=premium.share(13, 10) + Money(100), wanted=wanted)
        taken = TakeProfile(customer=who, taken_on=today, needs=needs if unneeded else (first, *needs), means=means)
        profile = profile_of(who)
        yield self.does(self.seller, taken, stream=profile)
        if contract.terms.grade.value > "R1":
            level = Tolerance.C1 if timid else Tolerance.C5
            test = AssessTolerance(
                customer=who, assessed_on=today, tolerance=level, record=self.world.number("Q", today)
            )
            yield self.does(self.seller, test, stream=profile)
        seen = VerifyIdentity(
            customer=who, verified_on=today, document="居民身份证", evidence=self.world.number("I", today)
        )
        yield self.does(self.agent, seen, stream=profile)

    def _insists(self, command: ApplyForPolicy) -> Story:
        advice, product = command.advice, self.contract.ware.stream
        yield self.tries(self.seller, command, "policy.choice_not_confirmed")
        yield self.does(self.agent, c.AdviseAgainst(product=product), stream=advice)
        sure = c.ConfirmChoice(product=product, confirmed_on=self.today, evidence=self.world.number("S", self.today))
        yield self.does(self.seller, sure, stream=advice)

    def _disclosed(self, command: ApplyForPolicy) -> Story:
        advice, today, terms = command.advice, self.today, self.contract.terms
        told = c.GiveDisclosure(given=tuple(Disclosure), given_on=today, evidence=self.world.number("D", today))
        if self.chance(3):
            short = told.model_copy(update={"given": (Disclosure.TERMS, Disclosure.NOTES)})
            yield self.does(self.seller, short, stream=advice)
            yield self.tries(self.seller, command, "policy.exclusions_unexplained")
        yield self.does(self.seller, told, stream=advice)
        if terms.form in UNCERTAIN:
            signed = c.SignStatement(
                product=self.contract.ware.stream, signed_on=today, evidence=self.world.number("S", today)
            )
            yield self.does(self.seller, signed, stream=advice)
        if self.seller is self.agent and (terms.line is Line.LIFE or terms.form is Form.UNIT_LINKED):
            yield from self._recorded(command)

    def _recorded(self, command: ApplyForPolicy) -> Story:
        advice, today = command.advice, self.today
        if self.contract.terms.form is Form.UNIT_LINKED and command.channel not in REMOTE and self.chance(20):
            yield self.tries(self.seller, command, "policy.not_recorded")
        number = self.world.number("SL", today)
        recorded = c.RecordSale(
            reference=number,
            sha256=sha256(number.encode()).hexdigest(),
            seconds=self.between(600, 2400),
            scenes=tuple(Scene),
            recorded_on=today,
        )
        yield self.does(self.agent, recorded, stream=advice)
        if self.chance(40):
            checker = self.staff.service(self.dice)
            short = (Scene.EXCLUSIONS,) if self.chance(15) else ()
            yield self.soon()
            checked = c.CheckRecording(checked_on=self.today, short_of=short, note="语速过快" if short else "")
            yield self.does(checker, checked, stream=advice)
            if short:
                again = self.world.number("SL", today)
                mended = c.CorrectRecording(
                    reference=again, sha256=sha256(again.encode()).hexdigest(), corrected_on=self.today
                )
                yield self.does(self.agent, mended, stream=advice)
