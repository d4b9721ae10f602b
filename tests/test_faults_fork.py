"""F46: nothing hangs under four preloaded gunicorn workers; what a worker began ends with it."""

import os
import signal
import threading
import time
from pathlib import Path
from uuid import uuid4

import pytest

from service.cli.http import Caller
from tests.access_world import photo
from tests.replica_set import wait_until
from tests.test_faults_mongod import begun, log_in
from tests.test_serve import descendants
from tests.web import Web

CALLERS = 8
SLOWEST = 5
FAST, LONG = 400, 10_000


class Settled:
    """What `log_in` of the other fault tests asks of rooms."""

    def __init__(self, settings):
        self.settings = settings


@pytest.fixture
def web(mongo, database, tmp_path):
    served = Web(tmp_path, mongo, database.name)
    served.rooms = Settled(served.prepare())
    served.start()
    yield served
    served.stop()


def workers(web):
    """The processes that gunicorn itself forked, without what they began."""
    return [pid for pid in descendants(web.process.pid) if "gunicorn" in command_of(pid)]


def decoders(web):
    return [pid for pid in descendants(web.process.pid) if "decoder" in command_of(pid)]


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


@pytest.mark.parametrize("wanted", [FAST, pytest.param(LONG, marks=pytest.mark.fault)])
def test_f46_no_request_hangs_under_four_preloaded_workers(web, wanted):
    token = log_in(web.address, web.rooms, "supervisor").token
    taken, statuses, lock = [], [], threading.Lock()

    def call(count):
        caller = Caller(web.address, token)
        for number in range(count):
            path = ("/ready", "/api/v1/kindergartens", "/api/v1/me")[number % 3]
            began = time.monotonic()
            status, _ = caller.read(path)
            with lock:
                taken.append(time.monotonic() - began)
                statuses.append(status)

    callers = [threading.Thread(target=call, args=(wanted // CALLERS,)) for _ in range(CALLERS)]
    for caller in callers:
        caller.start()
    for caller in callers:
        caller.join()

    taken.sort()
    print(
        f"{len(taken)} requests, {sum(each > SLOWEST for each in taken)} over {SLOWEST} s,"
        f" median {taken[len(taken) // 2] * 1000:.0f} ms,"
        f" 99th {taken[len(taken) * 99 // 100] * 1000:.0f} ms, slowest {taken[-1]:.2f} s"
    )
    assert len(taken) == wanted
    assert set(statuses) == {200}
    assert taken[-1] <= SLOWEST
    assert len(workers(web)) == 4
    counted = [line for line in metrics(web) if line.startswith("huyuan_requests_total{")]
    assert sum(float(line.rsplit(" ", 1)[1]) for line in counted) >= wanted


def metrics(web):
    caller = Caller(web.address, web.environment["HUYUAN_METRICS_TOKEN"])
    status, body = caller.read("/metrics")
    assert status == 200
    return body.decode().splitlines()


def test_decoders_end_with_their_worker_however_it_ends(web):
    inspector, path = begun(web.address, web.rooms)
    for _ in range(6):
        inspector.send_photo(path, photo(), id=str(uuid4()))
    of_all = decoders(web)
    parents = {int(Path(f"/proc/{pid}/stat").read_text().split()[3]) for pid in of_all}
    assert parents <= set(workers(web))

    os.kill(parents.pop(), signal.SIGKILL)
    wait_until(lambda: len(workers(web)) == 4)
    inspector.send_photo(path, photo(), id=str(uuid4()))
    of_all += decoders(web)
    web.stop()

    wait_until(lambda: not any(command_of(pid) for pid in of_all), 15)
