"""The round page in a process of its own: each line read names who looks at which round, each
line written tells how long the screen's script took and what it put on the page.

The club is the one of this process's environment, as in the server.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import time
from collections import Counter
from functools import cache
from typing import Any

from streamlit.testing.v1 import AppTest

from benchmarks.clubs import address, subject
from club.domain.organisations import Kind
from club.identity import client
from club.operations.context import process_context

PATIENCE = 120
ALIKE = {"dataframe": "table"}
"""A short table is laid out whole, a long one scrolls: to the reader they are one thing."""


def script() -> None:
    """Runs as Streamlit runs a screen; the imports stand inside because it is run apart."""
    import time  # noqa: PLC0415 - see above

    import streamlit as st  # noqa: PLC0415 - see above

    from club.operations.context import process_context  # noqa: PLC0415 - see above
    from pages import buying  # noqa: PLC0415 - see above
    from pages.parts.arrival import arrive  # noqa: PLC0415 - see above
    from pages.parts.visit import Visit  # noqa: PLC0415 - see above

    render = next(screen.render for screen in buying.SCREENS if screen.path == "round")
    visit = arrive(process_context())
    if not isinstance(visit, Visit):
        raise TypeError(visit)
    began = time.thread_time()
    render(visit)
    st.session_state["seconds"] = time.thread_time() - began


@cache
def page_of(kind: Kind, round_id: str) -> AppTest:
    """The page as the first person of that kind sees it, signed in."""
    page = AppTest.from_function(script, default_timeout=PATIENCE)
    page.user = {
        "is_logged_in": True,
        "iss": client.issuer(process_context().settings),
        "sub": subject(kind),
        "nonce": "benchmark",
        "iat": int(time.time()),
        "email": address(kind),
        "email_verified": True,
    }
    page.query_params["id"] = round_id
    return page


def measure(kind: str, round_id: str) -> dict[str, Any]:
    page = page_of(Kind(kind), round_id).run()
    if page.exception:
        raise RuntimeError(page.exception[0].value)
    return {
        "seconds": page.session_state["seconds"],
        "elements": Counter(ALIKE.get(element.type, element.type) for element in page.main),
        "peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
    }


def main() -> None:
    logging.disable()  # Streamlit warns that no server is running; that is so
    for line in sys.stdin:
        print(json.dumps(measure(**json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
