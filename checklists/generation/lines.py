"""A checklist as it is written and sent: plain values, in one order, so that bytes are stable."""

from typing import Any

import orjson

from checklists.generation.model import Checklist, Item
from media.documents import CONVERTER


def item_line(item: Item) -> dict[str, Any]:
    """Return an item as plain JSON values."""
    line: dict[str, Any] = CONVERTER.unstructure(item)
    line["citations"] = list(line["citations"])
    return line


def canonical(checklist: Checklist) -> bytes:
    """Return the bytes that the strong ETag covers: what is asked, not who did what when."""
    return orjson.dumps(
        {
            "region": checklist.region,
            "subject": checklist.subject,
            "on": checklist.on.isoformat(),
            "version": checklist.version,
            "items": [item_line(item) for item in checklist.items],
            "why_empty": checklist.why_empty,
        },
        option=orjson.OPT_SORT_KEYS,
    )
