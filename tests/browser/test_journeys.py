"""What people do in the console, from signing in to signing out, with scripts and without."""

from __future__ import annotations

import re
import zipfile

import pytest

from infrastructure.evidence.verifier import faults

pytestmark = pytest.mark.browser


def test_a_stranger_is_asked_to_sign_in_and_then_taken_where_they_were_going(desk, site):
    someone = desk()
    someone.open(f"/claims/{site.numbers['claim']}?version=2")
    assert "/sign-in?next=" in someone.page.url
    someone.page.fill("#login", "han")
    someone.page.fill("#password", "not the password")
    someone.page.click("main button")
    assert "登录名或密码不正确" in someone.text("[role=alert]")
    someone.page.fill("#password", "a very long word")
    someone.page.click("main button")
    assert someone.page.url.endswith(f"/claims/{site.numbers['claim']}?version=2")
    someone.page.click("details.menu.right summary")
    someone.page.click("text=退出")
    assert "您已退出" in someone.text()
    someone.open("/claims")
    assert "/sign-in" in someone.page.url


def test_a_customer_is_found_by_her_chinese_name_and_her_claim_seen_as_it_was(desk, site):
    handler = desk().sign_in("han")
    handler.page.fill("#find", "周雅")
    handler.page.press("#find", "Enter")
    handler.page.click("main a:text-is('K" + site.numbers["zhou"][1:] + "')")
    assert handler.text("h1") == "周雅芳"
    assert "登记为客户" in handler.text(".timeline") and "结案：全额赔付" in handler.text(".timeline")
    handler.page.click(f"main table a:text-is('{site.numbers['claim']}')")
    assert "已结案" in handler.text("h1") and "CNY 12,760.50" in handler.text()
    with handler.page.expect_navigation(url=re.compile("version=2")):
        handler.page.fill("#version", "2")
        if not handler.page.url.endswith("version=2"):
            handler.page.click(".range-row + p button", no_wait_after=True)
    assert "已立案" in handler.text("h1") and "第2版时的情形，记录于" in handler.text(".past")
    assert "尚未定损" in handler.text() and "12,760.50" not in handler.text()
    assert "立案日期" in handler.text("section:has(#changed)")
    handler.page.click("a[rel=next]")
    assert "预警评分" in handler.text(".past")
    handler.page.click("a[rel=next]")
    assert "一次性通知补充资料" in handler.text(".past")
    handler.page.click("text=返回当前")
    assert "已结案" in handler.text("h1")


def test_a_case_is_shown_as_it_was_at_a_moment_and_not_before_it_began(desk, site):
    handler = desk().sign_in("han")
    handler.open(f"/claims/{site.numbers['claim']}?at=2020-01-01T00:00")
    assert handler.text("h1") == "没有找到"
    handler.open(f"/claims/{site.numbers['claim']}?at=2199-01-01T00:00")
    assert "已结案" in handler.text("h1")


def test_the_language_is_switched_and_stays(desk, site):
    handler = desk().sign_in("han")
    handler.open(f"/claims/{site.numbers['claim']}")
    assert handler.page.get_attribute("html", "lang") == "zh-CN"
    handler.page.click("text=English")
    assert handler.page.get_attribute("html", "lang") == "en"
    assert "Timeline" in handler.text() and "closed: paid" in handler.text(".timeline").lower()
    handler.open("/")
    assert "Welcome" in handler.text("h1")
    handler.page.click("text=中文")
    assert "您好" in handler.text("h1")


def test_an_exact_number_leads_straight_to_its_case(desk, site):
    handler = desk().sign_in("han")
    handler.page.fill("#find", site.numbers["policy"])
    handler.page.press("#find", "Enter")
    assert handler.text("h1").startswith(site.numbers["policy"])


