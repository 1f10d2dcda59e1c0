"""Brings a database to the schema this version needs; safe when several processes start at once."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

FOLDER = Path(__file__).parent / "schema"
LOCK = 7_265_140_118
"""The advisory lock that one migrating process holds; any number will do as long as it is ours alone."""
OWNER, APPLICATION = "uberrima_owner", "uberrima_app"
"""The role that owns everything and nobody works in, and the role that the application works in."""


class MadeByAnother(Exception):
    """The database has a schema that no step of this version made."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__(
            f"the database was made by another version, in steps {', '.join(steps)}:"
            " use a new database, or the version it was made by"
        )


def migrate(url: str) -> list[str]:
    """Applies what has not been applied, in order, and names it. Raises MadeByAnother."""
    applied: list[str] = []
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS public.uberrima_schema"
                " (step text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
            )
            done = {step for (step,) in connection.execute("SELECT step FROM public.uberrima_schema")}
            files = sorted(FOLDER.glob("*.sql"))
            if foreign := done - {file.name for file in files}:
                raise MadeByAnother(sorted(foreign))
            if len(done) < len(files):
                make_roles(connection)
            for file in files:
                if file.name not in done:
                    with connection.transaction():
                        connection.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(OWNER)))
                        connection.execute(sql.SQL(file.read_text("utf-8")))
                        connection.execute("RESET ROLE")
                        connection.execute("INSERT INTO public.uberrima_schema (step) VALUES (%s)", (file.name,))
                    applied.append(file.name)
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))
    return applied


def make_roles(connection: psycopg.Connection[tuple[str, ...]]) -> None:
    """Makes the two roles where the server has none yet, and lets who migrates act in them."""
    for role, login in ((OWNER, "NOLOGIN"), (APPLICATION, "LOGIN")):
        try:
            connection.execute(sql.SQL("CREATE ROLE {} " + login).format(sql.Identifier(role)))
        except (psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
            continue
    names = {"owner": sql.Identifier(OWNER), "app": sql.Identifier(APPLICATION)}
    database = sql.Identifier(connection.info.dbname)
    for role in (OWNER, APPLICATION):
        if not connection.execute("SELECT 1 WHERE pg_has_role(current_user, %s, 'MEMBER')", (role,)).fetchone():
            connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(sql.Identifier(role)))
    connection.execute(sql.SQL("GRANT CREATE ON DATABASE {} TO {owner}").format(database, **names))
    connection.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {app}").format(database, **names))
