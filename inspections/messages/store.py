"""Messages in MongoDB."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from pymongo import ASCENDING, DESCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from inspections.messages.addressing import names_told
from inspections.messages.model import Message, Unreadable
from media.documents import Transaction, from_document, to_document

LOG = structlog.get_logger("messages")

NEWEST_FIRST = [("at", DESCENDING), ("_id", DESCENDING)]

INDEXES: dict[str, list[IndexModel]] = {
    "messages": [
        IndexModel([("to", ASCENDING), *NEWEST_FIRST]),
        IndexModel([("key", ASCENDING)], unique=True),
        IndexModel(
            [("at", ASCENDING)], name="to_hand_on", partialFilterExpression={"handed_on": False}
        ),
    ],
}


class MessageStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._messages = database["messages"]

    def add_all(self, messages: Sequence[Message], tx: Transaction) -> None:
        if messages:
            documents = [
                {**to_document(each), "to": list(names_told(each.audience, each.about, each.seal))}
                for each in messages
            ]
            self._messages.insert_many(documents, session=tx)

    def named(self, ids: Sequence[str], tx: Transaction) -> dict[str, Message]:
        """Return those of the ids that there are."""
        found = self._messages.find({"_id": {"$in": list(ids)}}, session=tx)
        return {each["_id"]: from_document(Message, each) for each in found}

    def find(self, message_id: str, tx: Transaction = None) -> Message | None:
        found = self._messages.find_one({"_id": message_id}, session=tx)
        return from_document(Message, found) if found else None

    def told_to(
        self,
        names: Sequence[str],
        *,
        unread_by: str | None,
        after: tuple[datetime, str] | None,
        limit: int,
    ) -> list[Message | Unreadable]:
        """Return what was told to any of the names, the newest first, after that place."""
        criteria: dict[str, Any] = {"to": {"$in": list(names)}}
        if unread_by is not None:
            criteria["read_by"] = {"$ne": unread_by}
        if after is not None:
            at, id_ = after
            criteria["$or"] = [{"at": {"$lt": at}}, {"at": at, "_id": {"$lt": id_}}]
        found = self._messages.find(criteria).sort(NEWEST_FIRST).limit(limit)
        return [_read(document) for document in found]

    def mark_read(self, message_id: str, names: Sequence[str], account_id: str) -> Message | None:
        """Return the message, marked, where it was told to one of the names."""
        found = self._messages.find_one_and_update(
            {"_id": message_id, "to": {"$in": list(names)}},
            {"$addToSet": {"read_by": account_id}},
            return_document=ReturnDocument.AFTER,
        )
        return from_document(Message, found) if found else None

    def not_handed_on(self, limit: int) -> list[Message]:
        """Return the oldest that were not handed on; one that cannot be read waits, and is told."""
        found = self._messages.find({"handed_on": False}).sort("at", ASCENDING).limit(limit)
        return [each for each in map(_read, found) if isinstance(each, Message)]

    def hand_on(self, ids: Sequence[str], tx: Transaction) -> list[str]:
        """Mark them handed on; return those that were not yet."""
        waiting = {"_id": {"$in": list(ids)}, "handed_on": False}
        found = [each["_id"] for each in self._messages.find(waiting, {"_id": 1}, session=tx)]
        marked = {"$set": {"handed_on": True}}
        self._messages.update_many({"_id": {"$in": found}}, marked, session=tx)
        return found


def _read(document: dict[str, Any]) -> Message | Unreadable:
    """Return the message; one that a newer service wrote is logged, and keeps its place."""
    try:
        return from_document(Message, document)
    except ExceptionGroup:
        LOG.warning("unreadable", message=document["_id"])
        return Unreadable(document["_id"], document["at"])
