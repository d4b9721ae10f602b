"""Periods, holds, and deletions that one person proposes and another decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

HELD = "case_held"
RELEASED = "hold_released"
PROPOSED = "deletion_proposed"
REJECTED = "deletion_rejected"
"""The verbs of this room in a case's chain, beside the evidence's own `evidence_deleted`."""


@dataclass(frozen=True)
class Periods:
    """Years that evidence is kept, by the kind of what it belongs to; the bureau's own schedule.

    A kind that is not listed is kept as long as the longest.
    """

    years: Mapping[str, int] = field(
        default_factory=lambda: MappingProxyType(
            {"inspection": 5, "sighting": 5, "notice": 10, "veto_case": 30}
        )
    )

    def of(self, kind: str) -> int:
        return self.years.get(kind, max(self.years.values()))


class Ground(StrEnum):
    """Why evidence may go: its period is over, or the law on personal data asks for it.

    Personal Information Protection Law, article 47.
    """

    PERIOD_OVER = "period_over"
    PERSONAL_DATA = "personal_data"


@dataclass(frozen=True)
class Act:
    """Who did something, when and why."""

    at: datetime
    account_id: str
    person_id: str
    name: str
    why: str


@dataclass(frozen=True)
class Hold:
    """Nothing of the case is deleted while this stands: an appeal, a lawsuit, an investigation."""

    id: str
    case_id: str
    region: str
    placed: Act
    released: Act | None = None
    seal: str | None = None
    revision: int = 1
    schema_version: int = 1


class Status(StrEnum):
    PROPOSED = "proposed"
    DONE = "done"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Deletion:
    """Pieces of evidence of one case that somebody proposes to delete. `id` is the client's."""

    id: str
    case_id: str
    region: str
    evidence_ids: tuple[str, ...]
    ground: Ground
    proposed: Act
    status: Status = Status.PROPOSED
    decided: Act | None = None
    seal: str | None = None
    revision: int = 1
    schema_version: int = 1
