"""What is open, read from where the other rooms keep it. It writes nothing."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.amendments.model import Kind, Touched
from inspections.rectification.model import Status as NoticeStatus
from inspections.visits.model import Status as VisitStatus
from media.custody.model import Scope

INDEXES: dict[str, list[IndexModel]] = {
    "inspections": [IndexModel([("checklist_id", ASCENDING), ("status", ASCENDING)])],
    "findings": [IndexModel([("inspection_id", ASCENDING)])],
}

OPEN = (VisitStatus.PLANNED, VisitStatus.UNDERWAY, VisitStatus.SUBMITTED)
UNDERWAY = [each.value for each in OPEN]
ENDED = [NoticeStatus.CLOSED.value, NoticeStatus.WITHDRAWN.value]


class AmendmentStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._inspections = database["inspections"]
        self._findings = database["findings"]
        self._notices = database["notices"]

    def inspections(
        self, checklist_id: str, items: Collection[str], scope: Scope
    ) -> Iterator[Touched]:
        """Yield the visits pinned to a checklist, not approved yet, that ask one of the items."""
        criteria = {
            "checklist_id": checklist_id,
            "status": {"$in": UNDERWAY},
            "item_ids": {"$in": list(items)},
        }
        for found in self._inspections.find({"$and": [criteria, scope.criteria()]}):
            asked = [each for each in found["item_ids"] if each in items]
            day = date.fromisoformat(found["planned_for"])
            yield _touched(Kind.INSPECTION, found, asked, day)

    def visits_of(self, checklist_id: str, scope: Scope) -> list[str]:
        """Return the ids of every visit pinned to a checklist."""
        criteria = {"$and": [{"checklist_id": checklist_id}, scope.criteria()]}
        return [found["_id"] for found in self._inspections.find(criteria, {"_id": 1})]

    def findings(
        self, visits: Collection[str], items: Collection[str], scope: Scope
    ) -> Iterator[Touched]:
        """Yield the findings of the visits on one of the items that are not struck off."""
        criteria = {
            "inspection_id": {"$in": list(visits)},
            "item.id": {"$in": list(items)},
            "closed_at": None,
        }
        for found in self._findings.find({"$and": [criteria, scope.criteria()]}):
            yield _touched(Kind.FINDING, found, [found["item"]["id"]], None)

    def notices(
        self, visits: Collection[str], items: Collection[str], scope: Scope
    ) -> Iterator[Touched]:
        """Yield the notices on the visits' findings that run, with their deadlines."""
        criteria = {
            "inspection_id": {"$in": list(visits)},
            "corrections.item_id": {"$in": list(items)},
            "status": {"$nin": ENDED},
        }
        for found in self._notices.find({"$and": [criteria, scope.criteria()]}):
            asked = [each["item_id"] for each in found["corrections"] if each["item_id"] in items]
            day = date.fromisoformat(found["due"]) if found.get("due") else None
            yield _touched(Kind.NOTICE, found, asked, day)


def _touched(
    kind: Kind, found: Mapping[str, Any], items: Collection[str], day: date | None
) -> Touched:
    return Touched(
        kind=kind,
        id=found["_id"],
        region=found["region"],
        kindergarten_id=found["kindergarten_id"],
        kindergarten_name=found["kindergarten_name"],
        item_ids=tuple(items),
        status=found.get("status"),
        day=day,
    )
