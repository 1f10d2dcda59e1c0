"""A row becomes commands, or is refused with its column and the reason."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from application.importing.plan import Plan
from application.importing.rows import Prepared, RowRefused, prepare
from domain.claim.intake import GiveNotice, HoldClaim, RegisterClaim
from domain.claim.settlement import AssessCoverage
from domain.customer import RegisterCustomer
from domain.kernel import stream_of
from domain.policy.sale import TakeOverPolicy
from domain.policy.state import Policy
from domain.words import Money
from tests.importing.source import GOOD, HEADER, MAPPING, mapping, row, shop, with_

PLAN = Plan(shop(), HEADER)


def taken(*cells: str) -> Prepared:
    prepared = prepare(PLAN, row(*cells))
    assert isinstance(prepared, Prepared), prepared
    return prepared


def refused(*cells: str) -> RowRefused:
    prepared = prepare(PLAN, row(*cells))
    assert isinstance(prepared, RowRefused)
    return prepared


def test_a_row_becomes_the_commands_of_the_mapping_in_their_order() -> None:
    orders = taken(*GOOD).submission.orders
    assert [type(each.command) for each in orders] == [TakeOverPolicy, GiveNotice, RegisterClaim, AssessCoverage]
    policy = orders[0].command
    assert isinstance(policy, TakeOverPolicy)
    assert (policy.number, policy.insured) == ("P1", "Shop of Ann, P1")
    assert policy.sums[0].insured == Money(500_000_00, "EUR")
    assert policy.premium == Money(1_234_50, "EUR")
    assert (policy.period.starts_on, policy.period.ends_on) == (date(2020, 1, 31), date(2020, 12, 31))


def test_a_command_is_given_by_its_actor_at_noon_of_its_day_for_the_stream_of_its_key() -> None:
    order = taken(*GOOD).submission.orders[0]
    assert order.actor.name == "s"
    assert order.occurred_at == datetime(2020, 1, 31, 4, tzinfo=UTC)
    assert order.stream == stream_of(Policy, "shop/P1")


def test_a_condition_decides_which_commands_a_row_becomes() -> None:
    assert len(taken(*with_(Loss="?")).submission.orders) == 1
    assert len(taken(*with_(Cost="0")).submission.orders) == 3
    assert isinstance(taken(*with_(Fraud="Y")).submission.orders[-1].command, HoldClaim)
    assert isinstance(taken(*with_(Fraud="")).submission.orders[-1].command, AssessCoverage)


def test_a_field_whose_value_is_missing_is_left_out() -> None:
    [customer] = [each for each in taken(*with_(Born="?")).shared if each.name == "customer"]
    command = customer.submission.orders[0].command
    assert isinstance(command, RegisterCustomer) and command.born_on is None


def test_the_same_row_is_the_same_submission_under_the_same_key() -> None:
    first, second = taken(*GOOD).submission, taken(*GOOD).submission
    assert (first.key, first.fingerprint) == (second.key, second.fingerprint)
    assert first.key != taken(*with_(No="P2")).submission.key


def test_what_rows_share_is_prepared_until_it_has_been_made() -> None:
    prepared = taken(*GOOD)
    assert [each.name for each in prepared.shared] == ["product", "customer"]
    again = prepare(PLAN, row(*GOOD), set(prepared.needs))
    assert isinstance(again, Prepared) and not again.shared and again.needs == prepared.needs


@pytest.mark.parametrize(
    ("changes", "field", "code", "reason"),
    [
        ({"From": "31.1.2020"}, "From", "import.unreadable", "“31.1.2020” is no date"),
        ({"Loss": "2020-02-30"}, "Loss", "import.unreadable", "“2020-02-30” is no date"),
        ({"Premium": "12 EUR"}, "Premium", "import.unreadable", "“12 EUR” is no amount of money"),
        ({"Premium": "NaN"}, "Premium", "import.unreadable", "“NaN” is no amount of money"),
        ({"Premium": "1e999999"}, "Premium", "import.too_large", "“1e999999” is more than an amount can be"),
        ({"Premium": "1_0"}, "Premium", "import.unreadable", "“1_0” is no amount of money"),
        ({"Premium": "-1"}, "Premium", "import.invalid", "TakeOverPolicy.premium: an amount here is never below zero"),
        ({"Premium": "?"}, "Premium", "import.invalid", "TakeOverPolicy.premium: Field required"),
        ({"Sum": "250"}, "Sum", "import.unreadable", "“250” is no amount of money"),
        ({"Fraud": "maybe"}, "Fraud", "import.unreadable", "“maybe” is no mark of yes or no"),
        ({"No": "P 1"}, "No", "import.invalid", "TakeOverPolicy.number: String should match pattern"),
        ({"No": "?"}, "No", "import.no_key", "a value that the key {number} is made of is missing"),
        ({"Who": "?"}, "Who", "import.invalid", "TakeOverPolicy.customer: Field required"),
    ],
)
def test_a_row_that_cannot_be_read_names_its_column_and_the_reason(
    changes: dict[str, str], field: str, code: str, reason: str
) -> None:
    told = refused(*with_(**changes))
    assert (told.line, told.field, told.code) == (2, field, code)
    assert told.reason.startswith(reason)
    assert told.reason_zh and told.reason_zh != told.reason


def test_a_row_with_several_faults_tells_them_all() -> None:
    told = refused(*with_(From="x", Premium="y"))
    assert told.field == "Premium, From"
    assert "“x” is no date" in told.reason and "“y”" in told.reason
    assert told.key == "P1"


def test_a_row_with_too_few_or_too_many_cells_is_refused() -> None:
    assert refused(*GOOD[:-1]).reason == "the row has 8 cells, the header 9"
    assert refused(*GOOD, "").code == "import.misshapen"


def test_a_word_that_is_not_looked_up_is_refused() -> None:
    text = MAPPING.replace('who = { column = "Who" }', 'who = { column = "Who", map = { Ann = "Anna" } }')
    plan = Plan(mapping(text), HEADER)
    prepared = prepare(plan, row(*GOOD))
    assert isinstance(prepared, Prepared)
    told = prepare(plan, row(*with_(Who="Bob")))
    assert isinstance(told, RowRefused) and (told.field, told.code) == ("Who", "import.not_listed")
