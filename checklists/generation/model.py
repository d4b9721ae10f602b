"""A checklist, its items, and the clauses that each item cites."""

from collections.abc import Iterable
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


class Origin(StrEnum):
    """Where an item comes from: a plan's clause, a decision on one, or the bureau itself."""

    PLAN = "plan"
    DECISION = "decision"
    LOCAL = "local"


@dataclass(frozen=True)
class Ruled:
    """A bureau's word that an item, or its absence, rests on. `why_again`: look at it again.

    `id` is the decision's or the local item's, `revision` the one that was taken in.
    """

    id: str
    revision: int
    region: str
    choice: str
    reason: str
    decided_at: datetime
    why_again: tuple[str, str] | None = None


@dataclass(frozen=True)
class SwitchedOff:
    """What the plans ask and the bureau decided not to: `item_id` would have been the item's."""

    item_id: str
    title: str
    title_en: str
    section: str | None
    ruled: Ruled


@dataclass(frozen=True)
class Section:
    """A stretch of the walk: where its items are looked at, and which of them need more.

    `conditional` speak to some kindergartens alone, `two_persons` and `drill` take two inspectors
    and a drill.
    """

    place: Place
    title: str
    title_en: str
    item_ids: tuple[str, ...]
    conditional: tuple[str, ...]
    two_persons: tuple[str, ...]
    drill: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One line of a checklist. `id` is its control's; of a general control, with the clause's hash.

    `citations` stand strictest first. `articles` are the statutory basis of an order. An item
    that `carries_notice` is asked by a clause in force; `why_not` says what is missing otherwise.
    `contradiction` says where clauses of one rank state two figures: the bureau must choose.
    `trace` says why the threshold and the deadline that hold do. `decided` are the bureau's words
    that it rests on, `basis` what a local item rests on.
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
    deadline: str | None = None
    origin: Origin = Origin.PLAN
    basis: str | None = None
    trace: tuple[tuple[str, str], ...] = ()
    decided: tuple[Ruled, ...] = ()


@dataclass(frozen=True)
class Drawn:
    """What the plans in force give; `why_empty` says why there is no item.

    `to_review` are decisions that do not hold any more: clauses changed, or others came.
    """

    items: tuple[Item, ...]
    why_empty: tuple[str, str] | None = None
    switched_off: tuple[SwitchedOff, ...] = ()
    to_review: tuple[Ruled, ...] = ()


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
    switched_off: tuple[SwitchedOff, ...] = ()
    to_review: tuple[Ruled, ...] = ()
    version: int = 0
    published_at: datetime | None = None
    published_by: str | None = None
    revision: int = 1
    schema_version: int = 1

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the items' places in the order of the walk."""
        return sections(self.items)


PLACES: dict[Place, tuple[str, str]] = {
    Place.GATE: ("大门", "Gate"),
    Place.YARD: ("院落", "Yard"),
    Place.BUILDING: ("楼舍", "Building"),
    Place.CLASSROOMS: ("班级活动室", "Classrooms"),
    Place.KITCHEN: ("厨房", "Kitchen"),
    Place.OFFICE: ("办公室", "Office"),
    Place.PAPERS: ("资料", "Papers"),
}


def sections(items: Iterable[Item]) -> tuple[Section, ...]:
    """Return the sections that hold an item, in the order of the walk."""
    held: dict[Place, list[Item]] = {place: [] for place in Place}
    for item in items:
        held[item.place].append(item)
    return tuple(
        Section(
            place,
            *PLACES[place],
            item_ids=tuple(item.id for item in there),
            conditional=tuple(item.id for item in there if item.conditions),
            two_persons=tuple(item.id for item in there if item.two_persons),
            drill=tuple(item.id for item in there if item.drill),
        )
        for place, there in held.items()
        if there
    )


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Piece:
    """A stretch of words that stays (`equal`), goes (`delete`) or comes (`insert`)."""

    kind: str
    words: str


@dataclass(frozen=True)
class ClauseChange:
    """What became of a clause. `pieces` are empty where one of the two texts was not imported.

    `item_ids` are the items that it asks for, in either version.
    """

    change: Change
    item_ids: tuple[str, ...]
    section_before: str | None
    section_after: str | None
    sha256_before: str | None
    sha256_after: str | None
    before: str | None
    after: str | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Difference:
    """What another version changes: ids added and removed, and the fields that differ by id."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: dict[str, tuple[str, ...]]
    clauses: tuple[ClauseChange, ...] = ()


@dataclass(frozen=True)
class Copies:
    """A published checklist as it is sent: JSON, and the same by gzip, under a strong ETag."""

    etag: str
    plain: bytes
    gzip: bytes
