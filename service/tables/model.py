"""A table sent in, row by row, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    KINDERGARTENS = "kindergartens"
    ACCOUNTS = "accounts"


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"

    @property
    def media_type(self) -> str:
        if self is Format.CSV:
            return "text/csv; charset=utf-8"
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Status(StrEnum):
    """`waiting` to be checked; `checked` waits for a person; the others say what was done."""

    WAITING = "waiting"
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    DISCARDED = "discarded"
    REFUSED = "refused"


class RowState(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    BAD = "bad"


class Trouble(NamedTuple):
    """What is wrong with one cell. `column` is the English heading, "" for the whole row."""

    column: str
    value: str
    zh: str
    en: str


Cell = str | Trouble
"""A cell as text, or why it has none: a formula, an error value, too long."""


@dataclass(frozen=True)
class Counts:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: int = 0


@dataclass(frozen=True)
class Import:
    """`done` of `total` rows tell how far the work is; `why` (Chinese, English) what stopped it.

    `run` names who works on it, until `claimed_until`; a run that ended half way is begun anew.
    `rows_run` is the run that checked, whose rows count.
    """

    id: str
    kind: Kind
    name: str
    sha256: str
    size: int
    made_by: str
    made_at: datetime
    changed_at: datetime
    expires_at: datetime
    status: Status = Status.WAITING
    counts: Counts = field(default_factory=Counts)
    done: int = 0
    total: int = 0
    why: tuple[str, str] | None = None
    skip_bad: bool = False
    run: str | None = None
    rows_run: str | None = None
    claimed_until: datetime | None = None
    attempts: int = 0
    revision: int = 1
    schema_version: int = 1

    @property
    def reason(self) -> dict[str, str] | None:
        return {"zh": self.why[0], "en": self.why[1]} if self.why else None


@dataclass(frozen=True)
class Row:
    """One row of a table as it was judged. `number` is the one a spreadsheet shows.

    `before` and `after` hold the cells that differ; of a bad row `after` holds all of its cells,
    of a new one what it would write.
    `wire` is what is written, `seen` the revision that it was compared with.
    """

    id: str
    import_id: str
    run: str
    number: int
    state: RowState
    key: str
    expires_at: datetime
    before: Mapping[str, str] = field(default_factory=dict)
    after: Mapping[str, str] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()
    wire: Mapping[str, Any] = field(default_factory=dict)
    seen: str | None = None


class Judged(NamedTuple):
    """What a row means beside what is on record; `cells` is the record as a row of a table."""

    state: RowState
    before: Mapping[str, str]
    after: Mapping[str, str]
    troubles: tuple[Trouble, ...] = ()
    wire: Mapping[str, Any] = {}
    seen: str | None = None
