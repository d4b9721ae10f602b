"""The clock of a notice: stopped, going on, extended; what happened explains the deadline."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.rectification import clock
from inspections.rectification.announced import announced
from inspections.rectification.calendar import deadline, end_of
from inspections.rectification.errors import (
    ClockStands,
    ClockStops,
    ExtensionTooLong,
    NoRequest,
    OwnRequest,
    RequestOpen,
    StepNotAllowed,
)
from inspections.rectification.model import DayKind, Status
from inspections.rectification.workflow import is_overdue
from media.days import day_in_shanghai
from service.demonstration import identity
from tests.builders import make_notice, make_service
from tests.steps_world import notice_in

CALENDAR = announced()
SERVED = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""A Monday."""


def at(day, month=3):
    return datetime(2026, month, day, 4, tzinfo=UTC)


def served(days=10, kind=DayKind.WORKING, **changed):
    notice = make_notice(
        status=Status.SERVED,
        days=days,
        day_kind=kind,
        service=make_service(served_at=SERVED, recorded_at=SERVED),
        **changed,
    )
    return clock.reckoned(notice, notice.service, CALENDAR)


def stop(notice, when):
    return clock.stop(notice, why="提出异议", by="p1", at=when)


def restart(notice, when):
    told = {"why": "异议不成立", "by": "p1", "at": when}
    return clock.restart(notice, notice.service, CALENDAR, **told)


def extend(notice, days, when, *, approve=True):
    asked = clock.ask(notice, days=days, why="设备未到", by="director", at=when)
    told = {"approve": approve, "by": "p2", "at": when}
    return clock.decide(asked, notice.service, CALENDAR, **told)


def test_a_clock_that_stood_a_week_ends_so_many_working_days_later():
    notice = served()

    stopped = stop(notice, at(5))
    going = restart(stopped, at(12))

    assert notice.due == date(2026, 3, 16)
    assert (stopped.due, stopped.stopped_at) == (notice.due, at(5))
    assert (going.due, going.stopped_at) == (date(2026, 3, 24), None)
    assert going.due_at == end_of(going.due)
    assert going.due_why[0].startswith(
        "2026-03-05 中止，余 8 天；2026-03-12 恢复计算；自 2026-03-12"
    )
    assert "stopped on 2026-03-05 with 8 left; going on from 2026-03-12; " in going.due_why[1]


def test_in_calendar_days_a_stop_counts_the_days_before_it():
    going = restart(stop(served(kind=DayKind.CALENDAR), at(5)), at(12))

    assert going.due == date(2026, 3, 20)


def test_approved_days_follow_and_refused_ones_leave_the_deadline():
    notice = served()

    longer, same = extend(notice, 5, at(5)), extend(notice, 5, at(5), approve=False)

    assert longer.due == date(2026, 3, 23)
    assert longer.request is same.request is None
    assert same.due == notice.due
    assert same.clock == ()
    assert longer.due_why[0].startswith("2026-03-05 延长 5 天；")


def test_extensions_before_while_and_after_a_stop_all_count():
    plain = restart(stop(served(), at(5)), at(12))

    before = restart(stop(extend(served(), 2, at(4)), at(5)), at(12))
    meanwhile = restart(extend(stop(served(), at(5)), 2, at(6)), at(12))
    after = extend(restart(stop(served(), at(5)), at(12)), 2, at(13))

    assert before.due == meanwhile.due == after.due == plain.due + timedelta(days=2)


def test_while_it_stands_nothing_lapses_and_it_goes_on_with_what_was_left():
    stopped = stop(served(), at(5))

    assert not is_overdue(stopped, at(30, 6))
    going = restart(stopped, at(1, 7))
    assert going.due == deadline(date(2026, 7, 1), 8, DayKind.WORKING, CALENDAR).due
    assert is_overdue(going, at(30, 9))


def test_a_stop_on_the_day_of_service_uses_nothing():
    going = restart(stop(served(), SERVED + timedelta(hours=1)), at(9))

    assert going.due == deadline(date(2026, 3, 9), 10, DayKind.WORKING, CALENDAR).due


def test_on_the_last_day_one_day_is_left():
    notice = served()

    going = restart(stop(notice, at(16)), at(17))

    assert going.due == date(2026, 3, 18)


