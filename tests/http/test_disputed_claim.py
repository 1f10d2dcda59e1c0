"""A rejected claim goes through the API from the dispute over court and remand to a changed decision and payment."""

from __future__ import annotations

from datetime import timedelta

from tests.http.conftest import TODAY, Site
from tests.http.test_attempts import claim, payment
from tests.http.test_missing import policy as policy
from tests.http.test_sale_in_order import refused
from tests.http.test_service_chain import SHA, money, until

ON = str(TODAY)
WAYS = ["negotiation", "mediation", "complaint", "arbitration", "lawsuit"]


def rejected(site: Site, under: str) -> str:
    case = claim(site, under)
    site.registered(case)
    site.done("claims_handler", f"{case}/assessment", {"benefit": "medical", "claimed": money(500_00)})
    told = {"grounds": ["excluded"], "explanation": "属于责任免除"}
    site.done("supervisor", f"{case}/rejection", told)
    letter = {"letter": "JP-7", "sent_on": ON, "remedies": WAYS}
    site.done("service", f"{case}/rejection/letter", letter)
    site.done("claims_handler", f"{case}/closure")
    return case


def reviewed(site: Site, case: str, reviewer: str, finding: str, **more: object) -> None:
    site.done(reviewer, f"{case}/review")
    decision = {"issue": 1, "finding": finding, "reasons": "说明义务已核查", **more}
    refused(site, "second_supervisor", f"{case}/review/decisions", decision, "dispute.not_the_reviewer")
    events = site.done(reviewer, f"{case}/review/decisions", decision)["events"]
    if len(events) > 1:
        refused(site, "service", f"{case}/review/told", {"told_on": ON}, "dispute.decision_unchecked")
        refused(site, reviewer, f"{case}/review/check", {"passed": True}, "dispute.own_review")
        site.done("second_supervisor", f"{case}/review/check", {"passed": True})
    site.done("service", f"{case}/review/told", {"told_on": ON})


def test_a_rejection_is_disputed_reviewed_litigated_remanded_changed_and_paid(
    site: Site,
    policy: dict[str, str],
):
    disputed_and_paid(site, rejected(site, policy["policy"]), policy["customer"])


def disputed_and_paid(site: Site, disputed: str, customer: str) -> None:
    """A rejection goes over review, court, remand and a second review to the payment, each wrong step refused."""
    opened = {"claim": disputed[8:], "customer": customer, "opened_on": ON, "subject": "免责条款未说明"}
    case = f"/disputes/{site.done('service', '/disputes', opened)['stream']}"
    refused(site, "compliance", f"{case}/review", {}, "dispute.no_issues")
    issue = {"ground": "exclusion", "position": "未说明", "original": money(0), "wanted": money(400_00)}
    site.done("service", f"{case}/issues", issue)
    evidence = {"kind": "提示书", "name": "提示书", "sha256": SHA, "filed_on": ON}
    site.done("service", f"{case}/evidence", evidence)
    refused(site, "supervisor", f"{case}/closure", {"result": "upheld"}, "dispute.ways_untold", "DISP-CHANNELS-5")
    site.done("service", f"{case}/remedies", {"told_on": ON, "remedies": WAYS})
    refused(site, "supervisor", f"{case}/closure", {"result": "upheld"}, "dispute.issues_open")
    # Who rejected the claim has no say in its review, nor has anybody who sold or underwrote the policy.
    refused(site, "supervisor", f"{case}/review", {}, "dispute.involved")
    site.done("second_supervisor", f"{case}/hold", {"until": ON, "reason": "等病历"})
    refused(site, "compliance", f"{case}/review", {}, "dispute.held")
    site.done("second_supervisor", f"{case}/resumption")

    reviewed(site, case, "second_compliance", "upheld")
    site.done("service", f"{case}/court", {"level": "litigation", "reached_on": ON, "body": "人民法院"})
    site.done("service", f"{case}/hearings", {"held_on": str(TODAY + timedelta(days=1)), "room": "第三法庭"})
    refused(site, "service", f"{case}/hearings/held", {}, "dispute.hearing_too_early")
    site.done("service", f"{case}/hearings/postponement", {"until": ON, "reason": "改期"})
    site.done("service", f"{case}/hearings/held")
    site.done("service", f"{case}/remand", {"body": "人民法院", "remanded_on": ON, "reasons": "事实不清"})
    refused(site, "second_compliance", f"{case}/review", {}, "dispute.involved")
    reviewed(site, case, "everyone", "changed", revised=money(400_00))
    site.done("second_supervisor", f"{case}/closure", {"result": "changed"})

    until(lambda: site.read("claims_handler", disputed)["status"], lambda status: status == "assessed")
    shown = site.read("supervisor", case)
    assert shown["issues"][0]["original"] == money(0) and shown["issues"][0]["revised"] == money(400_00)
    site.done("second_supervisor", f"{disputed}/approval")
    site.done("cashier", f"{disputed}/payments", payment(400_00, "L-1"))
    site.done("claims_handler", f"{disputed}/closure")
    assert site.read("claims_handler", disputed)["outcome"] == "paid"


def test_who_sold_the_policy_does_not_review_whatever_their_roles(site: Site, policy: dict[str, str]):
    """The person in every role took part in the case, once by opening the notice."""
    notice = {"policy": policy["policy"], "notice": {"loss_on": ON, "cause": "injury"}}
    noticed = site.done("everyone", "/claims", notice)["stream"]
    site.registered(f"/claims/{noticed}")
    opened = {"claim": noticed, "customer": policy["customer"], "opened_on": ON, "subject": "太慢"}
    case = f"/disputes/{site.done('service', '/disputes', opened)['stream']}"
    site.done("service", f"{case}/issues", {"ground": "delay", "position": "太慢"})
    refused(site, "everyone", f"{case}/review", {}, "dispute.involved")
