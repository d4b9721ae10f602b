"""A tip from the public, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    RECEIVED = "received"
    TAKEN_UP = "taken_up"
    DISMISSED = "dismissed"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value.replace("_", " "))


STATUSES: Mapping[Status, str] = {
    Status.RECEIVED: "已收到",
    Status.TAKEN_UP: "已核查",
    Status.DISMISSED: "不予受理",
}


@dataclass(frozen=True)
class Spot:
    """Degrees, and the datum that they are in."""

    lon: float
    lat: float
    datum: str


@dataclass(frozen=True)
class Tip:
    """`receipt` is what its sender asks by; `contact` is personal data, for officers alone."""

    id: str
    receipt: str
    region: str
    note: str
    received_at: datetime
    name: str | None = None
    address: str | None = None
    spot: Spot | None = None
    contact: str | None = None
    status: Status = Status.RECEIVED
    sighting_id: str | None = None
    handled_by: str | None = None
    handled_at: datetime | None = None
    why: str | None = None
    revision: int = 1
    schema_version: int = 1
