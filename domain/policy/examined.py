"""How far the examination of a risk has come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.kernel import Event
from domain.policy import risk as r
from domain.policy.events import DisclosureAnswered, UnderwritingDecided
from domain.policy.risk import Concern, Ruling
from domain.words import Money

ADVERSE = ("是", "有", "yes")
"""How an answer begins that tells of something adverse."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One concern: how far an authority has to reach in order to rule on it, and how it was ruled."""

    concern: Concern
    needs: Money
    ruling: Ruling | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """`adverse` are the questions answered adversely; `examining` says that the report of a check is awaited."""

    adverse: tuple[str, ...] = ()
    wanting: bool = False
    complete: bool = False
    examining: bool = False
    issues: tuple[Issue, ...] = ()
    offers: int = 0
    offered_until: date | None = None
    consented: Money | None = None
    withdrawn: bool = False

    def after(self, event: Event) -> Examined:
        match event:
            case DisclosureAnswered(answers=answers):
                found = tuple(each.question for each in answers if each.answer.lower().startswith(ADVERSE))
                return replace(self, adverse=found)
            case r.ApplicationFoundWanting():
                return replace(self, wanting=True)
            case r.CorrectionsAsked():
                return replace(self, wanting=False)
            case r.ApplicationCompleted(examination=examination):
                return replace(self, complete=True, wanting=False, examining=examination)
            case r.ExaminationReported():
                return replace(self, examining=False)
            case UnderwritingDecided():
                # What was offered before is not what is decided now.
                return replace(self, offered_until=None)
            case r.OfferMade(offer=offer, valid_until=valid_until):
                return replace(self, offers=offer, offered_until=valid_until)
            case r.InsuredConsented(agreed_to=agreed_to):
                return replace(self, consented=agreed_to)
            case r.ApplicationWithdrawn():
                return replace(self, withdrawn=True)
        return self._ruled(event)

    def _ruled(self, event: Event) -> Examined:
        match event:
            case r.IssueRaised(concern=concern, needs=needs):
                return self._with(Issue(concern, needs))
            case r.IssueRuled(concern=concern, ruling=ruling):
                return self._with(replace(self._issue(concern), ruling=ruling))
            case r.IssueSpeciallyApproved(concern=concern):
                return self._with(replace(self._issue(concern), ruling=Ruling.APPROVE))
            case r.IssueReopened(concern=concern):
                return self._with(replace(self._issue(concern), ruling=None))
        return self

    def issue(self, concern: Concern) -> Issue | None:
        return next((each for each in self.issues if each.concern is concern), None)

    def _issue(self, concern: Concern) -> Issue:
        return self.issue(concern) or Issue(concern, Money(0))

    def _with(self, issue: Issue) -> Examined:
        others = (each for each in self.issues if each.concern is not issue.concern)
        return replace(self, issues=(*others, issue))

    @property
    def unruled(self) -> tuple[Concern, ...]:
        return tuple(each.concern for each in self.issues if each.ruling is None)

    @property
    def worst(self) -> Ruling:
        """The severest of the rulings."""
        rulings = [each.ruling for each in self.issues if each.ruling]
        return max(rulings, key=list(Ruling).index, default=Ruling.APPROVE)
