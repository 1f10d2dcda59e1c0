"""What a claim is held against in the demo: other notices, a backdated contract, investigations, lists, a catastrophe."""

from __future__ import annotations

import hashlib

from domain.catastrophe import Catastrophe, DeclareCatastrophe, EndCatastrophe
from domain.claim.closing import CloseClaim
from domain.claim.events import Notice, Severity
from domain.claim.inquiry import Finding, Method
from domain.claim.intake import GiveNotice, RegisterClaim
from domain.claim.investigation import OrderInvestigation, ReportInvestigation
from domain.claim.matching import DecideCover, JoinNotice, TellLossesApart
from domain.claim.notice import Known
from domain.claim.screening import Track
from domain.claim.state import Claim
from domain.claim.triage import GroupClaim, RouteClaim
from domain.kernel import stream_of
from domain.losses import Cause, Loss
from domain.policy.service import EndorsePolicy
from domain.product import Line
from domain.sanction import DelistParty, ListParty, sanction_of
from domain.words import Actor, plus_days
from interfaces.demo.contract import Case, Contract, Insurer, scaled
from interfaces.demo.staff import Staff
from interfaces.demo.world import OPENS, Life, Story, World, cards, moment_of

LIKENESS = cards({"": 24, "twice": 1, "apart": 1, "divided": 1})
BACKDATED = cards({False: 40, True: 1})
SEVERITIES = cards({None: 6, Severity.MINOR: 6, Severity.TRIVIAL: 4, Severity.TOTAL: 1})
SENT_ELSEWHERE = cards({False: 12, True: 1})
FALSE_MATCH, TAKEN_OFF = "东海公估行", "远洋贸易商行"
ON_LISTS = ((FALSE_MATCH, "PBC-2025-117"), (TAKEN_OFF, "MPS-2024-31"), ("北岭矿业集团", "UN-KPI-088"))
LATELY = 45
SEASON = 60
"""How many days of rain the catastrophe gathers, before it is declared."""


class Scrutiny(Case):
    """The part of a claim's story in which it is doubted."""

    contract: Contract
    handler: Actor
    version: int

    def __init__(self, insurer: Insurer, name: str, contract: Contract, after: Life) -> None:
        super().__init__(insurer, name, stream_of(Claim, f"demo/{insurer.world.name}/{name}"), after)
        self.contract, self.version = contract, 0
        self.loss_on = self.today
        self.cause = self.dice.choice(contract.ware.kind.causes)
        self._known = contract.sums_on(self.loss_on)
        self._severity: Severity | None = None
        self._doubted = False

    def _keeps_told(self, number: str) -> None:
        self._known = self.contract.sums_on(self.loss_on)
        told = self.insurer.losses.setdefault(self.contract.stream, [])
        told.append(Loss(self.stream, number, self.loss_on, self.cause))

    def _held_against_others(self) -> Story:
        """Before it is registered: what else was told of the policy's losses."""
        for other in list(self.insurer.losses[self.contract.stream]):
            pair = frozenset((self.stream, other.claim))
            if len(pair) > 1 and other.perhaps(self.loss_on, None) and pair not in self.insurer.apart:
                self.insurer.apart.add(pair)
                apart = TellLossesApart(claim=other.claim, reason="两次事故，时间和经过不同")
                yield self.does(self.handler, apart)

    def _told_otherwise(self, notice: Notice) -> Story:
        """Now and then the loss is told of twice, or one call tells of two."""
        fate = self.world.deal("likeness", LIKENESS)
        if fate == "divided":
            yield from self._divided()
        elif fate:
            yield from self._told_again(notice, twice=fate == "twice")

    def _told_again(self, notice: Notice, *, twice: bool) -> Story:
        """Somebody of the family tells of it too, or of another loss of the same day."""
        again = stream_of(Claim, f"{self.stream}/again")
        give = GiveNotice(number=self.world.number("C", self.today), policy=self.contract.stream, notice=notice)
        yield self.does(self.staff.service(self.dice), give, stream=again)
        yield self.soon()
        yield self.tries(self.handler, RegisterClaim(), "claim.perhaps_twice")
        yield self.soon()
        if twice:
            yield self.does(self.handler, JoinNotice(claim=self.stream), stream=again)
            self.version += 1
        else:
            yield self.does(self.handler, TellLossesApart(claim=again, reason="同日两起事故，标的不同"))
            yield self.soon()
            withdrawn = CloseClaim(without="withdrawn")
            yield self.does(self.handler, withdrawn, stream=again)
            told = Loss(again, give.number or "", self.loss_on, self.cause)
            self.insurer.apart.add(frozenset((self.stream, again)))
            self.insurer.losses[self.contract.stream].append(told)

    def _divided(self) -> Story:
        """The same call told of something else too, of which is not known yet under which policy."""
        give = GiveNotice(number=self.world.number("C", self.today), claim=self.stream)
        yield self.does(self.staff.service(self.dice), give, stream=stream_of(Claim, f"{self.stream}/divided"))
        self.version += 1

    def _backdated(self) -> Story:
        """The contract is changed for the day of the loss, once that is known; an underwriter decides what counts."""
        contract = self.contract
        settled = contract.changes[-1][0] <= self.loss_on and self.today in contract.period and not contract.ended
        settled = settled and all(due.due_on <= self.today for due in contract.dues)
        if settled and self.world.deal("backdated", BACKDATED):
            sums = scaled(contract.terms, contract.sums, 80)
            if sums != contract.sums:
                yield self.soon()
                reason = "客户此前申请降低保额，补录"
                endorse = EndorsePolicy(effective_on=self.loss_on, sums=sums, reason=reason)
                yield self.does(self.staff.service(self.dice), endorse, stream=contract.stream)
                contract.change(sums, self.loss_on, self.today)
        if contract.sums_on(self.loss_on) != self._known:
            yield self.soon()
            yield self.tries(self.handler, RegisterClaim(), "claim.cover_changed")
            decide = DecideCover(known=Known.AT_NOTICE, reason="批改在报案后补录，不影响本次事故")
            yield self.does(self.staff.underwriter(self.dice), decide)
            self._doubted = True

    def _screened(self) -> Story:
        """Registering screens it; a supervisor may send it elsewhere, and it may come of the rains."""
        self.version += 1
        plain = self._severity in (Severity.MINOR, Severity.TRIVIAL) and self.cause is not Cause.DEATH
        plain = plain and self.contract.ware.kind.line not in (Line.LIABILITY, Line.CREDIT) and not self._doubtful
        if plain and self.world.deal("sent elsewhere", SENT_ELSEWHERE):
            yield self.soon()
            route = RouteClaim(track=Track.COMPLEX, reason="涉及多方责任")
            yield self.does(self.staff.superior(self.dice), route)
        rains = Rains(self.world)
        if self.cause in rains.causes and self.loss_on in rains and rains.now <= self.now < rains.over:
            yield self.soon()
            yield self.does(self.handler, GroupClaim(catastrophe=rains.stream))

    @property
    def _doubtful(self) -> bool:
        """Whether it happened so soon after the contract, and after more was insured, that somebody looks into it."""
        days = [(self.loss_on - day).days for day, _ in self.contract.changes]
        return self._doubted or sum(0 <= each < LATELY for each in days) > 1

    def _investigated(self) -> Story:
        """Somebody is asked to find out, and the claim waits."""
        self._investigator = self.staff.handler(self.dice)
        order = OrderInvestigation(
            method=self.dice.choice(tuple(Method)),
            question="核实事故经过与就诊记录是否一致",
            investigator=self._investigator.name,
            due_on=plus_days(self.today, 25),
        )
        yield self.does(self.handler, order)
        self.version += 1

    def _reported(self) -> Story:
        sha256 = hashlib.sha256(f"{self.name}/report".encode()).hexdigest()
        findings = "走访现场并调取记录，经过属实"
        report = ReportInvestigation(inquiry="I1", finding=Finding.UNFOUNDED, findings=findings, sha256=sha256)
        if self._investigator.name != self.handler.name and self.chance(30):
            yield self.tries(self.handler, report, "claim.not_investigator")
            yield self.soon()
        yield self.does(self._investigator, report)
        self.version += 1


