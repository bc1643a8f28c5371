"""Keeps many live pages open and ticks them, in a process apart from the servers.

Reads one JSON document (the sites) and writes one: seconds from when a tick was due until it was
done, by the interval of the live part, by site, in the order of the turns.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from dataclasses import dataclass
from typing import Any

from benchmarks.browsing import OpenPage, connect, sign_in

PAGES = 100
TURNS = 6
TURN = 5.0
"""Seconds; every page's live part ticks this long at one site, then at the other."""
AT_ONCE = 4


@dataclass(frozen=True, kw_only=True)
class Site:
    url: str
    page: str = ""
    query: str = ""
    emails: tuple[str, ...] = ()
    password: str = ""


async def open_pages(site: Site) -> list[OpenPage]:
    """As many tabs, the people in turn; each signs in once."""
    cookies = [await sign_in(site.url, email, site.password) for email in site.emails] or [None]
    gate = asyncio.Semaphore(AT_ONCE)

    async def open_one(number: int) -> OpenPage:
        async with gate:
            who = cookies[number % len(cookies)]
            page = await connect(site.url, who, site.page, site.query)
            await page.show()
            return page

    return await asyncio.gather(*(open_one(number) for number in range(PAGES)))


async def tick_all(pages: list[OpenPage]) -> dict[float, list[float]]:
    """One turn: every live part of every page keeps its interval from an instant of its own."""
    chance = random.Random(PAGES)  # noqa: S311 - the same instants at each turn and site
    took: dict[float, list[float]] = {every: [] for every in pages[0].fragments}

    async def tick_one(page: OpenPage, every: float, first: float) -> None:
        due = first
        while due < end:
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            await page.tick(every)
            took[every].append(time.perf_counter() - due)
            due += every

    begin = time.perf_counter()
    end = begin + TURN
    await asyncio.gather(
        *(
            tick_one(page, every, begin + chance.uniform(0, every))
            for page in pages
            for every in sorted(page.fragments)
        )
    )
    return took


async def load(sites: list[Site]) -> list[list[dict[float, list[float]]]]:
    opened = [await open_pages(site) for site in sites]
    turns: list[list[dict[float, list[float]]]] = [[] for _ in sites]
    for _ in range(TURNS):
        for number, pages in enumerate(opened):
            turns[number].append(await tick_all(pages))
    for pages in opened:
        await asyncio.gather(*(page.socket.close() for page in pages))
    return turns


def read_sites(document: list[dict[str, Any]]) -> list[Site]:
    return [Site(**{**cells, "emails": tuple(cells.get("emails", ()))}) for cells in document]


def main() -> None:
    print(json.dumps(asyncio.run(load(read_sites(json.load(sys.stdin))))))


if __name__ == "__main__":
    main()
