"""What waits, read from where the other rooms keep it."""

from datetime import datetime
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.queues.model import Queue
from media.custody.model import Actor

INDEXES: dict[str, list[IndexModel]] = {
    "notices": [
        IndexModel([("status", ASCENDING), ("region", ASCENDING), ("due_at", ASCENDING)]),
        IndexModel([("status", ASCENDING), ("kindergarten_id", ASCENDING)]),
    ],
    "inspections": [IndexModel([("status", ASCENDING), ("region", ASCENDING)])],
    "findings": [
        IndexModel(
            [("region", ASCENDING), ("found_at", ASCENDING)],
            name="without_notice",
            partialFilterExpression={"notice_id": None, "closed_at": None},
        )
    ],
}


class QueueStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._database = database

    def waiting(
        self,
        queue: Queue,
        actor: Actor,
        now: datetime,
        *,
        after: tuple[Any, str] | None,
        limit: int,
    ) -> list[dict[str, Any]]:
        """Return what waits in the queue, most urgent first, after that place."""
        criteria = [self._criteria(queue, actor, now)]
        if after is not None:
            due, id_ = after
            past = [{queue.due: {"$gt": due}}, {queue.due: due, "_id": {"$gt": id_}}]
            criteria.append({"$or": past})
        order = [(queue.due, ASCENDING), ("_id", ASCENDING)]
        found = self._database[queue.collection].find({"$and": criteria}, _SHOWN)
        return list(found.sort(order).limit(limit))

    def count(self, queue: Queue, actor: Actor, now: datetime, *, most: int) -> int:
        criteria = self._criteria(queue, actor, now)
        return self._database[queue.collection].count_documents(criteria, limit=most)

    def _criteria(self, queue: Queue, actor: Actor, now: datetime) -> dict[str, Any]:
        return {"$and": [actor.scope.unsealed().criteria(), dict(queue.criteria(actor, now))]}


_NAMES = (
    *("region", "kindergarten_id", "kindergarten_name", "planned_for", "purpose", "number"),
    *("item.title", "name", "address", "subject", "year", "due_at", "overdue_at"),
    *("provisional", "changed_at", "found_at", "reported_at", "proposed_at"),
    *("item_title", "title", "measure", "notice_number"),
    *("proof_due_at", "due_since", "received_at", "opened_at", "drafted_at"),
)
_SHOWN = dict.fromkeys(_NAMES, 1)
