"""A year is announced and taken in; every running deadline is reckoned by it, told and once."""

import json
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner

from inspections.calendars.errors import ImplausibleCalendar, NotACalendar
from inspections.calendars.jobs import reckon
from inspections.calendars.plausibility import doubts
from inspections.calendars.reading import read
from inspections.cases.renaming import workflow as renaming
from inspections.cases.renaming.model import Status as RenamingStatus
from inspections.cases.renaming.store import RenamingStore
from inspections.cases.veto import decision as veto
from inspections.cases.veto.store import VetoStore
from inspections.messages.model import Kind
from inspections.rectification.announced import announced
from inspections.rectification.calendar import deadline
from inspections.rectification.model import DayKind, Status
from inspections.rectification.store import NoticeStore
from inspections.rectification.workflow import reckon_again
from media.custody.model import SERVICE
from service.cli.calendar import make_calendar_group
from service.demonstration import identity
from service.scheduler import reckoned_by
from tests.builders import make_notice, make_respondent, make_service, make_veto_case
from tests.inspections.test_renaming_workflow import make_case
from tests.steps_world import written


def days(*ranges):
    """Days of 2027 as (month, first, last)."""
    return tuple(
        date(2027, month, day) for month, first, last in ranges for day in range(first, last + 1)
    )


OFF = days((1, 1, 3), (2, 5, 11), (4, 3, 5), (5, 1, 5), (6, 9, 9), (9, 15, 15), (10, 1, 7))
WORKED = days((2, 20, 20), (5, 8, 8), (9, 26, 26), (10, 9, 9))
SERVED = datetime(2026, 12, 28, 2, tzinfo=UTC)


def take_in(rooms, off=OFF, worked=WORKED, source="演示 1 号"):
    return rooms.calendars.take_in(
        2027, off, worked, source=source, actor=SERVICE, now=rooms.clock()
    )


@pytest.fixture
def fresh(stage):
    """The rooms with no announcement taken in, and no notice running."""
    stage.rooms.database["announcements"].delete_many({})
    for name in ("notices", "renaming_cases", "veto_cases"):
        stage.rooms.database[name].delete_many({})
    return stage


def running(stage, number, days_given=10, **changed):
    """A notice that was served shortly before the last announced year ends."""
    last = deadline(date(2026, 12, 28), days_given, DayKind.WORKING, announced())
    facts = {
        "id": f"calendar-{number}",
        "case_id": f"case-{number}",
        "kindergarten_id": identity("kindergarten-1"),
        "status": Status.SERVED,
        "days": days_given,
        "day_kind": DayKind.WORKING,
        "service": make_service(served_at=SERVED, recorded_at=SERVED),
        "due": last.due,
        "due_at": last.due_at,
        "provisional": last.provisional,
        "due_why": (last.why_zh, last.why_en),
    }
    return written(stage, NoticeStore, make_notice(**facts | changed))


@pytest.mark.parametrize("year", range(2018, 2027))
def test_every_year_that_was_really_announced_is_plausible(year):
    known = announced()
    off = [day for day in known.holidays if day.year == year]
    worked = [day for day in known.workdays if day.year == year]

    assert doubts(year, off, worked) == []


@pytest.mark.parametrize(
    ("off", "worked", "said"),
    [
        (OFF[3:], WORKED, "2027-01-01 is missing"),
        (OFF, (*WORKED, date(2027, 3, 3)), "2027-03-03 is a weekday"),
        (OFF, (*WORKED, OFF[1]), "is off and worked"),
        ((*OFF, OFF[0]), WORKED, "stands twice among those off"),
        (OFF, (*WORKED, WORKED[0]), "stands twice among those worked"),
        ((*OFF, date(2028, 5, 1)), WORKED, "2028-05-01 is not of 2027"),
        ((*OFF, *days((3, 1, 5))), WORKED, "less make-up days are 18"),
        ([day for day in OFF if day.month != 2], (), "Spring Festival"),
    ],
)
def test_what_cannot_be_an_announcement_is_refused_with_its_reason(fresh, off, worked, said):
    with pytest.raises(ImplausibleCalendar, match=said):
        take_in(fresh.rooms, off, worked)

    assert fresh.rooms.calendars.every() == []


