"""The servers of the HTTP part, each a process of its own: the house, a bare route, and the stock library behind one."""

from __future__ import annotations

import sys
from typing import Any
from uuid import uuid4

import uvicorn
from litestar import Litestar, post

from domain.customer import RegisterCustomer
from interfaces.cli.serve import listen
from tests.benchmarks import stock


@post("/api/customers")
async def bare(data: RegisterCustomer) -> dict[str, str]:
    return {"name": data.name}


def stock_route(url: str) -> Any:
    customers = stock.application(url)

    @post("/api/customers", sync_to_thread=True)
    def register(data: RegisterCustomer) -> dict[str, str]:
        return {"stream": str(customers.open(data.number or str(uuid4())))}

    return register


def main(which: str, port: str, url: str) -> None:
    if which == "house":
        listen(url, "127.0.0.1", int(port))
        return
    route = bare if which == "bare" else stock_route(url)
    uvicorn.run(Litestar([route]), host="127.0.0.1", port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
