"""Signed roots over every chain: what they cover, and what is found once somebody rewrites it."""

import random
import stat
from dataclasses import replace
from itertools import count

import pytest

from media.checkpoints import merkle, signing
from media.checkpoints.actions import Checkpoints
from media.checkpoints.errors import KeyExists, NoSigningKey
from media.checkpoints.jobs import checkpoint
from media.checkpoints.store import INDEXES, CheckpointStore
from media.custody.chain import link
from media.custody.model import Head, Note, Reason
from media.documents import to_document
from media.refusals import NotFound
from service.database import ensure_indexes


@pytest.fixture
def key_file(tmp_path):
    return tmp_path / "checkpoint.key"


@pytest.fixture
def room(database, transact, custody, key_file, noon):
    ensure_indexes(database, INDEXES)
    made = Checkpoints(CheckpointStore(database), transact, key_file)
    made.create_key(now=noon)
    return made


@pytest.fixture
def write(custody, transact, inspector, noon):
    numbers = count()

    def do(*chains):
        notes = [Note(chain, "answered", "检查", {"n": next(numbers)}) for chain in chains]
        transact(lambda tx: custody.record_all(notes, actor=inspector, now=noon, tx=tx))

    return do


@pytest.fixture
def signed(room, write, noon):
    """Three checkpoints over four chains, the last of which grew further since."""
    for chains in ("abc", "bc", "cd"):
        write(*[f"case:{each}" for each in chains for _ in range(3)])
        room.make(now=noon)
    write("case:d")
    return room


def reasons(room, **more):
    return [bad.reason for bad in room.verify(**more)]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 100])
def test_every_leaf_leads_to_the_root_and_another_does_not(size):
    leaves = [merkle.leaf_of(f"c{n}", n, "0" * 64) for n in range(size)]
    top = merkle.root(leaves)

    for index, leaf in enumerate(leaves):
        steps = merkle.proof(leaves, index)
        assert merkle.root_by(leaf, steps) == top
        assert merkle.root_by(leaf + b"x", steps) != top
    with pytest.raises(IndexError):
        merkle.proof(leaves, size)


def test_the_tree_is_that_of_rfc_6962():
    """Figures of the test vectors in common use: an empty tree, and eight leaves."""
    leaves = [bytes.fromhex(each) for each in ("", "00", "10", "2021", "3031", "40414243")]

    assert merkle.root([]).startswith("e3b0c44298fc1c149afbf4c8996fb924")
    assert merkle.root(leaves[:1]).startswith("6e340b9cffb37a989ca544e6bb780a2c")
    assert merkle.root(leaves[:2]).startswith("fac54203e7cc696cf0dfcb42c92a1d9d")
    assert merkle.root(leaves[:3]).startswith("aeb6bcfe274b70a14fb067a5e5578264")
    assert merkle.root(leaves).startswith("76e67dadbcdf1e10e1b74ddc608abd2f")


def test_checkpoints_cover_all_chains_and_name_the_one_before(signed):
    one, two, three = signed.every()

    assert [one.chains, two.chains, three.chains] == [3, 3, 4]
    assert (two.previous, three.previous) == (one.digest(), two.digest())
    assert reasons(signed) == []


def test_without_anything_new_none_is_made_unless_it_is_asked_for(room, write, noon):
    write("case:a")
    first = room.make(now=noon)

    assert room.make(now=noon) is None
    assert room.make(now=noon, even_if_idle=True).id == first.id + 1
    assert reasons(room) == []


def test_a_proof_leads_from_a_chain_to_the_signed_root(signed, custody):
    proved = signed.prove("case:b")

    leaf = merkle.leaf_of(proved.chain, proved.sequence, proved.hash)
    assert merkle.root_by(leaf, proved.steps) == proved.checkpoint.root
    assert custody.history("case:b")[proved.sequence - 1].hash == proved.hash
    with pytest.raises(NotFound):
        signed.prove("case:unknown")


