"""A finding in a name, and the verdict on the name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Rule(StrEnum):
    BANNED_TERM = "banned_term"
    FOREIGN_WORD = "foreign_word"
    FOREIGN_PLACE = "foreign_place"
    RELIGIOUS = "religious"
    CURRICULUM = "curriculum"
    PUBLIC_NAME = "public_name"


class Verdict(StrEnum):
    OK = "ok"
    REVIEW = "review"
    VIOLATION = "violation"


CERTAIN = 0.8
"""A finding of at least this confidence is a violation; below it a person decides."""


class Finding(NamedTuple):
    """`start` and `end` are offsets in the name as written; `why` is for people, in Chinese."""

    rule: Rule
    term: str
    start: int
    end: int
    confidence: float
    why: str


class Checked(NamedTuple):
    """A name with its verdict. Tuples, for a register holds hundreds of thousands."""

    name: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Clause:
    """Where a rule stands: the plan and section that a finding cites."""

    plan_id: str
    title: str
    section: str


@dataclass(frozen=True)
class Rules:
    """Which rules hold, and the terms that the plans in force list for two of them."""

    holding: frozenset[Rule] = frozenset(Rule)
    banned: frozenset[str] = frozenset()
    curriculum: frozenset[str] = frozenset()
