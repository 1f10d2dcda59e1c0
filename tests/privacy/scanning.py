"""Everything that a database holds, as text; and of whom of the town it tells."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg
from psycopg import sql

from tests.privacy.town import Resident

_COLUMNS = (
    "SELECT table_schema::text, table_name::text, column_name::text, data_type::text FROM information_schema.columns"
    " JOIN information_schema.tables USING (table_schema, table_name) WHERE table_type = 'BASE TABLE'"
    " AND table_schema NOT IN ('pg_catalog', 'information_schema') ORDER BY 1, 2, 3"
)


def told_in(database: str) -> Iterator[tuple[str, str]]:
    """Every column of every table, and all that stands in it; bytes as the characters that they spell."""
    with psycopg.connect(database) as connection:
        for schema, table, column, kind in connection.execute(_COLUMNS).fetchall():
            shown = "encode({}, 'escape')" if kind == "bytea" else "{}::text"
            query = sql.SQL("SELECT " + shown + " FROM {}").format(
                sql.Identifier(column), sql.Identifier(schema, table)
            )
            told = "\n".join(value for (value,) in connection.execute(query) if value is not None)
            yield f"{schema}.{table}.{column}", told


def told_of(text: str, town: list[Resident]) -> set[int]:
    """Those of whom a text tells anything: by what was said of them only, or by the days on which they were born."""
    days = {f"{day:%Y-%m-%d}": r.number for r in town for day in (r.born_on, r.really_born_on)}
    marked = {int(number) for number in re.findall(r"canary(\d{3})x", text)}
    return marked | {days[day] for day in re.findall(r"19[34]\d-\d\d-\d\d", text) if day in days}
