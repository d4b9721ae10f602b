"""Receivers and deliveries in MongoDB."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, DESCENDING, IndexModel, ReturnDocument
from pymongo.database import Database

from media.documents import Transaction, from_document, to_document
from service.delivery.model import Channel, Delivery, Outcome, Preference, Receiver, State

NEWEST_FIRST = [("at", DESCENDING), ("_id", DESCENDING)]
KEPT_SECONDS = 90 * 24 * 3600
"""How long what arrived is listed."""

INDEXES: dict[str, list[IndexModel]] = {
    "preferences": [],
    "receivers": [],
    "deliveries": [
        IndexModel([("receiver_id", ASCENDING), *NEWEST_FIRST]),
        IndexModel(
            [("receiver_id", ASCENDING), ("next_at", ASCENDING)],
            name="waiting",
            partialFilterExpression={"state": State.WAITING.value},
        ),
        IndexModel([("done_at", ASCENDING)], expireAfterSeconds=KEPT_SECONDS),
    ],
}


class DeliveryStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._receivers = database["receivers"]
        self._deliveries = database["deliveries"]
        self._preferences = database["preferences"]

    def add_receiver(self, receiver: Receiver, tx: Transaction) -> None:
        self._receivers.insert_one(to_document(receiver), session=tx)

    def receiver(self, receiver_id: str, tx: Transaction = None) -> Receiver | None:
        found = self._receivers.find_one({"_id": receiver_id}, session=tx)
        return from_document(Receiver, found) if found else None

    def receivers(self, *, active: bool | None = None) -> list[Receiver]:
        """Return every receiver, by id: a bureau has a handful."""
        criteria = {} if active is None else {"active": active}
        return [
            from_document(Receiver, each) for each in self._receivers.find(criteria).sort("_id")
        ]

    def replace_receiver(self, receiver: Receiver, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        criteria = {"_id": receiver.id, "revision": seen}
        done = self._receivers.replace_one(criteria, to_document(receiver), session=tx)
        return done.modified_count == 1

    def remove_receiver(self, receiver_id: str, seen: int, tx: Transaction) -> bool:
        """Remove a receiver with its deliveries; tell whether it was still as seen."""
        criteria = {"_id": receiver_id, "revision": seen}
        if self._receivers.delete_one(criteria, session=tx).deleted_count != 1:
            return False
        self._deliveries.delete_many({"receiver_id": receiver_id}, session=tx)
        return True

    def preference(self, account_id: str, tx: Transaction = None) -> Preference | None:
        found = self._preferences.find_one({"_id": account_id}, session=tx)
        return from_document(Preference, found) if found else None

    def put_preference(self, chosen: Preference, seen: int, tx: Transaction) -> bool:
        """Tell whether it was put; somebody may have changed it since `seen`, 0 for none."""
        if seen == 0:
            self._preferences.insert_one(to_document(chosen), session=tx)
            return True
        criteria = {"_id": chosen.id, "revision": seen}
        done = self._preferences.replace_one(criteria, to_document(chosen), session=tx)
        return done.modified_count == 1

    def preferences_by(self, channel: Channel) -> list[Preference]:
        """Return the preferences that give an address for the channel."""
        field = "phone" if channel is Channel.SMS else "email"
        found = self._preferences.find({field: {"$ne": None}}).sort("_id", ASCENDING)
        return [from_document(Preference, each) for each in found]

    def add_deliveries(self, deliveries: Sequence[Delivery], tx: Transaction) -> None:
        if deliveries:
            self._deliveries.insert_many([to_document(each) for each in deliveries], session=tx)

    def delivery(self, delivery_id: str, tx: Transaction = None) -> Delivery | None:
        found = self._deliveries.find_one({"_id": delivery_id}, session=tx)
        return from_document(Delivery, found) if found else None

    def deliveries(
        self,
        receiver_ids: Sequence[str],
        *,
        state: State | None,
        after: tuple[datetime, str] | None,
        limit: int,
    ) -> list[Delivery]:
        """Return those to the receivers, in the state asked for, the newest first."""
        criteria: dict[str, Any] = {"receiver_id": {"$in": list(receiver_ids)}}
        if state is not None:
            criteria["state"] = state.value
        if after is not None:
            at, id_ = after
            criteria["$or"] = [{"at": {"$lt": at}}, {"at": at, "_id": {"$lt": id_}}]
        found = self._deliveries.find(criteria).sort(NEWEST_FIRST).limit(limit)
        return [from_document(Delivery, each) for each in found]

    def wait_anew(self, delivery_id: str, now: datetime, tx: Transaction) -> None:
        """Have a delivery tried again from the first attempt on."""
        fresh = {"state": State.WAITING.value, "attempts": 0, "next_at": now}
        self._deliveries.update_one({"_id": delivery_id}, {"$set": fresh}, session=tx)

    def receivers_waiting(self, now: datetime) -> set[str]:
        """Return the receivers for which something is due."""
        due = {"state": State.WAITING.value, "next_at": {"$lte": now}}
        return set(self._deliveries.distinct("receiver_id", due))

    def claim(
        self, receiver_id: str, claim: str, *, seconds: int, now: datetime
    ) -> Delivery | None:
        """Take the delivery that is longest due, for so many seconds of the database's clock."""
        free = {"$lte": [{"$ifNull": ["$claimed_until", "$$NOW"]}, "$$NOW"]}
        due = {
            "receiver_id": receiver_id,
            "state": State.WAITING.value,
            "next_at": {"$lte": now},
            "$expr": free,
        }
        taken = {
            "claim": claim,
            "claimed_until": {"$add": ["$$NOW", seconds * 1000]},
            "attempts": {"$add": ["$attempts", 1]},
            "tried_at": now,
        }
        found = self._deliveries.find_one_and_update(
            due,
            [{"$set": taken}],
            sort=[("next_at", ASCENDING)],
            return_document=ReturnDocument.AFTER,
        )
        return from_document(Delivery, found) if found else None

    def settle(
        self, delivery: Delivery, outcome: Outcome, *, next_at: datetime | None, now: datetime
    ) -> bool:
        """Write what came of an attempt; tell whether the claim still held.

        Without `next_at`, what did not arrive is a dead letter.
        """
        told: dict[str, Any] = {
            "status": outcome.status,
            "error": outcome.error,
            "claim": None,
            "claimed_until": None,
        }
        if outcome.arrived:
            told |= {"state": State.DONE.value, "done_at": now}
        elif next_at is None:
            told |= {"state": State.DEAD.value}
        else:
            told |= {"next_at": next_at}
        held = {"_id": delivery.id, "claim": delivery.claim}
        change = {"$set": told, "$addToSet": {"reached": {"$each": list(outcome.reached)}}}
        return self._deliveries.update_one(held, change).modified_count == 1
