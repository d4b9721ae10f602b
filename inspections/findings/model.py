"""A finding: an item that was not met at an approved inspection."""

from dataclasses import dataclass
from datetime import datetime

from checklists.generation.model import Item


@dataclass(frozen=True)
class Finding:
    """An item that is not met. `item` is kept as it stood in the pinned checklist.

    `seal` is the sealed matter that a finding of abuse belongs to: only who is named on it sees it.
    """

    id: str
    inspection_id: str
    case_id: str
    kindergarten_id: str
    kindergarten_name: str
    region: str
    item: Item
    found_at: datetime
    value: str | float | None = None
    note: str | None = None
    evidence_ids: tuple[str, ...] = ()
    notice_id: str | None = None
    closed_at: datetime | None = None
    seal: str | None = None
    revision: int = 1
    schema_version: int = 1
