"""The worker's lease and timetable; overdue is marked once, however many workers there are."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from inspections.rectification.jobs import mark_overdue
from inspections.rectification.model import Status
from inspections.rectification.store import NoticeStore
from service.scheduler import (
    TIMETABLE,
    Every,
    Jumps,
    Lease,
    Slot,
    begin_anew,
    keep_timetable,
    run_slot,
)
from tests.builders import NOON, make_notice


def test_one_of_two_workers_holds_the_lease(database):
    first, second = Lease(database), Lease(database)

    assert first.hold() == 1
    assert second.hold() is None
    assert first.hold() == 1


def test_another_takes_over_when_the_lease_runs_out_and_the_token_grows(database):
    first, second = Lease(database), Lease(database)
    first.hold()
    database.leases.update_one({}, [{"$set": {"until": {"$subtract": ["$$NOW", 1]}}}])

    assert second.hold() == 2
    assert first.hold() is None


def test_a_released_lease_is_free_at_once(database):
    first, second = Lease(database), Lease(database)
    first.hold()

    first.release()

    assert second.hold() == 2


def test_twenty_workers_at_once_have_one_holder(database):
    leases = [Lease(database) for _ in range(20)]
    tokens = []
    threads = [
        threading.Thread(target=lambda lease=lease: tokens.append(lease.hold())) for lease in leases
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(tokens, key=str) == [1] + [None] * 19


def test_a_failing_job_is_told_and_does_not_stop_the_clock(stage, database, capsys):
    def fail(_rooms):
        raise ZeroDivisionError

    run_slot(Slot("bad", 1, fail), stage.rooms, Lease(database))

    assert "job failed" in capsys.readouterr().err


def test_a_job_is_not_done_by_who_does_not_hold_the_lease(database):
    done = []
    Lease(database).hold()

    run_slot(Slot("mine", 1, done.append), SimpleNamespace(), Lease(database))

    assert done == []


def test_the_timetable_is_entered_and_its_first_run_is_at_once(database, stage):
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.start(paused=True)

    keep_timetable(scheduler, stage.rooms, Lease(database))

    jobs = scheduler.get_jobs()
    assert {job.id for job in jobs} == {slot.name for slot in TIMETABLE}
    assert all(job.next_run_time <= datetime.now(UTC) for job in jobs)
    assert all(job.coalesce and job.max_instances == 1 for job in jobs)
    scheduler.shutdown()


def test_however_much_was_missed_a_slot_fires_once_and_again_after_its_interval():
    now = NOON + timedelta(days=70 * 365)

    assert Every(2).get_next_fire_time(NOON, now) == now + timedelta(seconds=2)


def test_a_clock_that_goes_another_way_than_its_counter_has_jumped():
    read, counter = [1000.0], [5.0]
    jumps = Jumps(lambda: read[0], lambda: counter[0])

    def go(clock, monotonic):
        read[0] += clock
        counter[0] += monotonic
        return jumps.noticed()

    assert [
        go(*each) for each in [(0, 0), (60, 60), (1.5, 1), (-7200, 1), (1, 1), (86_400, 1)]
    ] == [
        *(False, False, False, True, False, True),
    ]


def test_after_a_jump_every_slot_begins_anew(database, stage):
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.start(paused=True)
    keep_timetable(scheduler, stage.rooms, Lease(database))
    for job in scheduler.get_jobs():
        job.modify(next_run_time=datetime.now(UTC) + timedelta(hours=2))

    begin_anew(scheduler)

    assert all(job.next_run_time <= datetime.now(UTC) for job in scheduler.get_jobs())
    scheduler.shutdown()


COUNT = 60


@pytest.fixture
def lapsed(stage):
    """Notices whose deadlines passed while nobody looked, and one that is not due yet."""
    store = NoticeStore(stage.rooms.database)
    notices = [
        make_notice(
            id=f"lapsed-{number}",
            case_id=f"case-lapsed-{number}",
            status=Status.SERVED,
            due_at=NOON + timedelta(minutes=number),
        )
        for number in range(COUNT)
    ]
    later = replace(notices[0], id="later", due_at=stage.clock() + timedelta(days=9))

    def act(tx):
        for notice in (*notices, later):
            store.add(notice, tx)

    stage.rooms.rectification._transact(act)
    return notices


def test_after_a_time_down_two_workers_mark_each_lapse_exactly_once(stage, lapsed):
    marked = []
    barrier = threading.Barrier(2)

    def work():
        barrier.wait()
        marked.append(mark_overdue(stage.rooms.deadlines, stage.clock))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = list(stage.rooms.database.notices.find({"_id": {"$regex": "^lapsed-"}}))
    assert sum(marked) == COUNT
    assert all(each["overdue_at"] == each["due_at"] for each in found)
    for notice in lapsed:
        history = stage.rooms.custody.history(f"case:{notice.case_id}")
        assert [entry.verb for entry in history] == ["notice_overdue"]
    assert stage.rooms.database.notices.find_one({"_id": "later"})["overdue_at"] is None


def test_a_notice_that_cannot_be_read_holds_up_no_other(stage, capsys):
    """As an older worker finds one that a newer service wrote."""
    database = stage.rooms.database
    store = NoticeStore(database)
    ids = [f"beside-{number}" for number in range(3)]
    lapsed = [
        make_notice(id=id_, case_id=f"case-{id_}", status=Status.SERVED, due_at=NOON) for id_ in ids
    ]
    stage.rooms.rectification._transact(lambda tx: [store.add(each, tx) for each in lapsed])
    database.notices.update_one({"_id": ids[0]}, {"$set": {"paper": "of tomorrow"}})

    run_slot(TIMETABLE[0], stage.rooms, Lease(database))

    marked = database.notices.find({"_id": {"$in": ids}, "overdue_at": {"$ne": None}})
    assert [each["_id"] for each in marked.sort("_id")] == ids[1:]
    assert "job failed" in "".join(capsys.readouterr())
    database.notices.delete_one({"_id": ids[0]})
