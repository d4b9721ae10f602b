"""A draw: what goes in, what was committed to beforehand, and what came of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    COMMITTED = "committed"
    DRAWN = "drawn"
    CANCELLED = "cancelled"

    @property
    def told(self) -> tuple[str, str]:
        """In words, Chinese and English."""
        words = {"committed": "已承诺待抽取", "drawn": "已抽取", "cancelled": "已取消"}
        return words[self.value], self.value


@dataclass(frozen=True)
class Group:
    """Sites that so many are drawn from, and so many reserves after them."""

    name: str
    site_ids: tuple[str, ...]
    count: int
    reserves: int = 0


@dataclass(frozen=True)
class Inputs:
    """Everything that the draw depends on but the seed; published as it stands.

    `team` officers go to each site. `recusals` are pairs of officer and site. `most` is how many
    sites one officer takes at most.
    """

    groups: tuple[Group, ...]
    officer_ids: tuple[str, ...]
    team: int
    most: int
    recusals: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Drawn:
    """One site with its officers, and the officers who stand in for them, in their order.

    `reserve`: the site itself stands in for one that falls out.
    """

    group: str
    site_id: str
    officer_ids: tuple[str, ...]
    stand_ins: tuple[str, ...]
    reserve: bool


@dataclass(frozen=True)
class Act:
    at: datetime
    account_id: str
    person_id: str
    name: str


@dataclass(frozen=True)
class Planned:
    """What became of one drawn site: the visit that was planned, or why none was."""

    site_id: str
    inspection_id: str | None = None
    refused: tuple[str, str] | None = None


@dataclass(frozen=True)
class Draw:
    """`commitment` is the SHA-256 of `secret`, published before; `secret` is told once it is drawn.

    `beacon` is what somebody else read out in public at the drawing, which nobody knew before:
    the seed is made of both. `inputs_sha256` is over the canonical JSON of the inputs.
    """

    id: str
    region: str
    title: str
    inputs: Inputs
    inputs_sha256: str
    commitment: str
    secret: str
    committed: Act
    status: Status = Status.COMMITTED
    beacon: str | None = None
    drawn: Act | None = None
    results: tuple[Drawn, ...] = ()
    cancelled: Act | None = None
    why: str | None = None
    revision: int = 1
    schema_version: int = 1
