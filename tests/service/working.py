"""Workers as processes of their own, and the notices that they work on."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from inspections.rectification.model import Reminder, Status
from inspections.rectification.store import NoticeStore
from media.custody.model import SERVICE
from tests.builders import make_notice, make_service

ROOT = Path(__file__).parents[2]


def now():
    return datetime.now(UTC)


@contextmanager
def worker(rooms, lease_seconds, **more):
    """Run `huyuan worker` as a process of its own; `more` goes into its environment."""
    environment = {
        **os.environ,
        "MONGODB_URI": rooms.settings.mongodb_uri,
        "HUYUAN_DATA": str(rooms.settings.data),
        "HUYUAN_DATABASE": rooms.settings.database,
        "HUYUAN_LEASE_SECONDS": str(lease_seconds),
        "HUYUAN_DELIVERY_ALLOW": "127.0.0.0/8",
        **more,
    }
    log = rooms.settings.data / f"worker-{uuid4().hex}.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "service.cli", "worker"],
            env=environment,
            cwd=ROOT,
            stdout=stream,
            stderr=stream,
        )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=30)


def register(rooms, url):
    made = rooms.receivers.add(url=url, regions=("990102",), actor=SERVICE, now=now())
    return made.receiver.id


def write(rooms, name, count, **changed):
    """Write notices that were served long ago."""
    service = make_service(served_at=now() - timedelta(days=20), recorded_at=now() - timedelta(20))
    facts = {"status": Status.SERVED, "service": service, **changed}
    notices = [
        make_notice(**facts | {"id": f"{name}-{each}", "case_id": f"case-{name}-{each}"})
        for each in range(count)
    ]
    notices = [replace(each, number=each.id) for each in notices]
    store = NoticeStore(rooms.database)
    rooms.inspections._transact(lambda tx: [store.add(each, tx) for each in notices])
    return notices


def lapse_soon(rooms, name, count):
    """Write notices whose last reminder was told and whose deadline passes within two seconds."""
    due = now() + timedelta(seconds=2)
    told = Reminder(due, 1, now() - timedelta(days=1))
    return write(rooms, name, count, due_at=due, reminded=told)


def until(true, seconds):
    """Wait until something is so; return how long it took."""
    start = time.monotonic()
    while not true():
        assert time.monotonic() - start < seconds, "it did not come to be in time"
        time.sleep(0.05)
    return time.monotonic() - start


def holder(rooms):
    """The process id of the worker that holds the lease now, None where none does."""
    running = {"$expr": {"$gt": ["$until", "$$NOW"]}}
    lease = rooms.database.leases.find_one(running)
    return int(lease["holder"].split("-")[-2]) if lease else None
