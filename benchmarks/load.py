"""Keeps many live pages open and ticks them, in a process apart from the servers.

Reads one JSON document (the sites) and writes one: for each site its turns, and of each turn the
seconds from when a tick was due until it was done, by the interval of the live part.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.browsing import OpenPage, connect, sign_in

PAGES = 100
TURNS = 10
TURN = 3.0
"""Seconds; so long one site's pages tick, then the other's. Short, because what else the machine
does comes in bursts, and a turn that meets one is an outlier among its likes."""
AT_ONCE = 4


@dataclass(frozen=True, kw_only=True)
class Site:
    url: str
    pid: int
    page: str = ""
    query: str = ""
    emails: tuple[str, ...] = ()
    password: str = ""


async def open_pages(site: Site) -> list[OpenPage]:
    """As many tabs, the people in turn; each signs in once."""
    cookies = [await sign_in(site.url, email, site.password) for email in site.emails]
    gate = asyncio.Semaphore(AT_ONCE)

    async def open_one(number: int) -> OpenPage:
        async with gate:
            who = cookies[number % len(cookies)] if cookies else None
            page = await connect(site.url, who, site.page, site.query)
            await page.show()
            return page

    return await asyncio.gather(*(open_one(number) for number in range(PAGES)))


async def tick_all(pages: list[OpenPage], turn: int) -> dict[float, list[float]]:
    """One turn: every live part of every page keeps its interval from an instant of its own."""
    chance = random.Random(turn)  # noqa: S311 - other instants at each turn, the same at both sites
    took: dict[float, list[float]] = {every: [] for every in pages[0].ticking.values()}
    begin = time.perf_counter()
    end = begin + TURN

    async def tick_one(page: OpenPage, part: str, due: float) -> None:
        every = page.ticking[part]
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await page.tick(part)
            took[every].append(time.perf_counter() - due)
            due += every

    live = [(page, *each) for page in pages for each in sorted(page.ticking.items(), key=_interval)]
    first = [(page, part, chance.uniform(0, every)) for page, part, every in live]
    await asyncio.gather(*(tick_one(page, part, begin + wait) for page, part, wait in first))
    return took


def _interval(live: tuple[str, float]) -> float:
    return live[1]


async def load(sites: list[Site]) -> list[list[dict[str, Any]]]:
    opened = [await open_pages(site) for site in sites]
    turns: list[list[dict[str, Any]]] = [[] for _ in sites]
    for turn in range(TURNS):
        for site, pages, done in zip(sites, opened, turns, strict=True):
            before = processor_seconds(site.pid)
            took = await tick_all(pages, turn)
            done.append({"took": took, "processor": processor_seconds(site.pid) - before})
    for pages in opened:
        await asyncio.gather(*(page.socket.close() for page in pages))
    return turns


def processor_seconds(pid: int) -> float:
    """What the process has computed so far, whatever it waited for."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def read_sites(document: list[dict[str, Any]]) -> list[Site]:
    return [Site(**{**cells, "emails": tuple(cells.get("emails", ()))}) for cells in document]


def main() -> None:
    print(json.dumps(asyncio.run(load(read_sites(json.load(sys.stdin))))))


if __name__ == "__main__":
    main()
