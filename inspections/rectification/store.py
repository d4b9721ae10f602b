"""Notices and their numbers in MongoDB."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.rectification.clock import RUNNING
from inspections.rectification.model import Notice, Status, Unreadable
from inspections.rectification.reminders import AWAITED
from media.custody.model import Scope
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {
    "notices": [
        IndexModel([("region", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("kindergarten_id", ASCENDING), ("_id", ASCENDING)]),
        IndexModel([("number", ASCENDING)], unique=True, sparse=True),
        IndexModel([("case_id", ASCENDING)]),
        IndexModel(
            [("due_at", ASCENDING)],
            name="running",
            partialFilterExpression={"status": {"$in": [each.value for each in RUNNING]}},
        ),
        IndexModel(
            [("overdue_at", ASCENDING), ("due_at", ASCENDING)],
            name="unmarked",
            partialFilterExpression={"status": {"$in": [each.value for each in RUNNING]}},
        ),
        IndexModel(
            [("climb_at", ASCENDING)],
            name="to_climb",
            partialFilterExpression={"climb_at": {"$type": "date"}},
        ),
    ],
}


class NoticeStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._notices = database["notices"]

    def add(self, notice: Notice, tx: Transaction) -> None:
        self._notices.insert_one(_document(notice), session=tx)

    def find(
        self, notice_id: str, scope: Scope, statuses: Sequence[str] | None, tx: Transaction = None
    ) -> Notice | None:
        """Return the notice in the scope, in one of the statuses where they are given."""
        criteria = [{"_id": notice_id}, scope.criteria(), _in_status(statuses)]
        found = self._notices.find_one({"$and": criteria}, session=tx)
        return from_document(Notice, found) if found else None

    def replace(self, notice: Notice, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": notice.id, "revision": seen}
        done = self._notices.replace_one(criteria, _document(notice), session=tx)
        return done.modified_count == 1

    def is_open(self, case_id: str, tx: Transaction = None) -> bool:
        """Tell whether a notice of the case is neither closed nor withdrawn."""
        over = [Status.CLOSED.value, Status.WITHDRAWN.value, Status.REVOKED.value]
        criteria = {"case_id": case_id, "status": {"$nin": over}}
        return self._notices.find_one(criteria, {"_id": 1}, session=tx) is not None

    def listed(
        self,
        scope: Scope,
        *,
        statuses: Sequence[str] | None,
        kindergarten_id: str | None,
        overdue: bool | None,
        after: tuple[str, str] | None,
        limit: int,
    ) -> list[Notice | Unreadable]:
        """Return those asked for, by region and id, after that place.

        One that cannot be read, as a newer service may write it, keeps its place in the list.
        """
        criteria: list[dict[str, Any]] = [scope.criteria(), _in_status(statuses)]
        if kindergarten_id is not None:
            criteria.append({"kindergarten_id": kindergarten_id})
        if overdue is not None:
            criteria.append({"overdue_at": {"$ne": None} if overdue else None})
        if after is not None:
            past = [{"region": {"$gt": after[0]}}, {"region": after[0], "_id": {"$gt": after[1]}}]
            criteria.append({"$or": past})
        order = [("region", ASCENDING), ("_id", ASCENDING)]
        found = self._notices.find({"$and": criteria}).sort(order).limit(limit)
        return [_read(document) for document in found]

    def ids_past(self, now: datetime, limit: int) -> list[str]:
        """Return the notices whose deadline passed while the clock ran, unmarked, oldest first."""
        found = self._notices.find(
            {
                "status": {"$in": [each.value for each in RUNNING]},
                "due_at": {"$lte": now},
                "overdue_at": None,
                "stopped_at": None,
            },
            {"_id": 1},
        )
        return [each["_id"] for each in found.sort("due_at", ASCENDING).limit(limit)]

    def without_clauses(self, ids: Sequence[str], tx: Transaction) -> list[Notice | Unreadable]:
        """Return the notices of the ids, as many as there are: to tell of, never to write back.

        The clauses are most of a notice, and reading them most of what thousands cost.
        """
        pipeline: list[dict[str, Any]] = [
            {"$match": {"_id": {"$in": list(ids)}}},
            {"$set": {"corrections.standard": [], "corrections.basis": []}},
        ]
        return [_read(each) for each in self._notices.aggregate(pipeline, session=tx)]

    def lapse_all(self, ids: Sequence[str], tx: Transaction) -> None:
        """Mark each overdue since its own deadline, as `workflow.lapse` has it."""
        lapsed = {"overdue_at": "$due_at", "climb_at": "$due_at"}
        change = {"$set": {**lapsed, "revision": {"$add": ["$revision", 1]}}}
        self._notices.update_many({"_id": {"$in": list(ids)}}, [change], session=tx)

    def ids_running(self, after: str | None, limit: int) -> list[str]:
        """Return the notices whose clock runs, by id, after that one."""
        running = {"status": {"$in": [each.value for each in RUNNING]}, "overdue_at": None}
        wanted = running | ({"_id": {"$gt": after}} if after else {})
        found = self._notices.find(wanted, {"_id": 1}).sort("_id", ASCENDING).limit(limit)
        return [each["_id"] for each in found]

    def ids_to_remind(self, now: datetime, stages: Sequence[int], limit: int) -> list[str]:
        """Return the notices of which a stage began and was not told, the soonest due first."""
        begun = [_stage_untold(now, days) for days in stages]
        if not begun:
            return []
        found = self._notices.find(
            {
                "status": {"$in": [each.value for each in AWAITED]},
                "due_at": {"$gt": now, "$lte": now + timedelta(days=max(stages))},
                "stopped_at": None,
                "$or": begun,
            },
            {"_id": 1},
        )
        return [each["_id"] for each in found.sort("due_at", ASCENDING).limit(limit)]

    def ids_to_climb(self, now: datetime, limit: int) -> list[str]:
        """Return the overdue notices whose next rung is to be looked at, the longest due first."""
        found = self._notices.find(
            {
                "status": {"$in": [each.value for each in RUNNING]},
                "climb_at": {"$lte": now},
            },
            {"_id": 1},
        )
        return [each["_id"] for each in found.sort("climb_at", ASCENDING).limit(limit)]

    def look_again(self, region: str, now: datetime, tx: Transaction) -> int:
        """Have every overdue notice under a region's code looked at; return how many.

        Their revisions stay: nothing of them changed for those who write to them.
        """
        reached = Scope(regions=(region,), seals=None).criteria()
        overdue = {
            "status": {"$in": [each.value for each in RUNNING]},
            "overdue_at": {"$ne": None},
        }
        change = {"$set": {"climb_at": now}}
        done = self._notices.update_many({"$and": [reached, overdue]}, change, session=tx)
        return done.modified_count


def _document(notice: Notice) -> dict[str, Any]:
    """Return the document; a notice without a number has no such field (the index is sparse)."""
    document = to_document(notice)
    if notice.number is None:
        del document["number"]
    return document


def _in_status(statuses: Sequence[str] | None) -> dict[str, Any]:
    return {} if statuses is None else {"status": {"$in": list(statuses)}}


def _stage_untold(now: datetime, days: int) -> dict[str, Any]:
    """Return the criteria of notices whose stage began after their service and was not told."""
    begins = {"$subtract": ["$due_at", days * 24 * 3600 * 1000]}
    return {
        "due_at": {"$lte": now + timedelta(days=days)},
        "$and": [
            {
                "$or": [
                    {"reminded": None},
                    {"reminded.days": {"$gt": days}},
                    {"$expr": {"$ne": ["$reminded.due_at", "$due_at"]}},
                ]
            },
            {"$expr": {"$lte": ["$service.recorded_at", begins]}},
        ],
    }


def _read(document: dict[str, Any]) -> Notice | Unreadable:
    try:
        return from_document(Notice, document)
    except ExceptionGroup:
        return Unreadable(str(document["region"]), str(document["_id"]))
