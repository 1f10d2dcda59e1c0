"""Every read model's row survives its table: typed columns, the same values out as in."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import psycopg
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from application.catalogue import PROJECTIONS
from application.policy.premiums_due import PremiumAccount, PremiumsDue
from application.product.product_catalogue import ProductCatalogue, ProductSheet, of
from application.projection import Projection, Row
from domain.product import Line, Stage
from domain.words import Money
from infrastructure.postgres.tables import Table
from tests.contracts.values import values
from tests.samples import TERMS, YEAR


@pytest.fixture
def connection(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


def rows_of(projection: type[Projection]) -> st.SearchStrategy[Row]:
    fields = projection.row.model_fields
    rows = st.builds(projection.row, **{name: values(field.annotation) for name, field in fields.items()})
    return rows.filter(lambda row: "\\u0000" not in row.model_dump_json())


def kept(connection: psycopg.Connection, table: Table, rows: list[Row]) -> dict:
    connection.execute(table.upsert, table.values(rows))
    keys = table.keys([table.key_of(each) for each in rows])
    found = connection.cursor(binary=True).execute(table.fetch, keys)
    return {table.key_of(row): row for row in map(table.read, found)}


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda each: each.name)
@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.generate],  # each try costs a round trip to the database, so a failure is shown as it was found
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much],
)
@given(data=st.data())
def test_a_row_comes_out_of_its_table_as_it_went_in(
    connection: psycopg.Connection, projection: type[Projection], data: st.DataObject
) -> None:
    table = Table(projection)
    rows = data.draw(st.lists(rows_of(projection), min_size=1, max_size=3, unique_by=table.key_of))
    assert kept(connection, table, rows) == {table.key_of(row): row for row in rows}


@pytest.mark.parametrize("projection", PROJECTIONS, ids=lambda each: each.name)
def test_every_column_has_a_type_of_its_own_and_every_index_is_there(
    connection: psycopg.Connection, projection: type[Projection]
) -> None:
    table = Table(projection)
    found = connection.execute(
        "SELECT column_name::text, data_type::text FROM information_schema.columns"
        " WHERE table_schema = 'view' AND table_name = %s ORDER BY ordinal_position",
        (table.name,),
    ).fetchall()
    names = {"timestamptz": "timestamp with time zone"}
    columns = [(column.name, names.get(column.type, column.type)) for column in table.columns]
    assert found == columns + [(trace, "bytea") for trace in table.traces]
    indexes = connection.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s", (table.name,)).fetchall()
    indexed = {definition.rsplit("(", 1)[1].rstrip(")").replace('"', "") for (definition,) in indexes}
    assert indexed >= {", ".join(table.key), ", ".join(table.order), *projection.row.indexes, *table.traces}


def test_a_character_that_no_column_can_hold_is_left_out_and_stops_nothing(connection: psycopg.Connection) -> None:
    table = Table(ProductCatalogue)
    told = {"code": "A", "name": "Good\x00 name", "covers": r"a \u0000 typed out", "exclusions": ("\x00x\\", "\\\x00y")}
    row = ProductSheet.model_construct(product=UUID(int=1), stage=Stage.DRAFT, version=1, **{**dict(_terms()), **told})
    [found] = kept(connection, table, [row]).values()
    assert (found.name, found.covers, found.exclusions) == ("Good name", r"a \u0000 typed out", ("x\\", "\\y"))


def test_an_amount_beyond_what_a_command_may_name_is_read_back_as_it_was_folded(connection: psycopg.Connection) -> None:
    huge = PremiumAccount(
        policy=UUID(int=1),
        customer=UUID(int=2),
        period=YEAR,
        premium=Money(0),
        line=Line.HEALTH,
        grace_until=YEAR.ends_on,
    )
    huge = huge.but(premium=Money(2**60))
    assert kept(connection, Table(PremiumsDue), [huge]) == {(UUID(int=1),): huge}


def _terms() -> dict[str, object]:
    return {**of(TERMS), "sold_from": None, "withdrawn_on": None, "filing": ""}
