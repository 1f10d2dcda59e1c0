"""Other event stores appending one event with each call, where they are installed in the folder `UBERRIMA_PEERS` names.

Whichever of them is not there is left out. docs/performance.md says how the folder is filled.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from itertools import count
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import conninfo

from tests.benchmarks.rounds import of_threads
from tests.crash.processes import free_port, listens, until

HERE = Path(__file__).parent
MESSAGE_DB = "node_modules/@eventide/message-db/database"
IN_ORDER = ("schema", "tables", "types", "functions", "indexes")
NODE = {"castore": "node_modules/@castore/event-storage-adapter-postgres", "emmett": "node_modules/@event-driven-io"}

Append = Callable[[int, float], float]
"""Appended a second by so many at once, for so many seconds."""


@contextmanager
def peers(url: str, size: int) -> Iterator[dict[str, Append]]:
    """Those that are installed, by name, on a database of their own; `size` is how many bytes an event has."""
    folder = Path(os.environ.get("UBERRIMA_PEERS", "") or "/nowhere").absolute()
    found: dict[str, Append] = {}
    with ExitStack() as stack:
        if (folder / MESSAGE_DB).is_dir():
            found["messagedb"] = message_db(url, folder / MESSAGE_DB, size)
        for name, place in NODE.items():
            if (folder / place).is_dir() and shutil.which("node"):
                found[name] = node(url, folder, name, size)
        if (python := folder / "venv/bin/python").exists() and python.with_name("umadb").exists():
            found["umadb"] = stack.enter_context(umadb(python, size))
        yield found


def message_db(url: str, folder: Path, size: int) -> Append:
    """message-db, made from its own SQL; its functions called by psycopg, prepared."""
    with psycopg.connect(url, autocommit=True) as connection:
        for file in (each for part in IN_ORDER for each in sorted((folder / part).glob("*.sql"))):
            connection.execute(f"SET search_path = message_store, public; {file.read_text()}".encode())
    there = conninfo.make_conninfo(url, options="-c search_path=message_store,public")
    data = f'{{"text": "{"x" * size}"}}'
    query = "SELECT message_store.write_message(%s, %s, 'ContactNoted', %s::jsonb, NULL, %s)"

    def append(writers: int, seconds: float) -> float:
        streams, versions = [f"customer-{uuid4()}" for _ in range(writers)], [count(-1) for _ in range(writers)]

        def one(writer: int, connection: psycopg.Connection) -> None:
            row = (str(uuid4()), streams[writer], data, next(versions[writer]))
            connection.execute(query, row, prepare=True)

        return of_threads(there, writers, seconds, one)

    return append


def node(url: str, folder: Path, name: str, size: int) -> Append:
    told = conninfo.conninfo_to_dict(url)
    place = {"PGHOST": told.get("host"), "PGPORT": told.get("port"), "PGUSER": told.get("user")}
    more = {"UBERRIMA_PEERS": str(folder), "PEER_URL": f"postgresql:///{told['dbname']}"}
    if password := told.get("password"):
        more["PGPASSWORD"] = str(password)
    environment = {**os.environ, **more, **{key: str(value) for key, value in place.items() if value}}
    return lambda writers, seconds: said(
        ["node", HERE / "peers.cjs", name, writers, seconds, size], environment=environment
    )


@contextmanager
def umadb(python: Path, size: int) -> Iterator[Append]:
    """A server of its own; its log lies where ours does, in a temporary folder on the disk."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="ub") as folder:
        command = [python.with_name("umadb"), "--listen", f"127.0.0.1:{port}", "--db-path", f"{folder}/uma.db"]
        server = subprocess.Popen([str(each) for each in command], stdout=subprocess.DEVNULL)
        try:
            until(lambda: listens(port))
            yield lambda writers, seconds: said(
                [python, HERE / "umadb_client.py", f"http://127.0.0.1:{port}", writers, seconds, size]
            )
        finally:
            server.terminate()
            with suppress(subprocess.TimeoutExpired):
                server.wait(10)


def said(command: list[object], environment: dict[str, str] | None = None) -> float:
    told = subprocess.run(
        [str(each) for each in command], env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    return float(told.stdout.split()[-1])
