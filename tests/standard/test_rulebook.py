"""From a standard to the rulebook: what it changes counts from its day, for cases that begin then, and no other."""

from __future__ import annotations

from datetime import date

from application.docket.dockets import Dockets
from domain.docket.events import DeadlineMissed
from domain.duty import OpenDuty
from domain.rules.change import RuleChange
from domain.rules.rulebook import RULEBOOK, AdoptEdition, RetractEdition, Rulebook
from tests.docket.test_scheduling import DUE, RULE, Office, office
from tests.kit import given

STRICTER = RuleChange(rule=RULE, value=5)
OWN = RuleChange(rule="OWN-FILE-3", like=RULE, value=3, zh="三个工作日内备案", en="Filed within three working days")


def adopt(*changes: RuleChange, effective_on: date = date(2026, 3, 2), version: int = 1) -> AdoptEdition:
    return AdoptEdition(standard="PRD-1", version=version, effective_on=effective_on, changes=changes)


async def dues(there: Office, arose_on: date = date(2026, 3, 2)) -> dict[str, date | None]:
    case = await there.duty(arose_on)
    return {each.clock.edition: each.clock.due_on for each in (await there.docket(case)).clocks}


async def test_a_stricter_promise_counts_from_its_day_and_no_case_that_began_before_is_judged_by_it(
    database: str,
) -> None:
    async with office(database) as there:
        before = await there.duty()
        there.at(date(2026, 3, 3))
        await there.door.give(adopt(STRICTER, effective_on=date(2026, 3, 3)), RULEBOOK)
        assert await dues(there, date(2026, 3, 3)) == {f"{RULE}@2026-03-03": date(2026, 3, 10)}
        assert await dues(there) == {f"{RULE}@2015-10-19": DUE}
        assert (await there.docket(before)).clocks[0].clock.due_on == DUE


async def test_an_own_rule_runs_beside_the_law_that_it_is_like(database: str) -> None:
    async with office(database) as there:
        await there.door.give(adopt(OWN), RULEBOOK)
        assert await dues(there) == {f"{RULE}@2015-10-19": DUE, "OWN-FILE-3@2026-03-02": date(2026, 3, 5)}
        there.at(date(2026, 3, 6))
        await there.go_round()
        [missed] = await there.told(DeadlineMissed)
        assert isinstance(missed, DeadlineMissed) and missed.rule == "OWN-FILE-3"
        assert await there.house.reads.count(Dockets, {"urgency": "overdue"}) == 1


async def test_a_later_version_takes_the_place_of_the_earlier_and_a_withdrawal_takes_all_back(database: str) -> None:
    async with office(database) as there:
        await there.door.give(adopt(STRICTER, OWN), RULEBOOK)
        await there.door.give(adopt(OWN, version=2), RULEBOOK)
        assert set(await dues(there)) == {f"{RULE}@2015-10-19", "OWN-FILE-3@2026-03-02"}
        await there.door.give(RetractEdition(standard="PRD-1", version=2), RULEBOOK)
        assert await dues(there) == {f"{RULE}@2015-10-19": DUE}


def test_what_changes_nothing_is_not_adopted_and_who_is_not_in_effect_is_not_retracted() -> None:
    story = given().when(adopt(STRICTER))
    [adopted] = story.outcome()
    given(adopted).when(adopt(STRICTER, version=2)).then()
    given(adopted).when(RetractEdition(standard="PRD-1", version=2)).then()
    given().when(adopt()).then()


async def test_a_decision_that_applies_rules_rests_on_the_rulebook(database: str) -> None:
    async with office(database) as there:
        await there.door.give(adopt(STRICTER), RULEBOOK)
        book = await there.door.recall(Rulebook, RULEBOOK)
        assert isinstance(book, Rulebook) and book.version == 1
        outcome = await there.door.give(OpenDuty(rule=RULE, arose_on=date(2026, 3, 2), about="HLT-9", owner="han"))
        [arose] = [each for each in outcome.events if each.stream == outcome.stream]
        assert arose.consulted == {str(RULEBOOK): 1} and arose.rules == (f"{RULE}@2026-03-02",)
