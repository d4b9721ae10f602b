"""What the wire takes of text and times in every room."""

import re
from datetime import UTC, datetime
from typing import Any

from marshmallow import fields, validate

UNSEEN = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029"
"""Control characters that are no line break."""

TURNING = r"\u202a-\u202e\u2066-\u2069"
"""They turn the direction of writing (Unicode UAX 9): a name would be read as another."""

ILLEGIBLE = "It is blank, or holds control characters."
LINE = re.compile(rf"(?=.*\S)[^{UNSEEN}{TURNING}\t\r\n]*\Z")
LINES = re.compile(rf"(?=[\s\S]*\S)[^{UNSEEN}{TURNING}]*\Z")

TIMES = validate.Range(datetime(1900, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC))
"""Wide enough for a tablet whose clock was never set; beyond it no time can be reckoned with."""


def text(most: int, **more: Any) -> fields.String:
    """Return a field of one legible line."""
    legible = validate.Regexp(LINE, error=ILLEGIBLE)
    return fields.String(validate=[validate.Length(1, most), legible], **more)


def prose(most: int, **more: Any) -> fields.String:
    """Return a field of legible text, of as many lines as it takes."""
    legible = validate.Regexp(LINES, error=ILLEGIBLE)
    return fields.String(validate=[validate.Length(1, most), legible], **more)


def moment(**more: Any) -> fields.AwareDateTime:
    """Return a field for an RFC 3339 time with its offset, between 1900 and 2200."""
    return fields.AwareDateTime(validate=TIMES, **more)
