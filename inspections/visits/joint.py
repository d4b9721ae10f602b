"""The rules of a joint inspection: which department looks at what.

The departments are those that the plans name for a clause, lead and others, as their division
tables and brackets have them. An officer of a department sees and answers its items; officers of
the bureau those that no department present looks at.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from checklists.generation.model import Item
from inspections.visits.errors import NotYourItem
from inspections.visits.model import Answer, Inspection, Officer, Part

OF_A_PLACE = re.compile(r"[^省市县区]{0,8}?[省市县区](?!场)")
"""What stands before an office's own name: 市 in 市公安局, 演示县 in 演示县公安局."""


def parts(items: Mapping[str, Item], item_ids: Sequence[str]) -> tuple[Part, ...]:
    """Return each department with the items that it looks at, in the checklist's order.

    `lead` are those of them for which a clause names it first.
    """
    asked: dict[str, list[str]] = {}
    led: dict[str, list[str]] = {}
    named: dict[str, str] = {}
    for item_id in item_ids:
        for citation in items[item_id].citations:
            for department in (*citation.lead, *citation.others):
                office = office_of(department)
                named.setdefault(office, department)
                _put(asked.setdefault(office, []), item_id)
                if department in citation.lead:
                    _put(led.setdefault(office, []), item_id)
    return tuple(
        Part(named[office], tuple(ids), tuple(led.get(office, ()))) for office, ids in asked.items()
    )


def office_of(department: str) -> str:
    """Return an office's own name, without the place that it is of."""
    return OF_A_PLACE.sub("", department, count=1) or department


def own_items(inspection: Inspection, officer: Officer) -> frozenset[str]:
    """Return the ids of the items that the officer sees and answers."""
    if not inspection.parts:
        return frozenset(inspection.item_ids)
    present = {office_of(each.department) for each in inspection.officers if each.department}
    of_others = {
        item_id
        for part in inspection.parts
        if office_of(part.department) in present
        for item_id in part.item_ids
    }
    if not officer.department:
        return frozenset(inspection.item_ids) - of_others
    return frozenset(
        item_id
        for part in inspection.parts
        if office_of(part.department) == office_of(officer.department)
        for item_id in part.item_ids
    )


def must_be_own(inspection: Inspection, person_id: str, answers: Iterable[Answer]) -> None:
    """Raise NotYourItem where an officer answers an item of another department."""
    officer = officer_of(inspection, person_id)
    if officer is None or not inspection.parts:
        return
    own = own_items(inspection, officer)
    for each in answers:
        if each.item_id in inspection.item_ids and each.item_id not in own:
            raise NotYourItem(item_id=each.item_id)


def officer_of(inspection: Inspection, person_id: str) -> Officer | None:
    return next((each for each in inspection.officers if each.person_id == person_id), None)


def _put(ids: list[str], item_id: str) -> None:
    if item_id not in ids:
        ids.append(item_id)
