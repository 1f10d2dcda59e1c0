"""What was blanked or destroyed still lies in the pages of its table until the server has swept them."""

from __future__ import annotations

import psycopg
from psycopg import sql

from application.catalogue import PROJECTIONS
from infrastructure.postgres.tables import Table


def sweep(url: str) -> list[str]:
    """Frees the old versions of rows that told of persons, and of keys, as far as this role may; names the tables."""
    tables = [sql.Identifier("vault", "keys"), sql.Identifier("gate", "passwords"), sql.Identifier("gate", "passes")]
    tables += [Table(each).identifier for each in PROJECTIONS if each.row.personal]
    with psycopg.connect(url, autocommit=True) as connection:
        for table in tables:
            connection.execute(sql.SQL("VACUUM {}").format(table))
        return [table.as_string() for table in tables]
