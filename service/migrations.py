"""The versions of what is stored, one step at a time, each of which may be cut off and run again.

A step finds what is still old by itself, so that nothing is done twice; the version is raised once
it is through. A program refuses a database that is newer than itself.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pymongo.database import Database

from inspections.visits.model import Inspection, Result
from media.custody.model import SERVICE
from media.documents import Transaction, from_document
from service.database import transactions
from service.rooms import Rooms

Progress = Callable[[str, int, int], None]
"""Told the step, how many documents are done, and of how many."""

BATCH = 200
VETO = "one_vote_veto"
OF_THE_MOMENT = {"job_runs", "leases", "readiness", "schema", "login_attempts"}


class WrongVersion(Exception):  # noqa: N818 - it says what to do
    """The database and the program do not go together; the sentence says what to do."""


@dataclass(frozen=True)
class Step:
    """`run` brings everything stored to the version, telling its progress."""

    version: int
    title: str
    run: Callable[[Rooms, Progress], int]


def version_of(database: Database[dict[str, Any]]) -> int | None:
    """Return the version of what is stored; None where nothing is."""
    found = database["schema"].find_one({"_id": "version"})
    if found is not None:
        return int(found["version"])
    kept = set(database.list_collection_names()) - OF_THE_MOMENT
    return 1 if any(database[name].find_one({}, {"_id": 1}) for name in kept) else None


def must_be_current(database: Database[dict[str, Any]]) -> None:
    """Raise WrongVersion unless the database is of this program's version; a new one becomes so."""
    found = version_of(database)
    if found is None:
        _raise_to(database, VERSION, None)
    elif found > VERSION:
        raise WrongVersion(
            f"数据库版本 {found} 高于本程序的 {VERSION}：请使用更新的程序"
            f" / the database is of version {found}, this program of {VERSION}: use a newer one"
        )
    elif found < VERSION:
        raise WrongVersion(
            f"数据库版本 {found} 低于本程序的 {VERSION}：请先备份，再运行 huyuan migrate"
            f" / the database is of version {found}, this program of {VERSION}:"
            " back it up, then run huyuan migrate"
        )


def migrate(rooms: Rooms, progress: Progress) -> list[tuple[int, int]]:
    """Take every step that the database lacks; return each version with the documents changed.

    Raises WrongVersion for a database newer than the program.
    """
    found = version_of(rooms.database)
    if found is not None and found > VERSION:
        must_be_current(rooms.database)
    done = []
    for step in STEPS:
        if found is not None and found < step.version:
            changed = step.run(rooms, progress)
            done.append((step.version, changed))
            _record(rooms, step, changed)
            _raise_to(rooms.database, step.version, rooms.clock())
    if found is None:
        _raise_to(rooms.database, VERSION, rooms.clock())
    return done


def seal_what_was_open(rooms: Rooms, progress: Progress) -> int:
    """Version 2: photos carry a seal, inspections say what is sealed, and abuse has its case."""
    evidence = rooms.database["evidence"]
    unsealed = {"seal": {"$exists": False}}
    total, done = evidence.count_documents(unsealed), 0
    while ids := [each["_id"] for each in evidence.find(unsealed, {"_id": 1}).limit(BATCH)]:
        change = {"$set": {"seal": None}, "$max": {"schema_version": 2}}
        evidence.update_many({"_id": {"$in": ids}}, change)
        done += len(ids)
        progress("evidence", done, total)
    inspections = rooms.database["inspections"]
    old = {"schema_version": {"$lt": 2}}
    total, changed = inspections.count_documents(old), 0
    while batch := list(inspections.find(old).sort("_id", 1).limit(BATCH)):
        for document in batch:
            _seal_inspection(rooms, document)
        changed += len(batch)
        progress("inspections", changed, total)
    return done + changed


def _seal_inspection(rooms: Rooms, document: Mapping[str, Any]) -> None:
    """Say which items are sealed, and open a case for each that was found not met."""
    checklist = rooms.database["checklists"].find_one({"_id": document["checklist_id"]}) or {}
    veto = {item["id"] for item in checklist.get("items", ()) if item["severity"] == VETO}
    sealed = [id_ for id_ in document["item_ids"] if id_ in veto]
    change = {"$set": {"sealed_item_ids": sealed, "schema_version": 2}, "$inc": {"revision": 1}}

    def act(tx: Transaction) -> None:
        rooms.database["inspections"].update_one({"_id": document["_id"]}, change, session=tx)
        inspection = from_document(Inspection, {**document, "sealed_item_ids": sealed})
        told = [each for id_, each in inspection.answers.items() if id_ in sealed]
        if not any(each.result is Result.NOT_MET for each in told):
            return
        items = rooms.inspections.items(inspection, actor=SERVICE)
        now = rooms.clock()
        kept = rooms.inspections.sealing.keep(
            inspection, told, items, actor=SERVICE, now=now, tx=tx
        )
        assert kept
        for each in told:
            if each.result is Result.NOT_MET:
                matter = rooms.inspections.sealing.matter_of(inspection, each.item_id)
                sealing = {"$set": {"seal": matter}}
                rooms.database["findings"].update_one({"_id": matter}, sealing, session=tx)

    transactions(rooms.client)(act)


def _record(rooms: Rooms, step: Step, changed: int) -> None:
    def act(tx: Transaction) -> None:
        facts = {"version": step.version, "title": step.title, "changed": changed}
        rooms.custody.record(
            "service:schema", "migrated", actor=SERVICE, now=rooms.clock(), facts=facts, tx=tx
        )

    transactions(rooms.client)(act)


def _raise_to(database: Database[dict[str, Any]], version: int, at: datetime | None) -> None:
    change = {"$max": {"version": version}, "$set": {"at": at}}
    database["schema"].update_one({"_id": "version"}, change, upsert=True)


STEPS = (Step(2, "封存一票否决事项 / what is sealed", seal_what_was_open),)
VERSION = STEPS[-1].version
