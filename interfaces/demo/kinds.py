"""The kinds of product that an insurer sells, line by line: what each covers, pays, costs and leaves out."""

from __future__ import annotations

from dataclasses import dataclass

from domain.losses import Cause
from domain.product import Form, Insured, Line

Paying = tuple[str, str, int, int]
"""A benefit: code, name, largest sum and deductible in yuan."""


@dataclass(frozen=True, slots=True)
class Kind:
    """Rates are per million and year. `years` is how long a contract usually runs, `days` if less than one."""

    line: Line
    name: str
    insured: Insured
    covers: str
    benefits: tuple[Paying, ...]
    rates: tuple[int, int]
    forms: tuple[Form, ...] = (Form.INDEMNITY,)
    months: int = 12
    years: int = 1
    days: int = 0
    cooling: int = 0
    waiting: int = 0

    @property
    def for_business(self) -> bool:
        return self.insured in (Insured.ENTERPRISE, Insured.GROUP)

    @property
    def causes(self) -> tuple[Cause, ...]:
        return (Cause.COLLISION, Cause.THEFT, Cause.STORM) if self.insured is Insured.VEHICLE else CAUSES[self.line]


CAUSES: dict[Line, tuple[Cause, ...]] = {
    Line.PROPERTY: (Cause.FIRE, Cause.WATER, Cause.STORM, Cause.THEFT),
    Line.LIABILITY: (Cause.THIRD_PARTY,),
    Line.CREDIT: (Cause.DEFAULT,),
    Line.LIFE: (Cause.ILLNESS, Cause.INJURY, Cause.DEATH),
    Line.HEALTH: (Cause.ILLNESS,),
    Line.ACCIDENT: (Cause.INJURY,),
}
EXCLUSIONS: dict[Line, tuple[str, ...]] = {
    Line.PROPERTY: ("战争、军事冲突、暴乱", "核辐射、核污染", "自然磨损、锈蚀", "投保人的故意行为", "地震及其次生灾害"),
    Line.LIABILITY: ("被保险人的故意行为", "罚款、罚金及惩罚性赔偿", "合同约定的额外责任", "核辐射、核污染"),
    Line.CREDIT: ("被保险人与债务人恶意串通", "货物本身质量争议", "汇率变动造成的损失", "战争、征收"),
    Line.LIFE: ("投保人对被保险人的故意伤害", "两年内自杀", "故意犯罪或抗拒强制措施", "主动吸食毒品"),
    Line.HEALTH: ("既往症", "整形美容", "等待期内确诊的疾病", "遗传性疾病和先天性畸形", "酒后驾驶"),
    Line.ACCIDENT: ("高风险运动", "酒后驾驶、无证驾驶", "猝死", "斗殴、自伤", "妊娠、分娩"),
}

_LIVES = (Form.PARTICIPATING, Form.FIXED, Form.UNIVERSAL)
_FIXED = (Form.FIXED,)
_DEATH: tuple[Paying, ...] = (("DEATH", "身故保险金", 1_000_000, 0), ("TPD", "全残保险金", 1_000_000, 0))


def _life(name: str, covers: str, rates: tuple[int, int], forms: tuple[Form, ...] = _LIVES, months: int = 1200) -> Kind:
    return Kind(Line.LIFE, name, Insured.PERSON, covers, _DEATH, rates, forms, months, years=10, cooling=15)


def _health(name: str, covers: str, benefits: tuple[Paying, ...], rates: tuple[int, int], waiting: int = 30) -> Kind:
    return Kind(Line.HEALTH, name, Insured.PERSON, covers, benefits, rates, months=12, cooling=15, waiting=waiting)


def _illness(name: str, covers: str, benefits: tuple[Paying, ...], rates: tuple[int, int]) -> Kind:
    return Kind(
        Line.HEALTH, name, Insured.PERSON, covers, benefits, rates, _FIXED, 600, years=10, cooling=20, waiting=90
    )


def _accident(name: str, insured: Insured, covers: str, rates: tuple[int, int], days: int = 0) -> Kind:
    benefits = (("INJURY", "意外身故及伤残保险金", 1_000_000, 0), ("MEDICAL", "意外医疗保险金", 50_000, 100))
    return Kind(Line.ACCIDENT, name, insured, covers, benefits, rates, (Form.FIXED,), days=days)


def _property(
    name: str, insured: Insured, covers: str, benefits: tuple[Paying, ...], rates: tuple[int, int], months: int = 12
) -> Kind:
    return Kind(Line.PROPERTY, name, insured, covers, benefits, rates, months=months)


