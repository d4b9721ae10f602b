"""Whether a plan counts on a day, and whether it carries a notice then.

Past a stated expiry a plan no longer counts. A horizon is what its goals aim at, not an expiry:
past it the plan stays, marked, and carries a notice only once the bureau has recorded that it
continues. A draft may be inspected against for information and never carries a notice.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from checklists.plans.model import Continuation, Plan, Status


class Standing(StrEnum):
    IN_FORCE = "in_force"
    CONTINUED = "continued"
    PAST_HORIZON = "past_horizon"
    DRAFT = "draft"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    REPEALED = "repealed"


COUNTING = frozenset({Standing.IN_FORCE, Standing.CONTINUED, Standing.PAST_HORIZON, Standing.DRAFT})
CARRYING = frozenset({Standing.IN_FORCE, Standing.CONTINUED})

WHY: dict[Standing, tuple[str, str]] = {
    Standing.IN_FORCE: ("现行有效", "in force"),
    Standing.CONTINUED: (
        "目标年份已过，主管部门已记录继续执行",
        "past its horizon, recorded by the bureau as continuing in force",
    ),
    Standing.PAST_HORIZON: (
        "目标年份已过，尚无继续执行的记录，不能据以发出通知书",
        "past its horizon without a record that it continues: it carries no notice",
    ),
    Standing.DRAFT: (
        "征求意见稿，仅供参考，不能据以发出通知书",
        "a draft for comment, for information only: it carries no notice",
    ),
    Standing.EXPIRED: ("已过文中写明的有效期", "past the expiry that its text states"),
    Standing.NOT_YET: ("尚未施行", "not yet in force"),
    Standing.REPEALED: ("已废止", "repealed"),
}


@dataclass(frozen=True)
class Judged:
    """A plan with its standing on a day."""

    plan: Plan
    standing: Standing

    @property
    def counts(self) -> bool:
        return self.standing in COUNTING

    @property
    def carries_notice(self) -> bool:
        return self.standing in CARRYING

    @property
    def why(self) -> tuple[str, str]:
        return WHY[self.standing]


def standing(plan: Plan, on: date, continuations: Iterable[Continuation] = ()) -> Standing:
    """Return what a plan is worth on a day."""
    told = (
        (plan.status is Status.REPEALED, Standing.REPEALED),
        (plan.valid_until is not None and on > plan.valid_until, Standing.EXPIRED),
        (plan.valid_from is not None and on < plan.valid_from, Standing.NOT_YET),
        (plan.status is Status.DRAFT, Standing.DRAFT),
        (plan.horizon is None or on.year <= plan.horizon, Standing.IN_FORCE),
        (any(_continues(each, plan, on) for each in continuations), Standing.CONTINUED),
    )
    return next((each for holds, each in told if holds), Standing.PAST_HORIZON)


def _continues(record: Continuation, plan: Plan, on: date) -> bool:
    return record.plan_id == plan.id and record.decided_on <= on <= (record.until or on)


def judged(
    plans: Iterable[Plan],
    regions: Sequence[str],
    on: date,
    continuations: Sequence[Continuation] = (),
) -> list[Judged]:
    """Return the plans of the regions, of each series the latest edition, in the regions' order."""
    latest: dict[str, Plan] = {}
    for plan in plans:
        held = latest.get(plan.series)
        if plan.region in regions and (held is None or plan.edition > held.edition):
            latest[plan.series] = plan
    found = sorted(latest.values(), key=lambda plan: (regions.index(plan.region), plan.title))
    return [Judged(plan, standing(plan, on, continuations)) for plan in found]
