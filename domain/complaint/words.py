"""The vocabulary of complaints: who complains of what, how they are told, what is found and put right."""

from __future__ import annotations

from domain.words import Term


class Matter(Term):
    """What is complained of."""

    SALE = "sale", "销售", "sale"
    UNDERWRITING = "underwriting", "承保", "underwriting"
    SERVICING = "servicing", "保全服务", "policy servicing"
    PREMIUM = "premium", "收费", "premiums"
    SURRENDER = "surrender", "退保", "surrender"
    CLAIM = "claim", "理赔", "claim"
    CALL_BACK = "call_back", "回访", "call-back"
    PRIVACY = "privacy", "个人信息", "personal information"
    SUITABILITY = "suitability", "适当性", "suitability"
    AML_MEASURE = "aml_measure", "反洗钱措施", "anti-money-laundering measure"
    OTHER = "other", "其他", "other"


class Source(Term):
    """By which hand it reached us."""

    CONSUMER = "consumer", "消费者直接投诉", "from the consumer"
    REGULATOR = "regulator", "监管转送", "forwarded by the regulator"
    ASSOCIATION = "association", "行业组织转送", "forwarded by an industry body"
    PARTNER = "partner", "合作机构转来", "passed on by a partner"


class Standing(Term):
    """In what capacity somebody complains."""

    SELF = "self", "本人", "in person"
    PROXY = "proxy", "代理人", "as a proxy"
    HEIR = "heir", "继承人", "as an heir"


class Proof(Term):
    """What proves the standing of somebody who does not complain of their own affair."""

    AUTHORITY = "authority", "授权委托书", "signed authority"
    PROXY_IDENTITY = "proxy_identity", "代理人身份证明", "the proxy's identity"
    KINSHIP = "kinship", "亲属关系证明", "proof of kinship"


class Major(Term):
    """Why a complaint is a major one (complaint Measures art 29)."""

    MANY = "many", "多人共同投诉", "many complain together"
    DISASTER = "disaster", "自然灾害或事故灾难", "caused by a disaster or an accident"
    PUBLIC_HEALTH = "public_health", "公共卫生事件", "caused by a public-health event"
    NAMED = "named", "监管机构认定", "named by the regulator"


class Particular(Term):
    """What a complainant might be asked for."""

    IDENTITY = "identity", "投诉人身份", "who complains"
    RESPONDENT = "respondent", "被投诉人", "who is complained of"
    REQUEST = "request", "投诉请求", "what is asked"
    FACTS = "facts", "主要事实", "the facts"
    CONTRACT = "contract", "保险合同", "the contract"
    PAYMENTS = "payments", "收付费记录", "records of payments"
    CLAIM_FILE = "claim_file", "理赔案卷", "the claim's file"

    @property
    def is_ours(self) -> bool:
        """Whether we hold it, or can look it up."""
        return self in (Particular.CONTRACT, Particular.PAYMENTS, Particular.CLAIM_FILE)


class NoComplaint(Term):
    """Why something is not handled as a complaint."""

    ENQUIRY = "enquiry", "咨询", "an enquiry"
    REPORT = "report", "举报", "a report of a violation"
    NOT_RAISED = "not_raised", "非本人投诉", "not raised by the complainant"
    NOT_OURS = "not_ours", "不属于本公司", "not about us"


class Break(Term):
    """Why the time to decide stands still."""

    MEDIATION = "mediation", "调解", "mediation"
    APPRAISAL = "appraisal", "鉴定、检测或评估", "outside appraisal"


class Special(Term):
    """Why a complex complaint may take longer still."""

    SPECIALLY_COMPLEX = "specially_complex", "情况特别复杂", "specially complex"
    OTHER_CAUSE = "other_cause", "其他特殊原因", "another special cause"


class Way(Term):
    """How a complainant is told: it is done by what we do in time, not by its arrival (art 21)."""

    HANDED_OVER = "handed_over", "当面送达", "handed over"
    POSTED = "posted", "邮寄", "posted"
    MESSAGE = "message", "短信", "text message sent"
    EMAIL = "email", "电子邮件", "e-mail sent"
    DIALLED = "dialled", "电话", "dialled"
    UNREACHABLE = "unreachable", "无法联系", "could not be reached"


class AnswerContent(Term):
    """What an answer to a complaint tells (art 19)."""

    VERIFIED = "verified", "核实情况", "what was verified"
    GROUNDS = "grounds", "依据和理由", "basis and reasons"
    REVIEW = "review", "申请核查", "review by the superior"
    MEDIATION = "mediation", "调解", "mediation"
    ARBITRATION = "arbitration", "仲裁", "arbitration"
    LAWSUIT = "lawsuit", "诉讼", "lawsuit"


class Finding(Term):
    UPHELD = "upheld", "投诉成立", "upheld"
    PARTLY = "partly", "部分成立", "upheld in part"
    UNFOUNDED = "unfounded", "不成立", "unfounded"
    SETTLED = "settled", "双方和解", "settled"


class Redress(Term):
    NONE = "none", "无", "none"
    APOLOGY = "apology", "致歉", "apology"
    CORRECTION = "correction", "更正", "correction"
    REFUND = "refund", "退费", "refund"
    COMPENSATION = "compensation", "补偿", "compensation"
    NEW_DECISION = "new_decision", "重新处理原业务", "the matter is decided anew"


class Responsibility(Term):
    NOBODY = "nobody", "无责任", "nobody"
    STAFF = "staff", "员工", "staff"
    AGENT = "agent", "代理人", "agent"
    PARTNER = "partner", "合作机构", "partner"
    PRODUCT = "product", "产品设计", "the product"
    PROCESS = "process", "流程", "the process"
    SYSTEM = "system", "信息系统", "the computer systems"


class ReviewResult(Term):
    CONFIRMED = "confirmed", "维持原决定", "confirmed"
    CHANGED = "changed", "变更原决定", "changed"


class Ending(Term):
    HANDLED = "handled", "已办结", "handled"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    DECLINED = "declined", "不予受理", "not handled"


class Resumption(Term):
    """Why a closed complaint is opened again."""

    NEW_FACTS = "new_facts", "新的事实和理由", "new facts and reasons"
    ERROR = "error", "处理差错", "an error of ours"
    REGULATOR = "regulator", "监管要求", "the regulator asks"
    BROKEN_PROMISE = "broken_promise", "处理决定未履行", "what was decided was not done"
