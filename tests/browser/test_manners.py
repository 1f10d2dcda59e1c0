"""How every page behaves: safe, findable, readable, never broken by what stands in its address."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.browser.conftest import Desk

pytestmark = pytest.mark.browser

ODD = (
    "",
    "-1",
    "0",
    "1e9",
    "99999999999999999999999",
    "%00",
    "%ff",
    "'; drop table",
    "none",
    "../..",
    "x" * 900,
    "2026-13-45",
)
LISTS = (
    "products",
    "customers",
    "policies",
    "claims",
    "premiums",
    "surveys",
    "accounts",
    "trail",
    "refusals",
    "evidence",
)
UNLABELLED = """() => [...document.querySelectorAll("input:not([type=hidden]):not([hidden]), select, textarea")]
    .filter(each => !each.labels.length && !each.getAttribute("aria-label")).map(each => each.outerHTML)"""
TWICE = """() => { const ids = [...document.querySelectorAll("[id]")].map(each => each.id);
    return ids.filter((id, place) => ids.indexOf(id) !== place); }"""
LEVELS = """() => [...document.querySelectorAll("h1, h2, h3")].map(each => +each.tagName[1])"""


@pytest.fixture
def clerk(browser, site, desk):
    return desk().sign_in("super")


def signed_in(browser, site, **context):
    page = browser.new_context(**context).new_page()
    return Desk(site, page).sign_in("super").page


AT_LARGE = (
    "/reports",
    "/rules",
    "/rules/CLAIM-REJECT-3D",
    "/whatif?change=CLAIM-PAY-10D~8&try=1",
    "/improvement",
    "/improvement/2026-03/cases?rule=CLAIM-PAY-10D",
    "/api-docs",
    "/search?q=HLT",
)
"""Pages that are about no case."""


def pages(site) -> list[str]:
    cases = [f"/claims/{site.town.claim}", f"/policies/{site.town.policy}", f"/customers/{site.town.zhou}"]
    acts = [f"/act/claim/{site.town.open_claim}/{name}" for name in ("RejectClaim", "CloseClaim", "HoldClaim")]
    lists = [f"/{name}" for name in LISTS]
    return ["/", *lists, *cases, *acts, "/products/HLT-2026", "/accounts/han", *AT_LARGE]


def test_no_address_breaks_a_page(clerk, site):
    asks = clerk.page.context.request
    names = (
        "version",
        "at",
        "cursor",
        "q",
        "status",
        "line",
        "customer",
        "before",
        "state",
        "lang",
        "satisfaction",
        "role",
    )
    for path in (
        *(f"/{name}" for name in LISTS),
        f"/claims/{site.town.claim}",
        f"/customers/{site.town.zhou}",
        "/search",
    ):
        for odd in ODD:
            query = "&".join(f"{name}={odd}" for name in names)
            for address in (f"{path}?{query}", f"{path}?q={odd}", f"{path}?cursor={odd}"):
                status = asks.get(site.address + address, max_redirects=3).status
                assert status < 500, (status, address)
    for odd in ODD[1:]:
        for path in ("/claims/", "/case/", "/reports/", "/new/", "/act/claim/", f"/act/claim/{site.town.claim}/"):
            assert asks.get(f"{site.address}{path}{odd}").status < 500, (path, odd)


def test_every_page_is_labelled_ordered_and_named(browser, site):
    page = signed_in(browser, site, locale="en-GB")
    for path in pages(site):
        page.goto(site.address + path)
        assert page.evaluate(UNLABELLED) == [], path
        assert page.evaluate(TWICE) == [], path
        levels = page.evaluate(LEVELS)
        assert levels.count(1) == 1 and all(b - a <= 1 for a, b in pairwise(levels)), (
            path,
            levels,
        )
        assert page.evaluate("document.querySelectorAll('table:not(:has(caption)), th:not([scope])').length") == 0, path
        assert page.title().endswith("· Uberrima") and page.locator("main").count() == 1
        assert "As at log position" in page.inner_text("footer")
    page.context.close()


@pytest.mark.parametrize("width", [360, 768])
def test_no_page_is_wider_than_the_screen(browser, site, width):
    page = signed_in(browser, site, locale="zh-CN", viewport={"width": width, "height": 700})
    for path in pages(site):
        page.goto(site.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    page.context.close()


def test_every_answer_forbids_what_no_page_needs(clerk, site):
    for path in ("/", "/sign-in", "/nowhere", "/trail", f"/claims/{site.town.claim}"):
        headers = clerk.page.context.request.get(site.address + path).headers
        assert headers["content-security-policy"].startswith("default-src 'self'"), path
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-frame-options"], headers["x-content-type-options"]) == ("DENY", "nosniff")
        assert headers["cache-control"] == "no-store"


def test_a_form_that_this_session_was_not_given_is_not_taken(clerk, site):
    asks = clerk.page.context.request
    for seal in ("", "0" * 64, "密"):
        answer = asks.post(f"{site.address}/act/claim/{site.town.claim}/CloseClaim", form={"seal": seal, "do": "1"})
        assert answer.status == 403 and "表单已过期" in answer.text()


def test_the_machines_interface_still_answers_machines(clerk, site):
    context = clerk.page.context.browser.new_context()
    answer = context.request.get(f"{site.address}/api/claims", max_redirects=0)
    assert answer.status == 401 and answer.headers["content-type"].startswith("application/problem+json")
    assert context.request.get(f"{site.address}/claims", max_redirects=0).status == 303
    context.close()


@pytest.mark.parametrize(
    "next_", ["//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example", "javascript:1"]
)
def test_signing_in_leads_nowhere_else(desk, site, next_):
    someone = desk()
    someone.open(f"/sign-in?next={next_}")
    someone.page.fill("#login", "han")
    someone.page.fill("#password", "a very long word")
    someone.page.click("main button")
    assert someone.page.url == f"{site.address}/"


def test_a_slash_on_the_keyboard_goes_to_the_search_box(browser, site):
    clerk = signed_in(browser, site)
    clerk.keyboard.press("/")
    assert clerk.evaluate("document.activeElement.id") == "find"
    clerk.context.close()
