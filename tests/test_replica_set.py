"""F03 to F05: a set of three members whose leader is stepped down, killed, frozen or left alone."""

import os
import random
import signal
import threading
import time
from itertools import pairwise

import pytest
from pymongo import MongoClient

from inspections.kindergartens.model import Kindergarten
from media.documents import from_document
from service.cli.http import Caller
from tests.replica_set import ReplicaSet, wait_until
from tests.test_faults_fork import Settled, workers
from tests.test_faults_mongod import Ledger, log_in
from tests.web import Web

DATABASE = "three"
WRITERS = 6
LONGEST_GAP = 6
LONGEST_GAP_FROZEN = 10
FAST, LONG = (1, 1), (10, 6)
"""Rounds, and seconds of load before and after each: as `make test` has it, as `make fault`."""

ROUNDS = pytest.mark.parametrize(
    ("rounds", "seconds"), [FAST, pytest.param(*LONG, marks=pytest.mark.fault)]
)


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    members = ReplicaSet(tmp_path_factory.mktemp("three"))
    try:
        members.start()
        yield members
    finally:
        members.end()


@pytest.fixture(scope="module")
def web(three, tmp_path_factory):
    served = Web(tmp_path_factory.mktemp("web"), three.uri, DATABASE)
    served.rooms = Settled(served.prepare())
    served.start()
    yield served
    served.stop()


@pytest.fixture(autouse=True)
def whole(three):
    """Each test begins with a leader and two that follow."""
    wait_until(lambda: sorted(three.states()) == ["PRIMARY", "SECONDARY", "SECONDARY"])


class Watched(Ledger):
    """A ledger that knows when each acknowledgement came."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.moments = [time.monotonic()]

    def send(self, body):
        status = super().send(body)
        if status == 201:
            self.moments.append(time.monotonic())
        return status

    def longest_gap(self):
        moments = sorted([*self.moments, time.monotonic()])
        return max(after - before for before, after in pairwise(moments))


class Load:
    """Writers that go on for as long as the block lasts."""

    def __init__(self, web):
        self.ledger = Watched(web.address, log_in(web.address, web.rooms, "supervisor").token)
        self.writers = [threading.Thread(target=self.ledger.write) for _ in range(WRITERS)]

    def __enter__(self):
        for writer in self.writers:
            writer.start()
        assert self.ledger.wait_for(20, 30)
        return self.ledger

    def __exit__(self, *_):
        self.ledger.ended.set()
        for writer in self.writers:
            writer.join()


def must_be_kept_once(three, ledger):
    with MongoClient(three.uri, tz_aware=True) as apart:
        database = apart[DATABASE]
        found = [from_document(Kindergarten, each) for each in database["kindergartens"].find()]
        added = database["custody"].find({"verb": "kindergarten_added"}, {"chain": 1})
        chains = [each["chain"] for each in added]
    kept = {each.id: each.name for each in found}
    lost = [id_ for id_, name in ledger.acknowledged.items() if kept.get(id_) != name]
    assert lost == []
    assert len(chains) == len(set(chains)) == len(found)
    assert set(ledger.statuses) <= {201, 503}
    assert ledger.away_without_retry_after == 0


def under_load(web, three, act, rounds, seconds):
    """Do the act in each round between seconds of load; return the ledger."""
    with Load(web) as ledger:
        for _ in range(rounds):
            time.sleep(seconds + random.random())
            act()
            before = len(ledger.acknowledged)
            assert ledger.wait_for(before + 1, 30)
            time.sleep(seconds)
            wait_until(lambda: three.states().count("SECONDARY") == 2)
    gap = ledger.longest_gap()
    print(
        f"{rounds} rounds, {len(ledger.acknowledged)} acknowledged,"
        f" {ledger.statuses[503]} answered 503, longest gap {gap:.2f} s"
    )
    must_be_kept_once(three, ledger)
    return gap


@ROUNDS
def test_f04_a_leader_that_steps_down_loses_nothing_acknowledged(web, three, rounds, seconds):
    gap = under_load(web, three, three.step_down, rounds, seconds)

    assert gap <= LONGEST_GAP
    assert Caller(web.address).read("/ready")[0] == 200


@ROUNDS
def test_f03_a_leader_killed_under_load_loses_nothing_acknowledged(web, three, rounds, seconds):
    def kill():
        leading = three.primary()
        leading.signal(signal.SIGKILL)
        wait_until(three.primary)
        leading.start()

    gap = under_load(web, three, kill, rounds, seconds)

    assert gap <= LONGEST_GAP


@ROUNDS
def test_f04_a_leader_frozen_under_load_loses_nothing_acknowledged(web, three, rounds, seconds):
    def freeze():
        frozen = three.primary()
        frozen.signal(signal.SIGSTOP)
        try:
            wait_until(lambda: three.primary() not in (None, frozen))
            time.sleep(1)
        finally:
            frozen.signal(signal.SIGCONT)

    gap = under_load(web, three, freeze, rounds, seconds)

    assert gap <= LONGEST_GAP_FROZEN


def test_f05_without_a_majority_nothing_is_acknowledged_and_ready_tells(web, three):
    leading = three.primary()
    others = [member for member in three.members if member is not leading]
    for member in others:
        member.signal(signal.SIGKILL)
    wait_until(lambda: three.primary() is None)

    login = {"username": "supervisor", "password": "whatever it is"}
    refused = Caller(web.address).exchange("POST", "/api/v1/login", login)
    ready = Caller(web.address).exchange("GET", "/ready")
    alive = Caller(web.address).read("/health")
    for pid in workers(web):
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: len(workers(web)) == 4)
    of_new_worker = Caller(web.address).exchange("GET", "/health")

    for status, _, headers in (refused, ready, of_new_worker):
        assert status == 503
        assert headers["Retry-After"]
    assert alive[0] == 200
    for member in others:
        member.start()
    wait_until(lambda: Caller(web.address).read("/ready")[0] == 200)