class Rains(Life):
    """Two months of rain, declared one catastrophe when they are nearly over."""

    causes = (Cause.STORM, Cause.WATER, Cause.COLLISION)

    def __init__(self, world: World) -> None:
        stream = stream_of(Catastrophe, f"demo/{world.name}/rains")
        super().__init__(world, "rains", stream, moment_of(plus_days(world.begins, 250), OPENS))
        self.over = moment_of(plus_days(world.begins, 330), OPENS)
        self.until_on = plus_days(self.today, 20)
        self.from_on = plus_days(self.until_on, -SEASON)
        self.supervisor = Staff(world).superior(self.dice)

    def __contains__(self, day: object) -> bool:
        return isinstance(day, type(self.from_on)) and self.from_on <= day <= self.until_on

    def story(self) -> Story:
        declare = DeclareCatastrophe(
            code=f"CAT-{self.today.year}",
            title="夏季连续强降雨",
            causes=self.causes,
            from_on=self.from_on,
            until_on=self.until_on,
        )
        yield self.does(self.supervisor, declare)
        yield self.at(plus_days(self.world.begins, 331))
        yield self.does(self.supervisor, EndCatastrophe())


class ListsLife(Life):
    """The names that compliance has from the lists of the year."""

    def __init__(self, world: World, staff: Staff) -> None:
        super().__init__(world, "lists", sanction_of(FALSE_MATCH), moment_of(plus_days(world.begins, 1), OPENS))
        self.staff = staff

    def story(self) -> Story:
        officer = self.staff.compliance(self.dice)
        for name, entry in ON_LISTS:
            yield self.soon()
            source = entry.split("-")[0].lower()
            listed = ListParty(name=name, source=source, entry=entry, listed_on=self.today)
            yield self.does(officer, listed, stream=listed.home)
        yield self.tries(officer, listed, "sanction.listed_before", stream=listed.home)
        yield self.office(200)
        off = DelistParty(name=TAKEN_OFF, reason="名单发布机关已移除")
        yield self.does(officer, off, stream=off.home)
