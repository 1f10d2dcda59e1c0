"""A small town of customers, products, policies and claims, made through the one door, for journeys in a browser."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from application.submission import Order, Submission
from domain import account as a
from domain import product as p
from domain.advice import commands as advice
from domain.agent.state import Agent
from domain.claim import closing, intake, settlement
from domain.claim.events import Hold, Notice, Paper
from domain.customer import Channel, NoteContact, RegisterCustomer, Sex
from domain.dispute import commands as dispute
from domain.dispute import contesting
from domain.dispute.contest import Ground
from domain.kernel import CALENDAR_ZONE, Command, new_stream, stream_of
from domain.losses import Cause
from domain.policy import application as applying
from domain.policy import examination, sale, service, underwriting
from domain.policy.events import Answer, Sum, Verdict
from domain.profile import Means, Need, TakeProfile, profile_of
from domain.words import Actor, Money, Period, Role, plus_days, plus_years
from interfaces.main import House
from tests.agent.samples import enrolled

PASSWORD = "a very long word"
TODAY = datetime.now(UTC).astimezone(CALENDAR_ZONE).date()
FIRST = plus_days(TODAY, -200)
SELLER = stream_of(Agent, "AGENT")
STAFF = {
    "officer": ("钱程", (Role.PRODUCT_OFFICER,)),
    "agent": ("孙悦", (Role.AGENT,)),
    "under": ("吴敏", (Role.UNDERWRITER,)),
    "cash": ("郑涛", (Role.CASHIER,)),
    "han": ("韩梅", (Role.CLAIMS_HANDLER,)),
    "serv": ("冯洁", (Role.SERVICE,)),
    "super": ("陈立", (Role.SUPERVISOR,)),
    "admin": ("管理员", (Role.ADMINISTRATOR,)),
}


def yuan(amount: int | str) -> Money:
    return Money.of(str(amount))


@dataclass
class Town:
    """Who lives here, and the cases that the journeys go to."""

    home: House
    zhou: UUID = UUID(int=0)
    li: UUID = UUID(int=0)
    policy: UUID = UUID(int=0)
    claim: UUID = UUID(int=0)
    open_claim: UUID = UUID(int=0)
    notice: UUID = UUID(int=0)

    async def does(self, who: str, command: Command, case: UUID | None = None, days_ago: int = 0) -> UUID:
        """One command by one of the staff; the case it is about."""
        role = next(each for each in Role if each in command.may and (who not in STAFF or each in STAFF[who][1]))
        stream = case or new_stream()
        at = datetime.now(UTC) - timedelta(days=days_ago) if days_ago else None
        order = Order(stream=stream, command=command, actor=Actor(who, role, authority=500_000_00), occurred_at=at)
        await self.home.handling.handle(Submission(key=uuid4(), orders=[order]))
        return stream

    async def account(self, login: str, name: str, roles: tuple[Role, ...], customer: UUID | None = None) -> None:
        command = a.OpenAccount(login=login, name=name, roles=roles, authority=500_000_00, customer=customer)
        stream = await self.does("operator", command, stream_of(a.Account, login))
        await self.home.credentials.set_password(stream, login, PASSWORD)


async def settle(home: House) -> Town:
    """Everyone moves in."""
    town = Town(home)
    for login, (name, roles) in STAFF.items():
        await town.account(login, name, roles)
    for command in enrolled("AGENT", plus_days(TODAY, -400)):
        await town.does("super", command, SELLER, days_ago=350)
    health = await product(town, "HLT-2026", "安心住院医疗保险", p.Line.HEALTH, p.Insured.PERSON, HOSPITAL)
    motor = await product(town, "MTR-2026", "乐行机动车损失保险", p.Line.PROPERTY, p.Insured.VEHICLE, VEHICLE)
    await town.does("officer", draft("ACC-2026", "平安出行意外险", p.Line.ACCIDENT, p.Insured.PERSON, ACCIDENT))
    town.zhou = await customer(town, "周雅芳", "13800138000", Sex.FEMALE, date(1988, 6, 1))
    town.li = await customer(town, "李国强", "13900139000", Sex.MALE, date(1979, 11, 3))
    for name, phone in (("王小明", "13700137000"), ("赵静怡", "13600136000"), ("刘思远", "13500135000")):
        await customer(town, name, phone, Sex.UNSTATED, date(1990, 2, 28))
    await town.account("zhou", "周雅芳", (Role.CUSTOMER,), town.zhou)
    town.policy = await policy(town, health, town.zhou, "周雅芳", (Sum("HOSPITAL", yuan(500_000), yuan(100)), OUT))
    other = await policy(town, motor, town.li, "沪A·12345", (Sum("DAMAGE", yuan(180_000), yuan(500)),), instalments=4)
    await application(town, health, town.li, "李国强")
    await advised(town, health)
    await endorse(town)
    town.claim = await settled(town)
    town.open_claim = await under_way(town)
    await contested(town)
    town.notice = await town.does("serv", intake.GiveNotice(policy=other, notice=COLLISION), days_ago=2)
    return town


HOSPITAL = (
    p.Benefit("HOSPITAL", "住院医疗费用", yuan(2_000_000), yuan(100)),
    p.Benefit("OUTPATIENT", "特殊门诊费用", yuan(50_000)),
)
VEHICLE = (p.Benefit("DAMAGE", "车辆损失", yuan(600_000), yuan(500)),)
ACCIDENT = (p.Benefit("DEATH", "意外身故", yuan(1_000_000)), p.Benefit("DISABILITY", "意外伤残", yuan(1_000_000)))
OUT = Sum("OUTPATIENT", yuan(20_000))
COLLISION = Notice(
    loss_on=plus_days(TODAY, -3),
    cause=Cause.COLLISION,
    place="上海市延安高架路",
    reporter="李国强",
    phone="13900139000",
    description="追尾，前保险杠与大灯受损",
)
ILLNESS = Notice(
    loss_on=plus_days(TODAY, -40),
    cause=Cause.ILLNESS,
    place="上海市第一人民医院",
    reporter="周雅芳",
    phone="13800138000",
    description="肺炎住院六天，出院后提交发票与病历",
)


def draft(code: str, name: str, line: p.Line, insured: p.Insured, benefits: tuple[p.Benefit, ...]) -> p.DraftProduct:
    terms = p.Terms(
        line=line,
        covers=f"{name}：保险期间内发生约定事故的损失与费用",
        insured=insured,
        form=p.Form.INDEMNITY,
        grade=p.Grade.R2,
        benefits=benefits,
        rate_per_million=7300,
        longest_months=12,
        cooling_off_days=15,
        waiting_days=0,
        exclusions=("故意行为", "战争、核辐射"),
    )
    return p.DraftProduct(code=code, name=name, terms=terms)


async def product(town: Town, code: str, name: str, *terms) -> UUID:
    case = await town.does("officer", draft(code, name, *terms), days_ago=300)
    await town.does("officer", p.FileProduct(filing=f"CN-{code}"), case, 290)
    await town.does("officer", p.PutProductOnSale(version=1, sold_from=plus_days(TODAY, -280)), case, 285)
    return case


async def customer(town: Town, name: str, phone: str, sex: Sex, born_on: date) -> UUID:
    command = RegisterCustomer(name=name, phone=phone, sex=sex, born_on=born_on, address="上海市浦东新区世纪大道100号")
    case = await town.does("agent", command, days_ago=210)
    await town.does("serv", NoteContact(channel=Channel.PHONE, subject="询问医疗险保障范围"), case, 205)
    return case


async def application(
    town: Town, of: UUID, holder: UUID, insured: str, sums: tuple[Sum, ...] = (OUT,), instalments: int = 1
) -> UUID:
    period = Period(FIRST, plus_days(plus_years(FIRST, 1), -1))
    apply = applying.ApplyForPolicy(
        product=of, customer=holder, insured=insured, sums=sums, period=period, agent=SELLER, instalments=instalments
    )
    case = await town.does("agent", apply, days_ago=203)
    answers = (Answer("近两年是否住院？", "否"), Answer("是否吸烟？", "否"))
    await town.does("agent", sale.AnswerDisclosure(answers=answers), case, 203)
    return case


async def policy(town: Town, of: UUID, holder: UUID, insured: str, sums: tuple[Sum, ...], instalments: int = 1) -> UUID:
    case = await application(town, of, holder, insured, sums, instalments)
    await town.does("under", examination.CompleteApplication(completed_on=plus_days(TODAY, -202)), case, 202)
    await town.does("under", underwriting.DecideUnderwriting(verdict=Verdict.ACCEPT, reason="标准体"), case, 202)
    await town.does("under", underwriting.MakeOffer(valid_until=plus_days(TODAY, -180)), case, 202)
    await town.does("agent", sale.SignPolicy(signed_on=plus_days(TODAY, -202)), case, 202)
    due = (await town.home.handling.recall(sale.SignPolicy.on, case)).first_due
    paid = sale.PayPremium(amount=due, paid_on=plus_days(TODAY, -201), reference=f"R-{case.hex[-6:]}")
    await town.does("cash", paid, case, 201)
    await town.does("under", sale.IssuePolicy(), case, 201)
    await town.does("agent", sale.DeliverPolicy(delivered_on=plus_days(TODAY, -199), evidence="E-1"), case, 199)
    return case


async def settled(town: Town) -> UUID:
    """Zhou's claim: notice, registration, papers, assessment, approval, payment, closing."""
    case = await town.does("serv", intake.GiveNotice(policy=town.policy, notice=ILLNESS), days_ago=38)
    await town.does("han", intake.RegisterClaim(), case, 37)
    papers = (Paper.INVOICE, Paper.MEDICAL_RECORD)
    await town.does("han", intake.RequestDocuments(papers=papers), case, 37)
    for digit, paper in zip("ab", papers, strict=True):
        received = intake.ReceiveDocument(
            paper=paper, name=f"{paper}.pdf", sha256=digit * 64, received_on=plus_days(TODAY, -30)
        )
        await town.does("han", received, case, 30)
    assess = settlement.AssessCoverage(benefit="HOSPITAL", claimed=yuan("12860.50"), note="医保外费用另计")
    await town.does("han", assess, case, 29)
    await town.does("super", settlement.ApproveClaim(), case, 28)
    pay = settlement.PayClaim(
        benefit="HOSPITAL",
        amount=yuan("12760.50"),
        payee="周雅芳",
        reference="T-20260001",
        paid_on=plus_days(TODAY, -27),
    )
    await town.does("cash", pay, case, 27)
    await town.does("super", closing.CloseClaim(), case, 26)
    return case


