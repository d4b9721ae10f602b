"""An item that a bureau adds to its region's checklists."""

from dataclasses import dataclass
from datetime import date, datetime

from checklists.decisions.model import OwnItem


@dataclass(frozen=True)
class Clause:
    """The sentence of a plan that a local item rests on, whatever the edition."""

    series: str
    words_sha256: str
    plan_id: str
    section: str


@dataclass(frozen=True)
class LocalItem:
    """It is asked from `valid_from` to `valid_until`, in `region` and below.

    `basis` says on what it rests, in words. It carries a notice only where it names a `clause` of
    a plan that carries one.
    """

    id: str
    region: str
    item: OwnItem
    reason: str
    basis: str
    valid_from: date
    added_at: datetime
    added_by: str
    account_id: str
    valid_until: date | None = None
    clause: Clause | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_why: str | None = None
    revision: int = 1
    schema_version: int = 1

    def counts(self, on: date) -> bool:
        """Tell whether it is asked on a day."""
        return (
            self.withdrawn_at is None
            and self.valid_from <= on
            and (self.valid_until is None or on <= self.valid_until)
        )
