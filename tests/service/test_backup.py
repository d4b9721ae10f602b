"""F44: a backup under load, brought back on an empty database, is whole to the last byte."""

import os
import threading
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

import pytest

from media.days import SHANGHAI
from media.evidence.walk import verify_all
from media.photos.drawing import draw_photo
from service.backup import CHUNK, LEFT_OUT, BadBackup, back_up, restore, verify
from service.rooms import assemble
from tests.builders import make_inspection

PASSPHRASE = "correct horse battery"


def silent(_name, _done, _total):
    """Show no progress."""


@pytest.fixture(scope="module")
def photographed(stage):
    """The demonstration with some photos as evidence, larger than one chunk of a backup."""
    room = stage.rooms.evidence
    for number in range(12):
        photo = draw_photo(f"gate {number}", datetime.now(SHANGHAI), 116.391, 39.907, posts=3)
        examined = room.examine(photo + os.urandom(500_000), id=str(uuid4()))
        inspection = make_inspection()

        def act(tx, examined=examined, inspection=inspection):
            return room.keep(
                examined,
                case_id=inspection.case_id,
                region=inspection.region,
                kindergarten_id=inspection.kindergarten_id,
                subject_kind="inspection",
                subject_id=inspection.id,
                actor=_actor(stage),
                now=stage.clock(),
                tx=tx,
            )

        stage.rooms.inspections._transact(act)
    return stage.rooms


def _actor(stage):
    return stage.rooms.accounts.officer(stage.inspector.account["id"], stage.clock())


@pytest.fixture
def empty(client):
    name = f"test_{uuid4().hex[:12]}"
    yield name
    client.drop_database(name)


def content(client, name):
    database = client[name]
    return {
        each: (
            sorted((repr(document) for document in database[each].find()), key=str),
            sorted(str(index["key"]) for index in database[each].list_indexes()),
        )
        for each in database.list_collection_names()
        if each not in LEFT_OUT
    }


@pytest.fixture(scope="module")
def written(photographed, client, tmp_path_factory):
    path = tmp_path_factory.mktemp("backup") / "county.backup"
    summary = back_up(client, photographed.settings.database, path, PASSPHRASE, silent)
    return path, summary


def test_a_backup_comes_back_whole_with_its_indexes(photographed, client, written, empty):
    path, summary = written

    restore(client, empty, path, PASSPHRASE, silent)

    assert content(client, empty) == content(client, photographed.settings.database)
    assert summary.documents["evidence"] == 12
    assert summary.size > CHUNK


def test_what_was_restored_verifies_and_serves(photographed, client, written, empty):
    path, _ = written
    restore(client, empty, path, PASSPHRASE, silent)

    rooms = assemble(replace(photographed.settings, database=empty), client)

    assert list(verify_all(rooms.custody, rooms.evidence)) == []
    assert rooms.administration.have_any()


def test_a_backup_taken_while_work_goes_on_is_of_one_moment(stage, client, tmp_path, empty):
    ended = threading.Event()

    def work():
        while not ended.is_set():
            stage.supervisor.post(
                "kindergartens",
                {
                    "name": "演示县春芽幼儿园",
                    "nature": "public",
                    "region": "990102",
                    "address": "x",
                },
                wanted=201,
            )

    assert stage.supervisor
    thread = threading.Thread(target=work)
    thread.start()
    try:
        path = tmp_path / "busy.backup"
        back_up(client, stage.rooms.settings.database, path, PASSPHRASE, silent)
    finally:
        ended.set()
        thread.join()
    restore(client, empty, path, PASSPHRASE, silent)

    added = client[empty].custody.count_documents({"verb": "kindergarten_added"})
    assert client[empty].kindergartens.count_documents({}) == added


def test_nobody_stays_logged_in_across_a_restore(client, written, empty):
    restore(client, empty, written[0], PASSPHRASE, silent)

    assert client[empty].sessions.count_documents({}) == 0


def test_the_file_holds_nothing_readable_and_is_its_owners(written):
    path, _ = written
    data = path.read_bytes()

    assert b"kindergarten" not in data
    assert "演示县".encode() not in data
    assert path.stat().st_mode & 0o077 == 0


def altered(data, how):
    middle = len(data) // 2
    match how:
        case "bit":
            return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]
        case "cut":
            return data[:middle]
        case "last chunk":
            return data[: -len(data) // 3]
        case "more":
            return data + b"x"
        case "chunks exchanged":
            size = CHUNK + 16 + 5
            head, first, second = 32, data[32 : 32 + size], data[32 + size : 32 + 2 * size]
            return data[:head] + second + first + data[head + 2 * size :]
        case "another file":
            return b"PK" + data
    raise AssertionError(how)


@pytest.mark.parametrize(
    "how", ["bit", "cut", "last chunk", "more", "chunks exchanged", "another file"]
)
def test_a_backup_that_is_not_whole_is_refused_and_nothing_is_written(
    client, written, empty, tmp_path, how
):
    path = tmp_path / "altered.backup"
    path.write_bytes(altered(written[0].read_bytes(), how))

    with pytest.raises(BadBackup):
        restore(client, empty, path, PASSPHRASE, silent)

    assert client[empty].list_collection_names() == []


def test_a_wrong_passphrase_opens_nothing(written):
    with pytest.raises(BadBackup, match="passphrase"):
        verify(written[0], "another passphrase")


def test_a_short_passphrase_is_refused(photographed, client, tmp_path):
    with pytest.raises(BadBackup, match="12"):
        back_up(client, photographed.settings.database, tmp_path / "x", "short", silent)


def test_a_file_that_is_there_is_never_overwritten(photographed, client, written):
    before = written[0].read_bytes()

    with pytest.raises(BadBackup, match="already"):
        back_up(client, photographed.settings.database, written[0], PASSPHRASE, silent)

    assert written[0].read_bytes() == before


def test_a_database_that_holds_something_is_never_written_over(photographed, client, written):
    name = photographed.settings.database
    before = content(client, name)

    with pytest.raises(BadBackup, match="not empty"):
        restore(client, name, written[0], PASSPHRASE, silent)

    assert content(client, name) == before
