"""The requirements of a document and the table that divides its work, brought together."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from checklists.plans.departments import match_rows
from checklists.plans.model import Departments, Requirement
from checklists.plans.tree import Clause


def from_table(
    rows: list[tuple[str, str, Departments]],
    requirements: Sequence[Requirement],
    clauses: Sequence[Clause],
    prefix: str,
) -> list[Requirement]:
    """Give what no bracket assigned the offices that a table of divided work names for it.

    `rows` are number, task and offices; `prefix` is the document's in its sections.
    """
    headings = {
        (prefix + clause.section).strip(): (_about(clause), _last_figure(clause))
        for clause in clauses
        if clause.path and _about(clause)
    }
    found = match_rows(rows, headings)
    given: list[Requirement] = []
    for each in requirements:
        section = next(_sections_above(each.section, found), None)
        assigned = section is not None and each.departments == Departments()
        given.append(replace(each, departments=found[str(section)]) if assigned else each)
    return given


def _about(clause: Clause) -> str:
    """Return what a section says that it is about: its heading, or how it begins."""
    return clause.heading or next((each.signs[:24] for each in clause.sentences), "")


def _sections_above(section: str, known: dict[str, Departments]) -> Iterator[str]:
    for length in range(len(section), 0, -1):
        if section[:length] in known:
            yield section[:length]


def _last_figure(clause: Clause) -> str:
    return re.sub(r"\D", "", clause.path[-1]) if clause.path else ""
