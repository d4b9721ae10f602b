"""A measure that is due against an overdue notice, and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from inspections.bureaus.model import Measure
from inspections.rectification.model import Notice
from media.documents import Transaction


class Status(StrEnum):
    DUE = "due"
    TAKEN = "taken"
    LIFTED = "lifted"
    LAPSED = "lapsed"
    WAIVED = "waived"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value)


STATUSES: Mapping[Status, str] = {
    Status.DUE: "待办",
    Status.TAKEN: "已办理",
    Status.LIFTED: "已解除",
    Status.LAPSED: "整改完成，不再办理",
    Status.WAIVED: "决定不办理",
}


class Step(StrEnum):
    TAKE = "take"
    WAIVE = "waive"
    END = "end"


@dataclass(frozen=True)
class Attendee:
    """Somebody at a formal interview, by name and duty."""

    name: str
    duty: str


@dataclass(frozen=True)
class Taken:
    """What was done: the record of an interview, the bulletin, the listing or the referral.

    `held_on` is its day; `number` the document's, of the bureau and year; `receipt` what the
    department that took a referral answered.
    """

    by: str
    by_name: str
    at: datetime
    held_on: date
    text: str
    place: str | None = None
    attendees: tuple[Attendee, ...] = ()
    number: str | None = None
    receipt: str | None = None


@dataclass(frozen=True)
class Escalation:
    """One measure against one overdue notice; of a renaming case `notice_id` is that case's id.

    `rung` counts from 1 in the ladder of its day.

    `due_since` is the instant at which the rung was reached, however late it was seen. A
    supervised listing that was taken holds until the notice is closed.
    """

    id: str
    notice_id: str
    notice_number: str | None
    case_id: str
    kindergarten_id: str
    kindergarten_name: str
    region: str
    measure: Measure
    rung: int
    departments: tuple[str, ...]
    findings: tuple[str, ...]
    due_since: datetime
    made_at: datetime
    status: Status = Status.DUE
    taken: Taken | None = None
    ended_at: datetime | None = None
    why: str | None = None
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Overdue:
    """What is overdue, as the ladder sees it: a notice, or a renaming case that was not answered.

    `major`: a major hazard is still open in it. `named` are the departments that the plans name.
    """

    id: str
    number: str | None
    case_id: str
    kindergarten_id: str
    kindergarten_name: str
    region: str
    overdue_at: datetime
    major: bool = False
    named: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


class OverdueNotices(Protocol):
    """The overdue notices of the rectification room, as the ladder needs them."""

    def to_climb(self, *, now: datetime, limit: int) -> list[str]:
        """Return the ids of those whose next rung is to be looked at."""

    def running(self, notice_id: str, *, tx: Transaction) -> Notice | None:
        """Return the notice where it is still overdue."""

    def whole(self, notice_id: str, *, tx: Transaction = None) -> Notice | None:
        """Return the notice whatever became of it."""

    def climbed(self, notice: Notice, next_at: datetime | None, *, tx: Transaction) -> bool:
        """Keep when the next rung is due; tell whether nobody changed the notice meanwhile."""

    def look_again(self, region: str, now: datetime, tx: Transaction) -> None:
        """Have every overdue notice of a region looked at."""
