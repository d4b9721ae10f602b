"""An inspection, its answers and its signature."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from media.custody.model import Actor

OfficerOf = Callable[[str, datetime], Actor]
"""Gives the actor that an active account is; raises NotFound where there is none."""


class Kind(StrEnum):
    ROUTINE = "routine"
    RE_INSPECTION = "re_inspection"
    JOINT = "joint"


class Status(StrEnum):
    PLANNED = "planned"
    UNDERWAY = "underway"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    CANCELLED = "cancelled"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value)


STATUSES = {
    Status.PLANNED: "已计划",
    Status.UNDERWAY: "进行中",
    Status.SUBMITTED: "已提交",
    Status.APPROVED: "已审核",
    Status.CANCELLED: "已取消",
}


class Step(StrEnum):
    BEGIN = "begin"
    SUBMIT = "submit"
    RETURN = "return"
    APPROVE = "approve"
    CANCEL = "cancel"


class Result(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"


class SignatureKind(StrEnum):
    SIGNED = "signed"
    REFUSED = "refused"


@dataclass(frozen=True)
class Officer:
    """Who visits: at least two (行政处罚法 42), each with an enforcement certificate's number."""

    account_id: str
    person_id: str
    name: str
    unit: str
    certificate: str | None
    department: str | None = None


@dataclass(frozen=True)
class Part:
    """What one department looks at on a joint inspection; `lead` the items that it leads."""

    department: str
    item_ids: tuple[str, ...]
    lead: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What an officer found for an item.

    `value` is the count, the ratio in per cent, or the grade, where the item asks for one.
    `answered_at` is the service's time; `device_at` what the tablet's clock said.
    """

    item_id: str
    result: Result
    answered_at: datetime
    answered_by: str
    value: str | float | None = None
    note: str | None = None
    evidence_ids: tuple[str, ...] = ()
    device_at: datetime | None = None


@dataclass(frozen=True)
class Signature:
    """The inspected party signs on the spot, or refuses before a witness (行政处罚法 47).

    `answers_sha256` binds it to the answers as they stood: answers changed later need a new one.
    """

    kind: SignatureKind
    answers_sha256: str
    at: datetime
    recorded_by: str
    signer: str | None = None
    duty: str | None = None
    opinion: str | None = None
    reason: str | None = None
    witness: str | None = None


@dataclass(frozen=True)
class Return:
    """A supervisor sent the inspection back, and why."""

    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Inspection:
    """One visit. `checklist_sha256` pins the version of the checklist that it answers.

    `item_ids` are the items asked: all of the checklist's, or those that a re-inspection verifies.
    `sealed_item_ids` are those on abuse or corporal punishment, whose answers are sealed.
    `parts` are the departments of a joint inspection. `exception` is why it was made beyond the
    bureau's number of visits, or by the same officers once more.
    """

    id: str
    case_id: str
    kind: Kind
    kindergarten_id: str
    kindergarten_name: str
    region: str
    checklist_id: str
    checklist_version: int
    checklist_sha256: str
    item_ids: tuple[str, ...]
    planned_for: date
    purpose: str
    officers: tuple[Officer, ...]
    status: Status
    planned_by: str
    changed_at: datetime
    identity_shown: bool = False
    recusal_told: bool = False
    begun_at: datetime | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    signature: Signature | None = None
    submitted_at: datetime | None = None
    returns: tuple[Return, ...] = ()
    approved_at: datetime | None = None
    approved_by: str | None = None
    sealed_item_ids: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    exception: str | None = None
    revision: int = 1
    schema_version: int = 2

    def is_officer(self, person_id: str) -> bool:
        return any(officer.person_id == person_id for officer in self.officers)


Plan = Callable[..., Inspection]
"""Plans a visit, as `Assignments.plan` does."""

PlanAgain = Callable[..., Inspection]
"""Plans the re-inspection of some items of an inspection, as `Assignments.plan_again` does."""


@dataclass(frozen=True)
class VisitLedger:
    """Every visit of a kindergarten in a year.

    `made` are the routine and joint ones that count, `most` how many it has without a reason.
    """

    kindergarten_id: str
    year: int
    visits: tuple[Inspection, ...]
    made: int
    most: int | None
