"""Every piece of advice: by whom, what was shown, what the customer insisted on, how the sale was recorded."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from application.projection import Projection, Row
from domain.advice import events as e
from domain.advice.events import Shown
from domain.advice.state import Advice
from domain.catalogue import events_of
from domain.customer import Channel
from domain.kernel import Recorded
from domain.words import Role, Term


class AdviceStage(Term):
    BEGUN = "begun", "已开始", "begun"
    SHOWN = "shown", "已展示产品", "products shown"
    DISCLOSED = "disclosed", "已说明", "disclosed"
    RECORDED = "recorded", "已双录", "recorded"
    FAULTY = "faulty", "双录待补正", "recording to be put right"
    PASSED = "passed", "质检合格", "recording passed"


class AdviceCard(Row):
    key = ("advice",)
    order = ("number",)
    indexes = ("number", "customer", "stage", "seller")
    searched = ("number", "seller")

    advice: UUID
    number: str
    stage: AdviceStage = AdviceStage.BEGUN
    customer: UUID
    seller: str
    channel: Channel
    begun_on: date
    shown: tuple[Shown, ...] = ()
    insisted: tuple[str, ...] = ()
    stated: tuple[str, ...] = ()
    disclosed_on: date | None = None
    recording: str = ""
    recorded_on: date | None = None
    faulty_on: date | None = None
    checked_on: date | None = None


class AdviceRegister(Projection):
    name = "advice_register"
    says = ("推介登记簿", "Register of advice")
    row = AdviceCard
    hears = events_of(Advice)
    shown_to = Projection.shown_to | {Role.CUSTOMER}
    own = "customer"

    @staticmethod
    def evolve(row: AdviceCard | None, recorded: Recorded) -> AdviceCard | None:
        event = recorded.event
        if isinstance(event, e.AdviceBegun):
            told = {name: getattr(event, name) for name in ("number", "customer", "channel", "begun_on")}
            return AdviceCard(advice=recorded.stream, seller=event.agent, **told)
        return row and _went_on(row, event)


def _went_on(row: AdviceCard, event: object) -> AdviceCard:
    match event:
        case e.ProductsShown(shown=shown):
            fresh = {each.product for each in shown}
            kept = (each for each in row.shown if each.product not in fresh)
            return row.but(stage=AdviceStage.SHOWN, shown=(*kept, *shown))
        case e.DisclosureGiven(given_on=given_on):
            return row.but(stage=AdviceStage.DISCLOSED, disclosed_on=given_on)
        case e.ChoiceConfirmed(code=code):
            return row.but(insisted=(*row.insisted, code))
        case e.StatementSigned(code=code):
            return row.but(stated=(*row.stated, code))
        case e.SaleRecorded(reference=reference, recorded_on=recorded_on):
            return row.but(stage=AdviceStage.RECORDED, recording=reference, recorded_on=recorded_on)
        case e.RecordingFaultFound(found_on=found_on):
            return row.but(stage=AdviceStage.FAULTY, faulty_on=found_on)
        case e.RecordingCorrected(reference=reference):
            return row.but(stage=AdviceStage.RECORDED, recording=reference, faulty_on=None)
        case e.RecordingPassed(checked_on=checked_on):
            return row.but(stage=AdviceStage.PASSED, checked_on=checked_on)
    return row
