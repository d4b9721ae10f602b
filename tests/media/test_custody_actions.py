from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from media.custody.chain import GENESIS
from media.custody.model import BadPlace, Note


def test_what_is_recorded_is_read_back_link_by_link(custody, transact, inspector, noon):
    def act(tx):
        custody.record("c1", "planned", actor=inspector, now=noon, facts={"items": [1, 2.5]}, tx=tx)
        return custody.record("c1", "begun", actor=inspector, now=noon, why="今日检查", tx=tx)

    second = transact(act)

    history = custody.history("c1")
    assert [entry.verb for entry in history] == ["planned", "begun"]
    assert history[0].previous == GENESIS
    assert history[1] == second
    assert second.previous == history[0].hash
    assert (second.device, second.why, second.sequence) == ("tablet", "今日检查", 2)
    assert list(custody.verify()) == []


def test_a_transaction_that_fails_leaves_no_entry(custody, transact, inspector, noon):
    def act(tx):
        custody.record("c1", "planned", actor=inspector, now=noon, tx=tx)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transact(act)

    assert custody.history("c1") == []
    assert list(custody.verify()) == []


def test_two_writers_of_one_chain_take_turns(custody, transact, inspector, noon):
    def write(number):
        transact(
            lambda tx: custody.record(
                "c1", "answered", actor=inspector, now=noon, facts={"n": number}, tx=tx
            )
        )

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(30)))

    history = custody.history("c1")
    assert [entry.sequence for entry in history] == list(range(1, 31))
    assert {entry.facts["n"] for entry in history} == set(range(30))
    assert list(custody.verify()) == []


def test_many_entries_of_many_chains_are_one_step(custody, transact, inspector, noon):
    transact(lambda tx: custody.record("c1", "planned", actor=inspector, now=noon, tx=tx))
    notes = [Note(f"c{number % 3}", "overdue", facts={"n": number}) for number in range(9)]

    entries = transact(lambda tx: custody.record_all(notes, actor=inspector, now=noon, tx=tx))

    assert [entry.facts["n"] for entry in entries] == list(range(9))
    assert [entry.sequence for entry in custody.history("c1")] == [1, 2, 3, 4]
    assert list(custody.verify()) == []
    assert transact(lambda tx: custody.record_all([], actor=inspector, now=noon, tx=tx)) == []


def test_the_walk_tells_how_far_it_is(custody, transact, inspector, noon):
    notes = [Note(f"c{number % 2}", "seen") for number in range(10)]
    transact(lambda tx: custody.record_all(notes, actor=inspector, now=noon, tx=tx))
    told = []

    list(custody.verify(lambda done, total: told.append((done, total))))

    assert told == [(5, 10), (10, 10)]


def test_a_walk_beside_writers_finds_nothing_bad(custody, transact, inspector, noon):
    def write(number):
        notes = [Note(f"c{number}", "seen"), Note("shared", "seen")]
        for _ in range(10):
            transact(lambda tx: custody.record_all(notes, actor=inspector, now=noon, tx=tx))

    with ThreadPoolExecutor(3) as pool:
        writers = [pool.submit(write, number) for number in range(3)]
        found: list[BadPlace] = []
        while not all(writer.done() for writer in writers):
            found += custody.verify()

    assert found == []
    assert len(custody.history("shared")) == 30


def test_a_head_moved_outside_of_a_transaction_is_never_overwritten(custody, inspector, noon):
    stale = custody._store.heads_of(["c1"], tx=None)
    custody.record("c1", "planned", actor=inspector, now=noon, tx=None)
    moved = custody._store.heads_of(["c1"], tx=None)
    custody.record("c1", "begun", actor=inspector, now=noon, tx=None)
    late = custody.history("c1")[1]

    with pytest.raises(RuntimeError):
        custody._store.append(
            [replace(late, id="late", chain="c1", sequence=9)],
            since=moved,
            heads={"c1": replace(moved["c1"], sequence=2)},
            tx=None,
        )
    assert stale == {}
