"""Open work whose items a new version changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    INSPECTION = "inspection"
    FINDING = "finding"
    NOTICE = "notice"


@dataclass(frozen=True)
class Touched:
    """An open inspection, finding or notice; `item_ids` are its items that change.

    `day` is the inspection's day, or the notice's deadline. It keeps the version and the words
    that it was made with.
    """

    kind: Kind
    id: str
    region: str
    kindergarten_id: str
    kindergarten_name: str
    item_ids: tuple[str, ...]
    status: str | None = None
    day: date | None = None


@dataclass(frozen=True)
class OpenWork:
    """At most `MOST` of each kind are listed; `counts` are of all."""

    items: tuple[Touched, ...]
    counts: Mapping[str, int]
