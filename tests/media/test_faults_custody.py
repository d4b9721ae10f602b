"""F41, fast: somebody with the database password edits the history."""

import random

import pytest

from media.custody.model import Note, Reason

CHAINS, LENGTH = 5, 8


@pytest.fixture
def written(custody, transact, inspector, noon):
    notes = [
        Note(f"case-{chain}", "answered", "检查", {"item": number, "met": False})
        for chain in range(CHAINS)
        for number in range(LENGTH)
    ]
    transact(lambda tx: custody.record_all(notes, actor=inspector, now=noon, tx=tx))
    return custody


def first(custody):
    bad = list(custody.verify())
    assert len(bad) == 1, bad
    return bad[0]


@pytest.mark.parametrize(
    "change",
    [
        {"$set": {"facts.met": True}},
        {"$set": {"facts.item": 3.0}},
        {"$set": {"verb": "approved"}},
        {"$set": {"name": "别人"}},
        {"$set": {"facts": "not facts"}},
        {"$set": {"at": "yesterday"}},
        {"$set": {"added": 1}},
        {"$unset": {"why": ""}},
        {"$unset": {"hash": ""}},
    ],
)
def test_an_edit_is_named(written, database, change):
    database["custody"].update_one({"chain": "case-2", "sequence": 4}, change)

    bad = first(written)

    assert (bad.chain, bad.sequence, bad.reason) == ("case-2", 4, Reason.ALTERED)


def test_a_deletion_is_named(written, database):
    database["custody"].delete_one({"chain": "case-2", "sequence": 4})

    bad = first(written)

    assert (bad.chain, bad.sequence, bad.reason) == ("case-2", 4, Reason.MISSING)


def test_an_insertion_is_named(written, database):
    forged = database["custody"].find_one({"chain": "case-2", "sequence": LENGTH})
    database["custody"].insert_one(forged | {"_id": "forged", "sequence": LENGTH + 1})

    bad = first(written)

    assert (bad.chain, bad.sequence, bad.reason) == ("case-2", LENGTH + 1, Reason.ALTERED)


def test_a_reordering_is_named(written, database):
    entries = database["custody"]
    entries.update_one({"chain": "case-2", "sequence": 4}, {"$set": {"sequence": 99}})
    entries.update_one({"chain": "case-2", "sequence": 5}, {"$set": {"sequence": 4}})
    entries.update_one({"chain": "case-2", "sequence": 99}, {"$set": {"sequence": 5}})

    bad = first(written)

    assert (bad.chain, bad.sequence) == ("case-2", 4)


@pytest.mark.parametrize("chain", ["case-0", "case-2", f"case-{CHAINS - 1}"])
def test_a_cut_tail_is_named_however_much_is_gone(written, database, chain):
    database["custody"].delete_many({"chain": chain, "sequence": {"$gt": 5}})

    bad = first(written)

    assert (bad.chain, bad.sequence, bad.reason) == (chain, 6, Reason.TAIL_CUT)


@pytest.mark.parametrize("chain", ["case-0", "case-2", f"case-{CHAINS - 1}"])
def test_a_chain_taken_out_whole_is_named_by_its_head(written, database, chain):
    database["custody"].delete_many({"chain": chain})

    bad = first(written)

    assert (bad.chain, bad.sequence, bad.reason) == (chain, 1, Reason.TAIL_CUT)


def test_a_head_that_is_gone_or_edited_is_named(written, database):
    heads = database["custody_heads"]

    heads.update_one({"_id": "case-1"}, {"$set": {"sequence": "8"}})
    edited = first(written)
    heads.delete_one({"_id": "case-1"})
    gone = first(written)

    assert (edited.chain, edited.reason) == ("case-1", Reason.HEAD_ALTERED)
    assert (gone.chain, gone.reason) == ("case-1", Reason.HEAD_MISSING)


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=pytest.mark.fault)])
def test_f41_random_tamperings_are_all_found(written, database, count):
    seed = random.randrange(10**6)
    chance = random.Random(seed)
    entries = database["custody"]
    for _ in range(count):
        place = {"chain": f"case-{chance.randrange(CHAINS)}", "sequence": chance.randint(1, LENGTH)}
        before = entries.find_one(place)
        field = chance.choice([name for name in before if name not in {"_id", "chain"}])
        entries.update_one(place, {"$set": {field: chance.random()}})

        assert [bad.chain for bad in written.verify()] == [place["chain"]], (seed, place, field)

        entries.replace_one({"_id": before["_id"]}, before)
    assert list(written.verify()) == []
