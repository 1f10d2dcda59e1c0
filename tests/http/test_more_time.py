"""More time for what a rule lets be extended: asked for, refused, granted by another, and told of everywhere."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.calendar import china
from tests.http.conftest import Site
from tests.http.test_missing import policy  # noqa: F401
from tests.http.test_service_chain import TODAY, registered

RULE = "DISP-COURT-APPOINTED-30D"


@pytest.fixture
def dispute(site: Site, policy: dict[str, str]) -> str:  # noqa: F811
    """A mediator whom the court appointed has signed for the file today."""
    claim = registered(site, policy["policy"])
    opened = {"claim": claim, "customer": policy["customer"], "opened_on": str(TODAY), "subject": "the amount"}
    case = site.done("service", "/disputes", opened)["stream"]
    day = str(TODAY)
    for step, body in (
        ("remedies", {"told_on": day, "remedies": ["negotiation", "mediation", "complaint", "arbitration", "lawsuit"]}),
        ("mediation/agreement", {"agreed_on": day, "kind": "appointed"}),
        ("mediation/request", {"received_on": day}),
        ("mediator", {"mediator": "周明", "appointed_on": day}),
        ("mediator/signature", {"signed_on": day}),
    ):
        site.done("service", f"/disputes/{case}/{step}", body)
    return str(case)


def clock(site: Site, case: str) -> dict[str, object]:
    told = site.get("service", f"/cases/{case}/clocks").json()
    found: dict[str, object] = next(each for each in told if each["rule"] == RULE)
    return found


def last_day(days: int) -> str:
    """Counted from today, moved to a day worked."""
    return str(china().next_working_day(TODAY + timedelta(days)))


def asked(site: Site, case: str, who: str, step: str, **more: object):
    return site.post(who, f"/docket/extension{step}", {"case": case, "rule": RULE, **more})


def test_the_parties_get_more_time_by_two_people_and_every_view_tells_it(site: Site, dispute: str):
    assert clock(site, dispute)["due_on"] == last_day(30)
    assert asked(site, dispute, "service", "", units=10, reason="both agree").status_code in (200, 201)
    assert asked(site, dispute, "service", "", units=10, reason="again").json()["code"] == "docket.asked_already"
    assert asked(site, dispute, "service", "/approval").status_code == 403
    assert clock(site, dispute)["due_on"] == last_day(30)
    assert asked(site, dispute, "supervisor", "/approval").status_code in (200, 201)
    told = clock(site, dispute)
    assert (told["due_on"], told["extended"]) == (last_day(40), 10)
    row = site.read("service", f"/docket/{dispute}")
    [timed] = [each for each in row["clocks"] if each["clock"]["rule"] == RULE]
    assert timed["clock"]["due_on"] == last_day(40)


def test_who_asked_does_not_grant_and_what_was_declined_may_be_asked_again(site: Site, dispute: str):
    asked(site, dispute, "supervisor", "", units=5, reason="I ask myself")
    assert asked(site, dispute, "supervisor", "/approval").json()["code"] == "docket.same_person"
    assert asked(site, dispute, "compliance", "/refusal").status_code in (200, 201)
    assert asked(site, dispute, "compliance", "/approval").json()["code"] == "docket.not_asked"
    assert asked(site, dispute, "service", "", units=5, reason="both agree now").status_code in (200, 201)
    assert asked(site, dispute, "compliance", "/approval").status_code in (200, 201)
    assert clock(site, dispute)["due_on"] == last_day(35)


def test_no_more_time_is_asked_for_than_the_rule_allows(site: Site, dispute: str, policy: dict[str, str]):  # noqa: F811
    long = asked(site, dispute, "service", "", units=400, reason="a year and more")
    assert long.status_code in (200, 201)
    asked(site, dispute, "supervisor", "/approval")
    more = asked(site, dispute, "service", "", units=1, reason="one day more")
    assert more.json()["code"] == "docket.not_extendable" and "art 27" in more.json()["detail"]
    claim = registered(site, policy["policy"])
    body = {"case": claim, "rule": "CLAIM-LIMIT-2Y", "units": 1, "reason": "x"}
    refused = site.post("service", "/docket/extension", body)
    assert refused.json()["code"] == "docket.not_extendable"
