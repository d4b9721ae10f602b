"""The stages of a deadline: the latest that matters, once, and none that is stale."""

from dataclasses import replace
from datetime import timedelta

import pytest

from inspections.rectification.model import Status
from inspections.rectification.reminders import remind, stage_due
from inspections.rectification.store import NoticeStore
from tests.builders import NOON, make_notice, make_service

STAGES = (3, 1)
DUE = NOON + timedelta(days=10)
SERVED = make_notice(status=Status.SERVED, due_at=DUE, service=make_service())


def before(**time):
    return DUE - timedelta(**time)


@pytest.mark.parametrize(
    ("now", "stage"),
    [
        (before(days=3, seconds=1), None),
        (before(days=3), 3),
        (before(days=1, seconds=1), 3),
        (before(days=1), 1),
        (before(seconds=1), 1),
        (DUE, None),
        (DUE + timedelta(days=2), None),
    ],
)
def test_the_latest_stage_that_began_is_due(now, stage):
    assert stage_due(SERVED, now, STAGES) == stage
    assert stage_due(SERVED, now, ()) is None


def test_a_stage_that_was_told_is_not_told_again_and_the_next_one_is():
    told = remind(SERVED, 3, before(days=3))

    assert stage_due(told, before(days=2), STAGES) is None
    assert stage_due(told, before(days=1), STAGES) == 1
    assert stage_due(remind(told, 1, before(days=1)), before(hours=1), STAGES) is None
    assert told.revision == SERVED.revision


def test_a_deadline_that_moved_has_its_stages_anew():
    told = remind(SERVED, 1, before(days=1))

    moved = replace(told, due_at=DUE + timedelta(days=7))

    assert stage_due(moved, before(hours=1), STAGES) is None
    assert stage_due(moved, DUE + timedelta(days=4), STAGES) == 3


@pytest.mark.parametrize("status", Status)
def test_a_reminder_is_for_whom_something_is_left_to_do(status):
    notice = replace(SERVED, status=status)

    due = stage_due(notice, before(days=1), STAGES)

    assert (due == 1) is (status in (Status.SERVED, Status.ACKNOWLEDGED, Status.REOPENED))


def test_a_notice_without_a_deadline_has_no_stage():
    assert stage_due(replace(SERVED, due_at=None), NOON, STAGES) is None


def test_a_stage_that_began_before_the_service_was_recorded_is_not_told():
    late = make_service(recorded_at=before(hours=30))

    assert stage_due(replace(SERVED, service=late), before(hours=29), STAGES) is None
    assert stage_due(replace(SERVED, service=late), before(hours=23), STAGES) == 1


@pytest.mark.parametrize("ahead", [-4, -3, -2, -1, 0, 1])
def test_the_store_finds_what_the_rule_tells(database, transact, ahead):
    store = NoticeStore(database)
    now = DUE + timedelta(days=ahead)
    late = make_service(recorded_at=before(hours=30))
    moved = replace(remind(SERVED, 1, NOON), due_at=DUE + timedelta(days=1))
    notices = [
        replace(each, id=str(number), number=str(number))
        for number, each in enumerate(
            [
                SERVED,
                remind(SERVED, 3, NOON),
                remind(SERVED, 1, NOON),
                moved,
                replace(SERVED, service=late),
                replace(SERVED, service=None),
                replace(SERVED, status=Status.CLOSED),
                replace(SERVED, status=Status.RESPONDED),
            ]
        )
    ]
    transact(lambda tx: [store.add(each, tx) for each in notices])

    found = store.ids_to_remind(now, STAGES, 100)

    assert set(found) == {each.id for each in notices if stage_due(each, now, STAGES)}
    assert store.ids_to_remind(now, (), 100) == []
