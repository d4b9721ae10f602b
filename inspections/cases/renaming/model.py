"""The case of a kindergarten whose name is to be changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    OPENED = "opened"
    TOLD = "told"
    ANSWERED = "answered"
    OBJECTED = "objected"
    ACCEPTED = "accepted"
    RENAMED = "renamed"
    DISMISSED = "dismissed"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value)


STATUSES: Mapping[Status, str] = {
    Status.OPENED: "已立案",
    Status.TOLD: "已告知",
    Status.ANSWERED: "已报新名称",
    Status.OBJECTED: "有异议",
    Status.ACCEPTED: "新名称已核准",
    Status.RENAMED: "已更名",
    Status.DISMISSED: "不予更名",
}


class Step(StrEnum):
    TELL = "tell"
    ANSWER = "answer"
    OBJECT = "object"
    RETURN = "return"
    ACCEPT = "accept"
    RENAME = "rename"
    DISMISS = "dismiss"


@dataclass(frozen=True)
class Taken:
    """A step that was taken, by which person, and why."""

    step: Step
    status: Status
    at: datetime
    by: str
    why: str


@dataclass(frozen=True)
class Judgement:
    """What the name check said of a name, on a day; findings carry their clauses."""

    name: str
    verdict: str
    findings: tuple[Mapping[str, Any], ...]
    at: datetime


@dataclass(frozen=True)
class Borne:
    """The new name as sign, seal and licence bear it, and the licence's number."""

    sign: str
    seal: str
    licence: str
    licence_number: str


@dataclass(frozen=True)
class RenamingCase:
    """`opening` is the finding that it was opened on, `proposal` the new name and its check.

    `due_at` is the first instant after the `days` (working days, the day of `days_since` not
    counted) that the kindergarten was given, `overdue_at` that
    instant once the worker has marked it, `climb_at` when the ladder is looked at next. `photos`
    are those of sign, seal and licence with the new name, by carrier.
    """

    id: str
    kindergarten_id: str
    kindergarten_name: str
    region: str
    nature: str
    status: Status
    opening: Judgement
    opened_at: datetime
    opened_by: str
    changed_at: datetime
    why: str
    steps: tuple[Taken, ...] = ()
    proposal: Judgement | None = None
    borne: Borne | None = None
    days: int | None = None
    days_since: date | None = None
    due: date | None = None
    due_at: datetime | None = None
    provisional: bool = False
    overdue_at: datetime | None = None
    climb_at: datetime | None = None
    photos: Mapping[str, str] = field(default_factory=dict)
    revision: int = 1
    schema_version: int = 1
