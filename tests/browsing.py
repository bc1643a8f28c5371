"""What a browser does, without one: open pages over websockets, tick, type, press, sign in."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import httpx2
import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection

PATIENCE = 60
FINE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)


@dataclass
class OpenPage:
    """One page in one tab: what it is for the server, a session with a script of its own."""

    socket: ClientConnection
    page: str = ""
    query: str = ""
    script: str = ""
    """What the server calls the page, once it has shown it."""
    parts: list[Delta] = field(default_factory=list)
    """What stands on the page."""
    typed: dict[str, WidgetState] = field(default_factory=dict)
    ticking: dict[str, float] = field(default_factory=dict)
    """The page's live parts, each with how many seconds lie between two of its ticks."""
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self, message: BackMsg) -> list[ForwardMsg]:
        """Everything the server sends until the script has run, again if it asked for that."""
        asked = message.rerun_script
        asked.query_string, asked.page_script_hash = self.query, self.script
        asked.context_info.locale, asked.context_info.timezone = "ja-JP", "Asia/Tokyo"
        received: list[ForwardMsg] = []
        async with self.turn, asyncio.timeout(PATIENCE):
            await self.socket.send(message.SerializeToString())
            while not received or not _is_end(received[-1]):
                raw = await self.socket.recv(decode=False)
                received.append(ForwardMsg.FromString(raw))
                self._change(received[-1])
        if received[-1].script_finished not in FINE:
            raise RuntimeError(f"{self.page}: the script ended with {received[-1]}")
        return received

    def _change(self, message: ForwardMsg) -> None:
        """The page as the message leaves it."""
        match message.WhichOneof("type"):
            case "navigation":
                self.script = message.navigation.page_script_hash
            case "new_session":
                again = message.metadata.run.fragment_ids
                self.parts = [
                    part for part in self.parts if again and part.fragment_id not in again
                ]
                if not again:
                    self.ticking.clear()
            case "delta":
                self.parts.append(message.delta)
            case "auto_rerun":
                self.ticking[message.auto_rerun.fragment_id] = message.auto_rerun.interval
            case "stop_auto_rerun":
                for fragment_id in message.stop_auto_rerun.fragment_ids:
                    self.ticking.pop(fragment_id, None)

    async def show(self) -> list[ForwardMsg]:
        """The page as it is first shown."""
        message = BackMsg()
        message.rerun_script.page_name = self.page
        return await self.run(message)

    async def tick(self, fragment_id: str) -> None:
        """One live part again, as its clock asks for it."""
        message = self._ask(fragment_id)
        message.rerun_script.is_auto_rerun = True
        await self.run(message)

    async def keep_ticking(self) -> None:
        """Each live part whenever it is due, as long as the tab is in sight."""
        due: dict[str, float] = {}
        while self.ticking:
            began = time.monotonic()
            due = {part: due.get(part, began + every) for part, every in self.ticking.items()}
            part = min(due, key=due.__getitem__)
            await asyncio.sleep(due[part] - began)
            if part in self.ticking:
                # Ticks that could not be asked for meanwhile are one.
                due[part] = max(due[part] + self.ticking[part], time.monotonic())
                await self.tick(part)

    def elements(self, kind: str) -> Iterator[tuple[str, Any]]:
        """The elements of a kind that stand on the page, each after its fragment's id."""
        for part in self.parts:
            if part.new_element.WhichOneof("type") == kind:
                yield part.fragment_id, getattr(part.new_element, kind)

    def labelled(self, kind: str, label: str) -> tuple[str, Any]:
        for fragment_id, element in self.elements(kind):
            if element.label == label:
                return fragment_id, element
        raise LookupError(f"{self.page}: no {kind} {label!r}")

    async def fill(self, texts: Mapping[str, str], kind: str = "text_input") -> None:
        """Type a text into each field, by its label, or choose it from a list; then leave them."""
        for label, text in texts.items():
            fragment_id, element = self.labelled(kind, label)
            self.typed[element.id] = WidgetState(id=element.id, string_value=text)
        await self.run(self._ask(fragment_id))

    async def press(self, label: str) -> list[ForwardMsg]:
        """Press the button; LookupError where none such stands on the page."""
        fragment_id, button = self.labelled("button", label)
        message = self._ask(fragment_id)
        message.rerun_script.widget_states.widgets.add(id=button.id, trigger_value=True)
        return await self.run(message)

    def _ask(self, fragment_id: str) -> BackMsg:
        """For the part again, or for the whole page, with all that was typed into it."""
        message = BackMsg()
        message.rerun_script.fragment_id = fragment_id
        message.rerun_script.widget_states.widgets.extend(self.typed.values())
        return message


def _is_end(message: ForwardMsg) -> bool:
    if message.WhichOneof("type") != "script_finished":
        return False
    return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


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
        ping_interval=None,
        open_timeout=PATIENCE,
    )
    return OpenPage(socket, page, query)


async def sign_in(url: str, email: str, password: str) -> Cookies:
    """Through the provider and back, as everybody comes in."""
    address = await _knock(url)
    async with httpx2.AsyncClient(base_url=url, follow_redirects=True, timeout=PATIENCE) as browser:
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
    await door.show()
    buttons = (button for _, button in door.elements("button"))
    answers = await door.press(next(each.label for each in buttons if each.type == "primary"))
    await door.socket.close()
    return next(m.auth_redirect.url for m in answers if m.HasField("auth_redirect"))
