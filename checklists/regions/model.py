"""From when until when a region code is valid, and what comes after it."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class AddedRegion:
    """A code that the seed does not know; `id` is the code. `document` is the order's number."""

    id: str
    name: str
    valid_from: date
    document: str
    reason: str
    recorded_at: datetime
    recorded_by: str
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class RegionChange:
    """A code (`id`) that is valid until the day `ends_on`, that day included, then succeeded."""

    id: str
    ends_on: date
    successors: tuple[str, ...]
    document: str
    reason: str
    recorded_at: datetime
    recorded_by: str
    revision: int = 1
    schema_version: int = 1

    @property
    def code(self) -> str:
        return self.id

    def has_ended(self, on: date) -> bool:
        return self.ends_on < on


@dataclass(frozen=True)
class Region:
    """A region as it is listed. A date is None where nothing was recorded."""

    code: str
    name: str
    full_name: str
    valid_from: date | None
    valid_until: date | None
    successors: tuple[str, ...]
    predecessors: tuple[str, ...]
