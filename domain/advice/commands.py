"""What can be asked of advice, in its order: begin, show, disclose, advise against, confirm, record, check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated
from uuid import UUID

from annotated_types import Ge, Le, MaxLen, MinLen
from pydantic import Field

from domain.advice import events as e
from domain.advice.events import Disclosure, Scene, Shown
from domain.advice.state import Advice
from domain.advice.suitability import Weighed, weigh
from domain.agent.fitness import LEFT, SUSPENDED, UNLICENSED
from domain.agent.state import Agent
from domain.customer import Channel, Customer
from domain.kernel import UNKNOWN, Command, Event, Given, Refusal, not_in_future
from domain.product import NOT_ON_SALE, Product
from domain.profile import Profile
from domain.words import Day, Note, Number, Role, Sha256, ShortText

NO_PROFILE = Refusal(
    "advice.no_profile",
    ("尚未了解客户的需求与财务状况", "needs and means of the customer have not been asked after"),
    rule="SALE-KYC-NEEDS",
)
NO_CREDENTIAL = Refusal(
    "advice.no_credential",
    ("销售人员须先表明身份", "whoever sells first says who they are"),
    rule="SALE-ID-SHOW",
)
NOT_SHOWN = Refusal("advice.not_shown", ("尚未展示该产品", "the product has not been shown"))
NOTHING_AGAINST = Refusal("advice.nothing_against", ("该产品没有不适合之处", "nothing speaks against the product"))
BARRED = Refusal(
    "advice.barred",
    ("不得销售：{objections}", "it may not be sold: {objections}"),
    rule="SALE-UNSUITABLE-DENY",
)
NOT_RECORDED = Refusal("advice.not_recorded", ("尚未双录", "the sale has not been recorded"))
NO_FAULT = Refusal("advice.no_fault", ("没有待补正的双录问题", "no fault of the recording waits to be put right"))
OWN_RECORDING = Refusal("advice.own_recording", ("不得质检本人的双录", "nobody checks the recording of their own sale"))

SELLERS = frozenset({Role.AGENT, Role.SERVICE})
CHECKERS = frozenset({Role.SUPERVISOR, Role.COMPLIANCE, Role.SERVICE})


def profiled(_: Advice, given: Given) -> None:
    NO_PROFILE.unless(given[Profile].means)


def recorded(advice: Advice, _: Given) -> None:
    NOT_RECORDED.unless(advice.recording)


def faulty(advice: Advice, _: Given) -> None:
    NO_FAULT.unless(advice.faults)


class BeginAdvice(Command):
    """Begins advice for a customer whose profile has been taken, by a seller who has said who they are."""

    on, opens, numbers = Advice, True, "advice"
    may = SELLERS | {Role.CUSTOMER}
    consults = (Profile, Customer, Agent)
    says = ("开始推介", "Begin advice")
    applies = ("SALE-KYC-NEEDS", "SALE-ID-SHOW", "SALE-LICENSED-ONLY")
    number: Number | None = None
    profile: UUID
    agent: UUID | None = None
    channel: Channel = Channel.AGENT
    begun_on: Day
    credential: ShortText = Field(default="", description="What was shown or said of the seller.")

    def decide(self, advice: Advice, given: Given) -> Iterator[Event]:
        not_in_future(self.begun_on, given)
        profiled(advice, given)
        agent, day = given[Agent], self.begun_on
        by_themselves = given.actor.role is Role.CUSTOMER
        NO_CREDENTIAL.unless(by_themselves or (agent.exists and self.credential))
        if agent.exists:
            LEFT.unless(agent.left_on is None or day < agent.left_on, code=agent.code, left_on=agent.left_on)
            UNLICENSED.unless(agent.licensed_on(day), code=agent.code, day=day)
            SUSPENDED.unless(not agent.suspended, code=agent.code)
        customer = given[Profile].customer
        assert customer
        yield e.AdviceBegun(
            **{**dict(self), "number": self.number or given.number, "agent": agent.code, "customer": customer}
        )


class ShowProducts(Command):
    """Shows products, each weighed against the profile as it is now; the best suited stands first."""

    on, may, consults, compares = Advice, SELLERS | {Role.CUSTOMER}, (Profile,), "products"
    says = ("展示产品", "Show products")
    applies = ("SALE-KYC-NEEDS", "SALE-UNSUITABLE-DENY")
    products: Annotated[tuple[UUID, ...], MinLen(1), MaxLen(20)]

    def decide(self, advice: Advice, given: Given) -> Iterator[Event]:
        profiled(advice, given)
        weighed: list[tuple[Weighed, Product, int]] = []
        for product in given.gathered:
            UNKNOWN.unless(isinstance(product, Product), kind=Product.kind())
            assert isinstance(product, Product)
            edition = product.sold_on(given.today)
            NOT_ON_SALE.unless(edition, code=product.code, day=given.today)
            assert edition
            weighed.append((weigh(given[Profile], edition.terms, given.today), product, edition.version))
        weighed.sort(key=lambda each: (each[0].barred, len(each[0].objections), -each[0].score, each[1].code))
        shown = tuple(
            Shown(product.id, product.code, version, rank, found.score, found.merits, found.objections)
            for rank, (found, product, version) in enumerate(weighed, 1)
        )
        yield e.ProductsShown(shown=shown, shown_on=given.today)


class GiveDisclosure(Command):
    """What the law wants given and explained before an application was given and explained."""

    on, may = Advice, SELLERS | {Role.CUSTOMER}
    says = ("提供并说明", "Give and explain")
    applies = ("SALE-PRESALE-DISCLOSE", "SALE-EXCLUSION-EXPLAIN", "SALE-SUIT-INFORM")
    given: Annotated[tuple[Disclosure, ...], MinLen(1), MaxLen(5)]
    given_on: Day
    evidence: Number = Field(description="Number of the signed list, or of the electronic record.")

    def decide(self, advice: Advice, given: Given) -> Iterator[Event]:
        not_in_future(self.given_on, given)
        if set(self.given) - advice.given:
            told = tuple(each for each in Disclosure if each in self.given)
            yield e.DisclosureGiven(given=told, given_on=self.given_on, evidence=self.evidence)


class _OfShown(Command):
    on, may, applies = Advice, SELLERS, ("SALE-UNSUITABLE-ADVISE", "SALE-UNSUITABLE-DENY")
    product: UUID

    def shown(self, advice: Advice) -> Shown:
        found = advice.showed(self.product)
        NOT_SHOWN.unless(found)
        assert found
        return found


class AdviseAgainst(_OfShown):
    """The customer was advised not to apply for a product against which something speaks."""

    says = ("建议不投保", "Advise against")

    def decide(self, advice: Advice, given: Given) -> Iterator[Event]:
        shown = self.shown(advice)
        NOTHING_AGAINST.unless(shown.objections)
        yield e.AdvisedAgainst(
            product=self.product, code=shown.code, objections=shown.objections, advised_on=given.today
        )


class ConfirmChoice(_OfShown):
    """The customer insists and confirms in writing that the choice is theirs, unless the law bars the sale."""

    may = SELLERS | {Role.CUSTOMER}
    says = ("确认坚持投保", "Confirm the choice")
    confirmed_on: Day
    evidence: Number

    def decide(self, advice: Advice, given: Given) -> Iterator[Event]:
        not_in_future(self.confirmed_on, given)
        shown = self.shown(advice)
        NOTHING_AGAINST.unless(shown.objections)
        barring = tuple(each for each in shown.objections if each.bars)
        BARRED.unless(not barring, objections=barring)
        if self.product not in advice.insisted:
            yield e.ChoiceConfirmed(**dict(self), code=shown.code)


class SignStatement(_OfShown):
    """The application statement for a product whose benefits are not certain."""

    may = SELLERS | {Role.CUSTOMER}
    says = ("签署投保声明", "Sign the application statement")
    applies = ("SALE-UNCERTAIN-SINGLE-4X", "SALE-UNCERTAIN-REGULAR-20PCT")
    signed_on: Day
    evidence: Number

    def decide(self, advice: Advice, given: Given) -> Iterator[Event]:
        not_in_future(self.signed_on, given)
        shown = self.shown(advice)
        if self.product not in advice.stated:
            yield e.StatementSigned(**dict(self), code=shown.code)


class RecordSale(Command):
    """Sound and picture of the sale were recorded: where, which scenes, the checksum of the bytes."""

    on, may = Advice, SELLERS
    says = ("双录", "Record the sale")
    applies = ("SALE-DUALREC-SCOPE", "SALE-DUALREC-CONTENT")
    reference: Number
    sha256: Sha256
    seconds: Annotated[int, Ge(1), Le(86_400)]
    scenes: Annotated[tuple[Scene, ...], MinLen(1), MaxLen(7)]
    recorded_on: Day

    def decide(self, advice: Advice, given: Given) -> Iterator[Event]:
        not_in_future(self.recorded_on, given)
        if self.reference != advice.recording:
            yield e.SaleRecorded(**{**dict(self), "scenes": tuple(each for each in Scene if each in self.scenes)})


class CheckRecording(Command):
    """Somebody who did not sell saw the whole recording, and says of which scenes it falls short."""

    on, may = Advice, CHECKERS
    says = ("双录质检", "Check the recording")
    applies = ("SALE-DUALREC-CONTENT",)
    gates = (recorded,)
    checked_on: Day
    short_of: Annotated[tuple[Scene, ...], MaxLen(7)] = ()
    note: Note = ""

    def decide(self, advice: Advice, given: Given) -> Iterator[Event]:
        not_in_future(self.checked_on, given)
        OWN_RECORDING.unless(given.actor.name.upper() != advice.seller)
        short = tuple(scene for scene in Scene if scene in self.short_of or scene not in advice.scenes)
        checker = given.actor.name
        if short:
            yield e.RecordingFaultFound(scenes=short, found_on=self.checked_on, checker=checker, note=self.note)
        elif not advice.passed:
            yield e.RecordingPassed(checked_on=self.checked_on, checker=checker)


class CorrectRecording(Command):
    """What the recording lacked was recorded after all."""

    on, may = Advice, SELLERS
    says = ("补正双录", "Put the recording right")
    applies = ("SALE-DUALREC-FIX-15WD",)
    gates = (faulty,)
    reference: Number
    sha256: Sha256
    corrected_on: Day

    def decide(self, advice: Advice, given: Given) -> Iterator[Event]:
        not_in_future(self.corrected_on, given)
        yield e.RecordingCorrected(**dict(self))