def test_a_worklist_counts_what_its_list_then_shows(desk):
    handler = desk().sign_in("han")
    tile = handler.page.locator(".worklists a", has_text="暂停的案件")
    count = int(tile.locator(".figure").inner_text())
    tile.click()
    assert count >= 1 and handler.page.locator("tbody tr").count() == count


def test_a_refusal_names_the_rule_and_records_nothing(desk, site):
    handler = desk().sign_in("han")
    handler.open(f"/claims/{site.numbers['open_claim']}")
    before = handler.page.locator(".timeline > li").count()
    handler.page.click("section.act >> text=一次性通知补充资料")
    handler.page.check("input[value=police_report]")
    handler.page.click("button.main")
    assert "补充资料只能一次性通知" in handler.text("#refusal")
    assert "claim.asked_once" in handler.text("#refusal") and "CLAIM-DOC-ONCE" in handler.text("#refusal")
    assert handler.page.is_checked("input[value=police_report]")
    handler.open(f"/claims/{site.numbers['open_claim']}")
    assert handler.page.locator(".timeline > li").count() == before


def test_a_mistake_is_listed_above_and_linked_to_its_field(desk, site):
    handler = desk().sign_in("han")
    handler.open(f"/act/claim/{site.numbers['open_claim']}/AssessCoverage")
    handler.page.fill("[id=benefit]", "")
    handler.page.fill("[id=claimed]", "a lot")
    handler.page.click("button.main")
    assert handler.page.locator(".summary li").count() == 2
    assert handler.page.get_attribute("[id=claimed]", "aria-invalid") == "true"
    assert handler.page.get_attribute("[id=claimed]", "aria-describedby").split()[0] == "e-claimed"
    assert handler.page.input_value("[id=claimed]") == "a lot"
    handler.page.click(".summary a >> text=索赔金额")
    assert handler.page.url.endswith("#claimed")


def test_a_command_is_tried_then_done_and_done_once_however_often_it_is_sent(desk, site):
    handler = desk().sign_in("han")
    address = f"/claims/{site.numbers['open_claim']}"
    handler.open(address)
    before = handler.page.locator(".timeline > li").count()
    handler.page.click("section.act >> text=定损")
    handler.page.fill("[id=benefit]", "HOSPITAL")
    handler.page.fill("[id=claimed]", "3,200.50")
    handler.page.click("button[name=try]")
    assert "没有记录任何内容" in handler.text("#tried") and "应赔CNY 3,100.50" in handler.text("#tried")
    form = handler.page.locator("form.form")
    key, expected = (form.locator(f"input[name={name}]").get_attribute("value") for name in ("key", "expected"))
    seal = form.locator("input[name=seal]").get_attribute("value")
    sent = {"key": key, "expected": expected, "seal": seal, "benefit": "HOSPITAL", "claimed.amount": "3200.50"}
    handler.page.click("button.main")
    assert handler.page.url.endswith(str(site.town.open_claim))
    assert "已办理：定损" in handler.text(".good") and "CNY 3,100.50" in handler.text()
    after = handler.page.locator(".timeline > li").count()
    assert after == before + 1
    again = handler.page.context.request.post(
        f"{site.address}/act{address.replace('claims', 'claim')}/AssessCoverage",
        form={**sent, "claimed.currency": "CNY", "payable.currency": "CNY", "reserve.currency": "CNY", "do": "1"},
    )
    assert again.status == 200
    handler.open(address)
    assert handler.page.locator(".timeline > li").count() == after


def test_a_case_says_what_its_next_steps_lack_and_by_which_rule(desk, site):
    handler = desk().sign_in("han")
    handler.open(f"/claims/{site.numbers['open_claim']}")
    lacks = handler.text("section[aria-labelledby=lacking]")
    assert "核赔通过" in lacks and "尚缺资料" in lacks and "案件暂停处理" in lacks
    handler.open(f"/claims/{site.numbers['open_claim']}?version=1")
    assert handler.page.locator("section[aria-labelledby=lacking]").count() == 0