def test_a_year_that_is_taken_in_is_certain_from_then_on(fresh):
    before = fresh.rooms.calendars.calendar()

    take_in(fresh.rooms)

    after = fresh.rooms.calendars.calendar()
    assert (before.known_until.year, after.known_until.year) == (2026, 2027)
    assert not after.works(date(2027, 2, 8))
    assert after.works(date(2027, 2, 20))
    assert before.works(date(2027, 2, 8))
    entry = fresh.rooms.custody.history("service:calendar")[-1]
    assert (entry.verb, entry.facts["year"]) == ("calendar_taken_in", 2027)


def test_a_year_after_a_gap_makes_nothing_certain(fresh):
    moved = [each.replace(year=2029) for each in OFF]
    fresh.rooms.database["announcements"].insert_one(
        {
            "_id": 2029,
            "holidays": [each.isoformat() for each in moved],
            "workdays": [],
            "source": "x",
            "imported_at": SERVED,
            "account_id": "a",
            "name": "a",
            "pending": False,
            "revision": 1,
            "schema_version": 1,
        }
    )

    assert fresh.rooms.calendars.calendar().known_until.year == 2026


def test_running_deadlines_are_reckoned_once_recorded_and_told(fresh):
    rooms = fresh.rooms
    moved, closed = running(fresh, 1), running(fresh, 2, status=Status.CLOSED)
    lapsed = running(fresh, 3, overdue_at=SERVED + timedelta(days=20))
    certain = running(fresh, 4, days_given=2)
    assert (moved.provisional, certain.provisional) == (True, False)
    assert reckon(rooms.calendars, reckoned_by(rooms), rooms.clock) == 0
    take_in(rooms)

    first = reckon(rooms.calendars, reckoned_by(rooms), rooms.clock)
    again = reckon(rooms.calendars, reckoned_by(rooms), rooms.clock)

    stored = {each["_id"]: each for each in rooms.database["notices"].find()}
    assert (first, again) == (1, 0)
    assert not stored[moved.id]["provisional"]
    assert stored[moved.id]["revision"] == moved.revision + 1
    assert stored[closed.id]["provisional"]
    assert stored[lapsed.id]["provisional"]
    assert stored[certain.id]["revision"] == certain.revision
    told = list(rooms.database["messages"].find({"kind": Kind.NOTICE_RECKONED.value}))
    assert [(each["about"]["id"], each["facts"]["before"]) for each in told] == [
        (moved.id, moved.due.isoformat())
    ]
    assert rooms.custody.history(f"case:{moved.case_id}")[-1].verb == "notice_reckoned"
    assert not rooms.calendars.every()[0].pending


def test_the_days_of_a_renaming_case_are_reckoned_recorded_and_told(fresh):
    rooms = fresh.rooms
    told = make_case(id="calendar-case", status=RenamingStatus.TOLD)
    case = renaming.give(told, 10, SERVED.date(), announced())
    written(fresh, RenamingStore, case)
    ended = replace(case, id="ended", kindergarten_id="k2", status=RenamingStatus.DISMISSED)
    written(fresh, RenamingStore, ended)
    take_in(rooms)

    moved = [reckon(rooms.calendars, reckoned_by(rooms), rooms.clock) for _ in range(2)]

    after = rooms.database["renaming_cases"].find_one({"_id": case.id})
    assert (case.provisional, moved, after["provisional"]) == (True, [1, 0], False)
    assert rooms.custody.history(f"case:{case.id}")[-1].verb == "renaming_reckoned"
    (message,) = rooms.database["messages"].find({"kind": Kind.RENAMING_RECKONED.value})
    assert message["facts"]["due"] == after["due"]
    assert message["audience"]["directors_of"] == case.kindergarten_id
    late = replace(case, overdue_at=SERVED)
    assert renaming.reckon_again(late, rooms.calendars.calendar(), at=SERVED) is None
    assert renaming.reckon_again(told, rooms.calendars.calendar(), at=SERVED) is None
    assert renaming.reckon_again(case, announced(), at=SERVED) is None


