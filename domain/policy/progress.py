"""How far a policy has come, so far as the law counts from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel import Event
from domain.policy import milestones as m
from domain.policy.events import Ending, PolicyCancelled, PolicyLapsed, PolicyReinstated, PremiumPaid


@dataclass(frozen=True, slots=True)
class Progress:
    """`fell_due_on` is the due date from which the days of grace are counted, `dunned_for` the one that was dunned.
    A call-back was `faulty` while something that it found has not been settled.
    The right to rescind is `waived` once premium was taken by an insurer that knew of the ground.
    """

    fell_due_on: date | None = None
    dunned_on: date | None = None
    dunned_for: date | None = None
    lapse_told: bool = False
    reinstatement_on: date | None = None
    deemed: bool = False
    called_back_on: date | None = None
    faulty: bool = False
    non_disclosure_on: date | None = None
    waived: bool = False
    rescinded: bool = False

    def after(self, event: Event) -> Progress:
        match event:
            case m.PremiumFellDue(due_on=due_on):
                return replace(self, fell_due_on=due_on)
            case m.PremiumDunned(sent_on=sent_on, due_on=due_on):
                return replace(self, dunned_on=sent_on, dunned_for=due_on)
            case m.ArrearsReduced(due_on=due_on):
                return replace(self, fell_due_on=due_on, dunned_on=None, dunned_for=None)
            case m.ArrearsCleared():
                return replace(self, fell_due_on=None, dunned_on=None, dunned_for=None)
            case m.NonDisclosureFound(found_on=found_on):
                return replace(self, non_disclosure_on=found_on)
            case PremiumPaid():
                return replace(self, waived=True) if self.non_disclosure_on and not self.waived else self
            case PolicyCancelled(ending=ending):
                return replace(self, rescinded=ending is Ending.RESCISSION)
            case m.CallBackRecorded(made_on=made_on):
                return replace(self, called_back_on=made_on)
            case m.CallBackFoundFault():
                return replace(self, faulty=True)
            case m.CallBackFaultSettled():
                return replace(self, faulty=False)
        return self._lapsed(event)

    def _lapsed(self, event: Event) -> Progress:
        match event:
            case PolicyLapsed():
                over = replace(self, fell_due_on=None, dunned_on=None, dunned_for=None)
                return replace(over, lapse_told=False, reinstatement_on=None, deemed=False)
            case m.LapseNoticeSent():
                return replace(self, lapse_told=True)
            case m.ReinstatementRequested(received_on=received_on):
                return replace(self, reinstatement_on=received_on)
            case m.ReinstatementRefused():
                return replace(self, reinstatement_on=None)
            case m.ReinstatementDeemed():
                return replace(self, deemed=True)
            case PolicyReinstated():
                return replace(self, reinstatement_on=None, deemed=False)
        return self
