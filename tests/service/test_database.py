"""The real embedded MongoDB, and the settings that could lose a write."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from service.database import WeakMongo, connect, end_abandoned
from service.embedded_mongo import EmbeddedMongo, MongoWillNotRun
from tests.conftest import free_port
from tests.replica_set import wait_until


def test_a_transaction_leaves_nothing_when_its_act_fails(database, transact):
    database.create_collection("things")

    def act(tx):
        database.things.insert_one({"_id": 1}, session=tx)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transact(act)

    assert database.things.count_documents({}) == 0


@pytest.mark.parametrize("weak", ["w=1", "w=0", "journal=false", "retryWrites=false"])
def test_an_address_with_weak_settings_is_refused(mongo, weak):
    with pytest.raises(WeakMongo, match=weak.split("=")[0]):
        connect(f"{mongo}&{weak}")


def test_a_taken_port_is_answered_with_what_to_do(mongo, tmp_path):
    port = int(mongo.split("127.0.0.1:")[1].split("/")[0])

    with pytest.raises(MongoWillNotRun, match="HUYUAN_MONGO_PORT"):
        EmbeddedMongo(tmp_path, port).start()


def test_a_second_start_finds_the_data_of_the_first(tmp_path):
    port = free_port()
    first = EmbeddedMongo(tmp_path, port, cache_mb=256)
    with connect(first.start()) as client:
        client.kept.things.insert_one({"_id": "kept"})
    first.stop()

    second = EmbeddedMongo(tmp_path, port, cache_mb=256)
    with connect(second.start()) as client:
        found = client.kept.things.find_one()
    second.stop()

    assert found == {"_id": "kept"}


def test_the_server_may_open_as_many_files_as_the_system_lets_it(tmp_path):
    server = EmbeddedMongo(tmp_path, free_port(), cache_mb=256)
    server.start()

    limits = Path(f"/proc/{server.process.pid}/limits").read_text()
    server.stop()

    (line,) = [line for line in limits.splitlines() if line.startswith("Max open files")]
    soft, hard = line.split()[3:5]
    assert soft == hard


def test_a_platform_without_the_server_is_told_to_bring_its_own(monkeypatch, tmp_path):
    monkeypatch.setattr("service.embedded_mongo.PACKAGE", "no-such-package")

    with pytest.raises(MongoWillNotRun, match="MONGODB_URI"):
        EmbeddedMongo(tmp_path, free_port()).start()


def test_a_server_that_does_not_run_here_is_told_with_its_reason(monkeypatch, tmp_path):
    broken = tmp_path / "fiftyone/db/bin/mongod"
    broken.parent.mkdir(parents=True)
    broken.write_text("#!/bin/sh\necho libcurl.so.4 is missing >&2\nexit 127\n")
    wheel = SimpleNamespace(locate_file=lambda path: tmp_path / path)
    monkeypatch.setattr("service.embedded_mongo.distribution", lambda _: wheel)

    with pytest.raises(MongoWillNotRun, match=r"libcurl\.so\.4 is missing.*MONGODB_URI"):
        EmbeddedMongo(tmp_path, free_port()).start()


def test_a_folder_that_another_server_uses_is_told_where_to_look(tmp_path):
    first = EmbeddedMongo(tmp_path, free_port(), cache_mb=256)
    first.start()

    with pytest.raises(MongoWillNotRun, match=r"mongod\.log"):
        EmbeddedMongo(tmp_path, free_port(), cache_mb=256).start()

    first.stop()


LEFT_OPEN = """
from pymongo import MongoClient
import sys, time
session = MongoClient(sys.argv[1]).start_session()
session.start_transaction()
session.client[sys.argv[2]].heads.update_one({"_id": 1}, {"$inc": {"n": 1}}, session=session)
print("open", flush=True)
time.sleep(99)
"""


def test_what_a_killed_process_had_begun_holds_nobody_up(client, mongo, database):
    database.heads.insert_one({"_id": 1, "n": 0})
    command = [sys.executable, "-c", LEFT_OPEN, mongo, database.name]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as begun:
        assert begun.stdout.readline() == b"open\n"
        assert end_abandoned(client) == 0
        begun.kill()
    wait_until(lambda: end_abandoned(client) == 1)

    database.heads.update_one({"_id": 1}, {"$inc": {"n": 5}})

    assert database.heads.find_one({"_id": 1})["n"] == 5
    assert end_abandoned(client) == 0


def test_a_transaction_of_a_living_process_goes_on(client, database):
    database.heads.insert_one({"_id": 1, "n": 0})
    with client.start_session() as session, session.start_transaction():
        database.heads.update_one({"_id": 1}, {"$inc": {"n": 1}}, session=session)
        assert end_abandoned(client) == 0

    assert database.heads.find_one({"_id": 1})["n"] == 1
