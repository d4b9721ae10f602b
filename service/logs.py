"""Log lines: one JSON object a line, on standard error, with the request's id."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from flask import g, has_request_context


def configure(*, level: int = logging.INFO) -> None:
    """Write ASCII-only JSON, so that no field can begin a line of its own."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _with_request_id,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _with_request_id(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    if has_request_context():
        event["request_id"] = g.get("request_id")
    return event
