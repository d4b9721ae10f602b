"""A kindergarten's risk, with every part that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Tier(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True)
class Known:
    """What is known of a kindergarten: of the last twelve months, but what is open, whenever found.

    `reported` are dossiers that no visit found: complaints among them.
    """

    kindergarten_id: str
    name: str
    region: str
    ordinary: int = 0
    major: int = 0
    open_ordinary: int = 0
    open_major: int = 0
    overdue: int = 0
    reported: int = 0
    drills_failed: int = 0
    vetoed: bool = False
    last_visit: date | None = None


@dataclass(frozen=True)
class Risk:
    """`parts` are the points by cause; `visits` so many a year; `due` the day of the next one."""

    kindergarten_id: str
    name: str
    region: str
    score: int
    tier: Tier
    parts: Mapping[str, int]
    visits: int
    last_visit: date | None
    due: date
    is_due: bool
