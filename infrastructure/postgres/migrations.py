"""Brings a database to the schema this version needs; safe when several processes start at once."""

from __future__ import annotations

from pathlib import Path

import psycopg
from psycopg import sql

FOLDER = Path(__file__).parent / "schema"
LOCK = 7_265_140_118
"""The advisory lock that one migrating process holds; any number will do as long as it is ours alone."""


def migrate(url: str) -> list[str]:
    """Applies what has not been applied, in order, and names it."""
    applied: list[str] = []
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (LOCK,))
        try:
            connection.execute(
                "CREATE TABLE IF NOT EXISTS public.uberrima_schema"
                " (step text PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT now())"
            )
            done = {step for (step,) in connection.execute("SELECT step FROM public.uberrima_schema")}
            for file in sorted(FOLDER.glob("*.sql")):
                if file.name not in done:
                    with connection.transaction():
                        connection.execute(sql.SQL(file.read_text("utf-8")))
                        connection.execute("INSERT INTO public.uberrima_schema (step) VALUES (%s)", (file.name,))
                    applied.append(file.name)
        finally:
            connection.execute("SELECT pg_advisory_unlock(%s)", (LOCK,))
    return applied
