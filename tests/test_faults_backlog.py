"""F01 and F13: uploads through kills of the service; a tablet's backlog of ten thousand photos."""

import os
import random
import signal
import threading
import time
from base64 import b64encode
from collections import Counter
from contextlib import suppress
from functools import cached_property
from hashlib import sha256
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from media.photos.drawing import draw_photo
from service.cli.http import Caller, Unexpected
from service.rooms import assemble
from tests.builders import NOON
from tests.test_faults_fork import Settled, workers
from tests.test_faults_mongod import begun
from tests.test_serve import descendants
from tests.web import Web

UPLOADERS = 8
LARGEST_WORKER = 300 * 1024 * 1024
"""Bytes of a worker's resident memory, at its peak."""

F01 = [(3, 1, 20), pytest.param(8, 50, 5, marks=pytest.mark.fault)]
"""Photos an uploader, kills, and seconds to be back: as `make test`, where other tests run beside,
and as `make fault`."""

F13 = [
    (120, 1, 0),
    pytest.param(1_000, 0, 20, marks=pytest.mark.bench),
    pytest.param(10_000, 2, 20, marks=pytest.mark.fault),
]
"""Photos, kills, and the photos a second to reach: `make test`, `make bench`, `make fault`."""


@pytest.fixture
def web(mongo, database, tmp_path):
    served = Web(tmp_path, mongo, database.name)
    quota = {"HUYUAN_PHOTOS_A_DAY": "1000000", "HUYUAN_PHOTO_MB_A_DAY": "1000000"}
    served.environment |= quota
    served.rooms = Settled(served.prepare())
    served.start()
    yield served
    served.stop()


class Uploaders:
    """Tablets that send each photo under its id until it is acknowledged."""

    def __init__(self, web, photos, count):
        self.acknowledged, self.refusals, self.lock = {}, [], threading.Lock()
        inspector, self.path = begun(web.address, web.rooms)
        self.caller = Caller(web.address, inspector.token)
        self.waiting = [(str(uuid4()), photos) for _ in range(count)]
        self.threads = [threading.Thread(target=self.send) for _ in range(UPLOADERS)]
        for thread in self.threads:
            thread.start()

    def send(self):
        while True:
            with self.lock:
                if not self.waiting:
                    return
                id_, draw = self.waiting.pop()
            data = draw()
            self.until_acknowledged(id_, data)
            with self.lock:
                self.acknowledged[id_] = sha256(data).hexdigest()

    def until_acknowledged(self, id_, data):
        digest = sha256(data).hexdigest()
        while True:
            try:
                self.caller.send_photo(self.path, data, id=id_, sha256=digest)
            except (OSError, HTTPException):
                time.sleep(0.05)
            except Unexpected as told:
                self.refusals.append(str(told))
                time.sleep(0.05)
            else:
                return

    def wait_for(self, count):
        while len(self.acknowledged) < count:
            time.sleep(0.02)

    def join(self):
        for thread in self.threads:
            thread.join()
        assert [told for told in self.refusals if " 503," not in told] == []


