"""The later instalments: paid in time as a rule, dunned for when late, and sometimes the cover lapses over them."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto

from domain.policy.arrears import ends
from domain.policy.contract import Due
from domain.policy.lapse import (
    LapsePolicy,
    RefuseReinstatement,
    ReinstatePolicy,
    RequestReinstatement,
    SendLapseNotice,
)
from domain.policy.premium import DunPremium
from domain.words import plus_days
from interfaces.demo.claims import ClaimLife
from interfaces.demo.contract import Contract, Insurer
from interfaces.demo.service import UNPUNCTUAL, F, Fortune, PolicyCase
from interfaces.demo.world import Life, Story


class Asked(Enum):
    """What becomes of a request for reinstatement."""

    AGREED = auto()
    REFUSED = auto()
    IN_SILENCE = auto()


ANSWERS = (Asked.AGREED, Asked.REFUSED, Asked.IN_SILENCE)


class Premiums(PolicyCase):
    """The later instalments: in time as a rule, late now and then, and sometimes not at all."""

    def __init__(self, insurer: Insurer, contract: Contract, after: Life, fortune: Fortune) -> None:
        super().__init__(insurer, contract, after, "premiums")
        self.fortune = fortune

    def story(self) -> Story:
        for place, due in enumerate(tuple(self.contract.dues[1:])):
            if place == 0 and self.fortune in UNPUNCTUAL:
                late = self.fortune in (F.LATE, F.LATE_CLAIM)
                yield from self._late(due) if late else self._lapses(due)
            else:
                yield self.at(plus_days(due.due_on, -self.between(0, 6)), office=False)
            if self.contract.ended:
                return
            yield from self._pays_up(max(self.today, due.due_on))

    def _late(self, due: Due) -> Story:
        """Paid before the sixty days are over, maybe after a loss: the claim then waits for it."""
        self.contract.settles_on = plus_days(due.due_on, self.between(32, 54))
        if self.fortune is F.LATE_CLAIM:
            yield self.at(plus_days(due.due_on, self.between(2, 7)))
            ClaimLife(self.insurer, self.contract, self, 0, overdue=True).begin()
        if self.chance(40):
            # Dunned for so late that the thirty days from it are not over when it is paid.
            yield self.at(plus_days(due.due_on, self.between(24, 28)))
            cashier = self.staff.cashier(self.dice)
            yield self.does(cashier, DunPremium(sent_on=self.today))
            yield self.soon()
            yield self.tries(cashier, LapsePolicy(), "policy.not_overdue")
        yield self.at(self.contract.settles_on, office=False)

    def _lapses(self, due: Due) -> Story:
        cashier, service = self.staff.cashier(self.dice), self.staff.service(self.dice)
        if self.chance(70):
            yield self.at(plus_days(due.due_on, self.between(8, 20)))
            yield self.does(cashier, DunPremium(sent_on=self.today))
        yield self.at(plus_days(ends("PREM-GRACE-60D", due.due_on), self.between(1, 6)))
        yield self.does(cashier, LapsePolicy())
        yield self.office(1, 9)
        yield self.does(service, SendLapseNotice(sent_on=self.today))
        if self.fortune is F.LAPSED:
            self.contract.ended = True
            return
        yield self.office(12, 45)
        yield from self._revived()

    def _revived(self) -> Story:
        """Asked for and agreed to once all is paid, refused, or, where nobody says anything, deemed agreed to."""
        personal = self.contract.ware.kind.line.is_personal
        # Silence is consent of persons' cover only.
        pile, answers = ("persons'", ANSWERS) if personal else ("others'", ANSWERS[:2])
        answer = self.world.deal(f"answers to {pile} reinstatement", answers)
        yield self.does(self.contract.client.actor, RequestReinstatement(received_on=self.today))
        underwriter = self.staff.underwriter(self.dice)
        if answer is Asked.REFUSED:
            yield self.office(3, 12)
            if personal:
                refused = RefuseReinstatement(risk_risen=False, reason="费率已调整")
                yield self.tries(underwriter, refused, "policy.risk_not_risen")
                yield self.soon()
            risen = RefuseReinstatement(risk_risen=True, reason="中止期间被保险人确诊重大疾病，危险程度显著增加")
            yield self.does(underwriter, risen)
            self.contract.ended = True
            return
        if self.chance(50) and answer is Asked.AGREED:
            yield self.soon()
            yield self.tries(underwriter, ReinstatePolicy(), "policy.still_owed")
        yield self.office(31, 36) if answer is Asked.IN_SILENCE else self.any_day(1, 6)
        yield from self._pays_up(self.today)
        if answer is Asked.AGREED:
            yield self.soon()
            yield self.does(underwriter, ReinstatePolicy())

    def _pays_up(self, day: date) -> Story:
        """The oldest first, then what has fallen due after it."""
        fallen = [due.amount for due in self.contract.dues if due.due_on <= day and due.amount.minor > 0]
        owed = self.contract.owed_on(day)
        if owed and fallen and fallen[-1] < owed:
            yield self.pays(owed - fallen[-1])
            yield self.soon()
            owed = fallen[-1]
        if owed:
            yield self.pays(owed)
