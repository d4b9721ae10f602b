"""A plan's edition, its requirements, and the record that a plan continues in force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from checklists.catalogue.model import AnswerKind, Binds, Condition, Severity


class Status(StrEnum):
    """What a text says of its own standing."""

    DRAFT = "draft"
    TRIAL = "trial"
    ISSUED = "issued"
    REPEALED = "repealed"


class Level(StrEnum):
    """Which schools a document speaks of."""

    KINDERGARTEN = "kindergarten"
    HIGH_SCHOOL = "high_school"
    GENERAL = "general"
    OTHER = "other"


class Reason(StrEnum):
    """Why nothing was made of a normative sentence."""

    NO_CONTROL = "no_control"
    GOAL = "goal"
    ENCOURAGEMENT = "encouragement"
    OTHER_SCHOOLS = "other_schools"
    AUTHORITIES = "authorities"
    OTHERS = "others"
    DEFINITION = "definition"


REASONS: Mapping[Reason, tuple[str, str]] = {
    Reason.NO_CONTROL: ("目录中没有相应的检查事项", "no control of the catalogue asks for it"),
    Reason.GOAL: ("目标性表述，不是要求", "a goal, not a requirement"),
    Reason.ENCOURAGEMENT: ("鼓励、支持或探索，不具强制性", "encouraged, not demanded"),
    Reason.OTHER_SCHOOLS: ("针对其他学段的学校", "it binds schools of another kind"),
    Reason.AUTHORITIES: ("政府或部门的工作安排，无法检查", "a task of the authorities"),
    Reason.OTHERS: ("约束家长、建设单位等其他主体", "it binds parents, builders or others"),
    Reason.DEFINITION: ("依据、定义或施行条款", "a basis, a definition or a date of force"),
}


@dataclass(frozen=True)
class Departments:
    lead: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


NOBODY = Departments()


@dataclass(frozen=True)
class Requirement:
    """A control as one clause asks for it.

    `start` and `end` are character offsets in the edition's text; `quote` are its words there,
    None where the text was not imported. `threshold` holds `comparison` (>=, <=, =), `value` and
    `unit`, and the nouns of which any one (`any_of`), all (`all_of`) or none (`terms`) will do.
    `words_sha256` covers the words without white space and residue, `words_length` of them.
    """

    control: str
    section: str
    start: int
    end: int
    binds: Binds
    check_type: AnswerKind
    photo_required: bool
    severity: Severity
    applies_to_kindergarten: bool
    inspectable_on_site: bool
    words_sha256: str
    words_length: int
    threshold: Mapping[str, Any] | None = None
    deadline: str | None = None
    consequence: str | None = None
    departments: Departments = NOBODY
    conditions: tuple[Condition, ...] = ()
    quote: str | None = None
    document: int = 0


@dataclass(frozen=True)
class Unmade:
    """A normative sentence of which nothing was made, and why."""

    section: str
    start: int
    end: int
    quote: str
    reason: Reason


@dataclass(frozen=True)
class Unmatched:
    """A normative sentence of a plan that became no requirement, as the plan keeps it.

    `start`, `end`, `words_sha256` and `words_length` are as a requirement's; `quote` is None where
    the text was not imported.
    """

    section: str
    start: int
    end: int
    words_sha256: str
    words_length: int
    reason: Reason
    quote: str | None = None


@dataclass(frozen=True)
class Facts:
    """What a text says of itself. None is what it does not say."""

    title: str
    issuer: str | None = None
    number: str | None = None
    status: Status = Status.ISSUED
    valid_from: date | None = None
    valid_until: date | None = None
    horizon: int | None = None
    level: Level = Level.GENERAL


@dataclass(frozen=True)
class Reading:
    """Everything read from one file; `documents` are the facts of each document in it."""

    facts: Facts
    documents: tuple[Facts, ...]
    requirements: tuple[Requirement, ...]
    unmade: tuple[Unmade, ...]
    sha256: str


@dataclass(frozen=True)
class Plan:
    """An edition of a plan: immutable but for the words that an import adds.

    `sha256` is that of the edition's text in UTF-8. `origin` is `pack` or `upload`. `series`
    names the plan whatever its edition; of a series the latest edition counts.
    """

    id: str
    region: str
    title: str
    issuer: str | None
    number: str | None
    status: Status
    valid_from: date | None
    valid_until: date | None
    horizon: int | None
    sha256: str
    requirements: tuple[Requirement, ...]
    origin: str
    added_at: datetime
    series: str
    edition: int = 1
    imported: bool = False
    text_sha256: str | None = None
    unmatched: tuple[Unmatched, ...] = ()
    revision: int = 1
    schema_version: int = 1

    @property
    def requirement_count(self) -> int:
        return len(self.requirements)

    @property
    def clauses(self) -> "tuple[Requirement | Unmatched, ...]":
        """Everything normative that was read: what asks, and what nothing was made of."""
        return (*self.requirements, *self.unmatched)

    @property
    def unmatched_count(self) -> int:
        return len(self.unmatched)


@dataclass(frozen=True)
class Continuation:
    """The bureau's record that a plan past its horizon continues in force."""

    id: str
    plan_id: str
    number: str
    decided_on: date
    reason: str
    account_id: str
    person_id: str
    recorded_at: datetime
    until: date | None = None
    schema_version: int = 1
