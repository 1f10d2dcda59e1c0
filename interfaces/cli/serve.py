"""`uberrima serve`: the HTTP API and the console, and beside them the process that follows the log."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
import uvicorn

from interfaces import main as house
from interfaces.console.catalogue import ROOMS
from interfaces.console.doors import DOORS
from interfaces.http.app import application

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]


def register(cli: typer.Typer) -> None:
    cli.command()(serve)
    cli.command(hidden=True)(follow)


def serve(host: Host = "127.0.0.1", port: Port = 8420) -> None:
    """Serve the API and the console."""
    url = house.database()
    with following():
        listen(url, host, port)


def listen(url: str, host: str, port: int) -> None:
    app = application(lambda: house.open_house(url), rooms=ROOMS, exception_handlers=DOORS)
    uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False, timeout_graceful_shutdown=5)


def follow(parent: Annotated[int | None, typer.Option(help="Stop when this process is gone.")] = None) -> None:
    """Follow the log: project it and let reactions hear it."""
    asyncio.run(house.follower(house.database(), parent))


@contextmanager
def following() -> Iterator[None]:
    """A follower beside this process, started again whenever it dies, and ended with it."""
    # Told to stop, the process ends by way of the clean-up below, where otherwise it would just be gone.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    stop = threading.Event()
    command = [sys.executable, "-m", "interfaces.cli.main", "follow", "--parent", str(os.getpid())]
    children = [subprocess.Popen(command)]

    def keep() -> None:
        while not stop.wait(0.2):
            if children[-1].poll() is not None:
                time.sleep(0.3)
                children.append(subprocess.Popen(command))

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()
        children[-1].terminate()
        children[-1].wait(10)
