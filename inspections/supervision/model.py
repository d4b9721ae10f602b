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

    @property
    def told(self) -> tuple[str, str]:
        return (STATUSES[self], self.value)


STATUSES: Mapping[Status, str] = {Status.PROPOSED: "已提出", Status.DECIDED: "已决定"}


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
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Result:
    """What holds of a year: `grade` None while nothing is decided and no veto stands."""

    kindergarten_id: str
    year: int
    grade: Grade | None
    vetoed: bool
    review: AnnualReview | None
    revision: int
