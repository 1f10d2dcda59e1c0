"""A standard over HTTP and in the console: from its draft to its being acknowledged and superseded."""

from __future__ import annotations

import asyncio
import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from litestar.testing import TestClient

from domain.account import Account
from domain.kernel import CALENDAR_ZONE, stream_of
from interfaces import main
from interfaces.console.catalogue import ROOMS
from interfaces.console.doors import DOORS
from interfaces.http.access import COOKIE
from interfaces.http.app import application
from tests.http.conftest import Site
from tests.http.conftest import site as site

TODAY = datetime.now(CALENDAR_ZONE).date()
TOMORROW, THE_DAY_AFTER = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
CASE = "/standards/QB-PAY"
CONTENT: dict[str, Any] = {
    "title_zh": "理赔付款时效标准",
    "title_en": "Payment of claims in time",
    "owner": "owner",
    "scope": {"roles": ["claims_handler", "cashier"]},
    "text": "达成协议后五日内付款。\n逾期须说明原因。",
    "changes": [{"rule": "CLAIM-PAY-10D", "value": 5}],
}
STRICTER = CONTENT | {
    "text": "达成协议后三日内付款。\n逾期须说明原因。",
    "changes": [{"rule": "CLAIM-PAY-10D", "value": 3}],
}


class Later:
    def __init__(self, days: int) -> None:
        self.days = days

    def now(self) -> datetime:
        return datetime.now(CALENDAR_ZONE) + timedelta(days=self.days)


async def _days_pass(url: str, days: int) -> int:
    """The round that a scheduler goes some days later; the position of the log then."""
    async with main.open_house(url, Later(days)) as house:
        await house.scheduler().step()
        return await house.store.head()


def approved(site: Site, version: int) -> None:
    """Out for comment today, approved today; the first version for tomorrow, the second for the day after."""
    site.done("supervisor", f"{CASE}/consultation", {"until": str(TODAY)})
    effective_on = str(TODAY + timedelta(days=version))
    site.done("compliance", f"{CASE}/approval", {"version": version, "effective_on": effective_on})
    site.read("auditor", CASE)
    site.position = asyncio.run(_days_pass(site.url, version))


@pytest.fixture(scope="module")
def standard(site: Site) -> UUID:
    """In effect in its first version, after a comment that was answered."""
    drafted = site.done("supervisor", "/standards", {"code": "QB-PAY", "content": CONTENT})
    site.done("supervisor", f"{CASE}/consultation", {"until": str(TODAY)})
    site.done("cashier", f"{CASE}/comments", {"comment": "年底人手不足"})
    early = site.post("compliance", f"{CASE}/approval", {"version": 1, "effective_on": str(TOMORROW)})
    assert early.json()["code"] == "standard.unanswered"
    site.done("supervisor", f"{CASE}/answers", {"number": 1, "answer": "增设班次"})
    approved(site, 1)
    return UUID(drafted["stream"])


@pytest.fixture(scope="module")
def superseded(site: Site, standard: UUID) -> UUID:
    """Acknowledged by one in its first version, and then superseded by its second."""
    site.done("claims_handler", f"{CASE}/acknowledgements", {"version": 1})
    site.done("supervisor", f"{CASE}/revisions", {"content": STRICTER, "reason": "年度回顾"})
    approved(site, 2)
    return standard


def rows(site: Site, path: str, **where: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = site.read("auditor", path, **where)["rows"]
    return found


def test_a_standard_takes_effect_on_its_day_and_supersedes_the_one_before(site: Site, superseded: UUID):
    first, second = sorted(rows(site, "/standards/versions", standard=str(superseded)), key=lambda row: row["version"])
    assert (first["phase"], first["superseded_on"]) == ("superseded", str(THE_DAY_AFTER))
    assert (second["phase"], second["approver"], second["drafter"]) == ("effective", "compliance", "supervisor")
    card = site.read("auditor", CASE)
    assert (card["phase"], card["current"], card["next_version"], card["unanswered"]) == ("effective", 2, None, 0)
    told = site.get("auditor", f"/cases/{superseded}/timeline").json()
    effects = [each["fields"] for each in told if each["event"] == "StandardTookEffect"]
    assert [(each["code"], each["version"], each["supersedes"]) for each in effects] == [
        ("QB-PAY", 1, None),
        ("QB-PAY", 2, 1),
    ]
    assert effects[1]["changes"][0]["value"] == 3


def test_who_has_taken_note_of_which_version_is_known_and_who_has_not(site: Site, superseded: UUID):
    noted = rows(site, "/standards/acknowledgements", standard=str(superseded))
    assert [(row["reader"], row["version"], row["role"]) for row in noted] == [("claims_handler", 1, "claims_handler")]
    late = site.post("second_claims_handler", f"{CASE}/acknowledgements", {"version": 1})
    assert (late.status_code, late.json()["code"]) == (409, "standard.already")
    site.done("claims_handler", f"{CASE}/acknowledgements", {"version": 2})
    site.done("claims_handler", f"{CASE}/acknowledgements", {"version": 2})
    site.read("auditor", CASE)
    waiting = {each["login"] for each in site.get("supervisor", f"{CASE}/outstanding", version=2).json()}
    assert waiting == {"second_claims_handler", "cashier", "second_cashier"}
    assert site.get("claims_handler", f"{CASE}/outstanding", version=2).status_code == 403
    [line] = site.get("auditor", "/reports/acknowledgement_rate").json()["lines"]
    assert (line["code"], line["people"], line["acknowledged"], line["outstanding"]) == ("QB-PAY", 4, 1, 3)


def test_what_differs_between_two_versions_is_told_side_by_side(site: Site, superseded: UUID):
    told = site.get("agent", f"{CASE}/difference", before=1, after=2).json()
    assert told["text"][0] == {"before": "达成协议后五日内付款。", "after": "达成协议后三日内付款。"}
    assert told["text"][1]["before"] == told["text"][1]["after"]
    assert told["facts"] == []
    assert [(each["rule"], each["before"]["value"], each["after"]["value"]) for each in told["changes"]] == [
        ("CLAIM-PAY-10D", 5, 3)
    ]
    assert site.get("agent", f"{CASE}/difference", before=1, after=7).status_code == 404


def test_a_comment_and_its_answer_are_kept(site: Site, superseded: UUID):
    [comment] = rows(site, "/standards/comments", standard=str(superseded))
    assert (comment["commenter"], comment["comment"], comment["answer"]) == ("cashier", "年底人手不足", "增设班次")


@pytest.mark.parametrize(("value", "code"), [(20, "standard.not_stricter"), (10, "standard.not_stricter"), (9, None)])
def test_a_looser_rule_is_refused_by_its_name(site: Site, value: int, code: str | None):
    content = CONTENT | {"changes": [{"rule": "CLAIM-PAY-10D", "value": value}]}
    answer = site.post(
        "compliance", "/standards", {"code": f"QB-{value}", "content": content}, params={"dry_run": True}
    )
    assert answer.json().get("code") == code
    assert answer.json().get("rule") == (code and "CLAIM-PAY-10D")


def test_nobody_approves_their_own_draft_and_supervisors_and_administrators_approve_none(site: Site):
    site.done("everyone", "/standards", {"code": "QB-OWN", "content": CONTENT})
    site.done("everyone", "/standards/QB-OWN/consultation", {"until": str(TODAY)})
    approval = {"version": 1, "effective_on": str(TOMORROW)}
    assert site.post("everyone", "/standards/QB-OWN/approval", approval).json()["code"] == "standard.drafter_approves"
    for role in ("supervisor", "administrator", "auditor"):
        assert site.post(role, "/standards/QB-OWN/approval", approval).status_code == 403


def test_a_code_belongs_to_one_standard(site: Site, standard: UUID):
    again = site.post("supervisor", "/standards", {"code": "QB-PAY", "content": CONTENT})
    assert again.json()["code"] == "reservation.number_taken"


# -- the console ----------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_of_a_standard_shows_what_differs_and_takes_the_acknowledgement(
    site: Site, superseded: UUID, language: str
):
    login = {"zh": "cashier", "en": "second_cashier"}[language]
    app = application(lambda: main.open_house(site.url), rooms=ROOMS, exception_handlers=DOORS)
    with TestClient(app) as browser:
        browser.cookies.set(COOKIE, asyncio.run(_session(site, login)))
        page = browser.get(f"/standards/QB-PAY?lang={language}").text
        assert "<del>达成协议后五日内付款。</del>" in page and "<ins>达成协议后三日内付款。</ins>" in page
        assert {"zh": "确认已阅知第2版", "en": "I have read version 2"}[language] in page
        assert {"zh": "不超过3日", "en": "at most 3 days"}[language] in page
        seal = re.search(r'name="seal" value="(\w+)"', page)
        assert seal
        done = browser.post(
            f"/act/standard/{superseded}/AcknowledgeStandard", data={"seal": seal[1], "version": "2", "do": "1"}
        )
        assert done.status_code == 200
        assert {"zh": "确认已阅知", "en": "I have read version"}[language] not in done.text
        assert f"<td>{login}</td>" in done.text or f'<th scope="row">{login}</th>' in done.text
        assert "QB-PAY" in browser.get("/standards").text
        assert browser.get("/standards/QB-PAY?version=1").status_code == 200
        form = browser.get(f"/act/standard/{superseded}/CommentOnStandard")
        assert form.status_code == 200 and 'for="comment"' in form.text


async def _session(site: Site, login: str) -> str:
    async with main.open_house(site.url) as house:
        return await house.credentials.issue(stream_of(Account, login), "session", "", timedelta(hours=1))
