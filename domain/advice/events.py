"""What happens in advice: a beginning, products shown, disclosure, objections confirmed, the recording of the sale."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.advice.suitability import Merit, Objection
from domain.customer import Channel
from domain.kernel import Event
from domain.words import Personal, Term


class Disclosure(Term):
    """What is given and explained before an application (sales Measures of 2023, arts 25-27)."""

    TERMS = "terms", "保险条款", "the standard terms"
    NOTES = "notes", "产品说明与提示", "the product's notes"
    EXCLUSIONS = "exclusions", "责任免除、免赔额与比例赔付", "exclusions, deductibles and ratios"
    RIGHTS = "rights", "犹豫期、退保损失与投诉途径", "cooling-off, loss on surrender, ways to complain"
    SUITABILITY = "suitability", "适当性匹配意见", "how far it suits"


class Scene(Term):
    """What has to be heard and seen in the recording of a sale (N2017-54, arts 7-8)."""

    IDENTITY = "identity", "销售人员出示执业证件", "the seller shows who they are"
    CONSENT = "consent", "投保人同意录音录像", "the applicant agrees to be recorded"
    PRODUCT = "product", "说明产品与保险责任", "product and cover are explained"
    EXCLUSIONS = "exclusions", "说明责任免除", "exclusions are explained"
    RIGHTS = "rights", "说明犹豫期与退保损失", "cooling-off and loss on surrender are explained"
    CONFIRMED = "confirmed", "投保人逐项确认", "the applicant confirms each point"
    SIGNED = "signed", "投保人当场签名", "the applicant signs"


@dataclass(frozen=True, slots=True)
class Shown:
    """A product as it was shown: in which version, in which place, why, and what spoke against it."""

    product: UUID
    code: str
    version: int
    rank: int
    score: int
    merits: tuple[Merit, ...] = ()
    objections: tuple[Objection, ...] = ()

    @property
    def suits(self) -> bool:
        return not self.objections

    def tell(self, language: str) -> str:
        told = "、".join(each.zh for each in self.objections) or "适合"
        if language == "en":
            told = ", ".join(each.en for each in self.objections) or "suits"
        return f"{self.rank}. {self.code} v{self.version} ({self.score}): {told}"


class AdviceBegun(Event):
    """The seller said who they are; `credential` is what was shown or said (sales Measures of 2023, art 24)."""

    tells = ("推介{number}于{begun_on}开始，销售人员{agent}", "advice {number} begun on {begun_on} by {agent}")
    unique = ("number",)
    number: str
    customer: UUID
    profile: UUID
    agent: str
    channel: Channel
    begun_on: date
    credential: str


class ProductsShown(Event):
    tells = ("展示产品：{shown}", "shown: {shown}")
    shown: tuple[Shown, ...]
    shown_on: date


class DisclosureGiven(Event):
    tells = ("于{given_on}提供并说明：{given}", "given and explained on {given_on}: {given}")
    given: tuple[Disclosure, ...]
    given_on: date
    evidence: str


class AdvisedAgainst(Event):
    """The customer was advised not to apply, and why."""

    tells = ("建议不投保{code}：{objections}", "advised against {code}: {objections}")
    product: UUID
    code: str
    objections: tuple[Objection, ...]
    advised_on: date


class ChoiceConfirmed(Event):
    """The customer insists, and has confirmed in writing that the choice is their own."""

    tells = ("客户书面确认坚持投保{code}，凭证{evidence}", "the customer insists on {code} in writing, {evidence}")
    product: UUID
    code: str
    confirmed_on: date
    evidence: str


class StatementSigned(Event):
    """The application statement that the Measures of 2025, art 39, ask for."""

    tells = ("投保人签署{code}投保声明，凭证{evidence}", "application statement for {code} signed, {evidence}")
    product: UUID
    code: str
    signed_on: date
    evidence: str


class SaleRecorded(Event):
    """Sound and picture of the sale; the recording lies elsewhere, its checksum here."""

    tells = (
        "双录{reference}，时长{seconds}秒，校验值{sha256}",
        "recorded as {reference}, {seconds} s, checksum {sha256}",
    )
    reference: str
    sha256: str
    seconds: int
    scenes: tuple[Scene, ...]
    recorded_on: date


class RecordingPassed(Event):
    internal = True
    tells = ("双录质检合格（{checker}）", "the recording passed, checked by {checker}")
    checked_on: date
    checker: str


class RecordingFaultFound(Event):
    internal = True
    tells = ("双录质检发现问题：{scenes}", "the recording falls short of: {scenes}")
    scenes: tuple[Scene, ...]
    found_on: date
    checker: str
    note: Personal[str] = ""


class RecordingCorrected(Event):
    tells = ("双录已补正：{reference}，校验值{sha256}", "the recording was put right: {reference}, checksum {sha256}")
    reference: str
    sha256: str
    corrected_on: date