@pytest.mark.parametrize(
    ("refusal", "act"),
    [
        (ClockStops, lambda: restart(served(), at(5))),
        (ClockStands, lambda: stop(stop(served(), at(5)), at(6))),
        (StepNotAllowed, lambda: stop(served(), at(20))),
        (StepNotAllowed, lambda: extend(served(), 1, at(20))),
        (StepNotAllowed, lambda: stop(replace(served(), status=Status.CLOSED), at(5))),
        (ExtensionTooLong, lambda: extend(served(), 11, at(5))),
        (ExtensionTooLong, lambda: extend(extend(served(), 6, at(5)), 5, at(6))),
    ],
)
def test_what_the_clock_does_not_allow_is_refused(refusal, act):
    with pytest.raises(refusal):
        act()


def test_a_request_is_decided_once_by_somebody_else():
    notice = served()
    asked = clock.ask(notice, days=3, why="x", by="director", at=at(5))
    told = {"approve": True, "at": at(6)}

    with pytest.raises(RequestOpen):
        clock.ask(asked, days=1, why="x", by="director", at=at(5))
    with pytest.raises(OwnRequest):
        clock.decide(asked, notice.service, CALENDAR, by="director", **told)
    with pytest.raises(NoRequest):
        clock.decide(notice, notice.service, CALENDAR, by="p2", **told)
    with pytest.raises(StepNotAllowed):
        clock.decide(asked, notice.service, CALENDAR, approve=True, by="p2", at=at(20))


@given(
    st.integers(1, 60),
    st.sampled_from(DayKind),
    st.lists(st.integers(0, 40), max_size=6),
)
def test_whatever_happens_the_days_that_ran_are_those_that_were_given(days, kind, gaps):
    """Working through any stops, the days counted while the clock ran make up the period."""
    notice, when = served(days, kind), SERVED
    for number, gap in enumerate(gaps):
        when += timedelta(days=gap)
        if number % 2 == 0:
            if notice.due_at <= when:
                return
            notice = stop(notice, when)
        else:
            notice = restart(notice, when)
    if notice.stopped_at is not None:
        notice = restart(notice, when)

    start, left = day_in_shanghai(SERVED), days
    for step in notice.clock:
        day = day_in_shanghai(step.at)
        if step.kind == "stopped":
            left = max(1, left - clock.used(start, day, kind, CALENDAR))
        else:
            start = day
    assert notice.due == deadline(start, left, kind, CALENDAR).due
    assert notice.due >= served(days, kind).due
    assert notice.due_at == end_of(notice.due)


def test_over_http_a_director_asks_a_supervisor_decides_and_all_is_on_record(stage):
    due = end_of(date(2099, 3, 16))
    service = make_service(served_at=SERVED, recorded_at=SERVED)
    notice = notice_in(
        stage, "served", service=service, days=10, due=date(2099, 3, 16), due_at=due,
        kindergarten_id=identity("kindergarten-1"),
    )  # fmt: skip
    path = f"notices/{notice.id}"

    stopped = stage.supervisor.post(
        f"{path}/clock/stop", {"why": "提出异议"}, revision=notice.revision
    )
    asked = stage.director.post(
        f"{path}/extension-requests", {"days": 5, "why": "未到货"}, revision=stopped["revision"]
    )
    decided = stage.supervisor.post(
        f"{path}/extension-decisions",
        {"approve": True, "why": "同意"},
        revision=asked["revision"],
    )
    going = stage.supervisor.post(
        f"{path}/clock/restart", {"why": "恢复"}, revision=decided["revision"]
    )

    assert stopped["stopped_at"]
    assert asked["request"]["days"] == 5
    assert [step["kind"] for step in going["clock"]] == ["stopped", "extended", "restarted"]
    assert going["stopped_at"] is None
    verbs = [each.verb for each in stage.rooms.custody.history(f"case:{notice.case_id}")]
    assert verbs == [
        *("notice_clock_stopped", "notice_extension_asked", "notice_extended"),
        "notice_clock_restarted",
    ]


def test_a_notice_that_was_not_served_has_no_clock():
    with pytest.raises(StepNotAllowed):
        clock.service_of(make_notice())
    assert clock.service_of(make_notice(service=make_service())) == make_service()