def test_a_page_that_is_out_of_date_changes_nothing(desk, site):
    handler = desk().sign_in("han")
    handler.open(f"/act/claim/{site.numbers['notice']}/AmendNotice")
    other = desk().sign_in("serv")
    other.open(f"/act/claim/{site.numbers['notice']}/AmendNotice")
    place = f"延安路{other.page.context.__hash__()}"
    other.page.fill("[id='notice.place']", place)
    other.page.click("button.main")
    handler.page.fill("[id='notice.place']", "somewhere else")
    handler.page.click("button.main")
    assert "changed_since" in handler.text("#refusal")
    handler.page.click("text=以最新数据重新打开表单")
    assert handler.page.input_value("[id='notice.place']") == place


def test_a_case_is_opened_from_the_menu_and_shown_at_once(desk):
    agent = desk().sign_in("agent")
    agent.page.click("details.menu summary >> text=新建")
    agent.page.click("details.menu a >> text=登记客户")
    agent.page.fill("[id=name]", "欧阳明月")
    agent.page.fill("[id=phone]", "13300133000")
    agent.page.click("button.main")
    assert agent.text("h1") == "欧阳明月" and "已办理：登记客户" in agent.text(".good")
    agent.page.click("aside >> text=投保申请")
    assert agent.page.input_value("[id=customer]").startswith("K")


def test_a_customer_sees_their_own_and_nothing_else(desk, site):
    zhou = desk().sign_in("zhou")
    zhou.open("/claims")
    shown = zhou.page.locator("tbody th").all_inner_texts()
    assert set(shown) == {site.numbers["claim"], site.numbers["open_claim"]}
    zhou.open("/customers")
    assert zhou.page.locator("tbody th").all_inner_texts() == [site.numbers["zhou"]]
    for path in (
        f"/customers/{site.town.li}",
        f"/claims/{site.town.notice}",
        f"/act/claim/{site.town.notice}/AmendNotice",
    ):
        assert zhou.open(path).status == 404
    for path in (
        "/trail",
        "/refusals",
        "/evidence",
        "/accounts",
        "/premiums",
        "/reports/book_by_line",
        "/new/DraftProduct",
    ):
        assert zhou.open(path).status == 403
    zhou.open(f"/search?q={site.numbers['li']}")
    assert "没有找到" in zhou.text("h1")
    assert zhou.open(f"/case/{site.town.li}").status == 404
    zhou.open(f"/claims/{site.numbers['claim']}")
    assert "结案：全额赔付" in zhou.text(".timeline") and "事件字段" not in zhou.text(".timeline")


def test_a_supervisor_sees_who_was_refused_what_and_by_which_rule(desk, site):
    handler = desk().sign_in("han")
    handler.open(f"/act/claim/{site.numbers['notice']}/ApproveClaim")
    handler.page.click("button.main")
    supervisor = desk().sign_in("super")
    supervisor.open("/refusals")
    assert "claim.not_registered" in supervisor.text("tbody tr:first-child")
    supervisor.open("/trail")
    assert supervisor.page.locator("tbody tr").count() == 50
    supervisor.page.click("a[rel=next]")
    assert supervisor.page.locator("tbody tr").count() >= 1


def test_a_reports_line_leads_to_the_cases_it_counts(desk):
    supervisor = desk().sign_in("super")
    supervisor.open("/reports")
    supervisor.page.click("main a >> text=分险种理赔统计")
    assert "截至日志位置" in supervisor.text("header.head")
    link = supervisor.page.locator("tbody a").first
    count = int(link.inner_text())
    link.click()
    assert supervisor.page.locator("tbody tr").count() == count


def test_the_interface_is_documented_without_the_internet(desk):
    supervisor = desk().sign_in("super")
    supervisor.open("/api-docs")
    assert supervisor.page.locator("details.operation").count() > 40
    supervisor.page.click("#AssessCoverage summary")
    assert "claimed" in supervisor.text("#AssessCoverage") and "Idempotency-Key" in supervisor.text("#AssessCoverage")


