"""F02 and F06: mongod killed in mid-write loses nothing acknowledged; weak settings are refused."""

import random
import signal
import subprocess
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
import waitress
from pymongo import MongoClient
from waitress.wasyncore import close_all

from inspections.kindergartens.model import Kindergarten
from media.documents import from_document
from service import demonstration
from service.app import create_app
from service.cli.http import Caller, Unexpected
from service.database import WeakMongo, connect
from service.embedded_mongo import EmbeddedMongo, find_mongod
from service.rooms import assemble
from service.settings import read_settings
from tests.access_world import photo, today
from tests.cast import set_up
from tests.conftest import free_port
from tests.replica_set import answers

WRITERS = 6
FAST, LONG = (3, 1_000), (20, 20_000)
"""Kills, and acknowledged writes: as `make test` has it, and as `make fault`."""

RECOVERY_SECONDS = 3
QUICK = {"electionTimeoutMillis": 500, "heartbeatIntervalMillis": 200}


class Ledger:
    """What was sent, what was acknowledged, and every status seen."""

    def __init__(self, address, token):
        self.caller = Caller(address, token)
        self.acknowledged = {}
        self.statuses = Counter()
        self.away_without_retry_after = 0
        self.lock = threading.Lock()
        self.ended = threading.Event()

    def write(self):
        """Add kindergartens; one that got no answer is sent again under its id."""
        while not self.ended.is_set():
            body = {
                "id": str(uuid4()),
                "name": f"演示县第{uuid4().int % 10**9}幼儿园",
                "nature": "public",
                "region": "990102",
                "address": "演示路",
            }
            while not self.ended.is_set():
                status = self.send(body)
                if status == 201:
                    with self.lock:
                        self.acknowledged[body["id"]] = body["name"]
                    break
                time.sleep(0.05)

    def send(self, body):
        try:
            status, _, headers = self.caller.exchange("POST", "/api/v1/kindergartens", body)
        except OSError:
            status, headers = 0, {}
        with self.lock:
            self.statuses[status] += 1
            self.away_without_retry_after += status == 503 and "Retry-After" not in headers
        return status

    def wait_for(self, count, seconds):
        until = time.monotonic() + seconds
        while len(self.acknowledged) < count and time.monotonic() < until:
            time.sleep(0.01)
        return len(self.acknowledged) >= count


class Photos:
    """One inspector's photos, sent one after the other until each is acknowledged."""

    def __init__(self, begun):
        self.caller, self.path = begun
        self.acknowledged = {}
        self.refusals = []

    def write(self, ledger):
        while not ledger.ended.is_set():
            taken, id_ = photo(), str(uuid4())
            while not ledger.ended.is_set():
                try:
                    self.caller.send_photo(self.path, taken, id=id_)
                except Unexpected as told:
                    self.refusals.append(str(told))
                    time.sleep(0.05)
                else:
                    self.acknowledged[id_] = sha256(taken).hexdigest()
                    break


def log_in(address, rooms, username):
    password = demonstration.kept_passwords(rooms.settings)[username]
    login = {"username": username, "password": password}
    return Caller(address, Caller(address).call("POST", "/api/v1/login", login)["token"])


def begun(address, rooms):
    """Return an inspector and where the photos of its inspection go."""
    officers = [demonstration.identity(name) for name in ("inspector", "inspector2")]
    body = {
        "kindergarten_id": demonstration.identity("kindergarten-1"),
        "officers": officers,
        "planned_for": today(),
    }
    supervisor, inspector = (log_in(address, rooms, who) for who in ("supervisor", "inspector"))
    planned = supervisor.call("POST", "/api/v1/inspections", body, wanted=201)
    path = f"/api/v1/inspections/{planned['id']}"
    step = {"step": "begin", "identity_shown": True, "recusal_told": True}
    inspector.call("POST", f"{path}/steps", step, revision=1)
    return inspector, f"{path}/photos"


@pytest.fixture
def killable(tmp_path):
    """The whole service over a mongod of its own."""
    server = EmbeddedMongo(tmp_path / "mongo", free_port(), cache_mb=256)
    uri = server.start()
    settings = replace(
        read_settings({"HUYUAN_DATA": str(tmp_path), "MONGODB_URI": uri}), database="killed"
    )
    with connect(uri) as client:
        rooms = assemble(settings, client)
        set_up(rooms)
        http = waitress.create_server(
            create_app(rooms), host="127.0.0.1", port=free_port(), threads=WRITERS + 2
        )
        thread = threading.Thread(target=http.run, daemon=True)
        thread.start()
        try:
            with rooms.decoders:
                yield server, f"http://127.0.0.1:{http.effective_port}", rooms
            http.task_dispatcher.shutdown(timeout=30)
            with suppress(OSError):  # the loop may have closed all before it was called upon
                http.trigger.pull_trigger(lambda: close_all(http._map))
            thread.join(timeout=30)
        finally:
            server.stop()


