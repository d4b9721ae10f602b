"""F14, the fast form: writes stop before the disk is full, reads go on, nothing is half-written."""

from dataclasses import replace

import pytest

from service.app import create_app
from service.disk import SECONDS, DiskAlmostFull, DiskGuard
from tests.cast import Caller


@pytest.fixture
def full(stage):
    """The service on a disk that holds less than its reserve."""
    settings = replace(stage.rooms.settings, disk_reserve_mb=1 << 30)
    return create_app(replace(stage.rooms, settings=settings))


def test_on_a_full_disk_reading_and_logging_in_go_on(full, stage):
    caller = Caller(full, stage.supervisor.token)

    assert caller.get("kindergartens")["items"]
    body = {"username": "supervisor", "password": stage.passwords["supervisor"]}
    assert caller.post("login", body)["token"]


def test_on_a_full_disk_every_write_is_507_and_nothing_changes(full, stage):
    caller = Caller(full, stage.supervisor.token)
    before = len(stage.supervisor.get("kindergartens", limit=200)["items"])

    body = {"name": "演示县春芽幼儿园", "nature": "public", "region": "990102", "address": "x"}
    answer = caller.call("POST", "kindergartens", body)

    assert answer.status_code == 507
    assert answer.json["type"] == "/problems/disk-almost-full"
    assert len(stage.supervisor.get("kindergartens", limit=200)["items"]) == before


def test_with_room_on_the_disk_writes_go_through_on_the_real_reading(stage):
    DiskGuard(stage.rooms.database, reserve=1).must_have_room()


def test_the_free_space_is_read_again_after_a_while(stage, monkeypatch):
    told = {"fsTotalSize": 100, "fsUsedSize": 95}
    asked = []

    class Database:
        def command(self, name):
            asked.append(name)
            return told

    clock = [0.0]
    monkeypatch.setattr("service.disk.monotonic", lambda: clock[0])
    guard = DiskGuard(Database(), reserve=10)
    clock[0] = 1.0

    for _ in range(3):
        with pytest.raises(DiskAlmostFull):
            guard.must_have_room()
    told["fsUsedSize"] = 50
    clock[0] += SECONDS
    guard.must_have_room()

    assert asked == ["dbStats", "dbStats"]
