"""What a browser does, without one: open pages over websockets, tick, sign in."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from html import unescape

import httpx2
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection

PATIENCE = 60
FINE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass
class OpenPage:
    """One page in one tab: what it is for the server, a session with a script of its own."""

    socket: ClientConnection
    page: str = ""
    query: str = ""
    fragments: dict[float, str] = field(default_factory=dict)
    """The page's live parts by how many seconds lie between two ticks."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, message: BackMsg) -> list[ForwardMsg]:
        """Everything the server sends until the script has run."""
        message.rerun_script.query_string = self.query
        received: list[ForwardMsg] = []
        async with self.turn:
            await self.socket.send(message.SerializeToString())
            while not received or received[-1].WhichOneof("type") != "script_finished":
                raw = await asyncio.wait_for(self.socket.recv(decode=False), PATIENCE)
                received.append(ForwardMsg.FromString(raw))
        if received[-1].script_finished not in FINE:
            raise RuntimeError(f"{self.page}: the script ended with {received[-1]}")
        return received

    async def show(self) -> list[ForwardMsg]:
        """The page as it is first shown."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        message.rerun_script.context_info.locale = "ja-JP"
        message.rerun_script.context_info.timezone = "Asia/Tokyo"
        received = await self.run(message)
        live = [m.auto_rerun for m in received if m.WhichOneof("type") == "auto_rerun"]
        self.fragments = {part.interval: part.fragment_id for part in live}
        return received

    async def tick(self, every: float) -> None:
        """One live part again, as its clock asks for it."""
        message = BackMsg()
        message.rerun_script.fragment_id = self.fragments[every]
        message.rerun_script.is_auto_rerun = True
        await self.run(message)

    async def press(self, button_id: str) -> list[ForwardMsg]:
        message = BackMsg()
        message.rerun_script.widget_states.widgets.add(id=button_id, trigger_value=True)
        return await self.run(message)


@dataclass(frozen=True, slots=True)
class Cookies:
    """What a browser keeps of a visit."""

    header: str = ""
    forgery_token: str = ""
    """Shown once more beside the cookie, or the server reads no sign-in from it."""


async def connect(
    url: str, cookies: Cookies | None = None, page: str = "", query: str = ""
) -> OpenPage:
    kept = cookies or Cookies()
    protocols = ["streamlit", kept.forgery_token] if kept.forgery_token else ["streamlit"]
    socket = await websockets.connect(
        f"{url.replace('http', 'ws', 1)}/_stcore/stream",
        subprotocols=[websockets.Subprotocol(protocol) for protocol in protocols],
        origin=websockets.Origin(url),
        additional_headers={"Cookie": kept.header},
        max_size=None,
    )
    return OpenPage(socket, page, query)


async def sign_in(url: str, email: str, password: str) -> Cookies:
    """Through the provider and back, as everybody comes in."""
    address = await _knock(url)
    async with httpx2.AsyncClient(base_url=url, follow_redirects=True) as browser:
        await browser.get("/_stcore/health")
        form = await browser.get(address)
        token = re.search(r'name="form_token" value="([^"]+)"', form.text)
        if token is None:
            raise RuntimeError(f"no form at {form.url}")
        typed = {"form_token": unescape(token[1]), "email": email, "password": password}
        answer = await browser.post(form.url, data=typed)
        answer.raise_for_status()
        kept = {
            cookie.name: cookie.value or ""
            for cookie in browser.cookies.jar
            if cookie.name.startswith("_streamlit")
        }
    header = "; ".join(f"{name}={value}" for name, value in kept.items())
    return Cookies(header, kept["_streamlit_xsrf"])


async def _knock(url: str) -> str:
    """Press the one button of the page for those who are not signed in: where it leads."""
    door = await connect(url)
    shown = [m.delta.new_element.button for m in await door.show() if m.HasField("delta")]
    answers = await door.press(next(button.id for button in shown if button.type == "primary"))
    await door.socket.close()
    return next(m.auth_redirect.url for m in answers if m.HasField("auth_redirect"))
