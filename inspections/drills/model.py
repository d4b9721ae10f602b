"""A drill: what was tried, what was measured, and against which limit."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Kind(StrEnum):
    ALARM = "alarm"
    BARRIER = "barrier"
    CAMERA_LINK = "camera_link"
    PATROLS = "patrols"


class Verdict(StrEnum):
    PASSED = "passed"
    FAILED = "failed"
    NOT_JUDGED = "not_judged"


class Source(StrEnum):
    """Who measured: an officer on the spot, or the linkage platform that was asked."""

    OFFICER = "officer"
    PLATFORM = "platform"


@dataclass(frozen=True)
class Alarm:
    """`started_at` the key was pressed; `answered_at` the police answered, None: nobody did.

    `receipt` is the number that the police gave the call.
    """

    started_at: datetime
    answered_at: datetime | None = None
    receipt: str | None = None

    @property
    def seconds(self) -> float | None:
        if self.answered_at is None:
            return None
        return (self.answered_at - self.started_at).total_seconds()


@dataclass(frozen=True)
class Barrier:
    """`stands` in the way of a car: raised, or firmly fixed. `seconds` a rising one took."""

    stands: bool
    rising: bool = False
    seconds: float | None = None


@dataclass(frozen=True)
class CameraLink:
    """Cameras seen by the platform `online`, of all (`total`), at the time of the drill.

    `period_percent` is the online share over the last `period_days`, where it is known.
    """

    online: int
    total: int
    period_percent: float | None = None
    period_days: int | None = None

    @property
    def percent(self) -> float:
        return 100 * self.online / self.total if self.total else 0.0


@dataclass(frozen=True)
class Patrols:
    """Rounds of the guards on one day, by their log."""

    on: date
    rounds: int


@dataclass(frozen=True)
class Judgement:
    """The verdict with what was measured and the limit; `limit` None is one that nobody set.

    `why` says it in words, Chinese and English.
    """

    verdict: Verdict
    measured: float | None
    limit: float | None
    why: tuple[str, str]


@dataclass(frozen=True)
class Drill:
    """One of `alarm`, `barrier`, `camera_link`, `patrols` is there: that of its kind."""

    id: str
    kind: Kind
    kindergarten_id: str
    kindergarten_name: str
    region: str
    at: datetime
    by: str
    by_name: str
    source: Source
    judgement: Judgement
    next_due: date | None
    inspection_id: str | None = None
    note: str | None = None
    alarm: Alarm | None = None
    barrier: Barrier | None = None
    camera_link: CameraLink | None = None
    patrols: Patrols | None = None
    revision: int = 1
    schema_version: int = 1


AskPlatform = Callable[[str], CameraLink]
"""Asks the linkage platform for a kindergarten, by its code. Raises PlatformSilent."""


@dataclass(frozen=True)
class Untested:
    """An open kindergarten of which no drill of a kind was ever recorded."""

    id: str
    name: str
    region: str
