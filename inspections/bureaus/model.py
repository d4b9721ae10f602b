"""What a bureau sets for its region; None is not set here, so what stands above it holds."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Measure(StrEnum):
    """A rung of the ladder: what follows when a notice stays overdue."""

    REMINDER = "reminder"
    FORMAL_INTERVIEW = "formal_interview"
    BULLETIN = "bulletin"
    SUPERVISED_LISTING = "supervised_listing"
    REFERRAL = "referral"
    PENALTY_REFERRAL = "penalty_referral"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        return (MEASURES[self], self.value.replace("_", " "))


MEASURES = {
    Measure.REMINDER: "催办",
    Measure.FORMAL_INTERVIEW: "约谈",
    Measure.BULLETIN: "通报",
    Measure.SUPERVISED_LISTING: "挂牌督办",
    Measure.REFERRAL: "移送有关部门",
    Measure.PENALTY_REFERRAL: "移送行政处罚",
}


@dataclass(frozen=True)
class Rung:
    """A measure that is due so many days after a deadline lapsed; 0 is at once.

    `working`: working days are counted, else calendar days. `major_only`: only where a major
    hazard is still open. `departments`: to whom a referral goes; none is those the plan names.
    """

    measure: Measure
    after_days: int
    working: bool = True
    major_only: bool = False
    departments: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """What may be set.

    `first_day_counts` and `last_day_moves` say how a period is counted (民法典 201, 203);
    `objection_days` how long after service a notice may be objected to (calendar days);
    `proof_hours` how soon a director proves a major hazard out of use, or a person off work;
    `defence_days` how long (working days) the person concerned has to answer a veto case;
    `visits_a_year` how many routine visits a kindergarten gets without a reason; `same_pair` how
    often in a row the same officers may visit it; `alarm_seconds`, `linkage_percent`,
    `barrier_seconds` and `patrols_a_day` what a drill must reach.
    """

    ladder: tuple[Rung, ...] | None = None
    first_day_counts: bool | None = None
    last_day_moves: bool | None = None
    objection_days: int | None = None
    proof_hours: int | None = None
    defence_days: int | None = None
    visits_a_year: int | None = None
    same_pair: int | None = None
    alarm_seconds: int | None = None
    linkage_percent: float | None = None
    barrier_seconds: int | None = None
    patrols_a_day: int | None = None
    drill_months: int | None = None


DEFAULT = Rules(
    ladder=(),
    first_day_counts=False,
    last_day_moves=True,
    proof_hours=24,
    defence_days=5,
    same_pair=3,
)
"""In force where no bureau has set anything; what is None here is not asked for at all."""


@dataclass(frozen=True)
class BureauSettings:
    """What one bureau set, and the document that it rests on. `id` is the region's code."""

    id: str
    region: str
    rules: Rules
    source: str
    changed_by: str
    changed_at: datetime
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class InForce:
    """The rules of a region, and from which region each of them comes (None: the default)."""

    region: str
    rules: Rules
    origins: dict[str, str | None]
    own: BureauSettings | None
    revision: int
