"""F40: somebody with the database password changes photos or what is known of them."""

import json
import random
from contextlib import nullcontext
from copy import deepcopy
from hashlib import sha256
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from media.custody.model import Reason
from media.evidence.errors import EvidenceDamaged
from media.evidence.walk import verify_all
from service.cli.evidence import make_evidence_group
from tests.media.picture import encode, halves

PHOTO = encode(halves(800, 600)) + bytes(range(256)) * 2500


@pytest.fixture
def kept(keep):
    return [keep(PHOTO + bytes([number])) for number in range(3)][1]


def flip(database, place):
    chunk = database["originals.chunks"].find_one(place)
    data = bytearray(chunk["data"])
    data[len(data) // 2] ^= 1
    database["originals.chunks"].update_one(place, {"$set": {"data": bytes(data)}})


def flip_a_bit(database, kept):
    flip(database, {"files_id": kept.id, "n": 1})


def swap_two_chunks(database, kept):
    chunks = database["originals.chunks"]
    for before, after in ((0, 99), (1, 0), (99, 1)):
        chunks.update_one({"files_id": kept.id, "n": before}, {"$set": {"n": after}})


def cut(database, kept):
    database["originals.chunks"].delete_one({"files_id": kept.id, "n": 2})


def replace_it_with_its_hash(database, kept):
    other = encode(halves(10, 10))
    digest = sha256(other).hexdigest()
    database["originals.chunks"].delete_many({"files_id": kept.id, "n": {"$gt": 0}})
    database["originals.chunks"].update_one({"files_id": kept.id}, {"$set": {"data": other}})
    database["originals.files"].update_one({"_id": kept.id}, {"$set": {"length": len(other)}})
    database["evidence"].update_one(
        {"_id": kept.id}, {"$set": {"sha256": digest, "size": len(other)}}
    )


def take_the_bytes(database, kept):
    database["originals.chunks"].delete_many({"files_id": kept.id})


def take_the_file(database, kept):
    database["originals.files"].delete_one({"_id": kept.id})


def put_text_in_a_chunk(database, kept):
    database["originals.chunks"].update_one({"files_id": kept.id}, {"$set": {"data": "text"}})


def move_it(database, kept):
    change = {"$set": {"position": None, "captured_at": "2020-01-01T00:00:00"}}
    database["evidence"].update_one({"_id": kept.id}, change)


def move_it_to_another_entry(database, kept):
    other = database["evidence"].find_one({"_id": {"$ne": kept.id}})
    change = {"$set": {"entry_id": other["entry_id"]}}
    database["evidence"].update_one({"_id": kept.id}, change)


SEEN_BY_READING = [
    (flip_a_bit, Reason.BYTES_ALTERED),
    (swap_two_chunks, Reason.BYTES_ALTERED),
    (cut, Reason.BYTES_ALTERED),
    (replace_it_with_its_hash, Reason.RECORD_ALTERED),
    (take_the_bytes, Reason.BYTES_MISSING),
    (take_the_file, Reason.BYTES_MISSING),
    (put_text_in_a_chunk, Reason.BYTES_MISSING),
    (move_it, Reason.RECORD_ALTERED),
    (move_it_to_another_entry, Reason.RECORD_ALTERED),
]


@pytest.mark.parametrize(("tamper", "reason"), SEEN_BY_READING)
def test_reading_refuses_what_was_tampered_with_and_records_it(
    room, custody, kept, database, inspector, noon, tamper, reason
):
    tamper(database, kept)

    with pytest.raises(EvidenceDamaged) as refused:
        room.original(kept.id, actor=inspector, now=noon, why="复核")

    assert refused.value.facts == {"id": kept.id, "reason": reason.value}
    last = custody.history("case:c1")[-1]
    assert (last.verb, last.facts["reason"]) == ("evidence_found_damaged", reason.value)


@pytest.mark.parametrize(("tamper", "reason"), SEEN_BY_READING)
def test_the_verifier_names_the_one_tampered_with(custody, room, kept, database, tamper, reason):
    assert list(verify_all(custody, room)) == []

    tamper(database, kept)

    [bad] = verify_all(custody, room)
    assert (bad.chain, bad.id, bad.reason) == ("case:c1", kept.id, reason)


def test_the_verifier_names_evidence_that_is_gone(custody, room, kept, database):
    database["evidence"].delete_one({"_id": kept.id})

    [bad] = verify_all(custody, room)

    assert (bad.id, bad.sequence, bad.reason) == (kept.id, 2, Reason.RECORD_MISSING)


def test_the_verifier_names_evidence_of_another_shape(custody, room, kept, database):
    database["evidence"].update_one({"_id": kept.id}, {"$set": {"size": "many"}})

    [bad] = verify_all(custody, room)

    assert (bad.id, bad.reason) == (kept.id, Reason.RECORD_ALTERED)


def test_a_record_and_its_entry_changed_alike_break_the_chain(custody, room, kept, database):
    database["evidence"].update_one({"_id": kept.id}, {"$set": {"size": 1}})
    database["custody"].update_one({"_id": kept.entry_id}, {"$set": {"facts.size": 1}})

    bad = {(each.id, each.reason) for each in verify_all(custody, room)}

    assert (kept.entry_id, Reason.ALTERED) in bad


def test_a_derivative_tampered_with_is_refused_and_named(
    custody, room, kept, database, inspector, noon
):
    forged = {"$set": {"data": encode(halves(20, 20))}}
    database["derivatives"].update_one({"_id": f"{kept.id}/320"}, forged)

    with pytest.raises(EvidenceDamaged):
        room.derivative(kept.id, 320, actor=inspector, now=noon)

    [bad] = verify_all(custody, room)
    assert (bad.id, bad.reason) == (kept.id, Reason.BYTES_ALTERED)


def flip_some_bit(chance, chunks, files, _others):
    chunk = chance.choice(chunks)
    data = bytearray(chunk["data"])
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    chunk["data"] = bytes(data)


def swap_some_chunks(chance, chunks, _files, _others):
    one, other = chance.sample(chunks, 2)
    one["data"], other["data"] = other["data"], one["data"]


def cut_somewhere(chance, chunks, _files, _others):
    chunk = chance.choice(chunks)
    chunk["data"] = chunk["data"][: chance.randrange(len(chunk["data"]))]


def forge_with_its_hash(chance, chunks, file, record):
    for chunk in chunks:
        chunk["data"] = chance.randbytes(len(chunk["data"]))
    whole = b"".join(chunk["data"] for chunk in sorted(chunks, key=lambda each: each["n"]))
    record["sha256"] = file["metadata"]["sha256"] = sha256(whole).hexdigest()


KINDS = (flip_some_bit, swap_some_chunks, cut_somewhere, forge_with_its_hash)


@pytest.mark.parametrize("count", [40, pytest.param(1000, marks=pytest.mark.fault)])
def test_f40_whatever_is_tampered_with_by_chance_is_found(custody, room, kept, database, count):
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    ids = sorted(each["_id"] for each in database["evidence"].find({}, {"_id": 1}))
    for number in range(count):
        id_ = chance.choice(ids)
        before = [
            (database[name], list(database[name].find({key: id_}).sort("n", 1)))
            for name, key in (
                ("originals.chunks", "files_id"),
                ("originals.files", "_id"),
                ("evidence", "_id"),
            )
        ]
        chunks, [file], [record] = (deepcopy(documents) for _, documents in before)
        KINDS[number % len(KINDS)](chance, chunks, file, record)
        for (collection, _), documents in zip(before, (chunks, [file], [record]), strict=True):
            for each in documents:
                collection.replace_one({"_id": each["_id"]}, each)

        found = [bad.id for bad in room.verify()]

        for collection, documents in before:
            for each in documents:
                collection.replace_one({"_id": each["_id"]}, each)
        assert found == [id_], (seed, number)
    assert list(room.verify()) == []


@pytest.fixture
def run(custody, room, layers):
    rooms = SimpleNamespace(custody=custody, evidence=room, checkpoints=None, layers=layers)
    group = make_evidence_group(lambda: nullcontext(rooms))
    return lambda: CliRunner().invoke(group, ["verify"])


def test_the_command_ends_zero_when_everything_is_whole(run, kept):
    done = run()

    assert (done.exit_code, done.stdout) == (0, "")
    assert "everything is whole" in done.stderr


def test_the_command_writes_a_line_for_each_bad_place_and_ends_one(run, kept, database):
    flip_a_bit(database, kept)
    database["custody"].delete_one({"chain": "case:c1", "sequence": 3})

    done = run()

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 1
    assert {"chain": "case:c1", "sequence": 3, "id": None, "reason": "tail_cut"} in [
        {name: line[name] for name in ("chain", "sequence", "id", "reason")} for line in lines
    ]
    assert (kept.id, "bytes_altered") in [(line["id"], line["reason"]) for line in lines]
    assert all("/" in line["why"] for line in lines)
