"""The name check as others ask for it."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from checklists.naming.model import Checked, Rule, Rules
from checklists.naming.names import check_names
from checklists.naming.terms import every_rule
from checklists.plans.actions import Judged, Plans, judged
from checklists.plans.model import Plan
from checklists.regions import codes as regions

_RULES = {
    "name-banned-terms": Rule.BANNED_TERM,
    "name-foreign-words": Rule.FOREIGN_WORD,
    "name-foreign-country": Rule.FOREIGN_PLACE,
    "name-foreign-place": Rule.FOREIGN_PLACE,
    "name-curriculum-claim": Rule.CURRICULUM,
    "name-religious": Rule.RELIGIOUS,
    "name-public-school": Rule.PUBLIC_NAME,
}


def rules_in_force(plans: Iterable[Plan], region: str, on: date) -> Rules:
    """Return the rules and terms of the plans that count in a region on a day.

    Raises BadValue for a region that is not known. No plan with naming clauses: no rule holds.
    """
    above = (regions.checked(region), *regions.ancestors(region))
    return rules_of(judged(plans, above, on))


def rules_of(plans: Iterable[Judged]) -> Rules:
    holding: set[Rule] = set()
    listed: dict[Rule, set[str]] = {Rule.BANNED_TERM: set(), Rule.CURRICULUM: set()}
    for each in plans:
        if not each.counts:
            continue
        for requirement in each.plan.requirements:
            rule = _RULES.get(requirement.control)
            if rule is None:
                continue
            holding.add(rule)
            if rule in listed:
                listed[rule].update((requirement.threshold or {}).get("terms", ()))
    return Rules(
        holding=frozenset(holding),
        banned=frozenset(listed[Rule.BANNED_TERM]),
        curriculum=frozenset(listed[Rule.CURRICULUM]),
    )


def check(names: Iterable[tuple[str, str]], rules: Rules | None = None) -> Iterator[Checked]:
    """Return the verdict on each (name, nature), in order; by every rule known without `rules`."""
    return check_names(names, rules or every_rule())


def to_line(checked: Checked) -> dict[str, Any]:
    """Return a verdict as it is written and sent."""
    return {
        "name": checked.name,
        "verdict": checked.verdict,
        "findings": [each._asdict() for each in checked.findings],
    }


class Naming:
    """Checks names by the rules of the plans that the service holds."""

    def __init__(self, plans: Plans) -> None:
        self._plans = plans

    def check(
        self, name: str, nature: str, *, region: str | None = None, on: date | None = None
    ) -> Checked:
        """Return the verdict on one name; by every rule known unless region and day are given."""
        return next(self.check_many([(name, nature)], region=region, on=on))

    def check_many(
        self,
        names: Iterable[tuple[str, str]],
        *,
        region: str | None = None,
        on: date | None = None,
    ) -> Iterator[Checked]:
        if region is None or on is None:
            return check(names)
        return check(names, rules_of(self._plans.judged(region, on)))