def _liability(name: str, covers: str, largest: int, rates: tuple[int, int], insured: Insured) -> Kind:
    benefits = (("LIABILITY", "每次事故赔偿限额", largest, 500), ("DEFENCE", "法律费用", largest // 10, 0))
    return Kind(Line.LIABILITY, name, insured, covers, benefits, rates)


def _credit(name: str, covers: str, largest: int, rates: tuple[int, int], insured: Insured, days: int = 0) -> Kind:
    benefits = (("DEFAULT", "违约损失", largest, largest // 500),)
    return Kind(Line.CREDIT, name, insured, covers, benefits, rates, months=36, days=days)


_PERSON, _FAMILY, _GROUP, _FIRM = Insured.PERSON, Insured.FAMILY, Insured.GROUP, Insured.ENTERPRISE

KINDS: tuple[Kind, ...] = (
    _life("终身寿险", "身故或全残给付保险金", (22_000, 40_000)),
    _life("增额终身寿险", "保额逐年递增的身故给付", (30_000, 48_000)),
    _life("两全保险", "满期生存或身故给付", (60_000, 90_000), months=360),
    _life("年金保险", "按约定年限给付年金", (70_000, 95_000)),
    _life("养老年金保险", "约定年龄起给付养老年金", (70_000, 98_000)),
    _life("少儿教育金保险", "升学阶段给付教育金", (50_000, 80_000), months=300),
    _life("定期寿险", "约定期间内身故或全残给付", (1_800, 4_200), _FIXED, 360),
    _life("投资连结保险", "保障与投资账户相结合", (25_000, 40_000), (Form.UNIT_LINKED,)),
    Kind(Line.LIFE, "团体定期寿险", _GROUP, "员工身故或全残给付", _DEATH, (1_500, 3_000), _FIXED),
    _health(
        "百万医疗保险",
        "住院及特殊门诊医疗费用",
        (("HOSPITAL", "一般医疗保险金", 2_000_000, 10_000), ("CANCER", "恶性肿瘤医疗保险金", 2_000_000, 0)),
        (140, 380),
    ),
    _health("住院医疗保险", "住院医疗费用补偿", (("HOSPITAL", "住院医疗保险金", 200_000, 300),), (3_500, 6_500)),
    _health(
        "门急诊医疗保险",
        "门诊急诊医疗费用补偿",
        (("OUTPATIENT", "门急诊医疗保险金", 20_000, 100), ("DRUGS", "药品费用保险金", 20_000, 0)),
        (18_000, 30_000),
    ),
    _health("高端医疗保险", "特需及国际部医疗费用", (("HOSPITAL", "医疗保险金", 5_000_000, 0),), (1_500, 2_600)),
    _health("少儿医疗保险", "未成年人住院医疗费用", (("HOSPITAL", "住院医疗保险金", 300_000, 200),), (2_000, 3_600)),
    _illness(
        "重大疾病保险",
        "确诊重大疾病给付",
        (("ILLNESS", "重大疾病保险金", 800_000, 0), ("MILD", "轻症疾病保险金", 240_000, 0)),
        (9_000, 16_000),
    ),
    _illness("防癌疾病保险", "确诊恶性肿瘤给付", (("CANCER", "恶性肿瘤保险金", 500_000, 0),), (5_000, 9_000)),
    _illness("长期护理保险", "需要护理状态时给付", (("CARE", "护理保险金", 300_000, 0),), (8_000, 14_000)),
    _health("失能收入损失保险", "因病失能的收入补偿", (("INCOME", "失能收入保险金", 120_000, 0),), (6_000, 10_000), 90),
    Kind(
        Line.HEALTH,
        "团体医疗保险",
        _GROUP,
        "员工住院及门诊医疗费用",
        (("HOSPITAL", "住院医疗保险金", 500_000, 200), ("OUTPATIENT", "门诊医疗保险金", 100_000, 100)),
        (9_000, 15_000),
    ),
    _accident("综合意外伤害保险", _PERSON, "意外身故、伤残及医疗", (500, 900)),
    _accident("交通工具意外伤害保险", _PERSON, "乘坐交通工具期间的意外", (200, 450)),
    _accident("旅行意外伤害保险", _PERSON, "旅行期间的意外及医疗", (1_800, 3_600), 30),
    _accident("学生幼儿意外伤害保险", _PERSON, "在校及校外意外伤害", (300, 600)),
    _accident("老年人意外伤害保险", _PERSON, "骨折及意外医疗", (1_200, 2_200)),
    _accident("家庭意外伤害保险", _FAMILY, "家庭成员意外伤害", (900, 1_500)),
    _accident("团体意外伤害保险", _GROUP, "员工意外身故、伤残及医疗", (600, 1_200)),
    _accident("建筑施工人员意外伤害保险", _GROUP, "施工人员意外伤害", (2_000, 3_600)),
    _property(
        "家庭财产综合保险",
        _FAMILY,
        "房屋、装修及室内财产损失",
        (("BUILDING", "房屋主体", 3_000_000, 200), ("CONTENTS", "室内财产", 300_000, 200)),
        (180, 420),
    ),
    _property(
        "机动车损失保险",
        Insured.VEHICLE,
        "碰撞、盗抢、自然灾害",
        (("DAMAGE", "车辆损失", 500_000, 300),),
        (9_000, 15_000),
    ),
    _property(
        "新能源汽车损失保险",
        Insured.VEHICLE,
        "车身及电池损失",
        (("DAMAGE", "车辆损失", 600_000, 300),),
        (11_000, 17_000),
    ),
    _property(
        "企业财产综合保险",
        _FIRM,
        "固定资产与存货损失",
        (("BUILDING", "建筑物", 30_000_000, 5_000), ("STOCK", "存货", 10_000_000, 3_000)),
        (500, 1_100),
    ),
    _property(
        "企业财产一切险", _FIRM, "意外事故及自然灾害损失", (("ASSETS", "固定资产", 50_000_000, 10_000),), (700, 1_400)
    ),
    _property("机器损坏保险", _FIRM, "机器设备突发损坏", (("MACHINE", "机器设备", 8_000_000, 5_000),), (1_500, 2_800)),
    _property(
        "营业中断保险", _FIRM, "停产停业期间的利润损失", (("PROFIT", "毛利润", 5_000_000, 10_000),), (2_000, 3_500)
    ),
    _property("货物运输保险", _FIRM, "运输途中货物损失", (("CARGO", "货物", 3_000_000, 1_000),), (1_200, 2_400)),
    _property(
        "建筑工程一切险", _FIRM, "工程本身及材料损失", (("WORKS", "工程", 40_000_000, 10_000),), (1_000, 2_000), 48
    ),
    _liability("公众责任保险", "经营场所对第三者的赔偿责任", 5_000_000, (900, 1_800), _FIRM),
    _liability("雇主责任保险", "员工工伤的赔偿责任", 3_000_000, (2_500, 4_500), _FIRM),
    _liability("产品责任保险", "产品缺陷的赔偿责任", 8_000_000, (1_000, 2_200), _FIRM),
    _liability("医师职业责任保险", "诊疗过失的赔偿责任", 2_000_000, (2_000, 4_000), _PERSON),
    _liability("机动车第三者责任保险", "交通事故致第三者损失", 3_000_000, (350, 700), Insured.VEHICLE),
    _liability("校方责任保险", "在校学生伤害的赔偿责任", 2_000_000, (1_200, 2_400), _FIRM),
    _liability("环境污染责任保险", "突发污染的赔偿责任", 6_000_000, (1_500, 3_000), _FIRM),
    _liability("安全生产责任保险", "生产安全事故的赔偿责任", 6_000_000, (1_800, 3_200), _FIRM),
    _liability("个人责任保险", "日常生活致第三者损害", 500_000, (300, 700), _PERSON),
    _credit("国内贸易信用保险", "买方拖欠货款", 5_000_000, (4_000, 8_000), _FIRM),
    _credit("建筑工程履约保证保险", "承包人未按合同履约", 8_000_000, (6_000, 12_000), _FIRM),
    _credit("投标保证保险", "投标人中标后不签约", 800_000, (3_000, 6_000), _FIRM, 90),
    _credit("农民工工资支付保证保险", "未按时支付工资", 3_000_000, (6_000, 10_000), _FIRM),
    _credit("关税保证保险", "进口货物未缴税款", 4_000_000, (4_000, 8_000), _FIRM),
    _credit("雇员忠诚保证保险", "雇员侵占造成的损失", 1_000_000, (5_000, 9_000), _FIRM),
    _credit("个人消费贷款保证保险", "借款人未按期还款", 200_000, (12_000, 24_000), _PERSON),
)
