"""Every word of the console that is not the domain's own, in Chinese and in English."""

from __future__ import annotations

from domain.words import Telling
from interfaces.console.labels import label

__all__ = ["WORDS", "label", "word"]

_TABLE = """
accounts | 账户 | Accounts
acknowledge | 确认已阅知第{version}版 | I have read version {version}
acknowledgements | 阅知记录 | Acknowledgements
acting | 办理 | Act
acting_none | 您的角色在此没有可办理的事项 | Your roles have no action here
actor | 操作人 | By
advice | 推介 | Advice
agents | 销售人员 | Agents
all | 全部 | All
api_body | 请求字段 | Body fields
api_docs | 接口文档 | API
api_intro | 由应用自身的 OpenAPI 描述生成，无需联网。 | Made from the application's own OpenAPI description; needs no internet.
api_parameters | 参数 | Parameters
api_responses | 响应 | Responses
api_source | 机器可读版本 | For machines
as_it_was | 当时的情形 | As it was
as_it_was_at | 第{version}版时的情形，记录于{moment} | As it was at version {version}, recorded {moment}
as_of | 截至日志位置 | As at log position
at_moment | 时点（北京时间） | Moment (Beijing time)
attention | 待关注 | Needs attention
back_to_case | 返回案件 | Back to the case
back_to_now | 返回当前 | Back to now
become_empty | 清空此项 | empty this
changed | 本版变化 | What this version changed
changed_nothing | 本页所示内容没有变化 | Nothing shown on this page changed
choose | 请选择 | choose
claims | 理赔 | Claims
clear | 清除筛选 | Clear
clock_explained | 计算说明 | How it was counted
clock_over | 已届满 | over
clock_overdue | 已逾期 | overdue
clocks | 时限 | Clocks
compared | 版本对比 | Versions compared
complaints | 投诉 | Complaints
consulted | 依据 | Consulted
cover_none | 今天不在保障中 | No cover today
cover_today | 今天在保障中 | Covered today
customers | 客户 | Customers
deadlines | 时限 | Deadlines
decision | 决定 | Decision
details | 事件字段 | Fields
did | 已办理：{command} | Done: {command}
did_nothing | 没有变化：{command} | Nothing changed: {command}
disputes | 争议 | Disputes
documents | 资料 | Documents
documents_none | 尚未通知资料 | No documents have been asked for
due | 到期 | due
duties | 义务 | Duties
earlier | 前一版 | Earlier
events_all | 全部事件 | Every event
evidence | 证据 | Evidence
evidence_case | 案件编号 | Number of the case
evidence_download | 下载 | Download
evidence_keep | 请把检查点寄存到本机构之外；它能证明此前的历史未被改动。 | Keep checkpoints outside this house: they prove what came before.
evidence_key | 公钥 | Public key
evidence_pack | 案件证据包 | Evidence pack of a case
evidence_personal | 证据包含个人信息，请妥善保管；无需本系统即可检验。 | A pack holds personal data, keep it safe; it is checked without this system.
evidence_sealed | 已封存至位置 | Sealed up to position
evidence_signed | 最新检查点 | Latest checkpoint
evidence_state | 日志的封存 | How far the log is sealed
evidence_tail | 尚未封存的事件 | Events not sealed yet
exposures_none | 尚未定损 | Nothing has been assessed yet
facts | 事实 | Facts
filter | 筛选 | Filter
first_page | 回到首页 | First page
follow_events | 将产生以下事件 | These events would follow
footer_note | 数字均来自事件日志，可逐条追溯。 | Every figure is computed from the event log and can be traced.
form_changed | 请核对以下内容 | Please check the following
from | 自 | From
gone_401 | 请先登录 | Please sign in
gone_403 | 无权查看 | Not for your eyes
gone_403_why | 您的角色不能查看此页。如确有需要，请联系主管。 | Your roles do not show this page. If you need it, ask your supervisor.
gone_404 | 没有找到 | Not found
gone_404_why | 没有这个页面或案件，或者它不属于您。 | There is no such page or case, or it is not yours to see.
gone_500 | 出错了 | Something went wrong
gone_500_why | 我们已经记录下来。请稍后重试。 | It has been logged. Please try again in a while.
gone_busy_why | 读模型尚未追上，请稍后刷新。 | The read models have not caught up yet; reload in a moment.
gone_form | 表单已过期 | The form has expired
gone_form_why | 请返回重新打开表单后再提交。 | Go back, open the form again and submit it once more.
hold_none | 没有暂停 | Not on hold
home | 工作台 | Worklists
home_hello | {name}，您好 | Welcome, {name}
home_none | 您的角色没有待办清单。 | Your roles have no worklists.
improvement | 改进评审 | Improvement review
improvement_about | 事项 | About
improvement_bar | 中位数与九成位；虚线为{days}个工作日 | Median and ninetieth percentile; the line is {days} working days
improvement_cases | 案件 | Cases
improvement_count | 件数 | Count
improvement_days | 工作日 | working days
improvement_deadlines | 时限履行 | Deadlines that fell due
improvement_durations | 办理时长 | How long stages took
improvement_finished | 办结 | finished
improvement_late | 逾期天数 | days late
improvement_latest | 逾期最久 | Latest
improvement_lead | 由读模型计算；行业平均为{days}个工作日。 | Computed from the read models; the average at a large insurer is {days} working days.
improvement_longest | 用时最长 | Longest
improvement_median | 中位数 | Median
improvement_met | 按期 | Met
improvement_missed | 逾期 | Missed
improvement_ninetieth | 九成位 | 90th percentile
improvement_none_worse | 没有比上月变差的 | Nothing got worse than in the month before
improvement_open | 未到判断时 | Not yet judged
improvement_over | 超过{days}个工作日 | took over {days} working days
improvement_reached | 完成日期 | Reached on
improvement_share | 按期比例 | Share met
improvement_stage | 环节 | Stage
improvement_what | 变化 | What
improvement_whole | 全程 | the whole process
improvement_worse | 比上月变差 | Worse than the month before
jump_hint | 输入编号可直接跳转 | An exact number takes you straight there
lacking | 尚缺事项 | What is missing
language_other | English | 中文
later | 后一版 | Later
law_number | 法定标准 | the law asks
ledger | 收付台账 | Ledger
list_empty | 没有符合条件的记录 | Nothing matches
list_rows | 本页{count}条 | {count} on this page
login | 登录名 | Login
menu | 主菜单 | Main menu
more | 更多 | More
new | 新建 | New
next_page | 下一页 | Next page
no | 否 | no
none | 无 | none
occurred | 发生 | Occurred
older | 更早的事件 | Earlier events
own_number | 本公司标准 | we promise
password | 密码 | Password
password_set | 设置密码 | Set password
password_short | 密码至少10位 | At least ten characters
password_was_set | 密码已设置，原有会话已失效 | The password is set; open sessions have ended
policies | 保单 | Policies
position | 日志位置 | Log position
premium_account | 保费账户 | Premium account
premiums | 应收保费 | Premiums due
products | 产品 | Products
profile | 基本信息 | Details
profiles | 客户画像 | Profiles
readings | 查阅记录 | Readings
recorded | 记录 | Recorded
refusals | 拒绝日志 | Refusals
refused | 不予办理 | Refused
refused_code | 代码 | Code
refused_rule | 依据规则 | Rule
reload_form | 以最新数据重新打开表单 | Open the form again with what is known now
report_lines | 报表数据 | Figures
reports | 报表 | Reports
required | 必填 | required
review | 核查 | Review
role | 角色 | Role
rows_spare | 空行不会提交；点“试算”可再得空行 | Blank rows are left out; “Try it” gives you more of them
rule_article | 条款 | Article
rule_assumed | 生效日未读到，系推定 | the day was not read but assumed
rule_binds | 有约束力 | Binds
rule_by_hand | 手工登记义务 | entered by hand
rule_consequence | 后果 | Consequence
rule_coverage | 适用情况 | How far it is applied
rule_editions | 规则版本 | Editions
rule_extension | 延长、中止与例外 | Extension, pause, exception
rule_formula | 公式 | Formula
rule_in_force | 施行期间 | In force
rule_instrument | 文件 | Instrument
rule_kind | 类别 | Kind
rule_loose | 不具约束力 | Does not bind
rule_process | 业务 | Business
rule_read_at | 文本出处 | Read at
rule_says | 规则内容 | What it says
rule_scope | 适用范围 | Scope
rule_stop | 应完成事项 | What must be done
rule_switched_on | 本公司已启用 | switched on here
rule_test | 验证用例 | Shown by
rule_trigger | 触发情形 | When it applies
rules | 规则 | Rules
rules_applied | 适用规则 | Rules applied
rules_lead | 条文未核实的规则，未经启用不具约束力。 | What nobody has read binds only where it was switched on.
search | 搜索 | Search
search_for | 姓名、编号、电话、证件、产品… | name, number, phone, product…
search_found | “{text}”的搜索结果 | Results for “{text}”
search_none | 没有找到“{text}” | Nothing found for “{text}”
show | 查看 | Show
sign_in | 登录 | Sign in
sign_in_lead | 事件溯源的保险服务运营平台 | The event-sourced insurance service platform
sign_in_wrong | 登录名或密码不正确，或账户暂时锁定 | Login or password is wrong, or the account is locked for a while
sign_out | 退出 | Sign out
sign_out_done | 您已退出 | You have signed out
skip | 跳到正文 | Skip to content
slider | 版本 | Version
sold_unlicensed | 无执业登记期间承揽的保单 | Sold without a practice registration
standards | 标准 | Standards
state_due | 已到期 | Due today
state_grace | 宽限期内 | In the grace period
state_over | 已过宽限期 | Beyond the grace period
sums_insured | 保额 | Sums insured
surveys | 满意度 | Surveys
time_to_decide | 处理期限 | Time to decide
timeline | 时间线 | Timeline
to | 至 | To
to_acknowledge | 第{version}版适用于您的岗位，请阅读后确认。 | Version {version} binds you. Please read it, then say so.
trail | 审计轨迹 | Audit trail
transactions | 合同变更 | Transactions of the contract
transactions_none | 合同尚未成立 | The contract has not begun
tried | 试算通过：没有记录任何内容 | Tried: it would be accepted. Nothing has been recorded
tried_nothing | 试算通过：不会产生任何变化 | Tried: nothing would change
try_it | 试算 | Try it
underwriting | 核保 | Underwriting
unverified | 条文未核实 | text not verified
value_after | 之后 | After
value_before | 之前 | Before
wait_accept | 待受理的投诉 | Complaints to accept
wait_answer | 待告知的处理决定 | Decisions on complaints to tell
wait_apply | 待补如实告知的投保 | Applications without disclosure
wait_approve | 待核赔 | Claims to approve
wait_assess | 待定损 | Claims to assess
wait_assign | 待指派的投诉 | Complaints to assign
wait_close | 已拒赔待结案 | Rejected claims to close
wait_close_complaint | 待结案的投诉 | Answered complaints to close
wait_comment | 征求意见中的标准 | Standards out for comment
wait_complete | 待审核资料的投保 | Applications to check for completeness
wait_corrections | 待补正的投保 | Applications to be corrected
wait_decide | 待决定的投诉 | Complaints to decide
wait_deliver | 待送达的保单 | Policies to deliver
wait_draft | 待备案的产品 | Drafted products to file
wait_due | 到期应收的保费 | Premiums due today
wait_effect | 待生效的标准 | Standards waiting for their day
wait_examination | 待体检或生调 | Awaiting a medical or survival check
wait_filed | 待上市的产品 | Filed products to put on sale
wait_grace | 宽限期内的保费 | Premiums in the grace period
wait_hold | 暂停的案件 | Claims on hold
wait_issue | 待出单 | Policies to issue
wait_issues | 核保问题待处理 | Underwriting issues to rule on
wait_low | 低分评价 | Surveys with low scores
wait_mine_claims | 我的理赔 | My claims
wait_mine_complaints | 我的投诉 | My complaints
wait_mine_policies | 我的保单 | My policies
wait_mine_surveys | 待答复的调查 | Surveys to answer
wait_near | 将到期的案件 | Cases due soon
wait_offer | 待发要约 | Offers to make
wait_over | 已过宽限期的保费 | Premiums beyond the grace period
wait_overdue | 已逾期的案件 | Overdue cases
wait_pay | 待赔付（已核赔） | Approved claims to pay or close
wait_quality | 待质检的双录 | Recordings to check
wait_recording | 待补正的双录 | Recordings to put right
wait_referred | 已上报的核保问题 | Issues referred
wait_refusal | 待告知未予承保 | Refusals to tell
wait_register | 待立案 | Notices to register
wait_review | 待核查的投诉 | Complaints to review
wait_review_answer | 待告知的核查决定 | Reviews to tell
wait_sign | 待签署的投保 | Applications to sign
wait_standard | 拟定中的标准 | Drafted standards
wait_underwrite | 待核保 | Awaiting underwriting
whatif | 规则试算 | What if
whatif_add | 加入草案 | Add to the draft
whatif_as_it_is | 不变 | as it is
whatif_cases | 结果不同的案件（显示{shown}/{all}） | Cases that would have gone otherwise ({shown} of {all} shown)
whatif_draft | 草案 | Draft
whatif_drop | 移除 | Remove
whatif_lead | 在已记录的历史上试用草案，看哪些案件结果会改变；不写入任何内容。 | Tries a draft on recorded history. Nothing is written.
whatif_same | 没有案件的结果会改变 | No case would have gone otherwise
whatif_this | 试算此标准 | Try out what this standard changes
whatif_told | {cases}件案件，{clocks}个计时，结果不同 | {cases} cases, {clocks} clocks; otherwise
whatif_try | 试算 | Try out
whatif_turn | 变化 | What changes
whatif_untold | 另有{count}项已记录的决定依据该规则，此处不重新作出 | {count} recorded decisions rest on it; they are not decided again here
yes | 是 | yes
"""

WORDS: dict[str, Telling] = {
    name: (zh, en)
    for name, zh, en in ([part.strip() for part in line.split("|")] for line in _TABLE.strip().splitlines())
}


def word(key: str, language: str, **details: object) -> str:
    """The word under that key, which must be there."""
    return WORDS[key][0 if language == "zh" else 1].format(**details)