def rewrite(database, chain, inspector, noon, until):
    """Write a chain anew from its first entry, head and all, as who knows the scheme could."""
    database["custody"].delete_many({"chain": chain})
    head = None
    for number in range(until):
        note = Note(chain, "answered", "改写", {"n": number})
        entry = link(head, note, id=f"{chain}-{number}", actor=inspector, at=noon)
        database["custody"].insert_one(to_document(entry))
        head = Head(chain, entry.sequence, entry.hash)
    database["custody_heads"].replace_one({"_id": chain}, to_document(head))


def test_a_chain_written_anew_is_found_though_it_is_whole_in_itself(
    signed, custody, database, inspector, noon
):
    rewrite(database, "case:b", inspector, noon, until=6)

    assert list(custody.verify()) == []
    assert [(bad.chain, bad.reason) for bad in signed.verify()] == [("case:b", Reason.REWRITTEN)]


def test_a_tail_cut_off_with_its_head_is_found_up_to_the_last_checkpoint(
    signed, custody, database, inspector, noon
):
    """Its one entry since is not covered: that is what the scheme cannot show."""
    database["custody"].delete_one({"chain": "case:d", "sequence": 4})
    third = database["custody"].find_one({"chain": "case:d", "sequence": 3})
    moved = {"$set": {"sequence": 3, "hash": third["hash"]}}
    database["custody_heads"].update_one({"_id": "case:d"}, moved)
    assert reasons(signed) == []

    database["custody"].delete_one({"chain": "case:d", "sequence": 3})

    assert [(bad.chain, bad.reason) for bad in signed.verify()] == [("case:d", Reason.REWRITTEN)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"root": "0" * 64}, Reason.CHECKPOINT_UNSIGNED),
        ({"chains": 3}, Reason.CHECKPOINT_UNSIGNED),
        ({"signature": "AAAA"}, Reason.CHECKPOINT_UNSIGNED),
        ({"signature": "not base 64"}, Reason.CHECKPOINT_UNSIGNED),
        ({"key_id": "0" * 64}, Reason.CHECKPOINT_UNSIGNED),
        ({"previous": "0" * 64}, Reason.CHECKPOINT_UNLINKED),
    ],
)
def test_a_checkpoint_that_was_changed_is_named(signed, database, change, reason):
    database["checkpoints"].update_one({"_id": 3}, {"$set": change})

    assert reasons(signed)[0] is reason


def test_a_checkpoint_taken_out_is_named(signed, database):
    database["checkpoints"].delete_one({"_id": 2})

    assert Reason.CHECKPOINT_UNLINKED in reasons(signed)


def test_leaves_that_were_changed_do_not_fit_the_root(signed, database):
    database["checkpoint_leaves"].delete_one({"checkpoint": 3, "chain": "case:d"})

    assert Reason.CHECKPOINT_ALTERED in reasons(signed)


def test_all_of_it_made_anew_with_another_key_does_not_fit_what_was_exported(
    signed, database, transact, tmp_path, inspector, noon
):
    """Somebody with the database and a key of their own; the exported digests tell."""
    exported = {each.id: each.digest() for each in signed.every()}
    assert reasons(signed, exported=exported) == []

    rewrite(database, "case:b", inspector, noon, until=6)
    for name in ("checkpoints", "checkpoint_leaves", "checkpoint_keys"):
        database[name].delete_many({})
    forger = Checkpoints(CheckpointStore(database), transact, tmp_path / "forged.key")
    forger.create_key(now=noon)
    forger.make(now=noon)

    assert reasons(forger) == []
    told = reasons(forger, exported=exported)
    assert told == [
        Reason.CHECKPOINT_ALTERED,
        Reason.CHECKPOINT_MISSING,
        Reason.CHECKPOINT_MISSING,
    ]


