"""The name check as others ask for it."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import cache, lru_cache
from typing import Any

from checklists.naming.model import Checked, Clause, Finding, Rule, Rules
from checklists.naming.names import check_names
from checklists.naming.namesakes import Namesakes, namesakes
from checklists.naming.terms import homes, listed
from checklists.naming.wording import Carrier, compare, same
from checklists.plans.actions import Judged, Plans, judged, known_plans
from checklists.plans.model import Plan, Requirement
from checklists.regions import codes as regions

__all__ = ["Carrier", "Namesakes", "Naming", "compare", "namesakes", "same"]

MISLEADING = "name-large"
"""It bans what misleads; only the words that a plan lists for it can be looked for."""

CONTROLS = {
    "name-banned-terms": Rule.BANNED_TERM,
    MISLEADING: Rule.BANNED_TERM,
    "name-foreign-words": Rule.FOREIGN_WORD,
    "name-foreign-country": Rule.FOREIGN_PLACE,
    "name-foreign-place": Rule.FOREIGN_PLACE,
    "name-curriculum-claim": Rule.CURRICULUM,
    "name-religious": Rule.RELIGIOUS,
    "name-public-school": Rule.PUBLIC_NAME,
}
"""The controls of the catalogue that ask for names, and the rule that each is."""

_LIST = re.compile(
    r"(?:冠以|冠|使用|含有|包含|包括|带有|出现|有)([^，。；：]{2,60}?)等?(?:字样|字眼|词语|词汇|词)"
)
_BETWEEN = re.compile('[、和及或与等“”"‘’「」『』]+')


def rules_in_force(plans: Iterable[Plan], region: str, on: date) -> Rules:
    """Return the rules and terms of the plans that count in a region on a day.

    Raises BadValue for a region that is not known. No plan with naming clauses: no rule holds.
    """
    above = (regions.checked(region), *regions.ancestors(region))
    return rules_of(judged(plans, above, on))


def rules_of(plans: Iterable[Judged]) -> Rules:
    return rules_from(each.plan for each in plans if each.counts)


def rules_from(plans: Iterable[Plan]) -> Rules:
    """Return the rules that the naming clauses of some plans make, each with its clauses."""
    holding: set[Rule] = set()
    named: dict[Rule, set[str]] = {Rule.BANNED_TERM: set(), Rule.CURRICULUM: set()}
    clauses: dict[Rule, list[Clause]] = {}
    for plan in plans:
        asked = [
            (CONTROLS[each.control], each)
            for each in plan.requirements
            if each.control in CONTROLS and (each.control != MISLEADING or terms_of(each))
        ]
        here = {rule for rule, _ in asked}
        holding |= here
        for rule, requirement in asked:
            told = terms_of(requirement)
            mine = {term for term in told if homes().get(term, rule) in (rule, *(set(Rule) - here))}
            if rule in named:
                named[rule] |= mine
            clauses.setdefault(rule, []).append(
                Clause(
                    plan_id=plan.id,
                    title=plan.title,
                    number=plan.number,
                    section=requirement.section,
                    words_sha256=requirement.words_sha256,
                    quote=requirement.quote,
                    terms=tuple(sorted(mine)),
                )
            )
    for rule, words in named.items():
        if rule in holding and not words:
            words.update(listed(rule))
    return Rules(
        holding=frozenset(holding),
        banned=frozenset(named[Rule.BANNED_TERM]),
        curriculum=frozenset(named[Rule.CURRICULUM]),
        clauses={rule: tuple(dict.fromkeys(found)) for rule, found in clauses.items()},
    )


def terms_of(requirement: Requirement) -> tuple[str, ...]:
    """Return the terms that a clause lists: those read as its figure, else those its words name."""
    read = tuple((requirement.threshold or {}).get("terms", ()))
    return read or unquoted(requirement.quote or "")


def unquoted(words: str) -> tuple[str, ...]:
    """Return the terms of a list without quotation marks: 冠以甲、乙、丙等字样."""
    found = [
        term
        for each in _LIST.finditer(words)
        for term in _BETWEEN.split(each.group(1))
        if 2 <= len(term) <= 6
    ]
    return tuple(dict.fromkeys(found))


@cache
def every_rule() -> Rules:
    """Return every naming rule known: of all packs, whatever their region and dates."""
    packs = rules_from(known_plans(datetime(2000, 1, 1, tzinfo=UTC)))
    return Rules(
        banned=packs.banned | listed(Rule.BANNED_TERM),
        curriculum=packs.curriculum | listed(Rule.CURRICULUM),
        clauses=packs.clauses,
    )


def check(names: Iterable[tuple[str, str]], rules: Rules | None = None) -> Iterator[Checked]:
    """Return the verdict on each (name, nature), in order; by every rule known without `rules`."""
    return check_names(names, rules or every_rule())


def to_line(checked: Checked, rules: Rules | None = None) -> dict[str, Any]:
    """Return a verdict as it is written and sent, each finding with the clauses it rests on."""
    if not checked.findings:
        return {"name": checked.name, "verdict": checked.verdict, "findings": []}
    known = rules or every_rule()
    return {
        "name": checked.name,
        "verdict": checked.verdict,
        "findings": [
            finding_line(each, known.cited(each.rule, each.term)) for each in checked.findings
        ],
    }


def finding_line(finding: Finding, clauses: tuple[Clause, ...]) -> dict[str, Any]:
    told = finding._asdict()
    told["ask"] = finding.ask._asdict() if finding.ask else None
    told["clauses"] = list(_clause_lines(clauses))
    return told


@lru_cache(maxsize=1024)
def _clause_lines(clauses: tuple[Clause, ...]) -> tuple[dict[str, Any], ...]:
    return tuple(clause_line(each) for each in clauses)


def clause_line(clause: Clause) -> dict[str, Any]:
    return {
        "plan_id": clause.plan_id,
        "title": clause.title,
        "number": clause.number,
        "section": clause.section,
        "words_sha256": clause.words_sha256,
        "quote": clause.quote,
    }


class Naming:
    """Checks names by the rules of the plans that the service holds."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans

    def rules(self, region: str | None, on: date) -> Rules:
        """Return the rules in force in a region on a day, every rule known without a region."""
        return every_rule() if region is None else rules_of(self._plans.judged(region, on))

    def check(
        self,
        name: str,
        nature: str,
        *,
        region: str | None = None,
        on: date | None = None,
        public: Namesakes | None = None,
    ) -> Checked:
        """Return the verdict on one name; by every rule known unless region and day are given."""
        return next(self.check_many([(name, nature)], region=region, on=on, public=public))

    def check_many(
        self,
        names: Iterable[tuple[str, str]],
        *,
        region: str | None = None,
        on: date | None = None,
        public: Namesakes | None = None,
    ) -> Iterator[Checked]:
        """Return the verdicts in order; `public` are names that a private one may not bear."""
        rules = every_rule() if region is None or on is None else self.rules(region, on)
        if public is None or Rule.PUBLIC_NAME not in rules.holding:
            return check(names, rules)
        kept = list(names)
        return public.with_names(zip(kept, check(kept, rules), strict=True))
