"""A checklist, its items, and the clauses that each item cites."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from checklists.catalogue.model import AnswerKind, Condition, Place, Severity
from checklists.plans.actions import Standing


class Subject(StrEnum):
    KINDERGARTEN = "kindergarten"
    TRAINING_INSTITUTION = "training_institution"
    UNLICENSED_SITE = "unlicensed_site"
    HIGH_SCHOOL = "high_school"
    BUREAU = "bureau"


class Status(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (STATUSES[self], self.value)


STATUSES = {Status.DRAFT: "草稿", Status.PUBLISHED: "已发布", Status.WITHDRAWN: "已撤回"}


@dataclass(frozen=True)
class Threshold:
    """What the answer is held against: `comparison` is >=, <= or =.

    `value` is a number in `unit`, a grade, or numbers by what they count; None where the clause
    only names nouns of which any one (`any_of`) or all (`all_of`) will do, or the `terms` it bans.
    """

    comparison: str | None = None
    value: Any = None
    unit: str | None = None
    any_of: tuple[str, ...] = ()
    all_of: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @property
    def at_least(self) -> bool:
        return self.comparison != "<="

    @property
    def is_figure(self) -> bool:
        return isinstance(self.value, int | float) and not isinstance(self.value, bool)


@dataclass(frozen=True)
class Citation:
    """The clause that asks, as its edition has it.

    `start` and `end` are character offsets in that edition; `words_sha256` covers the words
    without white space and residue; `quote` is None where the text was not imported.
    """

    plan_id: str
    region: str
    title: str
    number: str | None
    standing: Standing
    carries_notice: bool
    why: tuple[str, str]
    section: str
    start: int
    end: int
    words_sha256: str
    quote: str | None
    threshold: Threshold | None
    conditions: tuple[Condition, ...]
    deadline: str | None
    consequence: str | None
    lead: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One line of a checklist. `id` is its control's; of a general control, with the clause's hash.

    `citations` stand strictest first. `articles` are the statutory basis of an order. An item
    that `carries_notice` is asked by a clause in force; `why_not` says what is missing otherwise.
    `contradiction` says where one plan states two figures: the bureau must choose.
    """

    id: str
    title: str
    title_en: str
    family: str
    place: Place
    how: str
    answer_kind: AnswerKind
    unit: str | None
    threshold: Threshold | None
    severity: Severity
    photo_required: bool
    evidence: str
    conditions: tuple[Condition, ...]
    names: tuple[str, ...]
    citations: tuple[Citation, ...]
    articles: tuple[str, ...]
    carries_notice: bool
    why_not: tuple[str, str] | None
    contradiction: tuple[str, str] | None
    two_persons: bool
    drill: bool


@dataclass(frozen=True)
class Drawn:
    """What the plans in force give; `why_empty` says why there is no item."""

    items: tuple[Item, ...]
    why_empty: tuple[str, str] | None = None


@dataclass(frozen=True)
class Checklist:
    """Immutable once published; `version` counts within region and subject, 0 for a draft.

    `on` is the day that it was drawn up for, `until` the last day on which its plans stand as they
    did then, None where no day is known: what counts is decided on the day of a visit. `etag`
    is the SHA-256 of its content.
    """

    id: str
    region: str
    subject: Subject
    on: date
    status: Status
    items: tuple[Item, ...]
    why_empty: tuple[str, str] | None
    etag: str
    proposed_at: datetime
    proposed_by: str
    until: date | None = None
    version: int = 0
    published_at: datetime | None = None
    published_by: str | None = None
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Difference:
    """What another version changes: ids added and removed, and the fields that differ by id."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class Copies:
    """A published checklist as it is sent: JSON, and the same by gzip, under a strong ETag."""

    etag: str
    plain: bytes
    gzip: bytes
