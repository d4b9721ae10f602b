"""Announcements by year."""

from typing import Any

from pymongo import ASCENDING, IndexModel
from pymongo.database import Database

from inspections.calendars.model import Announcement
from media.documents import Transaction, from_document, to_document

INDEXES: dict[str, list[IndexModel]] = {"announcements": []}


class AnnouncementStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._announcements = database["announcements"]

    def find(self, year: int, tx: Transaction = None) -> Announcement | None:
        found = self._announcements.find_one({"_id": year}, session=tx)
        return from_document(Announcement, found) if found else None

    def put(self, announcement: Announcement, tx: Transaction) -> None:
        document = to_document(announcement)
        self._announcements.replace_one({"_id": announcement.id}, document, True, session=tx)

    def every(self) -> list[Announcement]:
        """Return all of them by year."""
        found = self._announcements.find().sort("_id", ASCENDING)
        return [from_document(Announcement, each) for each in found]

    def settle(self, year: int, revision: int) -> None:
        """Note that every deadline was reckoned by this revision of a year."""
        seen = {"_id": year, "revision": revision}
        self._announcements.update_one(seen, {"$set": {"pending": False}})