class InPieces(Uploaders):
    """The same by tus, in pieces of half a megabyte, each from where the service says it stands."""

    def until_acknowledged(self, id_, data):
        declared = {"id": id_, "sha256": sha256(data).hexdigest()}
        pairs = [f"{key} {b64encode(value.encode()).decode()}" for key, value in declared.items()]
        begin = {"Upload-Length": str(len(data)), "Upload-Metadata": ",".join(pairs)}
        while True:
            try:
                self.ask("POST", "/api/v1/uploads", b"", begin)
                offset = self.ask("HEAD", f"/api/v1/uploads/{id_}", b"", {})
                while offset < len(data):
                    offset = self.go_on(id_, data, offset)
                self.claim(id_)
            except (OSError, HTTPException):
                time.sleep(0.05)
            except Unexpected as told:
                self.refusals.append(str(told))
                time.sleep(0.05)
            else:
                return

    def claim(self, id_):
        form = urlencode({"id": id_}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        status, told, _ = self.caller._ask("POST", self.path, form, kind)
        if status != 201:
            raise Unexpected(f"POST: {status}, {told!r}")

    def go_on(self, id_, data, offset):
        piece = data[offset : offset + 500_000]
        kind = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        return self.ask("PATCH", f"/api/v1/uploads/{id_}", piece, kind)

    def ask(self, method, path, body, headers):
        """Return the offset that the service tells."""
        headers = {"Tus-Resumable": "1.0.0", **headers}
        status, told, answered = self.caller._ask(method, path, body, headers)
        if status not in (200, 201, 204):
            raise Unexpected(f"{method}: {status}, {told!r}")
        self.asked[method] += 1
        return int(answered["Upload-Offset"])

    @cached_property
    def asked(self):
        return Counter()


def kill(web):
    """End gunicorn and all that it began, at once, and start it anew; return the seconds."""
    of_all = [web.process.pid, *descendants(web.process.pid)]
    for pid in of_all:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    web.process.wait()
    began = time.monotonic()
    web.start()
    return time.monotonic() - began


def check(web, client, acknowledged):
    """Everything that was acknowledged is there whole, and nothing is there by half."""
    database = client[web.rooms.settings.database]
    kept = {each["_id"]: each["sha256"] for each in database["evidence"].find()}
    files = {each["_id"] for each in database["originals.files"].find({}, {"_id": 1})}
    assert {id_: kept.get(id_) for id_ in acknowledged} == acknowledged
    assert files == set(kept) == set(database["originals.chunks"].distinct("files_id"))
    rooms = assemble(web.rooms.settings, client)
    assert list(rooms.evidence.verify()) == []
    assert list(rooms.custody.verify()) == []


def largest(web):
    """The most resident memory that a worker has taken, by proc(5)."""
    peaks = []
    for pid in workers(web):
        with suppress(OSError):
            lines = Path(f"/proc/{pid}/status").read_text().splitlines()
            peaks += [int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM")]
    return max(peaks)


@pytest.mark.parametrize(("each", "kills", "soon"), F01)
def test_f01_the_service_killed_in_mid_upload_loses_nothing(web, client, each, kills, soon):
    seed = random.randrange(1 << 32)
    print("seed", seed)
    chance = random.Random(seed)
    picture = draw_photo("gate", NOON, 116.391, 39.907, posts=3)
    tails = lambda: picture + random.randbytes(random.randrange(2_000_000, 8_000_000))  # noqa: E731
    uploaders = Uploaders(web, tails, UPLOADERS * each)

    back = []
    for _ in range(kills):
        time.sleep(chance.random() * 2)
        back.append(kill(web))
    uploaders.join()

    print(f"{kills} kills, {len(uploaders.acknowledged)} photos, back in {max(back):.1f} s at most")
    assert max(back) <= soon
    check(web, client, uploaders.acknowledged)


@pytest.mark.parametrize(("each", "kills"), [(2, 1), pytest.param(8, 20, marks=pytest.mark.fault)])
def test_f01_uploads_in_pieces_go_on_where_the_kill_cut_them_off(web, client, each, kills):
    picture = draw_photo("gate", NOON, 116.391, 39.907, posts=3)
    tails = lambda: picture + random.randbytes(random.randrange(2_000_000, 8_000_000))  # noqa: E731
    uploaders = InPieces(web, tails, UPLOADERS * each)

    for _ in range(kills):
        time.sleep(random.random() * 2)
        kill(web)
    uploaders.join()

    print(f"{kills} kills, {len(uploaders.acknowledged)} photos: {dict(uploaders.asked)}")
    check(web, client, uploaders.acknowledged)


@pytest.mark.parametrize(("count", "kills", "rate"), F13)
def test_f13_a_backlog_comes_through_kills_with_flat_memory(web, client, count, kills, rate):
    picture = draw_photo("gate", NOON, 116.391, 39.907, posts=3)
    tails = lambda: picture + random.randbytes(random.randrange(200_000, 400_000))  # noqa: E731
    began = time.monotonic()
    uploaders = Uploaders(web, tails, count)

    down, peaks = 0.0, []
    for number in range(1, kills + 1):
        uploaders.wait_for(count * number // (kills + 1))
        peaks.append(largest(web))
        down += kill(web)
    uploaders.join()

    seconds = time.monotonic() - began - down
    peak = max([*peaks, largest(web)])
    print(
        f"{count} photos in {seconds:.0f} s, {count / seconds:.1f} a second,"
        f" {peak / 1e6:.0f} MB a worker at most"
    )
    assert count / seconds >= rate
    assert peak < LARGEST_WORKER
    check(web, client, uploaders.acknowledged)
