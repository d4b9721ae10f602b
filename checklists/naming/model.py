"""A finding in a name, the verdict on the name, and the rules with the clauses they rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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


class Question(NamedTuple):
    """What a person is to find out before it is decided, in Chinese and in English."""

    zh: str
    en: str


class Finding(NamedTuple):
    """`start` and `end` are offsets in the name as written; `why` is for people, in Chinese.

    `term` is the term of the rule, however it was written. `ask` stands where it is not certain.
    """

    rule: Rule
    term: str
    start: int
    end: int
    confidence: float
    why: str
    ask: Question | None = None


class Checked(NamedTuple):
    """A name with its verdict. Tuples, for a register holds hundreds of thousands."""

    name: str
    verdict: Verdict
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Clause:
    """Where a rule stands: plan and section, the hash of its words, and the words if imported.

    `terms` are those that the clause lists.
    """

    plan_id: str
    title: str
    number: str | None
    section: str
    words_sha256: str
    quote: str | None = None
    terms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rules:
    """Which rules hold, the terms that plans list for two of them, and the clauses of each."""

    holding: frozenset[Rule] = frozenset(Rule)
    banned: frozenset[str] = frozenset()
    curriculum: frozenset[str] = frozenset()
    clauses: Mapping[Rule, tuple[Clause, ...]] = field(default_factory=dict, compare=False)

    def cited(self, rule: Rule, term: str) -> tuple[Clause, ...]:
        """Return the clauses that a finding rests on: those that list its term, if any does."""
        found = self.clauses.get(rule, ())
        return tuple(each for each in found if term in each.terms) or found
