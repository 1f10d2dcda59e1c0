"""What advice remembers: what was shown and why, what was disclosed, what the customer insisted on, the recording."""

from __future__ import annotations

from uuid import UUID

from domain.advice.events import (
    AdviceBegun,
    ChoiceConfirmed,
    Disclosure,
    DisclosureGiven,
    ProductsShown,
    RecordingCorrected,
    RecordingFaultFound,
    RecordingPassed,
    SaleRecorded,
    Scene,
    Shown,
    StatementSigned,
)
from domain.customer import Channel
from domain.kernel import Aggregate, Event


class Advice(Aggregate):
    number: str = ""
    customer: UUID | None = None
    profile: UUID | None = None
    seller: str = ""
    channel: Channel | None = None
    shown: tuple[Shown, ...] = ()
    given: frozenset[Disclosure] = frozenset()
    insisted: frozenset[UUID] = frozenset()
    stated: frozenset[UUID] = frozenset()
    recording: str = ""
    scenes: frozenset[Scene] = frozenset()
    faults: tuple[Scene, ...] = ()
    passed: bool = False

    @property
    def party(self) -> UUID | None:
        return self.customer

    def evolve(self, event: Event) -> Advice:
        match event:
            case AdviceBegun():
                names = ("number", "customer", "profile", "channel")
                return self.but(**{name: getattr(event, name) for name in names}, seller=event.agent)
            case ProductsShown(shown=shown):
                fresh = {each.product for each in shown}
                return self.but(shown=(*(each for each in self.shown if each.product not in fresh), *shown))
            case DisclosureGiven(given=given):
                return self.but(given=self.given | set(given))
            case ChoiceConfirmed(product=product):
                return self.but(insisted=self.insisted | {product})
            case StatementSigned(product=product):
                return self.but(stated=self.stated | {product})
            case SaleRecorded(reference=reference, scenes=scenes):
                return self.but(recording=reference, scenes=frozenset(scenes), faults=(), passed=False)
            case RecordingFaultFound(scenes=scenes):
                return self.but(faults=scenes, passed=False)
            case RecordingCorrected(reference=reference):
                return self.but(recording=reference, scenes=self.scenes | set(self.faults), faults=())
            case RecordingPassed():
                return self.but(passed=True, faults=())
        return self

    def showed(self, product: UUID | None) -> Shown | None:
        return next((each for each in self.shown if each.product == product), None)

    @property
    def undisclosed(self) -> tuple[Disclosure, ...]:
        return tuple(each for each in Disclosure if each not in self.given)

    @property
    def unheard(self) -> tuple[Scene, ...]:
        """What is missing in the recording."""
        return tuple(scene for scene in Scene if scene not in self.scenes or scene in self.faults)
