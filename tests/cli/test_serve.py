"""`uberrima serve`: it answers, follows the log in a process beside it, and leaves nothing behind when told to stop."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, ROOT, Town, environment
from tests.crash.processes import ask, free_port, ready, until

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs Linux's list of processes")


@contextmanager
def serving(town: Town, port: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [*COMMAND, "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=ROOT, env=environment(UBERRIMA_DATABASE_URL=town.url))
    try:
        until(lambda: process.poll() is not None or ready(port), seconds=60)
        yield process
    finally:
        process.kill()
        process.wait()


def children(pid: int) -> list[int]:
    listed = (each.read_text() for each in Path(f"/proc/{pid}/task").glob("*/children"))
    return [int(child) for text in listed for child in text.split()]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] != "Z"
    except FileNotFoundError:
        return False


def test_it_answers_follows_the_log_and_stops_with_all_its_processes(town: Town) -> None:
    port = free_port()
    with serving(town, port) as server:
        assert ask(port, "GET", "/health/live") == (200, {"status": "live", "head": 0, "position": 0, "broken": []})
        until(lambda: (told := ask(port, "GET", "/health/ready")[1])["position"] == told["head"] > 0)
        assert ask(port, "GET", "/api/claims")[0] == 401
        followers = children(server.pid)
        assert len(followers) == 1 and alive(followers[0])
        server.terminate()
        assert server.wait(20) == 0
        assert not any(map(alive, followers))


def test_a_follower_that_died_is_started_again(town: Town) -> None:
    with serving(town, free_port()) as server:
        [follower] = children(server.pid)
        os.kill(follower, 9)
        until(lambda: any(child != follower and alive(child) for child in children(server.pid)))
        server.terminate()
        server.wait(20)
        until(lambda: not any(map(alive, children(server.pid))))
    assert sys.executable in COMMAND
