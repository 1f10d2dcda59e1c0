"""UmaDB's client, run by a Python that has it installed: so many threads append one event each, again and again.

As the house does, each append is to a stream of its own and only if nobody else has written to it. Told: address,
threads, seconds, the bytes of an event. Says: appended a second.
"""

from __future__ import annotations

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from umadb import AppendCondition, Client, Event, Query, QueryItem


def main(url: str, threads: int, seconds: float, size: int) -> float:
    data = b"x" * size
    clients = [Client(url) for _ in range(threads)]
    for client in clients:
        client.append([Event("CustomerRegistered", data, [f"customer-{uuid4()}"])])
    started = time.perf_counter()

    def work(client: Client) -> int:
        stream, position, done = f"customer-{uuid4()}", None, 0
        while time.perf_counter() < started + seconds:
            condition = AppendCondition(Query([QueryItem(tags=[stream])]), position)
            position = client.append([Event("ContactNoted", data, [stream])], condition)
            done += 1
        return done

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(work, clients)) / (time.perf_counter() - started)


if __name__ == "__main__":
    print(main(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])))
