"""`uberrima replay`: any case at any version or moment, for people and for programs."""

from __future__ import annotations

from uuid import uuid4

from tests.cli.conftest import ODD, Town

DAY_AFTER_REGISTRATION = "2026-03-03T00:00:00"


def test_a_case_is_told_by_its_number_with_all_that_was_done_to_it(town: Town) -> None:
    told = town.does("replay", town.number)
    assert told.code == 0
    assert f"claim {town.claim} version 8" in told.out
    assert "registered: illness on 2026-03-02 under policy P-1" in told.out
    assert "a.claims_handler (claims handler)" in told.out
    assert "status" in told.out and "closed" in told.out


def test_a_case_is_told_in_chinese(town: Town) -> None:
    told = town.does("replay", town.number, "--version", "2", "--language", "zh")
    assert f"电话报案，案件号{town.number}" in told.out and "理赔员" in told.out


def test_a_case_is_told_by_its_id_as_it_was_at_a_version_in_plain_values(town: Town) -> None:
    told = town.does("replay", str(town.claim), "--version", "2", "--json").json
    assert (told["stream"], told["kind"], told["version"]) == (str(town.claim), "claim", 2)
    assert (told["state"]["status"], told["state"]["number"]) == ("registered", town.number)
    assert [each["event"] for each in told["timeline"]] == ["NoticeGiven", "ClaimRegistered"]
    registration = told["timeline"][1]
    assert registration["rules"] == ["CONTRACT-FORMATION@2015-04-24", "CLAIM-LIMIT-2Y@2015-04-24"]
    assert registration["role"] == "claims_handler"
    assert registration["recorded_at"] == "2026-03-02 04:00:00+00:00"
    assert list(registration["consulted"].values()) == [1, 1]
    assert told["changes"] == []


def test_a_case_is_told_as_it_was_known_at_a_moment(town: Town) -> None:
    told = town.does("replay", town.number, "--at", DAY_AFTER_REGISTRATION, "--json").json
    assert (told["version"], told["state"]["status"]) == (3, "registered")


def test_what_changed_between_two_versions_is_told_by_name(town: Town) -> None:
    told = town.does("replay", town.number, "--version", "5", "--diff", "4", "--json").json
    changed = {each["name"]: (each["before"], each["after"]) for each in told["changes"]}
    assert [each["approvers"] for each in changed.pop("ledger")] == [[], ["sun"]]
    assert changed == {
        "version": (4, 5),
        "status": ("assessed", "approved"),
        "approved": (None, {"minor": 900_00, "currency": "CNY"}),
    }
    shown = town.does("replay", town.number, "--version", "5", "--diff", "4")
    assert "assessed" in shown.out and "before" in shown.out and "loss_on" not in shown.out


def test_from_the_beginning_everything_has_changed(town: Town) -> None:
    told = town.does("replay", town.number, "--version", "1", "--diff", "0", "--json").json
    assert {each["name"] for each in told["changes"]} == {n for n, value in told["state"].items() if value is not None}
    assert all(each["before"] is None for each in told["changes"])


def test_what_people_wrote_is_told_as_they_wrote_it(town: Town) -> None:
    told = town.does("replay", str(town.customer))
    assert told.code == 0
    assert f"contact by phone: {ODD}" in told.out


def test_an_unknown_case_is_refused_in_both_languages(town: Town) -> None:
    for reference in ("C209900000001", str(uuid4())):
        refused = town.does("replay", reference)
        assert (refused.code, refused.out) == (1, "")
        assert refused.err == "unknown: there is no such case · 没有这个case\n"


def test_a_case_that_was_not_known_yet_is_unknown_at_that_moment(town: Town) -> None:
    assert town.does("replay", town.number, "--at", "2026-03-01T00:00:00").code == 1


def test_a_version_that_is_no_number_is_told_apart_from_a_refusal(town: Town) -> None:
    assert town.does("replay", town.number, "--version", "latest").code == 2
    assert town.does("replay", town.number, "--version", "0").code == 2
