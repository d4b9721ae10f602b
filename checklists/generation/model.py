"""A checklist, its items, and the clauses that they cite."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from checklists.catalogue.model import AnswerKind, Binds, Condition, Place, Severity
from checklists.plans.model import NOBODY, Departments, Status


class Subject(StrEnum):
    """What is inspected."""

    KINDERGARTEN = "kindergarten"
    TRAINING_INSTITUTION = "training_institution"
    UNLICENSED_SITE = "unlicensed_site"
    HIGH_SCHOOL = "high_school"
    BUREAU = "bureau"


class Standing(StrEnum):
    """Where a checklist is on its way."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Threshold:
    """A figure to compare an answer with: at least it, or at most."""

    value: int | float | str
    unit: str
    at_least: bool = True


@dataclass(frozen=True)
class Citation:
    """A clause that asks for an item, and whether it carries a notice on the checklist's day.

    `asks` is the figure or terms of this clause, in words; `quote` None where the plan's text was
    not imported; `start` and `end` are offsets in the edition named by `plan_sha256`.
    """

    plan_id: str
    plan_sha256: str
    title: str
    number: str | None
    region: str
    section: str
    status: Status
    standing: str
    carries_notice: bool
    why: str
    start: int
    end: int
    words_sha256: str
    quote: str | None = None
    asks: str | None = None


@dataclass(frozen=True)
class Item:
    """One line of a checklist; its id is that of its control.

    `carries_notice` tells whether any clause in force asks for it, `why` says so for people;
    without `articles` a finding becomes a recommendation. `any_of`, `all_of` and `terms` are the
    nouns of which any one will do, all are looked at, none may stand.
    """

    id: str
    title: str
    title_en: str
    how: str
    family: str
    place: Place
    answer_kind: AnswerKind
    severity: Severity
    photo_required: bool
    carries_notice: bool
    why: str
    citations: tuple[Citation, ...]
    unit: str | None = None
    threshold: Threshold | None = None
    figure: str | None = None
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    deadline: str | None = None
    consequence: str | None = None
    conditions: tuple[Condition, ...] = ()
    departments: Departments = NOBODY
    articles: tuple[str, ...] = ()
    evidence: str = ""
    binds: Binds = Binds.KINDERGARTEN
    two_persons: bool = False
    drill: bool = False
    contradiction: str | None = None


@dataclass(frozen=True)
class Checklist:
    """The requirements in force for a region, a kind of subject and a day.

    `version` counts from 1 per region and subject once published, 0 before; from then on it never
    changes but to be withdrawn. `etag` is the SHA-256 of its canonical bytes. `until` is the last
    day on which its plans stand as they did; None where no day is known.
    """

    id: str
    region: str
    subject: Subject
    on: date
    status: Standing
    items: tuple[Item, ...]
    why_empty: str | None
    proposed_by: str
    proposed_at: datetime
    version: int = 0
    until: date | None = None
    published_by: str | None = None
    published_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_at: datetime | None = None
    etag: str = ""
    revision: int = 1
    schema_version: int = 1
