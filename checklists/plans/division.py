"""The requirements of a document and the table that divides its work, brought together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checklists.plans.departments import Row, match_rows
from checklists.plans.figures import until
from checklists.plans.model import Departments, Requirement
from checklists.plans.tree import Clause


def from_table(
    rows: list[Row],
    requirements: Sequence[Requirement],
    clauses: Sequence[Clause],
    prefix: str,
) -> list[Requirement]:
    """Give each requirement what a table of divided work names for its section.

    The offices, where no bracket assigned any; the day, where its own words name no time.
    `prefix` is the document's in its sections.
    """
    headings = {
        (prefix + clause.section).strip(): (_about(clause), _last_figure(clause))
        for clause in clauses
        if clause.path and _about(clause)
    }
    found = match_rows(rows, headings)
    given: list[Requirement] = []
    for each in requirements:
        row = next((found[above] for above in _sections_above(each.section, found)), None)
        given.append(_given(each, row) if row else each)
    return given


def _given(requirement: Requirement, row: Row) -> Requirement:
    own = requirement.departments
    return replace(
        requirement,
        departments=row.departments if own == Departments() else own,
        deadline=requirement.deadline or until(row.by),
    )


def _about(clause: Clause) -> str:
    """Return what a section says that it is about: its heading, or how it begins."""
    return clause.heading or next((each.signs[:24] for each in clause.sentences), "")


def _sections_above(section: str, known: dict[str, Row]) -> Iterator[str]:
    for length in range(len(section), 0, -1):
        if section[:length] in known:
            yield section[:length]


def _last_figure(clause: Clause) -> str:
    return re.sub(r"\D", "", clause.path[-1]) if clause.path else ""
