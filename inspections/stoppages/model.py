"""An order to stop using what is a major hazard, and the proof that it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    ORDERED = "ordered"
    PROVEN = "proven"
    CONFIRMED = "confirmed"
    LIFTED = "lifted"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value)


STATUSES: Mapping[Status, str] = {
    Status.ORDERED: "已责令停用",
    Status.PROVEN: "已上传停用照片",
    Status.CONFIRMED: "已确认停用",
    Status.LIFTED: "已解除",
}


class Step(StrEnum):
    PROVE = "prove"
    CONFIRM = "confirm"
    REJECT = "reject"
    LIFT = "lift"


@dataclass(frozen=True)
class Taken:
    """A step that was taken, by whom and in what words."""

    step: Step
    at: datetime
    by: str
    why: str
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Stoppage:
    """`what` may not be used. `basis` are the statutory articles of the item.

    `proof_due_at` is when a photo of it out of use is due; `overdue_at` that instant once the
    worker has marked it.
    """

    id: str
    case_id: str
    inspection_id: str
    item_id: str
    item_title: str
    kindergarten_id: str
    kindergarten_name: str
    region: str
    what: str
    basis: tuple[str, ...]
    ordered_by: str
    ordered_at: datetime
    proof_due_at: datetime
    officers: tuple[str, ...]
    status: Status = Status.ORDERED
    steps: tuple[Taken, ...] = ()
    overdue_at: datetime | None = None
    revision: int = 1
    schema_version: int = 1
