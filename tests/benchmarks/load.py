"""The same body posted to each of some paths by turns, over connections that are kept: by wrk where it is installed, or
by asyncio.
"""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import tempfile
import time
from itertools import cycle
from pathlib import Path

import msgspec

from tests.benchmarks.rounds import until_deadline

BY_TURNS = """local requests, turn = {}, 0
init = function() for each, path in ipairs(paths) do requests[each] = wrk.format(nil, path) end end
request = function() turn = turn % #requests + 1; return requests[turn] end
"""


class Message(msgspec.Struct, frozen=True):
    paths: list[str]
    headers: dict[str, str]
    body: str


def posted(port: int, message: Message, connections: int, seconds: int) -> float:
    """How many a second were answered; every answer must be a success."""
    program = shutil.which("wrk")
    if program:
        return _by_wrk(program, port, message, connections, seconds)
    return asyncio.run(_by_asyncio(port, message, connections, seconds))


def _by_wrk(program: str, port: int, message: Message, connections: int, seconds: int) -> float:
    headers = "\n".join(f"wrk.headers[ {_lua(name)} ] = {_lua(value)}" for name, value in message.headers.items())
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "post.lua"
        paths = f"local paths = {{ {', '.join(map(_lua, message.paths))} }}"
        method = f'wrk.method = "POST"\nwrk.body = {_lua(message.body)}'
        script.write_text("\n".join([method, headers, paths, BY_TURNS]), "utf-8")
        where = f"http://127.0.0.1:{port}"
        command = [program, "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), where]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "Non-2xx" not in told and "Socket errors" not in told, told
    [line] = [line for line in told.splitlines() if line.startswith("Requests/sec")]
    return float(line.split()[1])


def _lua(text: str) -> str:
    return f"[==[{text}]==]"


async def _by_asyncio(port: int, message: Message, connections: int, seconds: int) -> float:
    body = message.body.encode()
    lines = ["Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in message.headers.items()]
    rest = "\r\n".join(["", *lines, "", ""]).encode() + body
    requests = cycle([f"POST {path} HTTP/1.1".encode() + rest for path in message.paths])
    going, started = until_deadline(seconds), time.perf_counter()

    async def connection() -> int:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        done = 0
        while going():
            writer.write(next(requests))
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 2"), head
            length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length"))
            await reader.readexactly(int(length.split(b":")[1]))
            done += 1
        writer.close()
        return done

    return sum(await asyncio.gather(*(connection() for _ in range(connections)))) / (time.perf_counter() - started)
