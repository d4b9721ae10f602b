"""The annual review (年检) of a kindergarten, and its verdict."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Grade(StrEnum):
    """合格 / 基本合格 / 不合格."""

    PASSED = "passed"
    BASICALLY_PASSED = "basically_passed"
    FAILED = "failed"


class Status(StrEnum):
    PROPOSED = "proposed"
    DECIDED = "decided"
    PUBLISHED = "published"

    @property
    def told(self) -> tuple[str, str]:
        return (STATUSES[self], self.value)


FLAGGED_AFTER = 2
"""So many failed years in a row."""

STATUSES: Mapping[Status, str] = {
    Status.PROPOSED: "已提出",
    Status.DECIDED: "已决定",
    Status.PUBLISHED: "已公布",
}


@dataclass(frozen=True)
class AnnualReview:
    """One kindergarten's review of one year: proposed by one supervisor, decided by another."""

    id: str
    kindergarten_id: str
    region: str
    year: int
    grade: Grade
    why: str
    status: Status
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    published_by: str | None = None
    published_at: datetime | None = None
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Result:
    """What holds of a year: `grade` None while nothing is decided and no veto stands.

    `failed_years` are the years in a row that failed, this one the last; two flag it.
    """

    kindergarten_id: str
    year: int
    grade: Grade | None
    vetoed: bool
    review: AnnualReview | None
    revision: int
    failed_years: int = 0

    @property
    def flagged(self) -> bool:
        return self.failed_years >= FLAGGED_AFTER


@dataclass(frozen=True)
class YearFacts:
    """What a kindergarten's year came to, compiled from the rooms.

    `*_open` are those of this year or one before that are open today. Nothing of a sealed matter
    is in it but `vetoed`: a verdict that stands, which the result says anyway.
    """

    kindergarten_id: str
    year: int
    vetoed: bool
    inspections: int
    findings_ordinary: int
    findings_major: int
    major_open: int
    notices_served: int
    notices_open: int
    notices_overdue: int
    stoppages: int
    stoppages_open: int
    drills_failed: int
    dossiers_confirmed: int
    suggested: Grade
    why: tuple[str, str]
