"""A command given plainly is read in few steps, one with more to it by the framework: nobody can tell which it was."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.http.conftest import Site

SPOKE = json.dumps({"channel": "phone", "subject": "问候"}).encode()
WAYS = ("application/json", "application/json; charset=utf-8")
"""The second says more than it need, and so is left to the framework."""


def both_ways(site: Site, case: str, body: bytes) -> list[Any]:
    headers = site.headers("service")
    return [
        site.client.post(f"/api/customers/{case}/contacts", content=body, headers={**headers, "Content-Type": way})
        for way in WAYS
    ]


@pytest.fixture(scope="module")
def customer(site: Site) -> str:
    return str(
        site.done("service", "/customers", {"number": "K-BOTH", "name": "孙七", "phone": "13700000000"})["stream"]
    )


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"{}",
        b'{"channel": "pigeon", "subject": "x"}',
        b'{"channel": "phone", "subject": 7}',
        b'{"channel": "phone", "subject": "x", "more": 1}',
        b'{"channel": "phone", "subject": "\\ud800"}',
        b'{"channel": "phone", "subject": "\xff"}',
        b'{"channel": "phone", "subject": NaN}',
        b'{"channel": "phone", "subject": "  "}',
    ],
)
def test_what_is_wrong_with_a_body_is_told_the_same_either_way(site: Site, customer: str, body: bytes):
    plainly, wholly = both_ways(site, customer, body)
    assert plainly.status_code == wholly.status_code == 400
    assert plainly.json() == wholly.json()


@pytest.mark.parametrize("by_number", [False, True], ids=["by its id", "by its number"])
def test_what_is_right_is_answered_the_same_either_way(site: Site, customer: str, by_number: bool):
    plainly, wholly = both_ways(site, "K-BOTH" if by_number else customer, SPOKE)
    assert plainly.status_code == wholly.status_code == 200
    told = plainly.json()
    assert told["stream"] == customer
    assert wholly.json() == {**told, "version": told["version"] + 1, "position": told["position"] + 1}
    assert set(plainly.headers) == set(wholly.headers)


def test_a_refusal_reads_the_same_either_way(site: Site):
    plainly, wholly = both_ways(site, "K-NOBODY", SPOKE)
    assert plainly.status_code == wholly.status_code == 404
    assert plainly.json() == wholly.json()
