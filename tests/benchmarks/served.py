"""The two servers of the HTTP part, each a process of its own: the house, and a bare route with the same body."""

from __future__ import annotations

import sys

import uvicorn
from litestar import Litestar, post

from domain.customer import RegisterCustomer
from interfaces.cli.serve import listen


@post("/api/customers")
async def bare(data: RegisterCustomer) -> dict[str, str]:
    return {"name": data.name}


def main(which: str, port: str, url: str) -> None:
    if which == "house":
        listen(url, "127.0.0.1", int(port))
    else:
        uvicorn.run(Litestar([bare]), host="127.0.0.1", port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
