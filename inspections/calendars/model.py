"""One year's announcement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Announcement:
    """What was announced for a year, which is its `id`.

    `holidays` are the days off, weekends among them, `workdays` the weekend days that are worked;
    both may reach a week into the years beside. `source` is the document's number. `pending` until
    every running deadline was reckoned by it.
    """

    id: int
    holidays: tuple[date, ...]
    workdays: tuple[date, ...]
    source: str
    imported_at: datetime
    account_id: str
    name: str
    pending: bool = True
    revision: int = 1
    schema_version: int = 1

    @property
    def content(self) -> Mapping[str, Any]:
        return {
            "holidays": [each.isoformat() for each in self.holidays],
            "workdays": [each.isoformat() for each in self.workdays],
            "source": self.source,
        }
