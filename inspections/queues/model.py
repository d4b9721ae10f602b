"""A queue of what waits for a role, and one thing that waits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from media.custody.model import Actor, Role

Criteria: TypeAlias = Callable[[Actor, datetime], Mapping[str, Any]]


class Kind(StrEnum):
    INSPECTION = "inspection"
    FINDING = "finding"
    NOTICE = "notice"
    CHECKLIST = "checklist"
    SIGHTING = "sighting"
    UNLICENSED_SITE = "unlicensed_site"
    VETO_CASE = "veto_case"
    RENAMING_CASE = "renaming_case"
    KINDERGARTEN_NAME = "kindergarten_name"
    ANNUAL_REVIEW = "annual_review"
    STOPPAGE = "stoppage"
    DOSSIER = "dossier"
    MEASURE = "measure"
    TIP = "tip"
    BULLETIN = "bulletin"
    PASSWORD_RESET = "password_reset"  # noqa: S105 - a kind of thing


@dataclass(frozen=True)
class Queue:
    """`due` is the field of the thing by which the most urgent comes first.

    `criteria` say, of what the actor's scope reaches, what waits for that actor now.
    """

    name: str
    zh: str
    en: str
    roles: frozenset[Role]
    kind: Kind
    collection: str
    due: str
    criteria: Criteria


@dataclass(frozen=True)
class Entry:
    """One thing that waits; `due` is its deadline, its day, or since when it waits."""

    kind: Kind
    id: str
    title: str
    due: datetime
    region: str | None = None
    kindergarten_id: str | None = None
    kindergarten_name: str | None = None
    overdue: bool = False
    provisional: bool = False


@dataclass(frozen=True)
class Waiting:
    """A queue as its reader finds it: how many wait, at most `MOST` counted, and the first."""

    name: str
    zh: str
    en: str
    count: int
    items: tuple[Entry, ...]
