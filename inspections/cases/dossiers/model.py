"""A dossier: what was found of a person or a training institution, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    PERSON = "person"
    TRAINING_INSTITUTION = "training_institution"


class Ground(StrEnum):
    """What was found.

    Of a person: 学前教育法 37, 38 (qualification), 44 (background check), 45 (health).
    Of a training institution: 学前教育法 59 and the plans' own classes, online or offline.
    """

    NO_QUALIFICATION = "no_qualification"
    BACKGROUND_RECORD = "background_record"
    BACKGROUND_NOT_CHECKED = "background_not_checked"
    NO_HEALTH_CERTIFICATE = "no_health_certificate"
    FORBIDDEN_CLASS = "forbidden_class"
    FORBIDDEN_ONLINE_CLASS = "forbidden_online_class"
    NO_PERMIT = "no_permit"


GROUNDS: Mapping[Kind, tuple[Ground, ...]] = {
    Kind.PERSON: (
        Ground.NO_QUALIFICATION,
        Ground.BACKGROUND_RECORD,
        Ground.BACKGROUND_NOT_CHECKED,
        Ground.NO_HEALTH_CERTIFICATE,
    ),
    Kind.TRAINING_INSTITUTION: (
        Ground.FORBIDDEN_CLASS,
        Ground.FORBIDDEN_ONLINE_CLASS,
        Ground.NO_PERMIT,
    ),
}


class Status(StrEnum):
    OPEN = "open"
    TOLD = "told"
    STOPPED = "stopped"
    REFERRED = "referred"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value)


STATUSES: Mapping[Status, str] = {
    Status.OPEN: "已立案",
    Status.TOLD: "已责令停止",
    Status.STOPPED: "已停止",
    Status.REFERRED: "已移送",
    Status.CONFIRMED: "已办结",
    Status.DISMISSED: "不属实",
}


class Step(StrEnum):
    TELL = "tell"
    STOP = "stop"
    REFER = "refer"
    CONFIRM = "confirm"
    DISMISS = "dismiss"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Taken:
    """A step that was taken, by which person, in what words, with which photos.

    `department` and `number` are of a referral.
    """

    step: Step
    status: Status
    at: datetime
    by: str
    why: str
    evidence_ids: tuple[str, ...] = ()
    department: str | None = None
    number: str | None = None


@dataclass(frozen=True)
class Dossier:
    """`name` is the person's, or the institution's; `duty` the person's at the kindergarten.

    Identity numbers are not kept. `classes` are the names of the forbidden classes as they are
    offered; `address` is where, or the page of an online one. `stop_due_at` is when the person must
    be off work, or the classes ended: at once, since the director was told. `proof_due_at` is by
    when the director shows that a person is, None once that is shown or needs no showing;
    `overdue_at` that instant once the worker has marked it.
    """

    id: str
    kind: Kind
    ground: Ground
    region: str
    kindergarten_id: str | None
    kindergarten_name: str | None
    name: str
    found: str
    opened_by: str
    opened_at: datetime
    inspection_id: str | None = None
    duty: str | None = None
    address: str | None = None
    online: bool = False
    classes: tuple[str, ...] = ()
    status: Status = Status.OPEN
    steps: tuple[Taken, ...] = ()
    stop_due_at: datetime | None = None
    proof_due_at: datetime | None = None
    overdue_at: datetime | None = None
    revision: int = 1
    schema_version: int = 1
