"""The rooms of sales, underwriting, claims' money and disputes, as those who work in them use them."""

from __future__ import annotations


def test_an_agent_finds_what_a_customer_was_shown_and_why(desk):
    agent = desk().sign_in("agent")
    agent.open("/profiles")
    assert "医疗费用" in agent.text("table")
    agent.open("/advice/V-1")
    shown = agent.text("section[aria-labelledby=shown]")
    assert "HLT-2026" in shown and "满足最迫切的需求" in shown
    agent.page.click("section.act >> text=提供并说明")
    assert "责任免除、免赔额与比例赔付" in agent.text("form.form")


def test_an_underwriter_tries_whether_an_application_is_complete_and_sees_the_issues(desk):
    underwriter = desk().sign_in("under")
    underwriter.open("/underwriting?stage=disclosed")
    underwriter.page.click("table tbody th a")
    underwriter.page.click("section.act >> text=投保资料齐全")
    underwriter.page.click("button[name=try]")
    assert "投保资料于" in underwriter.text("#tried") and "核保问题" in underwriter.text("#tried")


def test_an_agents_page_says_what_lets_them_sell(desk):
    supervisor = desk().sign_in("super")
    supervisor.open("/agents")
    assert "AGENT" in supervisor.text("table")
    supervisor.open("/agents/AGENT")
    facts = supervisor.text("section[aria-labelledby=facts]")
    assert "ZY-AGENT" in facts and "中高风险" in facts
    supervisor.page.click("section.act >> text=暂停销售")
    supervisor.page.fill("[id=reason]", "例行核查")
    supervisor.page.click("button[name=try]")
    assert "没有记录任何内容" in supervisor.text("#tried")


def test_a_claims_money_is_listed_with_how_it_fared(desk, site):
    cashier = desk().sign_in("cash")
    cashier.open(f"/claims/{site.numbers['claim']}")
    ledger = cashier.text("section[aria-labelledby=ledger]")
    assert "已付出" in ledger and "赔付" in ledger


def test_who_decided_a_claim_is_refused_its_review(desk):
    supervisor = desk().sign_in("super")
    supervisor.open("/disputes/Z-1")
    assert "赔付金额" in supervisor.text("section[aria-labelledby=issues]")
    supervisor.page.click("section.act >> text=开始内部复核")
    supervisor.page.click("button.main")
    assert "dispute.involved" in supervisor.text("#refusal")
