"""The words in which rules are sorted and measured, beside those of time."""

from __future__ import annotations

from domain.words import Term


class Process(Term):
    """The part of the business that a rule is about; a folder of editions each."""

    TIME = "time", "期间计算", "computing time"
    PRODUCT = "product", "产品", "product"
    SALE = "sale", "销售", "sale"
    UNDERWRITING = "underwriting", "核保", "underwriting"
    CONTRACT = "contract", "合同", "contract"
    COOLING_OFF = "cooling_off_callback", "犹豫期与回访", "cooling-off and call-back"
    PREMIUM = "premium", "保费与效力", "premium and lapse"
    SERVICING = "policy_servicing", "保全", "policy servicing"
    CLAIM = "claim", "理赔", "claim"
    CONSULTATION = "consultation", "咨询", "consultation"
    COMPLAINT = "complaint", "投诉", "complaint"
    DISPUTE = "dispute", "纠纷", "dispute"
    AGENT = "agent", "代理人", "agent"
    PRIVACY = "privacy", "个人信息与数据安全", "personal data and security"
    LAUNDERING = "aml", "反洗钱", "money laundering"
    RETENTION = "record_retention", "资料保存", "keeping records"
    QUALITY = "service_quality", "服务质量", "service quality"
    COMPARISON = "comparison", "他国规定", "other countries"


class Quantity(Term):
    """What a threshold counts."""

    YUAN = "CNY", "元", "CNY"
    PERSONS = "persons", "人", "persons"
    LEVELS = "levels", "级", "levels"
    LEVEL = "level", "级（等级保护）", "(level of protection)"
    CHANNELS = "channels", "种渠道", "channels"
    YEARS_OF_AGE = "years_of_age", "周岁", "years of age"
    HOURS_A_DAY = "hours_per_day", "小时/日", "hours a day"
    HOURS_A_WORKING_DAY = "hours_per_working_day", "小时/工作日", "hours a working day"
    HOURS_A_YEAR = "hours_per_year", "学时/年", "hours a year"
    HOURS = "training_hours", "学时", "hours of training"
    A_DAY = "per_day", "次/日", "a day"
    A_YEAR = "per_year", "次/年", "a year"
    A_TWELVEMONTH = "per_12_months", "次/12个月", "in 12 months"
    PERCENT = "percent", "%", "%"
    PERCENT_OF_PREMIUM = "percent_of_net_premium", "%（占净保费）", "% of the net premium"
    PERCENT_OF_INCOME = "percent_of_annual_household_income", "%（占家庭年收入）", "% of a year's household income"
    PERCENT_OF_BUDGET = "percent_of_budget", "%（占保费预算）", "% of the budget"
    TIMES_INCOME = "times_annual_household_income", "倍家庭年收入", "times a year's household income"
    TIMES_PRICE = "times_price", "倍价款", "times the price"
    YEARS_PLUS_AGE = "payment_years_plus_age", "（缴费年限与年龄之和）", "(payment years plus age)"


class Pace(Term):
    """How soon, where the instrument gives no number of days."""

    PROMPTLY = "promptly", "及时", "promptly"
    IMMEDIATELY = "immediately", "立即", "immediately"
    PERIODICALLY = "periodically", "定期", "periodically"
    COOLING_OFF = "end_of_cooling_off", "犹豫期内", "within the cooling-off period"
    BEFORE_DUE = "before_due_date", "应缴日前", "before the due date"
    MARCH = "by 03-31 each year", "每年3月31日前", "by 31 March each year"
    APRIL = "by 04-30 each year", "每年4月30日前", "by 30 April each year"
    AS_LAW_SETS = "as_law_sets", "依法律规定", "as other law sets"
    SHORTEST = "shortest_necessary", "所必需的最短时间", "the shortest time necessary"
    NOT_STATED = "not_stated", "未规定", "not stated"
    NOT_READ = "not_read", "未读到", "not read"


class Gap(Term):
    """Why nothing here applies a rule."""

    NOT_READ = "not_read", "条文未核实", "its text has not been read"
    NOT_IN_FORCE = "not_in_force", "不是现行有效的规定", "it is not law in force"
    ABROAD = "abroad", "他国规定，仅供对照", "it is another country's, for comparison"
    OTHERS = "others", "约束对象不是保险公司", "it binds others than the insurer"
    ORGANISATION = (
        "organisation",
        "属制度与组织安排，不落在个案上",
        "it asks for an organisation, not for a step in a case",
    )
    NO_FACT = "no_fact", "所需事实尚无事件记录", "no event records the facts it turns on"
    NO_NUMBER = "no_number", "没有规定可以计算的期限", "it sets no time that could be counted"
    NOT_RUN = "not_run", "该业务或渠道不在本系统办理", "the line or channel it is about is not run here"
    JUDGEMENT = "judgement", "须由人判断，系统无从核验", "it is left to people's judgement"
    PAPER = "paper", "关于文书内容，文书不存于本系统", "it is about what papers say, and they are not kept here"
    READING = "reading", "说明其他规则如何适用", "it says how other rules are read"
    EFFECT = "effect", "法律后果，无需办理", "it is what follows at law, nobody's step"
