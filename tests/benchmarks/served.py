"""The servers of the HTTP part, each a process of its own: the house, bare routes, and the stock library behind some."""

from __future__ import annotations

import sys
from typing import Any
from uuid import UUID, uuid4

import uvicorn
from litestar import Litestar, post

from domain.customer import NoteContact, RegisterCustomer
from interfaces.cli.serve import listen
from tests.benchmarks import stock

OPEN, NOTE = "/api/customers", "/api/customers/{case:str}/contacts"


def bare_routes() -> list[Any]:
    @post(OPEN)
    async def register(data: RegisterCustomer) -> dict[str, str]:
        return {"name": data.name}

    @post(NOTE, status_code=200)
    async def note(case: str, data: NoteContact) -> dict[str, str]:
        return {"stream": case}

    return [register, note]


def stock_routes(url: str) -> list[Any]:
    customers = stock.application(url)

    @post(OPEN, sync_to_thread=True)
    def register(data: RegisterCustomer) -> dict[str, str]:
        return {"stream": str(customers.open(data.number or str(uuid4())))}

    @post(NOTE, status_code=200, sync_to_thread=True)
    def note(case: str, data: NoteContact) -> dict[str, str]:
        customers.note(UUID(case))
        return {"stream": case}

    return [register, note]


def main(which: str, port: str, url: str) -> None:
    if which == "house":
        listen(url, "127.0.0.1", int(port))
        return
    routes = bare_routes() if which == "bare" else stock_routes(url)
    uvicorn.run(Litestar(routes), host="127.0.0.1", port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
