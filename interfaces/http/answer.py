"""What a command over HTTP is answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response
from litestar.types import HTTPResponseStartEvent, Receive, Scope, Send
from pydantic import BaseModel


class Written(BaseModel):
    """Where the case stands after the command: its stream, its version, and the position to wait for when reading."""

    stream: UUID
    version: int
    position: int
    events: list[str]
    repeated: bool = False
    dry_run: bool = False


class Answer(Response[Written]):
    """What was written, sent as it is: the framework's own response costs as much as a decision."""

    def __init__(self, written: Written, status: int) -> None:
        self.written, self.status = written, status

    def to_asgi_response(self, *_: Any, **__: Any) -> Any:
        return self._send

    async def _send(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        body = self.written.model_dump_json().encode()
        headers = [
            (b"etag", b'"%d"' % self.written.version),
            (b"uberrima-position", b"%d" % self.written.position),
            (b"content-type", b"application/json"),
            (b"content-length", b"%d" % len(body)),
        ]
        start: HTTPResponseStartEvent = {"type": "http.response.start", "status": self.status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": body, "more_body": False})
