"""A notice: what must be put right, by when, how it was served, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checklists.generation.model import Citation


class DayKind(StrEnum):
    WORKING = "working"
    CALENDAR = "calendar"


@dataclass(frozen=True)
class Calendar:
    """What the State Council has announced: days off, and weekend days that are worked.

    Between `known_from` and `known_until`, both included, the calendar is certain; outside of
    them a weekday counts as working and a weekend does not.
    """

    holidays: frozenset[date]
    workdays: frozenset[date]
    known_from: date
    known_until: date

    def works(self, day: date) -> bool:
        return day in self.workdays or (day.weekday() < 5 and day not in self.holidays)


class Paper(StrEnum):
    """An order needs a statutory basis; without one the paper is a recommendation."""

    ORDER = "order"
    RECOMMENDATION = "recommendation"


class Status(StrEnum):
    DRAFT = "draft"
    ISSUED = "issued"
    SERVED = "served"
    ACKNOWLEDGED = "acknowledged"
    RESPONDED = "responded"
    REOPENED = "reopened"
    VERIFIED = "verified"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value)


STATUSES = {
    Status.DRAFT: "草稿",
    Status.ISSUED: "已签发",
    Status.SERVED: "已送达",
    Status.ACKNOWLEDGED: "已签收",
    Status.RESPONDED: "已答复",
    Status.REOPENED: "重新整改",
    Status.VERIFIED: "复查通过",
    Status.CLOSED: "已销号",
    Status.WITHDRAWN: "已撤回",
    Status.REVOKED: "已撤销",
}


class Step(StrEnum):
    ISSUE = "issue"
    WITHDRAW = "withdraw"
    SERVE = "serve"
    ACKNOWLEDGE = "acknowledge"
    RESPOND = "respond"
    FIND_MET = "find_met"
    FIND_NOT_MET = "find_not_met"
    CLOSE = "close"
    REOPEN = "reopen"


class Way(StrEnum):
    """How a notice was served (送达)."""

    IN_PERSON = "in_person"
    LEFT = "left"
    POSTED = "posted"
    REFUSED = "refused"


@dataclass(frozen=True)
class Correction:
    """One finding as the notice carries it.

    `standard` are the clauses with their words' hash as they stood at the visit; `basis` the
    statutory articles of an order. `struck`: an objection to it was upheld.
    """

    finding_id: str
    item_id: str
    title: str
    severity: str
    standard: tuple[Citation, ...]
    basis: tuple[str, ...]
    note: str | None = None
    evidence_ids: tuple[str, ...] = ()
    met: bool = False
    struck: bool = False

    @property
    def open(self) -> bool:
        return not (self.met or self.struck)


@dataclass(frozen=True)
class Signing:
    """An officer of the visit stands for the notice, by name and certificate (行政处罚法 42)."""

    person_id: str
    name: str
    certificate: str | None
    at: datetime


@dataclass(frozen=True)
class Service:
    """When and how the notice reached the director: the clock starts with `served_at`.

    `recorded_at` is when the service was told of it; a `witness` stands beside a refusal and a
    paper that was left.
    """

    way: Way
    receiver: str
    served_at: datetime
    recorded_at: datetime
    recorded_by: str
    witness: str | None = None
    remark: str | None = None


@dataclass(frozen=True)
class Reply:
    """What the director says of one finding, with evidence."""

    finding_id: str
    text: str
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Response:
    """整改报告: what the director sends back."""

    id: str
    at: datetime
    by: str
    replies: tuple[Reply, ...]
    statement: str | None = None


@dataclass(frozen=True)
class Round:
    """A re-inspection and its outcome: for each finding still open, whether it is met now."""

    inspection_id: str
    at: datetime
    recorded_by: str
    outcomes: Mapping[str, bool]
    visitors: tuple[str, ...]


@dataclass(frozen=True)
class Reminder:
    """The last stage told, `days` before a deadline, and of which deadline it was."""

    due_at: datetime
    days: int
    at: datetime


class ClockStepKind(StrEnum):
    STOPPED = "stopped"
    RESTARTED = "restarted"
    EXTENDED = "extended"


@dataclass(frozen=True)
class ClockStep:
    """What happened to the clock, when, by whom and why; `days` of an extension."""

    kind: ClockStepKind
    at: datetime
    by: str
    why: str
    days: int | None = None


@dataclass(frozen=True)
class ExtensionRequest:
    """More days that somebody asked for, undecided."""

    days: int
    why: str
    at: datetime
    by: str


@dataclass(frozen=True)
class Objection:
    """What the director objects to, why, and what a supervisor decided on it.

    `upheld` None: undecided.
    """

    id: str
    at: datetime
    by: str
    finding_ids: tuple[str, ...]
    why: str
    upheld: bool | None = None
    decided_at: datetime | None = None
    decided_by: str | None = None
    decision: str | None = None


@dataclass(frozen=True)
class Unreadable:
    """A notice that this version of the service cannot read: where it stands in a list."""

    region: str
    id: str


@dataclass(frozen=True)
class Notice:
    """`visitors` are the persons who made the first visit: none of them may close it.

    `due` is the last day in Asia/Shanghai, `due_at` the first instant that is too late;
    `overdue_at` is that instant once the worker has marked it. `clock` is what happened to its
    clock since service; while it stands (`stopped_at`) nothing lapses. `first_day_counts` and
    `last_day_moves` are how its bureau counted at service, `objection_days` how long it may be
    objected to, as issued; None as long as it runs. `climb_at` is when the next rung of the
    bureau's ladder is looked at, None once there is none.
    """

    id: str
    case_id: str
    inspection_id: str
    kindergarten_id: str
    kindergarten_name: str
    region: str
    paper: Paper
    corrections: tuple[Correction, ...]
    days: int
    day_kind: DayKind
    status: Status
    drafted_at: datetime
    drafted_by: str
    visitors: tuple[str, ...]
    changed_at: datetime
    number: str | None = None
    issued_at: datetime | None = None
    issued_by: str | None = None
    service: Service | None = None
    due: date | None = None
    due_at: datetime | None = None
    provisional: bool = False
    due_why: tuple[str, str] | None = None
    acknowledged_at: datetime | None = None
    responses: tuple[Response, ...] = ()
    rounds: tuple[Round, ...] = ()
    overdue_at: datetime | None = None
    reminded: Reminder | None = None
    closed_at: datetime | None = None
    closed_by: str | None = None
    clock: tuple[ClockStep, ...] = ()
    stopped_at: datetime | None = None
    request: ExtensionRequest | None = None
    signatures: tuple[Signing, ...] = ()
    objections: tuple[Objection, ...] = ()
    first_day_counts: bool = False
    last_day_moves: bool = True
    objection_days: int | None = None
    climb_at: datetime | None = None
    revision: int = 1
    schema_version: int = 1
