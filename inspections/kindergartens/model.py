"""A kindergarten as the register knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checklists.naming.model import Verdict


class Nature(StrEnum):
    PUBLIC = "public"
    PRIVATE = "private"

    @property
    def chinese(self) -> str:
        return {"public": "公办", "private": "民办"}[self.value]


class Profit(StrEnum):
    NON_PROFIT = "non_profit"
    FOR_PROFIT = "for_profit"


@dataclass(frozen=True)
class Licence:
    """办园许可证 (学前教育法 30): who issued it, and from when until when it holds."""

    number: str
    authority: str
    issued_on: date
    valid_until: date | None = None


@dataclass(frozen=True)
class PersonInCharge:
    """`duty` as the licence or the contract says it: 举办者, 园长, 安全负责人 …"""

    name: str
    duty: str
    phone: str | None = None


@dataclass(frozen=True)
class Place:
    """The site's point in WGS-84 degrees, and as it was given, with the datum it was given in.

    So too its outline, where it is known: corners as longitude and latitude.
    """

    lon: float
    lat: float
    given_lon: float
    given_lat: float
    given_datum: str
    outline: tuple[tuple[float, float], ...] = ()
    given_outline: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class NameFinding:
    """One thing the name check found; `start` and `end` are offsets in the name as written.

    `ask` is what a person is to find out, `zh` and `en`, where it is not certain.
    """

    rule: str
    term: str
    start: int
    end: int
    confidence: float
    why: str
    ask: Mapping[str, str] | None = None


@dataclass(frozen=True)
class NameCheck:
    """What the name check said of the name, and when.

    `settled` is the renaming case that took up what was found.
    """

    verdict: Verdict
    findings: tuple[NameFinding, ...]
    checked_on: date
    settled: str | None = None

    @property
    def found(self) -> frozenset[tuple[str, str]]:
        return frozenset((each.rule, each.term) for each in self.findings)


@dataclass(frozen=True)
class Was:
    """What the register said of a kindergarten until then, which figures of the past go by."""

    until: datetime
    open: bool
    licence: Licence | None


@dataclass(frozen=True)
class Kindergarten:
    """`headcount` counts children, `classes` classes. `region` is a six-digit code.

    `code` is the institution's own (学校（机构）标识码, or the bureau's), one kindergarten's alone.
    `was` is what it was before, in order of time.
    """

    id: str
    name: str
    nature: Nature
    region: str
    address: str
    created_at: datetime
    changed_at: datetime
    name_check: NameCheck
    profit: Profit | None = None
    licence: Licence | None = None
    place: Place | None = None
    headcount: int | None = None
    classes: int | None = None
    rural: bool = False
    persons_in_charge: tuple[PersonInCharge, ...] = ()
    open: bool = True
    was: tuple[Was, ...] = ()
    code: str | None = None
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Near:
    """A kindergarten and its distance in metres from the point asked about."""

    kindergarten: Kindergarten
    distance_m: float
