"""The timetable, and the lease by which one worker of many keeps it.

APScheduler is a clock only: what is due stands in the database, and a job that finds nothing due
does nothing, however often and in how many processes it runs. It goes by the machine's clock, which
may jump: ahead, it is one run and not one for each that was missed; back, everything runs anew.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from os import getpid
from socket import gethostname
from typing import Any
from uuid import uuid4

import structlog
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.base import BaseTrigger
from pymongo import ReturnDocument
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError, PyMongoError

from inspections.calendars.jobs import Reckoned, reckon
from inspections.cases.dossiers.jobs import chase_persons
from inspections.cases.renaming.jobs import lapse_renamings
from inspections.ladder.jobs import climb, end_measures
from inspections.namechecks.jobs import check_registers
from inspections.rectification.jobs import mark_overdue, remind
from inspections.stoppages.jobs import chase
from media.checkpoints.jobs import checkpoint, stamp
from media.uploads.jobs import sweep_uploads
from service.delivery.jobs import address, deliver
from service.jobs import free_abandoned
from service.rooms import Rooms
from service.tables.jobs import work_on_imports

LOG = structlog.get_logger("worker")
LEASE_SECONDS = 15
JUMP_SECONDS = 1.0
IDLE = timedelta(seconds=30)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Slot:
    """A job, and how many seconds lie between its runs."""

    name: str
    seconds: int
    job: Callable[[Rooms], int]


def reckoned_by(rooms: Rooms) -> tuple[Reckoned, ...]:
    """Return the rooms whose deadlines go by the calendar."""
    return rooms.deadlines, rooms.oversight.renaming_proof, rooms.oversight.defences


TIMETABLE = (
    Slot("mark_overdue", 2, lambda rooms: mark_overdue(rooms.deadlines, rooms.clock)),
    Slot("remind", 10, lambda rooms: remind(rooms.deadlines, rooms.clock)),
    Slot("reckon", 10, lambda rooms: reckon(rooms.calendars, reckoned_by(rooms), rooms.clock)),
    Slot("climb", 5, lambda rooms: climb(rooms.oversight.ladder, rooms.clock)),
    Slot("end_measures", 30, lambda rooms: end_measures(rooms.oversight.ladder, rooms.clock)),
    Slot("chase", 5, lambda rooms: chase(rooms.oversight.stoppages, rooms.clock)),
    Slot("chase_persons", 5, lambda rooms: chase_persons(rooms.oversight.dossiers, rooms.clock)),
    Slot(
        "lapse_renamings",
        10,
        lambda rooms: lapse_renamings(rooms.oversight.renaming_proof, rooms.clock),
    ),
    Slot("address", 1, lambda rooms: address(rooms.post)),
    Slot("deliver", 1, lambda rooms: deliver(rooms.post)),
    Slot("check_registers", 2, lambda rooms: check_registers(rooms.name_checks, rooms.clock)),
    Slot("checkpoint", 3600, lambda rooms: checkpoint(rooms.checkpoints, rooms.clock)),
    Slot("free_abandoned", 2, free_abandoned),
    Slot("sweep_uploads", 600, lambda rooms: sweep_uploads(rooms.uploads, rooms.clock)),
    Slot("stamp", 300, lambda rooms: stamp(rooms.stamps, rooms.clock)),
    Slot("work_on_imports", 2, lambda rooms: work_on_imports(rooms.tables, rooms.clock)),
)


@dataclass(frozen=True)
class Lease:
    """Held by one process at a time, on the database's clock.

    `token` grows with every change of holder, so that what a former holder writes late can be told.
    """

    database: Database[dict[str, Any]]
    name: str = "worker"
    holder: str = field(default_factory=lambda: f"{gethostname()}-{getpid()}-{uuid4().hex[:8]}")
    seconds: int = LEASE_SECONDS

    def hold(self) -> int | None:
        """Take or renew the lease; return its token, None while another process holds it."""
        free = [{"holder": self.holder}, {"$expr": {"$lte": ["$until", "$$NOW"]}}]
        taken = [
            {
                "$set": {
                    "token": {
                        "$add": ["$token", {"$cond": [{"$eq": ["$holder", self.holder]}, 0, 1]}]
                    },
                    "holder": self.holder,
                    "until": {"$add": ["$$NOW", self.seconds * 1000]},
                }
            }
        ]
        leases = self.database["leases"]
        lease = leases.find_one_and_update(
            {"_id": self.name, "$or": free}, taken, return_document=ReturnDocument.AFTER
        )
        if lease is None and leases.find_one({"_id": self.name}) is None:
            with suppress(DuplicateKeyError):  # another process was faster
                leases.insert_one({"_id": self.name, "holder": None, "until": EPOCH, "token": 0})
            return self.hold()
        return None if lease is None else int(lease["token"])

    def release(self) -> None:
        self.database["leases"].update_one(
            {"_id": self.name, "holder": self.holder}, [{"$set": {"until": "$$NOW"}}]
        )


def run_slot(slot: Slot, rooms: Rooms, lease: Lease) -> None:
    """Do the slot's job where this process holds the lease; a failure waits for the next run."""
    try:
        if lease.hold() is None:
            return
        done = slot.job(rooms)
    except Exception as error:
        LOG.exception("job failed", job=slot.name, kind=type(error).__name__)
        note_run(slot, rooms, failures=1)
        return
    if done:
        LOG.info("job done", job=slot.name, count=done)
    note_run(slot, rooms, done=done)


def note_run(slot: Slot, rooms: Rooms, *, done: int = 0, failures: int = 0) -> None:
    """Keep what a run came to, for the metrics; of idle runs, one each half minute."""
    now = rooms.clock()
    runs = rooms.database["job_runs"]
    idle = {"_id": slot.name, "last_success": {"$gt": now - IDLE}}
    try:
        if not (done or failures) and runs.find_one(idle, {"_id": 1}):
            return
        change: dict[str, Any] = {"$inc": {"runs": 1, "done": done, "failures": failures}}
        if not failures:
            change["$set"] = {"last_success": now}
        runs.update_one({"_id": slot.name}, change, upsert=True)
    except PyMongoError:
        LOG.warning("job not noted", job=slot.name)


class Every(BaseTrigger):  # type: ignore[misc]
    """Fires again so many seconds from now, whatever was missed.

    APScheduler's own interval counts the runs that were missed one by one and keeps each in memory:
    a clock that jumps by decades would fill that.
    """

    def __init__(self, seconds: int) -> None:
        self._interval = timedelta(seconds=seconds)

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + self._interval


@dataclass
class Jumps:
    """Tells when the machine's clock has gone another way than its monotonic counter."""

    read: Callable[[], float] = time.time
    counter: Callable[[], float] = time.monotonic
    apart: float | None = None

    def noticed(self) -> bool:
        """Tell whether the clock jumped by more than a second since the last look."""
        before, self.apart = self.apart, self.read() - self.counter()
        return before is not None and abs(self.apart - before) > JUMP_SECONDS


def begin_anew(scheduler: BaseScheduler) -> None:
    """Have every slot run now: after a jump back their next runs lie as far away as it went."""
    LOG.warning("the machine's clock jumped")
    for job in scheduler.get_jobs():
        job.modify(next_run_time=datetime.now(UTC))


def keep_timetable(scheduler: BaseScheduler, rooms: Rooms, lease: Lease) -> None:
    """Enter every slot; the first run is at once, so that a time down is caught up."""
    for slot in TIMETABLE:
        scheduler.add_job(
            run_slot,
            Every(slot.seconds),
            args=(slot, rooms, lease),
            id=slot.name,
            next_run_time=datetime.now(UTC),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
