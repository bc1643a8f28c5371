"""Structured logs: one JSON line an event, ids and figures only, never a name or an address."""

from __future__ import annotations

import logging
import sys

import structlog

WITHOUT_VALUES = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
"""A trace names files and lines; what stood in the variables may be somebody's name."""


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
            structlog.processors.ExceptionRenderer(WITHOUT_VALUES),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=True,
    )


def log(name: str) -> structlog.stdlib.BoundLogger:
    logger: structlog.stdlib.BoundLogger = structlog.get_logger(name)
    return logger
