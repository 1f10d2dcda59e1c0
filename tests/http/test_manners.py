"""How the API behaves: who may come in, how it says no, and what it does with a request given twice."""

from __future__ import annotations

import re

import pytest

from interfaces.http.app import CAPABILITIES
from interfaces.http.routes import Accepts
from tests.http.conftest import Site

LI = {"name": "李四", "phone": "13800000000"}


def test_strangers_are_answered_about_health_and_nothing_else(site: Site):
    schema = site.get("auditor", "/../schema/openapi.json").json()
    for path, operations in schema["paths"].items():
        for method in operations:
            answer = site.client.request(method, re.sub(r"{\w+}", "7", path))
            open_to_all = path.startswith("/health/") or path == "/api/sign-in"
            assert (answer.status_code == 401) is not open_to_all or path == "/api/sign-in", (method, path)
    assert site.client.get("/schema/openapi.json").status_code == 401


def test_health_tells_ready_and_how_far_the_read_models_are(site: Site):
    assert site.client.get("/health/live").json()["status"] == "live"
    ready = site.client.get("/health/ready")
    assert (ready.status_code, ready.json()["status"]) == (200, "ready")


def test_who_watches_over_it_reads_metrics_of_every_read_model_and_strangers_do_not(site: Site):
    for role in ("administrator", "auditor"):
        told = site.get(role, "/../metrics")
        assert told.headers["content-type"].startswith("text/plain")
        values = dict(line.rsplit(" ", 1) for line in told.text.splitlines())
        assert int(values["uberrima_log_position"]) > 0
        assert values['uberrima_read_model_broken{name="claim_register"}'] == "0"
        assert all(float(value) >= 0 for value in values.values())
    assert site.client.get("/metrics").status_code == 401


@pytest.mark.parametrize("token", ["", "ub_wrong", "Bearer"])
def test_a_wrong_token_is_told_to_sign_in(site: Site, token: str):
    refused = site.client.get("/api/me", headers={"Authorization": f"Bearer {token}"})
    assert refused.status_code == 401
    assert refused.json()["code"] == "request.unauthenticated"


def test_a_session_opens_with_the_password_closes_again_and_is_locked_after_five_wrong_ones(site: Site):
    site.post("administrator", "/accounts/agent/password", {"password": "correct horse"})
    wrong = site.client.post("/api/sign-in", json={"login": "agent", "password": "wrong"})
    assert wrong.status_code == 401
    right = site.client.post("/api/sign-in", json={"login": "agent", "password": "correct horse"})
    assert right.json()["roles"] == ["agent"]
    assert "httponly" in right.headers["set-cookie"].lower() and "samesite=lax" in right.headers["set-cookie"].lower()
    assert site.client.get("/api/me").json()["login"] == "agent"
    site.client.post("/api/sign-out")
    assert site.client.get("/api/me").status_code == 401
    for _ in range(5):
        site.client.post("/api/sign-in", json={"login": "agent", "password": "wrong"})
    assert site.client.post("/api/sign-in", json={"login": "agent", "password": "correct horse"}).status_code == 401


def test_passwords_of_others_are_set_by_administrators_only(site: Site):
    assert site.post("agent", "/accounts/cashier/password", {"password": "long enough"}).status_code == 403
    assert site.post("agent", "/accounts/agent/password", {"password": "long enough"}).status_code == 204
    assert site.post("administrator", "/accounts/nobody-here/password", {"password": "long enough"}).status_code == 404


def test_a_suspended_account_is_out_at_once(site: Site):
    site.done("administrator", "/accounts/second_agent/suspension", {"reason": "调查"})
    assert site.get("second_agent", "/me").status_code == 401
    site.done("administrator", "/accounts/second_agent/restoration", {"reason": "结束"})
    assert site.get("second_agent", "/me").status_code == 200


def test_bad_input_names_every_field_and_reason(site: Site):
    answer = site.post("agent", "/customers", {"name": "", "sex": "x", "born_on": "31/12/1990", "zz": 1})
    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"name", "sex", "born_on", "zz"}
    assert all(error["reason"] for error in answer.json()["errors"])


def test_the_same_key_is_answered_the_same_and_another_request_under_it_is_refused(site: Site):
    headers = {"Idempotency-Key": "register-li-4"}
    first, second = (site.done("agent", "/customers", LI, headers=headers) for _ in range(2))
    assert {**second, "repeated": False, "events": first["events"]} == first
    assert second["repeated"]
    other = site.post("agent", "/customers", {"name": "另一人"}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")


def test_a_change_meant_for_an_older_version_is_refused(site: Site):
    customer = site.done("agent", "/customers", LI)["stream"]
    path, change = f"/customers/{customer}/correction", {"reason": "搬家", "address": "北京"}
    stale = site.post("agent", path, change, headers={"If-Match": '"7"'})
    assert (stale.status_code, stale.json()["code"]) == (412, "changed_since")
    fresh = site.post("agent", path, change, headers={"If-Match": '"1"'})
    assert (fresh.status_code, fresh.headers["etag"]) == (200, '"2"')


def test_a_dry_run_answers_and_records_nothing(site: Site):
    before = site.client.get("/health/ready").json()["head"]
    tried = site.post("agent", "/customers", LI, params={"dry_run": True}).json()
    assert (tried["dry_run"], tried["events"]) == (True, ["CustomerRegistered"])
    assert site.client.get("/health/ready").json()["head"] == before


def test_a_read_after_a_write_is_never_stale(site: Site):
    for number in range(20):
        customer = site.done("agent", "/customers", {"name": f"客户{number}"})["stream"]
        assert site.read("agent", f"/customers/{customer}")["name"] == f"客户{number}"


def test_pages_follow_one_another_without_gap_or_repetition(site: Site):
    for number in range(7):
        site.done("agent", "/customers", {"name": f"翻页{number}"})
    names: list[str] = []
    cursor = None
    while True:
        page = site.read("agent", "/customers", text="翻页", limit=3, **({"cursor": cursor} if cursor else {}))
        names += [row["name"] for row in page["rows"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert names == [f"翻页{number}" for number in range(7)]
    assert site.get("agent", "/customers", cursor="nonsense").status_code == 400


def test_waiting_for_a_position_that_does_not_exist_is_answered_at_once(site: Site):
    answer = site.get("agent", "/customers", wait_for=2**60)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "wait_for")


def test_a_case_of_another_kind_is_no_case_of_this_kind(site: Site):
    customer = site.done("agent", "/customers", LI)["stream"]
    answer = site.post("claims_handler", f"/claims/{customer}/registration")
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown")


def test_every_command_a_person_may_give_has_a_route():
    from domain.catalogue import COMMANDS
    from domain.words import Role

    routed = {each.command for table in CAPABILITIES.values() for each in table if isinstance(each, Accepts)}
    assert {command for command in COMMANDS if command.may - {Role.SYSTEM}} == routed
