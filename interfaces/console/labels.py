"""What every field of a command, a row or an event is called on a page."""

from __future__ import annotations

from pathlib import Path

from domain.words import Telling

TABLE = Path(__file__).parent / "labels.txt"
"""One field a line: its name, what it is called in Chinese, and in English."""
_TABLE = """
ClaimCard.registered_on | 立案日期 | registered on
OpenConsultation.until | 征求意见至 | comments until
ProductSheet.insured | 承保对象 | who or what is insured
StandardApproved.approver | 批准人 | approver
StandardCard.until | 征求意见至 | comments until
Sum.insured | 保额 | sum insured
Terms.insured | 承保对象 | who or what is insured
VersionSheet.approver | 批准人 | approver
VersionSheet.until | 征求意见至 | comments until
VersionSheet.withdrawn_on | 废止日期 | withdrawn on
about | 所关事项 | about
account | 账户 | account
acknowledged | 已阅知 | acknowledged
acknowledged_on | 阅知日期 | acknowledged on
actor | 操作人 | actor
address | 地址 | address
after | 新值 | after
agent | 代理人 | agent
agreed_on | 协议日期 | agreed on
amount | 金额 | amount
answer | 回答 | answer
answered | 已答复 | answered
answered_on | 答复日期 | answered on
answers | 告知回答 | answers
application | 投保单号 | application
applied_on | 投保日期 | applied on
approved | 核赔金额 | approved
approved_on | 批准日期 | approved on
approver | 核赔人 | approver
arose_on | 产生日 | arose on
arrived_on | 到达日期 | arrived on
asked | 已通知资料 | asked for
asked_on | 通知日期 | asked on
asker | 申请人 | asked by
assessor | 定损人 | assessor
assessors | 定损人 | assessors
at | 时间 | moment
authority | 权限额度 | authority
before | 原值 | before
begins_at | 开始生效时间 | begins at
begun_on | 开始日 | begun on
beneficiaries | 受益人 | beneficiaries
benefit | 保险责任 | benefit
benefits | 保险责任 | benefits
born_on | 出生日期 | date of birth
bound | 界限 | bound
branches | 分支机构 | branches
by | 操作人 | by
calendar | 日历 | calendar
capability | 业务类别 | kind of case
case | 案件 | case
causation | 起因 | caused by
cause | 出险原因 | cause
changes | 变更内容 | changes
channel | 渠道 | channel
checksums | 资料校验值 | checksums
claim | 理赔案件 | claim
claimed | 索赔金额 | claimed
claims | 理赔案件 | claims
clock | 计时 | clock
clocks | 计时 | clocks
closed_on | 结案日期 | closed on
code | 代码 | code
command | 指令 | command
comment | 意见 | comment
commented_on | 提出日期 | commented on
commenter | 提出人 | commenter
comments | 意见 | comments
completed_on | 齐备日期 | completed on
complex | 复杂案件 | complex case
contacted_on | 最近联络 | last contact
contacts | 联络次数 | contacts
content | 标准内容 | what it says
cooling_off_days | 犹豫期（天） | cooling-off days
correlation | 关联编号 | correlation
count | 件数 | count
counted_by | 计算依据 | counted by
covers | 保障内容 | covers
currency | 币种 | currency
current | 现行版本 | version in effect
customer | 客户 | customer
days | 约定付款天数 | days to pay
decided_on | 决定日期 | decided on
decider | 决定人 | decider
deductible | 免赔额 | deductible
delivered_on | 送达日期 | delivered on
description | 经过描述 | description
difference | 保费变动 | difference in premium
disclosed | 已如实告知 | disclosed
document | 文件 | document
done_on | 履行日 | done on
door | 渠道 | by way of
drafted_on | 拟定日期 | drafted on
drafter | 起草人 | drafter
due | 应缴金额 | due
due_at | 到期时间 | due at
due_on | 应缴日期 | due on
dues | 应缴计划 | instalments due
duty | 义务 | duty
edition | 规则版本 | edition
editions | 版本 | versions of the terms
effective_on | 生效日期 | effective on
email | 电子邮箱 | e-mail
en | 英文 | in English
ended | 已终结 | ended
ended_on | 终止日期 | ended on
ending | 终止原因 | ending
ends_on | 终止日 | ends on
event | 事件 | event
evidence | 送达凭证 | evidence
exclusions | 责任免除 | exclusions
explanation | 说明 | explanation
exposures | 损失明细 | exposures
extended | 已延长 | extended by
field | 字段 | field
filing | 备案号 | filing number
forgotten_on | 个人信息删除日期 | forgotten on
form | 给付形式 | form of cover
grace_until | 宽限期至 | grace until
grade | 风险等级 | risk grade
ground | 理由 | ground
grounds | 拒赔理由 | grounds
held | 法律保全 | legal hold
held_until | 保全期限 | held until
hold | 暂停原因 | hold
holder | 持有人 | holder
holds | 暂停 | on hold
id | 标识 | id
identity | 证件号码 | identity number
instalments | 缴费期数 | instalments
insured | 被保险人 | insured
issued_on | 出单日期 | issued on
kind | 类别 | kind
lapsed_on | 中止日期 | lapsed on
largest | 最高保额 | largest sum
last | 最近节点 | last milestone
last_on | 最近节点日期 | last reached on
letter | 拒赔通知书编号 | refusal letter
letter_on | 拒赔通知书发出日期 | refusal sent on
like | 参照规则 | like
limit | 期限 | limit
line | 险种 | line
lines | 险种 | lines of business
loading_percent | 加费比例（%） | loading (%)
login | 登录名 | login
longest_months | 最长期限（月） | longest term (months)
loss_on | 出险日期 | date of loss
method | 签署方式 | method
minor | 金额 | amount
missed | 逾期数 | missed
name | 名称 | name
nature | 客户性质 | nature
next_at | 下次提示 | next step at
next_effective_on | 下一版生效日期 | next in effect on
next_phase | 下一版阶段 | next version is
next_version | 下一版本 | next version
note | 备注 | note
notice | 报案信息 | notice
noticed_on | 报案日期 | noticed on
number | 编号 | number
occupation | 职业 | occupation
occurred_at | 发生时间 | occurred at
off | 放假日 | days off
open | 进行中 | open
outcome | 处理结果 | outcome
outstanding | 待阅知 | not yet acknowledged
owner | 负责人 | owner
paid | 已付 | paid
paid_on | 付款日期 | paid on
paper | 资料 | document
papers | 资料 | documents
paused_on | 中止日 | paused on
pauses | 中止 | pauses
payable | 应赔金额 | payable
payee | 收款人 | payee
people | 应阅知人数 | people bound
period | 保险期间 | period
phase | 阶段 | phase
phone | 电话 | phone
place | 出险地点 | place
policy | 保单 | policy
policy_number | 保单号 | policy number
position | 日志位置 | position
premium | 保费 | premium
product | 产品 | product
product_code | 产品代码 | product code
product_version | 产品版本 | product version
proven_on | 申请及证明收齐日期 | request and proof in
provisional | 暂定 | provisional
purpose | 查阅目的 | purpose
question | 告知问题 | question
rate_per_million | 费率（每百万保额/年） | rate per million and year
reached_on | 到达日期 | reached on
reader | 阅知人 | reader
reason | 原因 | reason
received | 已收资料 | received
received_on | 收到日期 | received on
recommend | 推荐意愿（0–10） | would recommend (0–10)
recorded_at | 记录时间 | recorded at
reference | 流水号 | reference
references | 流水号 | references
refund | 退费 | refund
regards | 所涉案件 | case concerned
regime | 适用规定 | provisions
registered_on | 登记日期 | registered on
remedies | 争议解决途径 | ways to dispute
reopened | 重开次数 | times reopened
reporter | 报案人 | reporter
requested_on | 理赔申请日期 | requested on
reserve | 准备金 | reserve
resumed_on | 恢复日 | resumed on
review_on | 复审日期 | review on
role | 角色 | role
roles | 角色 | roles
rolls | 末日顺延 | rolls over holidays
rule | 规则 | rule
rules | 适用规则 | rules
run | 起算事件 | started by event
rung | 已提示 | told of
satisfaction | 满意度（1–5） | satisfaction (1–5)
scope | 适用范围 | scope
sent_on | 发出日期 | sent on
sex | 性别 | sex
sha256 | SHA-256校验值 | SHA-256 checksum
signed_on | 签署日期 | signed on
since | 起算日 | counted from
since_at | 起算时间 | counted from
sold_from | 起售日期 | sold from
sold_until | 停售日期 | sold until
source | 来源 | source
stack | 合同变更 | transactions
stage | 阶段 | stage
stages | 阶段 | stages
standard | 标准 | standard
standing | 状态 | standing
starts_on | 起始日 | starts on
status | 状态 | status
step | 变更类型 | step
stopped_at | 停止时间 | stopped at
stopped_by | 停止事件 | stopped by
stopped_on | 停止日期 | stopped on
stream | 案件标识 | stream
subject | 联络内容 | subject
subjects | 密钥已销毁的标识 | whose keys were destroyed
sum_insured | 保险金额 | sum insured
sums | 保额 | sums insured
superseded_on | 被取代日期 | superseded on
supersedes | 取代版本 | supersedes
survey | 满意度调查 | survey
suspended | 已停用 | suspended
switch | 启用 | switched on
terms | 条款 | terms
text | 正文 | text
title_en | 英文名称 | title (English)
title_zh | 中文名称 | title (Chinese)
told_for | 已提示的到期日 | told for
told_on | 告知日期 | told on
touchpoint | 触点 | touchpoint
training | 须先完成的培训 | training required before
transactions | 变更次数 | transactions
unanswered | 未答复意见 | comments unanswered
underwriter | 核保人 | underwriter
unit | 单位 | unit
units | 延长数量 | more time
until | 期限 | until
until_at | 至 | until
urgency | 紧急程度 | urgency
urgent_at | 最近到期 | next due
value | 值 | value
verdict | 核保结论 | verdict
version | 版本 | version
versions | 版本 | versions
waiting_claims | 待缴费案件 | claims waiting
waiting_days | 等待期（天） | waiting days
withdrawn_on | 停售日期 | withdrawn on
without | 零结案原因 | reason without payment
worked | 上班日 | days worked
working_days | 工作日数 | working days
year | 年度 | year
zh | 中文 | in Chinese
"""

LABELS: dict[str, Telling] = {
    name: (zh, en)
    for name, zh, en in ([part.strip() for part in line.split("|")] for line in TABLE.read_text("utf-8").splitlines())
}


def label(name: str, language: str, of: str = "") -> str:
    """What the field is called; some are called otherwise on one type, `of`."""
    telling = LABELS.get(f"{of}.{name}") or LABELS.get(name) or (name, name.replace("_", " "))
    return telling[0 if language == "zh" else 1]
