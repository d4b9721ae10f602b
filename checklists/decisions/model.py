"""A bureau's decision on a clause or an item, and the item in the bureau's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from checklists.catalogue.model import AnswerKind, Binds, Condition, Place, Severity
from checklists.plans.model import Unmatched

SUBJECTS = (
    *(Binds.KINDERGARTEN, Binds.TRAINING_INSTITUTION, Binds.UNLICENSED_SITE),
    *(Binds.HIGH_SCHOOL, Binds.BUREAU),
)
"""Those of whom something can be asked at a visit."""


class Choice(StrEnum):
    """What is decided.

    `item`: the clause becomes an item in the bureau's words. `control`: it asks for a control of
    the catalogue. `set_aside`: nothing is made of the clause, or the item is switched off.
    `prefer`: of clauses that contradict one another this one holds. `withdrawn`: as if nothing had
    been decided.
    """

    ITEM = "item"
    CONTROL = "control"
    SET_ASIDE = "set_aside"
    PREFER = "prefer"
    WITHDRAWN = "withdrawn"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return TOLD[self]


TOLD = {
    Choice.ITEM: ("列为检查项", "made an item"),
    Choice.CONTROL: ("对应目录中的检查事项", "mapped to a control"),
    Choice.SET_ASIDE: ("不予采用", "set aside"),
    Choice.PREFER: ("矛盾条款择一", "chosen among contradictory clauses"),
    Choice.WITHDRAWN: ("撤销原决定", "withdrawn"),
}


@dataclass(frozen=True)
class OwnItem:
    """An item in a bureau's own words.

    `threshold` holds `comparison` (>=, <=, =), `value` and `unit`. `articles` are statutory ones
    that the catalogue knows: without one a finding becomes a recommendation.
    """

    title: str
    title_en: str
    how: str
    family: str
    place: Place
    answer_kind: AnswerKind = AnswerKind.YES_NO
    unit: str | None = None
    threshold: Mapping[str, Any] | None = None
    severity: Severity = Severity.ORDINARY
    photo_required: bool = False
    evidence: str = ""
    articles: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    subjects: tuple[Binds, ...] = (Binds.KINDERGARTEN,)
    two_persons: bool = False
    drill: bool = False


@dataclass(frozen=True)
class Target:
    """What is decided on.

    A sentence of a plan: `series` and `words_sha256`; with `control` what was made of it. Without
    `series`, the item of that control, whatever clauses ask for it.
    """

    series: str | None = None
    words_sha256: str | None = None
    control: str | None = None


@dataclass(frozen=True)
class Decision:
    """What a bureau decided; each later word on the same target is a revision of it.

    It holds in `region` and below, until a nearer bureau decides. `words` are the hashes of the
    clauses that asked for the item then: with another clause it is to be looked at again.
    `plan_id` and `section` are where the clause stood then.
    """

    id: str
    region: str
    target: Target
    choice: Choice
    reason: str
    decided_at: datetime
    decided_by: str
    account_id: str
    plan_id: str | None = None
    section: str | None = None
    own: OwnItem | None = None
    to_control: str | None = None
    threshold: Mapping[str, Any] | None = None
    preferred: str | None = None
    words: tuple[str, ...] = ()
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Standing:
    """A decision as it stands now; `why_again` says why it is to be looked at again."""

    decision: Decision
    why_again: tuple[str, str] | None = None

    @property
    def in_effect(self) -> bool:
        return self.why_again is None and self.decision.choice is not Choice.WITHDRAWN

    @property
    def is_open(self) -> bool:
        """Tell whether the bureau is to look at it again."""
        return self.why_again is not None and self.decision.choice is not Choice.WITHDRAWN


@dataclass(frozen=True)
class Rulings:
    """The decisions that reach a region, of each target the nearest one's."""

    by_target: Mapping[Target, Standing] = field(default_factory=dict)

    def on(self, target: Target) -> Decision | None:
        """Return the decision in effect on a target, None where there is none."""
        found = self.by_target.get(target)
        return found.decision if found and found.in_effect else None


@dataclass(frozen=True)
class Left:
    """A sentence that became no requirement, and what the bureau decided about it."""

    clause: Unmatched
    standing: Standing | None = None
