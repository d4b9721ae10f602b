"""The real embedded MongoDB, and the settings that could lose a write."""

from pathlib import Path

import pytest

from service.database import WeakMongo, connect
from service.embedded_mongo import EmbeddedMongo, MongoWillNotRun
from tests.conftest import free_port


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
