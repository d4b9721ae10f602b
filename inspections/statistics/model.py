"""Figures of a region and a period, and the bulletin that is made of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class State(StrEnum):
    """How one kindergarten stands to one measure."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"


class Every(StrEnum):
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True)
class Period:
    """From a day to a day, both included, in Asia/Shanghai."""

    since: date
    until: date


@dataclass(frozen=True)
class Standing:
    """One thing behind a figure: a kindergarten, an unlicensed site or a renaming case.

    `inspection_id` is the visit whose answer counts; `place` degrees in WGS-84.
    """

    id: str
    name: str
    region: str
    state: State
    inspection_id: str | None = None
    place: tuple[float, float] | None = None


@dataclass(frozen=True)
class Basis:
    """The clause that a target rests on, as a citation has it.

    `stated`: the clause names the share; else it asks of every kindergarten.
    """

    stated: bool
    plan_id: str
    title: str
    section: str
    start: int
    end: int
    words_sha256: str


@dataclass(frozen=True)
class Target:
    """`share` in per cent."""

    share: float
    basis: Basis


@dataclass(frozen=True)
class Figure:
    """`share` in per cent of met and not met, None where nothing is known; `reached` the target.

    `target` in per cent and `basis` are of the checklist in force, None where no clause asks.
    """

    measure: str
    met: int
    not_met: int
    not_applicable: int
    not_checked: int
    share: float | None
    target: float | None
    reached: bool | None
    basis: Basis | None = None


@dataclass(frozen=True)
class Work:
    """What was done in the period. `closing_days` is the median from service to closure."""

    inspections: int
    re_inspections: int
    findings_ordinary: int
    findings_major: int
    notices_served: int
    notices_closed: int
    notices_overdue: int
    closing_days: float | None
    stoppages: int
    drills_failed: int


@dataclass(frozen=True)
class Statement:
    """The figures of one region in one period."""

    region: str
    name: str
    period: Period
    figures: tuple[Figure, ...]
    work: Work
    below: tuple["Part", ...] = ()


@dataclass(frozen=True)
class Part:
    """A region below the one that was asked for, the best first."""

    region: str
    name: str
    figures: tuple[Figure, ...]


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return ({"draft": "草稿", "published": "已发布"}[self.value], self.value)


@dataclass(frozen=True)
class Bulletin:
    """A bureau's bulletin (通报): figures frozen as they were, with their SHA-256.

    `text` is a sentence for each figure, Chinese and English. Drafted by one, published by another.
    """

    id: str
    region: str
    region_name: str
    title: str
    period: Period
    figures: tuple[Figure, ...]
    before: tuple[Figure, ...]
    work: Work
    below: tuple[Part, ...]
    text: tuple[tuple[str, str], ...]
    sha256: str
    drafted_by: str
    drafted_at: datetime
    status: Status = Status.DRAFT
    published_by: str | None = None
    published_at: datetime | None = None
    number: str | None = None
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Disclosed:
    """A kindergarten as the public may know it: nobody's name, phone, photo or complaint."""

    code: str | None
    name: str
    nature: str
    region: str
    address: str
    licence_number: str | None
    licence_valid_until: date | None
    grade: str | None
    year: int
