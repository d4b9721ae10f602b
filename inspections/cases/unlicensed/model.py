"""A sighting of what may be an unlicensed kindergarten, and the site that sightings make."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Status(StrEnum):
    OPEN = "open"
    VERIFIED = "verified"
    STOPPED = "stopped"
    PLACED = "placed"
    CLOSED = "closed"
    LICENSED = "licensed"
    DISMISSED = "dismissed"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value)


STATUSES: Mapping[Status, str] = {
    Status.OPEN: "已立案",
    Status.VERIFIED: "已核实",
    Status.STOPPED: "已停办",
    Status.PLACED: "幼儿已分流",
    Status.CLOSED: "已取缔",
    Status.LICENSED: "已取得许可",
    Status.DISMISSED: "不属实",
}


class Step(StrEnum):
    VERIFY = "verify"
    STOP = "stop"
    PLACE = "place"
    CLOSE = "close"
    LICENSE = "license"
    DISMISS = "dismiss"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Point:
    """WGS-84 degrees, and as they were given, with the datum they were given in."""

    lon: float
    lat: float
    given_lon: float
    given_lat: float
    given_datum: str


@dataclass(frozen=True)
class Sighting:
    """What somebody saw, where and when; `site_id` once it belongs to a site.

    `seen_at` is the device's clock, `reported_at` the server's. `children` is an estimate.
    """

    id: str
    region: str
    place: Point
    note: str
    seen_at: datetime
    reported_at: datetime
    reported_by: str
    reporter_person: str
    name: str | None = None
    address: str | None = None
    children: int | None = None
    site_id: str | None = None
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Taken:
    """A step that was taken, by which person, and why; `children` so many were placed elsewhere."""

    step: Step
    status: Status
    at: datetime
    by: str
    why: str
    children: int | None = None


@dataclass(frozen=True)
class Ban:
    """Until when no application of the operator is accepted (学前教育法 78: 5 to 10 years)."""

    operator: str
    since: date
    until: date
    number: str | None
    recorded_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class UnlicensedSite:
    """The case of one site (学前教育法 78): `kindergarten_id` is the register's once licensed."""

    id: str
    region: str
    place: Point
    address: str
    status: Status
    opened_at: datetime
    opened_by: str
    changed_at: datetime
    name: str | None = None
    steps: tuple[Taken, ...] = ()
    kindergarten_id: str | None = None
    ban: Ban | None = None
    revision: int = 1
    schema_version: int = 1


class Kind(StrEnum):
    KINDERGARTEN = "kindergarten"
    SITE = "site"
    SIGHTING = "sighting"


@dataclass(frozen=True)
class Match:
    """What is near by: metres away, names alike from 0 to 1 (None where one has no name).

    `likely`: near enough, or near and alike enough, to be the same place.
    """

    kind: Kind
    id: str
    name: str | None
    distance_m: float
    likeness: float | None
    likely: bool
    status: str | None = None
