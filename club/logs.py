"""Structured logs: one JSON line an event, ids and figures only, never a name or an address."""

from __future__ import annotations

import logging
import sys
from typing import Any

import structlog
from structlog.typing import ExcInfo

_FRAMES = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)


def without_values(exc_info: ExcInfo) -> list[dict[str, Any]]:
    """Kinds of error, files and lines; what stood in variables, or in a message made of them,
    may be somebody's name or address."""
    return [_bare(stack) for stack in _FRAMES(exc_info)]


def _bare(stack: dict[str, Any]) -> dict[str, Any]:
    grouped = [[_bare(inner) for inner in each] for each in stack["exceptions"]]
    return stack | {"exc_value": "", "exc_notes": [], "syntax_error": None, "exceptions": grouped}


def configure(*, readable: bool) -> None:
    """Lines for people at a terminal, JSON elsewhere."""
    renderer = (
        structlog.dev.ConsoleRenderer(colors=False)
        if readable
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(without_values),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def log(name: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger
