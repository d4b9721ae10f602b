"""F09: the clock jumps under the worker and the service; the database's does not."""

import os
import time
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from inspections.rectification.model import Reminder
from service.demonstration import identity
from tests.access_world import photo
from tests.faketime import LIBRARY, MachineClock
from tests.service.working import holder, lapse_soon, now, until, worker, write
from tests.test_faults_fork import Settled
from tests.test_faults_mongod import begun, log_in
from tests.test_serve import descendants
from tests.web import Web

JUMPS = ("-2h", "+1d", "+70y", "+0", "-2h", "+0")
MB = 2**20
GROWTH = 50 * MB
SLACK = timedelta(seconds=5)


@pytest.fixture
def machine(tmp_path):
    if LIBRARY is None:
        assert not os.environ.get("CI"), "CI installs faketime"
        pytest.skip("faketime is not installed: apt-get install faketime")
    return MachineClock(tmp_path)


def resident(pid):
    """Bytes that a process holds in memory."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def processor_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def is_overdue(rooms, notices):
    ids = [each.id for each in notices]
    found = rooms.database.notices.count_documents(
        {"_id": {"$in": ids}, "overdue_at": {"$ne": None}}
    )
    return found == len(ids)


def test_f09_a_worker_whose_clock_jumps_works_on_and_tells_nothing_early(rooms, machine):
    """A day ahead the last reminder of `later` would be due, and its deadline in 70 years."""
    due = now() + timedelta(hours=36)
    later = write(rooms, "later", 5, due_at=due, reminded=Reminder(due, 3, now()))
    ids = [each.id for each in later]
    lapsed, waits = [], []
    with worker(rooms, 15, **machine.environment) as process:
        until(lambda: holder(rooms) == process.pid, 30)
        token = rooms.database.leases.find_one()["token"]
        first = lapse_soon(rooms, "first", 5)
        until(lambda: is_overdue(rooms, first), 20)
        before = resident(process.pid)
        for number, jump in enumerate(JUMPS):
            machine.jump(jump)
            used = processor_seconds(process.pid)
            due = lapse_soon(rooms, f"jump-{number}", 5)
            waits.append(until(lambda due=due: is_overdue(rooms, due), 20))
            time.sleep(2)
            assert processor_seconds(process.pid) - used < waits[-1] + 2
            lapsed += due
        growth = resident(process.pid) - before

        assert holder(rooms) == process.pid
        assert rooms.database.leases.find_one()["token"] == token

    print(f"F09: marked after {max(waits):.1f} s at most, {growth / MB:.1f} MB more in memory")
    assert growth < GROWTH
    assert rooms.database.messages.count_documents({"about.id": {"$in": ids}}) == 0
    for notice in lapsed:
        (entry,) = rooms.custody.history(f"case:{notice.case_id}")
        assert entry.verb == "notice_overdue"
        assert notice.due_at <= entry.at <= now()
    assert list(rooms.custody.verify()) == []


@pytest.fixture
def web(mongo, database, tmp_path, machine):
    served = Web(tmp_path, mongo, database.name)
    served.rooms = Settled(served.prepare())
    served.environment |= machine.environment
    served.start()
    yield served
    served.stop()


def test_f09_a_service_whose_clock_jumps_keeps_its_sessions_and_the_databases_time(web, machine):
    inspector, path = begun(web.address, web.rooms)
    taken = photo()
    inspector.send_photo(path, taken, id=str(uuid4()))
    pids = [web.process.pid, *descendants(web.process.pid)]
    before = sum(resident(pid) for pid in pids)
    for jump in JUMPS:
        machine.jump(jump)
        asked = now()
        kept = [
            inspector.send_photo(path, photo(), id=str(uuid4()))["received_at"] for _ in range(8)
        ]
        assert all(asked - SLACK <= datetime.fromisoformat(each) <= now() + SLACK for each in kept)
        again = log_in(web.address, web.rooms, "inspector")
        assert again.call("GET", "/api/v1/me")["id"] == identity("inspector")
    growth = sum(resident(pid) for pid in pids if Path(f"/proc/{pid}").exists()) - before

    print(f"F09: {growth / MB:.1f} MB more in memory over {len(pids)} processes")
    assert set(descendants(web.process.pid)) >= set(pids[1:])
    assert growth < GROWTH * len(pids)