def test_a_key_is_rotated_under_the_old_ones_signature(signed, database, key_file, write, noon):
    old = signing.key_id(signing.load(key_file))

    new = signed.rotate_key(now=noon.replace(hour=5))
    write("case:e")
    made = signed.make(now=noon)

    assert (new.endorsed_by, made.key_id) == (old, new.id)
    assert reasons(signed) == []
    assert key_file.with_name(f"checkpoint.key.{old[:12]}").exists()
    database["checkpoint_keys"].update_one({"_id": new.id}, {"$set": {"endorsement": "AAAA"}})
    assert reasons(signed)[0] is Reason.KEY_UNKNOWN


def test_a_key_slipped_in_is_named(signed, database, tmp_path, noon):
    foreign = signing.create(tmp_path / "foreign.key")
    pem = signing.public_pem(foreign)
    database["checkpoint_keys"].insert_one(
        {"_id": signing.key_id(foreign), "public_pem": pem, "made_at": noon.replace(hour=6)}
    )

    assert reasons(signed) == [Reason.KEY_UNKNOWN]


def test_the_key_is_the_owners_alone_and_never_overwritten(room, key_file, noon):
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    kept = key_file.read_bytes()

    with pytest.raises(KeyExists):
        room.create_key(now=noon)

    assert key_file.read_bytes() == kept


@pytest.mark.parametrize("content", [None, b"", b"not a key", b"\xff\xfe"])
def test_without_a_usable_key_nothing_is_signed(
    database, transact, custody, write, tmp_path, noon, content
):
    path = tmp_path / "none.key"
    if content is not None:
        path.write_bytes(content)
    ensure_indexes(database, INDEXES)
    keyless = Checkpoints(CheckpointStore(database), transact, path)
    write("case:a")

    with pytest.raises(NoSigningKey):
        keyless.make(now=noon)

    assert checkpoint(keyless, lambda: noon) == 0
    assert keyless.keys() == []
    nowhere = Checkpoints(CheckpointStore(database), transact, None)
    for step in (nowhere.create_key, nowhere.rotate_key, nowhere.make):
        with pytest.raises(NoSigningKey):
            step(now=noon)


def test_checkpoints_are_listed_from_the_newest(signed):
    first = signed.page(limit=2)
    rest = signed.page(cursor=first.next, limit=2)

    assert [each.id for each in (*first.items, *rest.items)] == [3, 2, 1]
    assert signed.get(2).id == 2
    for number in (9, 10**40):
        with pytest.raises(NotFound):
            signed.get(number)


def test_f41_whatever_is_done_to_what_a_checkpoint_covers_is_found(
    signed, custody, database, inspector, noon
):
    """Edits, deletions, swaps and rewritings at random places; the seed is printed."""
    seed = random.randrange(1 << 30)
    print(f"seed {seed}")
    chance = random.Random(seed)
    whole = {name: list(database[name].find()) for name in ("custody", "custody_heads")}
    covered = [each for each in whole["custody"] if each["chain"] != "case:d"]
    for _ in range(60):
        victim = chance.choice(covered)
        act = chance.choice(["edit", "delete", "move", "rewrite"])
        if act == "edit":
            changed = replace_one(victim, chance)
            database["custody"].replace_one({"_id": victim["_id"]}, changed)
        elif act == "delete":
            database["custody"].delete_one({"_id": victim["_id"]})
        elif act == "move":
            database["custody"].update_one({"_id": victim["_id"]}, {"$inc": {"sequence": 1000}})
        else:
            rewrite(database, victim["chain"], inspector, noon, until=chance.randint(1, 12))

        found = {bad.chain for bad in (*custody.verify(), *signed.verify())}

        for name, documents in whole.items():
            database[name].delete_many({})
            database[name].insert_many(documents)
        assert found == {victim["chain"]}, (seed, act)


def replace_one(document, chance):
    field = chance.choice(["verb", "name", "why", "unit", "previous", "hash"])
    return {**document, field: f"{document[field]}x"}


def test_a_signature_is_over_every_field(signed):
    one = signed.get(1)

    for change in ({"id": 9}, {"chains": 9}, {"root": "f" * 64}, {"key_id": "f" * 64}):
        assert replace(one, **change).message() != one.message()
    assert replace(one, signature="x").message() == one.message()
