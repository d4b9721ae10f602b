"""A check of the whole register's names, and what it found."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from checklists.naming.model import Verdict


class Status(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Counts:
    ok: int = 0
    review: int = 0
    violation: int = 0


@dataclass(frozen=True)
class NameRun:
    """`done` of `total` kindergartens are checked, up to the (region, id) in `after`.

    `run` names who works on it, until `claimed_until`; what ended half way goes on from `after`.
    `why` (Chinese, English) says what stopped it.
    """

    id: str
    made_by: str
    made_at: datetime
    changed_at: datetime
    status: Status = Status.WAITING
    counts: Counts = field(default_factory=Counts)
    done: int = 0
    total: int = 0
    after: tuple[str, str] | None = None
    why: tuple[str, str] | None = None
    run: str | None = None
    claimed_until: datetime | None = None
    attempts: int = 0
    revision: int = 1
    schema_version: int = 1

    @property
    def reason(self) -> dict[str, str] | None:
        return {"zh": self.why[0], "en": self.why[1]} if self.why else None


@dataclass(frozen=True)
class Hit:
    """What was found in one name; `previous` is the verdict that the register had."""

    id: str
    run_id: str
    kindergarten_id: str
    name: str
    nature: str
    region: str
    verdict: Verdict
    previous: Verdict
    findings: tuple[Mapping[str, Any], ...]
    settled: str | None = None
    schema_version: int = 1