async def under_way(town: Town) -> UUID:
    """Zhou's second claim: registered, asked for papers, one of them in, held once."""
    case = await town.does(
        "serv",
        intake.GiveNotice(policy=town.policy, notice=replace(ILLNESS, loss_on=plus_days(TODAY, -15))),
        days_ago=12,
    )
    await town.does("han", intake.RegisterClaim(), case, 11)
    await town.does("han", intake.RequestDocuments(papers=(Paper.INVOICE, Paper.IDENTITY)), case, 11)
    invoice = intake.ReceiveDocument(
        paper=Paper.INVOICE, name="发票.pdf", sha256="c" * 64, received_on=plus_days(TODAY, -8)
    )
    await town.does("han", invoice, case, 8)
    await town.does("han", intake.HoldClaim(hold=Hold.INVESTIGATION, note="核实就诊记录"), case, 7)
    return case


async def endorse(town: Town) -> None:
    sums = (Sum("HOSPITAL", yuan(800_000), yuan(100)), OUT)
    change = service.EndorsePolicy(effective_on=plus_days(TODAY, -60), sums=sums, reason="客户要求提高保额")
    await town.does("serv", change, town.policy, 61)


async def advised(town: Town, product: UUID) -> None:
    """What Zhou needs, and what she was shown."""
    means = Means(income=yuan(240_000), budget=yuan(20_000), wanted=yuan(500_000))
    taken = TakeProfile(customer=town.zhou, taken_on=TODAY, needs=(Need.ILLNESS,), means=means)
    profile = await town.does("agent", taken, profile_of(town.zhou))
    begun = advice.BeginAdvice(number="V-1", profile=profile, agent=SELLER, begun_on=TODAY, credential="ZY-AGENT")
    case = await town.does("agent", begun)
    await town.does("agent", advice.ShowProducts(products=(product,)), case)


async def contested(town: Town) -> None:
    """Zhou disputes how her claim was settled."""
    opened = dispute.OpenDispute(
        number="Z-1", claim=town.claim, customer=town.zhou, opened_on=TODAY, subject="赔付金额过低"
    )
    case = await town.does("serv", opened)
    issue = contesting.DisputeIssue(
        ground=Ground.AMOUNT, position="未计入门诊费用", original=yuan(900), wanted=yuan(1500)
    )
    await town.does("serv", issue, case)
