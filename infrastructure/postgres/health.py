"""What the database tells of how the installation stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec
import psycopg

from application.health import Condition, Stall, Stand
from infrastructure.postgres.tables import Table

LONG = 2.0
"""Seconds for which nobody of ours ever keeps others from appending."""
_RECORDED_AT = 2
"""The place of that moment in an event as it is stored."""

_MODELS = """
SELECT p.name, p.position, greatest(h.position - p.position, 0), e.state, p.broken_at, p.error
FROM view.projections p CROSS JOIN log.head h LEFT JOIN log.events e ON e.position = p.position + 1
WHERE (p.name, p.version) IN (SELECT * FROM unnest(%s::text[], %s::int[])) ORDER BY p.name
"""
_STALLS = """
SELECT h.pid, extract(epoch FROM greatest(now() - a.xact_start, now() - w.since))::float8 AS seconds, w.count
FROM (SELECT DISTINCT pid FROM pg_locks WHERE relation = 'log.head'::regclass AND mode <> 'AccessShareLock' AND granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS h
LEFT JOIN pg_stat_activity a USING (pid)
CROSS JOIN LATERAL (
    SELECT count(*), min(waitstart) AS since FROM pg_locks w WHERE NOT w.granted AND h.pid = ANY (pg_blocking_pids(w.pid))
) AS w
WHERE NOT EXISTS (SELECT FROM pg_locks w WHERE w.pid = h.pid AND NOT w.granted)
ORDER BY seconds DESC
"""
"""Who holds the head of the log and waits for nobody. Of foreign sessions the server tells who they keep waiting only."""


async def health(connection: psycopg.AsyncConnection[Any], tables: Sequence[Table]) -> Condition:
    cursor = await connection.execute("SELECT (SELECT position FROM log.head), (SELECT position FROM seal.head)")
    [(head, sealed)] = await cursor.fetchall()
    named = [each.projection.name for each in tables], [each.projection.version for each in tables]
    models = await (await connection.execute(_MODELS, named)).fetchall()
    stalls = await (await connection.execute(_STALLS)).fetchall()
    return Condition(
        head=head,
        sealed=sealed,
        models=[
            Stand(name, position, behind, _seconds(state) if behind else 0.0, broken_at, error)
            for name, position, behind, state, broken_at, error in models
        ],
        stalls=[Stall(pid, seconds, waiting) for pid, seconds, waiting in stalls if seconds and seconds > LONG],
    )


def _seconds(state: bytes | None) -> float:
    """Since an event was recorded; 0 where its state cannot be read."""
    try:
        at = msgspec.convert(msgspec.json.decode(state or b"[]")[_RECORDED_AT], datetime)
    except (msgspec.MsgspecError, IndexError):
        return 0.0
    return max(0.0, (datetime.now(UTC) - at).total_seconds())