@pytest.mark.parametrize(("kills", "wanted"), [FAST, pytest.param(*LONG, marks=pytest.mark.fault)])
def test_f02_mongod_killed_in_mid_write_loses_nothing_that_was_acknowledged(
    killable, kills, wanted
):
    server, address, rooms = killable
    ledger = Ledger(address, log_in(address, rooms, "supervisor").token)
    photos = Photos(begun(address, rooms))
    seed = random.randrange(1 << 32)
    print("seed", seed)
    moments = random.Random(seed)
    writers = [threading.Thread(target=ledger.write) for _ in range(WRITERS)]
    writers.append(threading.Thread(target=photos.write, args=(ledger,)))
    for writer in writers:
        writer.start()

    recoveries = []
    for kill in range(1, kills + 1):
        assert ledger.wait_for(wanted * kill // (kills + 1), 120)
        time.sleep(moments.random() * 0.2)
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        time.sleep(0.3)
        server.start()
        back, before = time.monotonic(), len(ledger.acknowledged)
        assert ledger.wait_for(before + 1, 30)
        recoveries.append(time.monotonic() - back)
    assert ledger.wait_for(wanted, 120)
    ledger.ended.set()
    for writer in writers:
        writer.join()

    with MongoClient(server.uri, tz_aware=True) as apart:
        found = list(apart["killed"]["kindergartens"].find())
        chains = Counter(
            each["chain"]
            for each in apart["killed"]["custody"].find({"verb": "kindergarten_added"})
        )
    kept = {each.id: each.name for each in (from_document(Kindergarten, one) for one in found)}
    lost = [id_ for id_, name in ledger.acknowledged.items() if kept.get(id_) != name]
    assert lost == []
    assert all(chains[f"kindergarten:{id_}"] == 1 for id_ in kept)
    assert set(ledger.statuses) <= {201, 503}
    kept_photos = {each["_id"]: each["sha256"] for each in rooms.database["evidence"].find()}
    assert all(": 503," in told for told in photos.refusals)
    assert len(photos.acknowledged) >= kills
    assert photos.acknowledged.items() <= kept_photos.items()
    assert list(rooms.evidence.verify()) == list(rooms.custody.verify()) == []
    assert rooms.database["originals.files"].count_documents({}) == len(kept_photos)
    assert ledger.statuses[201] >= wanted
    print(
        f"{kills} kills, {len(ledger.acknowledged)} acknowledged, 0 lost,"
        f" slowest recovery {max(recoveries):.2f} s"
    )
    assert ledger.away_without_retry_after == 0
    assert max(recoveries) <= RECOVERY_SECONDS


@pytest.fixture
def plain_mongod(tmp_path):
    """Starts mongods without authentication, and ends them."""
    started = []

    def start(*arguments):
        port = free_port()
        folder = tmp_path / str(port)
        folder.mkdir()
        started.append(
            subprocess.Popen(
                [
                    *(find_mongod(), "--dbpath", folder, "--port", str(port)),
                    *("--bind_ip", "127.0.0.1", "--nounixsocket"),
                    *("--networkMessageCompressors", "snappy,zstd"),
                    *("--wiredTigerCacheSizeGB", "0.25", *arguments),
                ],
                stdout=subprocess.DEVNULL,
            )
        )
        return port

    yield start
    for process in started:
        process.kill()
    for process in started:
        process.wait()


def wait_until(answer, seconds=30):
    until = time.monotonic() + seconds
    while not answer():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_f06_a_standalone_mongod_is_refused(plain_mongod):
    port = plain_mongod()

    with pytest.raises(WeakMongo, match="standalone"):
        connect(f"mongodb://127.0.0.1:{port}/?directConnection=true")


def test_f06_a_set_with_an_arbiter_is_refused(plain_mongod):
    ports = [plain_mongod("--replSet", "psa") for _ in range(2)]
    address = f"mongodb://127.0.0.1:{ports[0]}/?directConnection=true"
    members = [{"_id": at, "host": f"127.0.0.1:{port}"} for at, port in enumerate(ports)]
    members[1]["arbiterOnly"] = True
    for port in ports:
        answers(f"127.0.0.1:{port}")
    with MongoClient(address) as client:
        client.admin.command(
            "replSetInitiate", {"_id": "psa", "members": members, "settings": QUICK}
        )
        wait_until(lambda: client.admin.command("hello").get("isWritablePrimary"))

    with pytest.raises(WeakMongo, match="arbiter"):
        connect(f"mongodb://127.0.0.1:{ports[0]}/?replicaSet=psa")


def test_the_service_answers_503_while_the_database_is_away_and_health_stays(killable):
    server, address, _ = killable
    folder = Path(server.folder)
    server.stop()

    alive = Caller(address).exchange("GET", "/health")
    ready = Caller(address).exchange("GET", "/ready")
    login = {"username": "supervisor", "password": "whatever it is"}
    refused = Caller(address).exchange("POST", "/api/v1/login", login)

    assert alive[0] == 200
    for status, body, headers in (ready, refused):
        assert status == 503
        assert headers["Retry-After"]
        assert str(folder) not in body.decode()
        assert "127.0.0.1" not in body.decode()
    server.start()
    wait_until(lambda: Caller(address).read("/ready")[0] == 200)
