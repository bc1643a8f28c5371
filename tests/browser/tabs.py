"""Suppliers with the page of a live auction open in many tabs, each a bid that is reviewed."""

import asyncio
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert

from club.domain.lots import Lot
from tests.browser.rounds import JA
from tests.browsing import OpenPage, connect, sign_in
from tests.live import right_now

PASSWORD = "one long sentence of nobody"
AT_ONCE = 4
"""So many sign in or type at a time: a server of few cores serves no more of them sooner."""


@dataclass
class Reviewed:
    """A bid in its dialog, one press from being placed."""

    page: OpenPage
    lot: Lot
    price_per_t: int
    quantity_kg: int
    acknowledged: list[int] = field(default_factory=list)
    """Under which number of the record the page says that the bid is in."""
    refused: list[str] = field(default_factory=list)
    is_gone: bool = False
    """The page had closed the dialog, as the auction was over."""

    async def press(self, at):
        await until(at)
        facts = {"price_per_t": self.price_per_t, "quantity_kg": self.quantity_kg}
        try:
            await self.page.press(JA.say("live.bid", **facts))
        except LookupError:
            self.is_gone = True
            return
        before, after = JA.say("live.bid_placed", sequence="|", **facts).split("|")
        for _, alert in self.page.elements("alert"):
            if alert.format == Alert.ERROR:
                self.refused.append(alert.body)
            elif alert.body.startswith(before) and alert.body.endswith(after):
                self.acknowledged.append(int(alert.body[len(before) : -len(after)]))


async def until(at):
    await asyncio.sleep(max(0.0, (at - right_now()).total_seconds()))


async def a_few_at_once(deeds):
    gate = asyncio.Semaphore(AT_ONCE)

    async def in_turn(deed):
        async with gate:
            return await deed

    return await asyncio.gather(*map(in_turn, deeds))


async def come_in(url, emails):
    """Each by their own sign-in; their cookies."""
    return await a_few_at_once(sign_in(url, email, PASSWORD) for email in emails)


async def review(url, cookies, round_, lots, lot, price_per_t, quantity_kg):
    """Open the auction's page in a tab, choose one of one's lots, type and review a bid for it."""
    page = await connect(url, cookies, "live", f"id={round_.id}")
    await page.show()
    _, box = page.labelled("selectbox", JA.say("live.lot"))
    place = sorted(each.id for each in lots).index(lot.id)
    await page.fill({box.label: box.options[place]}, "selectbox")
    typed = {"price_per_t": str(price_per_t), "quantity_kg": f"{quantity_kg} kg"}
    await page.fill({JA.say(f"live.field.{name}"): text for name, text in typed.items()})
    await page.press(JA.say("live.review"))
    return Reviewed(page, lot, price_per_t, quantity_kg)


async def tick(page, wait_s):
    """As a page does that was opened at some instant of its own."""
    await asyncio.sleep(wait_s)
    await page.keep_ticking()
