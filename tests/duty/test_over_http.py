"""A duty over HTTP: entered, found in the register, timed, paused, discharged; and who may not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from domain.kernel import CALENDAR_ZONE
from tests.http.conftest import Site
from tests.http.conftest import site as site

TODAY = str(datetime.now(CALENDAR_ZONE).date())
RULE = "PROD-FILING-10WD"


def duty(**but: object) -> dict[str, Any]:
    return {"rule": RULE, "arose_on": TODAY, "about": "HLT-9", "owner": "han", **but}


def test_a_duty_is_entered_found_by_its_owner_timed_and_discharged(site: Site) -> None:
    stream = site.done("product_officer", "/duties", duty(owner="lan"))["stream"]
    [card] = site.read("compliance", "/duties", owner="lan", rule=RULE, standing="open")["rows"]
    assert card["duty"] == stream and card["number"].startswith("D")
    case = f"/duties/{card['number']}"
    [running] = site.read("supervisor", f"/cases/{card['number']}/clocks")
    assert (running["rule"], running["since"], running["state"]) == (RULE, TODAY, "running")
    site.done("supervisor", f"{case}/pause", {"paused_on": TODAY, "reason": "the regulator asked for more"})
    [paused] = site.read("supervisor", f"/cases/{stream}/clocks")
    assert (paused["state"], paused["due_on"]) == ("paused", None)
    site.done("compliance", f"{case}/resumption", {"resumed_on": TODAY})
    site.done("compliance", f"{case}/discharge", {"done_on": TODAY, "evidence": "CN-7"})
    [met] = site.read("supervisor", f"/cases/{stream}/clocks")
    assert (met["state"], met["due_on"]) == ("met", running["due_on"])
    assert site.read("auditor", f"/duties/{stream}")["evidence"] == "CN-7"
    assert site.read("compliance", "/duties", owner="lan", standing="open")["rows"] == []


def test_only_compliance_drops_a_duty_and_an_agent_enters_none(site: Site) -> None:
    assert site.post("agent", "/duties", duty()).status_code == 403
    stream = site.done("supervisor", "/duties", duty())["stream"]
    assert site.post("supervisor", f"/duties/{stream}/dropping", {"reason": "not ours"}).status_code == 403
    site.done("compliance", f"/duties/{stream}/dropping", {"reason": "not ours"})
    assert site.read("compliance", f"/duties/{stream}")["standing"] == "dropped"


def test_a_rule_that_nobody_knows_is_named_in_the_refusal(site: Site) -> None:
    answer = site.post("compliance", "/duties", duty(rule="NO-SUCH"))
    assert answer.status_code == 409
    assert (answer.json()["code"], answer.json()["rule"]) == ("duty.no_such_rule", "NO-SUCH")