def test_a_supervisor_takes_away_the_evidence_of_a_case(desk, site, tmp_path):
    supervisor = desk().sign_in("super")
    supervisor.open("/evidence")
    supervisor.page.fill("#case", site.numbers["claim"])
    with supervisor.page.expect_download() as download:
        supervisor.page.click("main form button")
    pack = tmp_path / "pack.zip"
    download.value.save_as(pack)
    with zipfile.ZipFile(pack) as archive:
        assert faults({name: archive.read(name) for name in archive.namelist()}) == []
    supervisor.open("/evidence")
    assert "uberrima/" in supervisor.text("main pre")
    assert supervisor.open("/evidence/pack?case=C209900000001").status == 404


def test_a_rule_is_found_by_its_id_and_tells_what_moves_its_clock(desk):
    supervisor = desk().sign_in("super")
    supervisor.open("/?lang=en")
    supervisor.page.fill("#find", "CLAIM-REJECT-3D")
    supervisor.page.press("#find", "Enter")
    supervisor.page.wait_for_url("**/rules/CLAIM-REJECT-3D")
    told = supervisor.text("main")
    assert "at most 3 days" in told and "Insurance Law of the PRC" in told and "ClaimRejected" in told


def test_rules_that_nobody_has_read_are_shown_not_to_bind(desk):
    supervisor = desk().sign_in("super")
    supervisor.open("/rules?lang=en")
    supervisor.page.check("[name=unverified]")
    supervisor.page.select_option("[name=process]", "aml")
    supervisor.page.click(".filters button")
    rows = supervisor.page.locator("main > .wide tbody tr").all_inner_texts()
    assert len(rows) > 1 and all("text not verified" in each for each in rows)


def test_a_supervisor_tries_a_draft_out_before_anybody_approves_it(desk):
    supervisor = desk().sign_in("super")
    supervisor.open("/whatif?lang=en")
    supervisor.page.fill("#rule", "NO-SUCH-RULE")
    supervisor.page.fill("#value", "3")
    supervisor.page.click("button[name=add]")
    assert "there is no rule NO-SUCH-RULE" in supervisor.text("[role=alert]")
    supervisor.page.click("button[name=drop]")
    assert supervisor.page.query_selector("[role=alert]") is None
    supervisor.page.fill("#rule", "CONTEST-2Y")
    supervisor.page.fill("#value", "1")
    supervisor.page.click("button[name=add]")
    assert "at most 2 years" in supervisor.text("form.card table").lower()
    supervisor.page.click("button[name=try]")
    assert "CONTEST-2Y" in supervisor.text("section:has(#told)")
    assert "falls due on another day" in supervisor.text("main > .wide")
    supervisor.page.click("main > .wide tbody a")
    assert "Incontestability" in supervisor.text("section:has(#clocks)")


def test_every_figure_of_the_monthly_review_opens_the_cases_behind_it(desk):
    supervisor = desk().sign_in("super")
    supervisor.open("/?lang=en")
    supervisor.open("/improvement")
    figure = "section:has(#durations) td.num a"
    while supervisor.page.query_selector(figure) is None:
        supervisor.page.click("a[rel=prev]")
    count = supervisor.page.inner_text(figure)
    supervisor.page.click(figure)
    assert supervisor.text("h1 .count") == count
    supervisor.page.click("main tbody th a")
    assert "Timeline" in supervisor.text()


def test_no_review_and_no_draft_is_shown_to_whom_it_does_not_concern(desk):
    handler = desk().sign_in("han")
    for room in ("/whatif", "/improvement/2026-03", "/improvement/2026-03/cases?rule=CLAIM-PAY-10D"):
        assert handler.page.goto(handler.site.address + room).status == 403
    supervisor = desk().sign_in("super")
    assert supervisor.page.goto(supervisor.site.address + "/improvement/2026-13").status == 404
