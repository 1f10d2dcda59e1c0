"""A claim's page says how mature it is, how it was screened and what its claimant is told; lists and renewals have rooms."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


def test_a_handler_sees_the_warning_score_and_what_is_missing_for_each_step(desk, site):
    handler = desk().sign_in("han")
    handler.open(f"/claims/{site.numbers['claim']}")
    shown = handler.text()
    assert "预警评分" in shown and "分流表行" in shown and "案件成熟度" in shown and "可赔付" in shown
    assert "案件经过" in shown


def test_a_customer_reads_the_story_and_nothing_of_the_screening(desk, site):
    zhou = desk().sign_in("zhou")
    zhou.open(f"/claims/{site.numbers['claim']}")
    shown = zhou.text()
    assert "案件经过" in shown and "已结案" in shown
    assert "预警评分" not in shown and "案件成熟度" not in shown


@pytest.mark.parametrize(
    ("login", "room", "heading"),
    [("super", "renewals", "续保"), ("super", "investigations", "调查"), ("super", "catastrophes", "巨灾")],
)
def test_each_new_list_has_a_room(desk, login, room, heading):
    someone = desk().sign_in(login)
    someone.open(f"/{room}")
    assert heading in someone.text("h1")


def test_what_is_about_no_case_yet_is_given_from_its_own_form(desk):
    chief = desk().sign_in("super")
    assert chief.open("/new/RateCustomer").status == 403
    assert chief.open("/new/CloseClaim").status == 404
    assert chief.open("/new/SplitCommission").status == 200
    assert "佣金" in chief.text("h1")
