"""Two sources that nobody here wrote, in one log, each by its mapping alone."""

from __future__ import annotations

import asyncio
import csv
import os
from collections import Counter
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest

from application.claim.claim_register import ClaimCard, ClaimRegister
from application.handling import Handling
from application.importing.check import read_mapping
from application.importing.plan import Plan
from application.importing.run import Run, Summary
from application.importing.table import open_table
from application.ports import EventStore, SystemClock
from application.projection import fold
from domain.claim.events import Hold, Outcome, WithoutPayment
from domain.claim.state import Status
from infrastructure.memory import MemoryEventStore

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("UBERRIMA_OUTSIDE_DATA", ROOT.parent / "shared" / "data"))
AUTO, PRISM = DATA / "auto_claims_1000/insurance_claims.csv", DATA / "claims_payments_prism/prism.csv"
PARTS = ("injury", "property", "vehicle")

pytestmark = [
    pytest.mark.outside,
    pytest.mark.skipif(
        not (AUTO.exists() and PRISM.exists()),
        reason="the outside data is not here: put it beside the project or name its folder in UBERRIMA_OUTSIDE_DATA",
    ),
]


async def given(store: EventStore, name: str, path: Path, rows: int | None = None) -> Summary:
    mapping = read_mapping(ROOT / f"interfaces/cli/mappings/{name}.toml")
    table = open_table(path, mapping.encoding)
    return await Run(Plan(mapping, table.header), Handling(store, SystemClock())).all(islice(table.lines(), rows))


def said(path: Path, rows: int | None = None) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(islice(csv.DictReader(file), rows))


async def register(store: EventStore) -> list[ClaimCard]:
    """The claim register of the whole log."""
    rows = fold(ClaimRegister, {}, await store.read(0, 10**6))
    return [row for row in rows.values() if isinstance(row, ClaimCard)]


@pytest.fixture(scope="module")
def both() -> tuple[Summary, Summary, list[ClaimCard]]:
    """One log with the motor claims and the first two thousand of the home and motor portfolio."""

    async def work() -> tuple[Summary, Summary, list[ClaimCard]]:
        store = MemoryEventStore()
        motor, portfolio = await given(store, "auto_claims", AUTO), await given(store, "prism", PRISM, 2000)
        return motor, portfolio, await register(store)

    return asyncio.run(work())


@pytest.fixture(scope="module")
def motor(both: tuple[Summary, Summary, list[ClaimCard]]) -> dict[str, ClaimCard]:
    return {card.policy_number: card for card in both[2] if card.product_code == "AUTO-CLAIMS"}


@pytest.fixture(scope="module")
def portfolio(both: tuple[Summary, Summary, list[ClaimCard]]) -> dict[str, ClaimCard]:
    return {card.number.removeprefix("PRISM-"): card for card in both[2] if card.product_code.startswith("PRISM")}


def test_of_a_thousand_motor_claims_two_are_refused_and_told_why(both: tuple[Summary, Summary, object]) -> None:
    told = both[0]
    assert (told.rows, told.accepted, told.refused) == (1000, 998, 2)
    umbrella, bound_later = told.refusals
    assert (umbrella.line, umbrella.key, umbrella.field) == (292, "526039", "umbrella_limit")
    assert (umbrella.code, umbrella.rule) == ("import.invalid", "amount.not_below_zero")
    assert (bound_later.line, bound_later.key, bound_later.field) == (580, "794731", "incident_date")
    assert (bound_later.code, bound_later.rule) == ("claim.not_covered_at_loss", "CONTRACT-FORMATION")


def test_what_is_claimed_adds_up_to_the_file_less_the_rows_refused_part_by_part(motor: dict[str, ClaimCard]) -> None:
    claimed = Counter[str]()
    for card in motor.values():
        claimed.update({each.benefit: each.claimed.minor for each in card.exposures})
    rows = said(AUTO)
    assert sum(int(row["total_claim_amount"]) for row in rows) == 52_761_940
    taken = [row for row in rows if row["policy_number"] not in ("526039", "794731")]
    assert claimed == {part: 100 * sum(int(row[f"{part}_claim"]) for row in taken) for part in PARTS}
    assert sum(claimed.values()) == 100 * (52_761_940 - 94_160 - 51_090)
    assert sum(card.claimed for card in motor.values()) == sum(claimed.values())


def test_a_deductible_lessens_what_is_payable_for_the_vehicle_and_nothing_else(motor: dict[str, ClaimCard]) -> None:
    for row in said(AUTO):
        for each in motor[row["policy_number"]].exposures if row["policy_number"] in motor else ():
            borne = int(row["policy_deductable"]) * 100 if each.benefit == "vehicle" else 0
            assert each.payable.minor == max(0, each.claimed.minor - borne)


def test_every_claim_marked_as_fraud_is_held_for_it_and_no_other(motor: dict[str, ClaimCard]) -> None:
    marked = {row["policy_number"] for row in said(AUTO) if row["fraud_reported"] == "Y"}
    assert {number for number, card in motor.items() if card.holds == (Hold.SUSPECTED_FRAUD,)} == marked & motor.keys()
    assert len(marked) == 247


def test_the_portfolio_is_paid_and_closed_as_the_file_says(portfolio: dict[str, ClaimCard]) -> None:
    rows = said(PRISM, 2000)
    assert len(portfolio) == len(rows)
    for row in rows:
        card = portfolio[row["ClaimNo"]]
        without = {"True": WithoutPayment.BELOW_DEDUCTIBLE, "False": WithoutPayment.NO_LIABILITY}[row["ClaimLiability"]]
        expected = (Outcome.PAID, None) if float(row["TotalPayment"]) else (Outcome.WITHOUT_PAYMENT, without)
        assert (card.status, card.outcome, card.without) == (Status.CLOSED, *expected)
        assert abs(card.paid - Decimal(row["TotalPayment"]) * 100) <= 1


def test_what_the_portfolio_paid_is_the_file_s_total_to_the_cent(portfolio: dict[str, ClaimCard]) -> None:
    exact = sum(Decimal(row["TotalPayment"]) for row in said(PRISM, 2000))
    assert sum(card.paid for card in portfolio.values()) == int((exact * 100).to_integral_value())


def test_both_sources_are_taken_a_second_time_without_an_event() -> None:
    async def twice() -> None:
        store = MemoryEventStore()
        for name, path in (("auto_claims", AUTO), ("prism", PRISM)):
            first, again = await given(store, name, path, 50), await given(store, name, path, 50)
            assert (first.accepted, again.repeated, again.events) == (50, 50, 0)

    asyncio.run(twice())
