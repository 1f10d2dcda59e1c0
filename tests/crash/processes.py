"""Real processes, started, watched, and killed without a word of warning."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from interfaces.cli import main as cli

Process = BaseProcess
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.crash.writer", "interfaces.cli.main"])
"""Processes begin as copies of one that has imported everything, so that they spend their short lives at work."""


def start(program: Callable[..., None], *arguments: str) -> Process:
    process = _CONTEXT.Process(target=program, args=arguments)
    process.start()
    return process


def uberrima(database: str, *words: str) -> None:
    """The command line, as a program of its own."""
    os.environ["UBERRIMA_DATABASE_URL"] = database
    sys.argv = ["uberrima", *words]
    cli.main()


@contextmanager
def ending(process: Process) -> Iterator[Process]:
    try:
        yield process
    finally:
        process.kill()
        process.join()


def killed_again_and_again(
    begin: Callable[[], Process], times: int, progress: Callable[[], int], chance: random.Random
) -> int:
    """Starts it and kills it at a random moment once it gets on, over and over; how often it died by our hand."""
    deaths = 0
    for _ in range(times):
        stood = progress()
        with ending(begin()) as process:
            until(lambda: progress() != stood or not process.is_alive())  # noqa: B023
            time.sleep(chance.uniform(0, 0.25))
            deaths += process.is_alive()
    return deaths


def until(true: Callable[[], bool], seconds: float = 20.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.01)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), 1):
            return True
    except OSError:
        return False


def ask(port: int, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    connection = HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        text = None if body is None else json.dumps(body)
        connection.request(method, path, text, {"Content-Type": "application/json", **headers})
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read() or b"null")
    finally:
        connection.close()


def ready(port: int) -> bool:
    try:
        return ask(port, "GET", "/health/ready")[0] == 200
    except OSError:
        return False


def postmaster(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