def test_the_window_of_a_veto_case_is_reckoned_and_who_is_named_on_it_told(fresh):
    rooms = fresh.rooms
    last = deadline(SERVED.date(), 10, DayKind.WORKING, announced())
    window = {"due_at": last.due_at, "provisional": last.provisional, "days": 10}
    told = make_respondent(told_at=SERVED, recorded_at=SERVED, **window)
    case = make_veto_case(id="calendar-veto", seal="calendar-veto", respondent=told)
    written(fresh, VetoStore, case)
    take_in(rooms)

    moved = [reckon(rooms.calendars, reckoned_by(rooms), rooms.clock) for _ in range(2)]

    after = rooms.database["veto_cases"].find_one({"_id": case.id})["respondent"]
    assert (last.provisional, moved, after["provisional"]) == (True, [1, 0], False)
    (message,) = rooms.database["messages"].find({"kind": Kind.CASE_RECKONED.value})
    assert set(message["facts"]) == {"status"}
    assert rooms.custody.history(f"case:{case.id}")[-1].verb == "case_reckoned"
    calendar = rooms.calendars.calendar()
    over = case.respondent.due_at
    assert veto.reckon_again(case, calendar, at=over) is None
    assert veto.reckon_again(replace(case, respondent=None), calendar, at=SERVED) is None
    assert veto.reckon_again(case, announced(), at=SERVED) is None


def test_a_correction_moves_deadlines_of_a_year_that_was_certain(fresh):
    rooms = fresh.rooms
    notice = running(fresh, 5, days_given=27)
    take_in(rooms)
    reckon(rooms.calendars, reckoned_by(rooms), rooms.clock)
    before = rooms.database["notices"].find_one({"_id": notice.id})["due"]

    same = take_in(rooms)
    corrected = take_in(rooms, off=(*OFF, date(2027, 1, 4)), worked=WORKED, source="演示 2 号")
    reckon(rooms.calendars, reckoned_by(rooms), rooms.clock)

    after = rooms.database["notices"].find_one({"_id": notice.id})["due"]
    assert (same.revision, corrected.revision) == (1, 2)
    assert after > before


def test_reckoning_that_is_cut_off_is_done_again(fresh):
    take_in(fresh.rooms)

    def cut():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fresh.rooms.calendars.reckon(cut)

    assert fresh.rooms.calendars.every()[0].pending
    assert fresh.rooms.calendars.reckon(lambda: 3) == 3


def test_a_notice_without_service_has_no_deadline_to_reckon():
    notice = make_notice(status=Status.SERVED, service=None)

    assert reckon_again(replace(notice, service=None), announced(), at=SERVED) is None


def test_a_file_is_read_line_by_line_and_taken_in(fresh, tmp_path):
    file = tmp_path / "2027.csv"
    lines = [f"{day},off" for day in OFF] + [f"{day}，上班" for day in WORKED]
    file.write_text("\ufeffdate,kind\n# 演示\n\n" + "\n".join(lines), encoding="utf-8")
    group = make_calendar_group(lambda: nullcontext(fresh.rooms))

    done = CliRunner().invoke(group, ["import", str(file), "--year", "2027", "--source", "演示"])

    assert done.exit_code == 0, done.output
    line = json.loads(done.stdout)
    assert line == {"year": 2027, "off": len(OFF), "worked": len(WORKED), "revision": 1}


@pytest.mark.parametrize("text", ["2027-01-01", "2027-13-01,off", "2027-01-01,maybe", "x,off"])
def test_a_line_of_another_form_is_named(text):
    with pytest.raises(NotACalendar) as refused:
        read(f"# head\n{text}")

    assert refused.value.facts == {"line": 2}


def test_over_http_an_administrator_takes_in_and_everybody_reads(fresh):
    body = {
        "year": 2027,
        "holidays": [each.isoformat() for each in OFF],
        "workdays": [each.isoformat() for each in WORKED],
        "source": "演示 1 号",
    }

    taken = fresh.admin.post("calendars", body, wanted=201)
    refused = fresh.admin.call("POST", "calendars", body | {"holidays": ["2027-05-01"]})
    shown = fresh.director.get("calendars")

    assert (taken["year"], taken["pending"]) == (2027, True)
    assert refused.status_code == 422
    assert "春节" in refused.json["detail"]
    assert shown["known_until"] == "2027-12-31"
