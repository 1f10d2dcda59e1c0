"""A product's way: drafted, filed, on sale, withdrawn; version by version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from domain import product as p
from domain.kernel import OTHER_CURRENCY
from domain.product import Benefit, Line, Product, Stage
from domain.rules.change import RuleChange
from domain.rules.rulebook import EditionAdopted
from tests.kit import folded, given
from tests.samples import DRAFTED, FILED, ON_SALE, SOLD, TERMS, usd, yuan

DEARER = replace(TERMS, rate_per_million=5000)
REVISED = p.ProductRevised(version=2, terms=DEARER, reason="claims experience")
WITHDRAWN = p.ProductWithdrawn(withdrawn_on=date(2026, 6, 1), reason="low demand")

DRAFT = p.DraftProduct(code="HLT-1", name="Peace of Mind", terms=TERMS)
REVISE = p.ReviseProduct(terms=DEARER, reason="claims experience")
FILE = p.FileProduct(filing="CN-2025-0001")


def sell(version: int = 1, sold_from: date = date(2025, 1, 1)) -> p.PutProductOnSale:
    return p.PutProductOnSale(version=version, sold_from=sold_from)


def withdraw(on: date) -> p.WithdrawProduct:
    return p.WithdrawProduct(withdrawn_on=on, reason="low demand")


def test_a_product_begins_as_a_draft_of_version_1():
    drafted = given().when(DRAFT).then(DRAFTED)
    assert drafted.draft.version == 1


LONG = replace(TERMS, longest_months=13)


@pytest.mark.parametrize("command", [DRAFT, REVISE])
@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (replace(LONG, cooling_off_days=14), p.COOLING_OFF_TOO_SHORT),
        (replace(LONG, cooling_off_days=15), None),
        (replace(TERMS, longest_months=12, cooling_off_days=0), None),
        (replace(LONG, line=Line.LIFE, cooling_off_days=0), None),
        (replace(TERMS, waiting_days=180), None),
        (replace(TERMS, waiting_days=181), p.WAITING_TOO_LONG),
        (replace(TERMS, line=Line.ACCIDENT, waiting_days=181), None),
        (replace(TERMS, benefits=(Benefit("A", "A", yuan(9), usd(1)),)), OTHER_CURRENCY),
        (replace(TERMS, benefits=(Benefit("A", "A", yuan(9)), Benefit("B", "B", usd(9), usd(0)))), OTHER_CURRENCY),
        (replace(TERMS, benefits=(Benefit("A", "A", usd(9), usd(1)),)), None),
        (replace(TERMS, benefits=(Benefit("A", "A", yuan(9)), Benefit("A", "B", yuan(8)))), p.BENEFIT_TWICE),
    ],
)
def test_terms_are_lawful_when_drafted_and_when_revised(command, terms, refusal):
    history = (DRAFTED, FILED) if command is REVISE else ()
    attempt = given(*history).when(command.model_copy(update={"terms": terms}))
    if refusal:
        attempt.refused(refusal)
    else:
        assert len(attempt.outcome()) == 1


def test_a_revision_is_the_next_version():
    revised = given(*SOLD).when(REVISE).then(REVISED)
    assert [edition.stage for edition in revised.editions] == [Stage.ON_SALE, Stage.DRAFT]


def test_a_product_has_one_open_draft_at_a_time():
    given(DRAFTED).when(REVISE).refused(p.OPEN_DRAFT)
    given(*SOLD, REVISED).when(REVISE).refused(p.OPEN_DRAFT)


def test_a_draft_is_filed_with_the_regulator():
    filed = given(DRAFTED).when(FILE).then(FILED)
    assert filed.draft is None


def test_only_a_draft_is_filed():
    given(DRAFTED, FILED).when(FILE).refused(p.NOT_DRAFT)


def test_the_draft_is_filed_and_not_the_version_on_sale():
    given(*SOLD, REVISED).when(FILE).then(p.ProductFiled(version=2, filing="CN-2025-0001"))


def test_a_filed_version_is_put_on_sale():
    given(DRAFTED, FILED).when(sell()).then(ON_SALE)


@pytest.mark.parametrize(
    ("history", "version"), [((DRAFTED,), 1), ((DRAFTED, FILED), 2), ((*SOLD, REVISED), 2), ((*SOLD, REVISED), 3)]
)
def test_a_version_not_filed_is_not_sold(history, version):
    given(*history).when(sell(version)).refused(p.NOT_FILED)


def test_putting_on_sale_again_from_the_same_day_changes_nothing():
    given(*SOLD).when(sell()).then()


def test_the_first_day_of_sale_can_be_moved():
    moved = given(*SOLD).when(sell(sold_from=date(2025, 3, 1))).then(replace_day(ON_SALE, date(2025, 3, 1)))
    assert moved.sold_on(date(2025, 2, 28)) is None


def replace_day(event: p.ProductPutOnSale, day: date) -> p.ProductPutOnSale:
    return p.ProductPutOnSale(version=event.version, sold_from=day)


def test_a_withdrawn_product_is_put_on_sale_again():
    again = given(*SOLD, WITHDRAWN).when(sell()).then(ON_SALE)
    assert again.sold_on(date(2027, 1, 1)).version == 1


def test_a_product_is_withdrawn_from_a_day_on():
    withdrawn = given(*SOLD).when(withdraw(date(2026, 6, 1))).then(WITHDRAWN)
    assert withdrawn.sold_on(date(2026, 5, 31)).version == 1
    assert withdrawn.sold_on(date(2026, 6, 1)) is None


@pytest.mark.parametrize(
    ("history", "day"),
    [
        ((DRAFTED, FILED), date(2026, 6, 1)),
        (SOLD, date(2024, 12, 31)),
        ((*SOLD, WITHDRAWN), date(2026, 6, 1)),
        ((*SOLD, WITHDRAWN), date(2026, 7, 1)),
    ],
)
def test_only_a_product_on_sale_is_withdrawn(history, day):
    given(*history).when(withdraw(day)).refused(p.NOT_ON_SALE)


def test_a_withdrawal_can_be_brought_forward():
    earlier = p.ProductWithdrawn(withdrawn_on=date(2026, 5, 1), reason="low demand")
    given(*SOLD, WITHDRAWN).when(withdraw(date(2026, 5, 1))).then(earlier)


SECOND_SOLD = (REVISED, p.ProductFiled(version=2, filing="CN-2"))


def second_from(day: date) -> p.ProductPutOnSale:
    return p.ProductPutOnSale(version=2, sold_from=day)


@pytest.mark.parametrize(
    ("day", "version"),
    [(date(2024, 12, 31), None), (date(2025, 1, 1), 1), (date(2026, 3, 31), 1), (date(2026, 4, 1), 2)],
)
def test_the_version_put_on_sale_last_is_the_one_sold(day, version):
    product = folded(Product, *SOLD, *SECOND_SOLD, second_from(date(2026, 4, 1)))
    sold = product.sold_on(day)
    assert (sold and sold.version) == version


def test_of_two_versions_from_the_same_day_the_later_is_sold():
    product = folded(Product, *SOLD, *SECOND_SOLD, second_from(date(2025, 1, 1)))
    assert product.sold_on(date(2025, 1, 1)).version == 2


def test_a_withdrawn_version_does_not_come_back_before_its_successor_is_on_sale():
    product = folded(Product, *SOLD, *SECOND_SOLD, WITHDRAWN, second_from(date(2026, 9, 1)))
    sold = {day: product.sold_on(day) for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 9, 1))}
    assert [edition and edition.version for edition in sold.values()] == [1, None, 2]


def test_a_second_withdrawal_does_not_bring_back_what_was_withdrawn_before():
    again = p.ProductWithdrawn(withdrawn_on=date(2026, 10, 1), reason="low demand")
    product = folded(Product, *SOLD, *SECOND_SOLD, WITHDRAWN, second_from(date(2026, 9, 1)), again)
    sold = [product.sold_on(date(2026, month, 1)) for month in (5, 6, 9, 10)]
    assert [edition and edition.version for edition in sold] == [1, None, 2, None]


def test_an_older_version_withdrawn_before_its_successor_can_be_sold_again():
    given(*SOLD, *SECOND_SOLD, WITHDRAWN, second_from(date(2026, 9, 1))).when(sell()).then(ON_SALE)


@pytest.mark.parametrize(("version", "found"), [(0, None), (1, 1), (2, None), (-1, None)])
def test_an_edition_is_found_by_its_version(version, found):
    edition = folded(Product, *SOLD).edition(version)
    assert (edition and edition.version) == found


@pytest.mark.parametrize(("line", "personal"), [(Line.LIFE, True), (Line.HEALTH, True), (Line.PROPERTY, False)])
def test_lines_on_persons_are_told_from_lines_on_things(line, personal):
    assert line.is_personal is personal


def test_a_standard_that_promises_more_is_kept_to_when_terms_are_drafted():
    change = RuleChange(rule="COOL-HEALTH-15D", value=20)
    promised = EditionAdopted(standard="PRD-1", version=1, effective_on=date(2026, 1, 1), changes=(change,))
    short = DRAFT.model_copy(update={"terms": replace(LONG, cooling_off_days=19)})
    enough = DRAFT.model_copy(update={"terms": replace(LONG, cooling_off_days=20)})
    refused = given(beside=[[promised]]).when(short).refused(p.COOLING_OFF_TOO_SHORT)
    assert "20" in refused.tell("zh") and refused.rule == "COOL-HEALTH-15D"
    assert given(beside=[[promised]]).when(enough).outcome()
    assert given().when(short).outcome()


def test_before_the_measures_were_in_force_no_rule_asked_for_a_cooling_off():
    short = DRAFT.model_copy(update={"terms": replace(LONG, cooling_off_days=0)})
    assert given().when(short, on=date(2019, 11, 30)).outcome()
