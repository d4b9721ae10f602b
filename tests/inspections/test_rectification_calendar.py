import json
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from inspections.rectification.announced import announced
from inspections.rectification.calendar import (
    deadline,
    deadline_in_months,
    end_of,
    read_start,
)
from inspections.rectification.model import Calendar, DayKind
from media.days import day_in_shanghai
from media.refusals import BadValue
from service.cli.deadline import deadline_command

KNOWN = announced()
TEN_YEARS = st.dates(date(2015, 1, 1), date(2024, 12, 31))


def slow_reckoning(start: date, days: int, kind: DayKind, *, roll: bool) -> date:
    """Walk day by day with a list of days off that is made anew, another way than the rule."""
    day = start
    counted = 0
    while counted < days:
        day = date.fromordinal(day.toordinal() + 1)
        if kind is DayKind.CALENDAR or day not in days_off():
            counted += 1
    while roll and kind is DayKind.CALENDAR and day in days_off():
        day = date.fromordinal(day.toordinal() + 1)
    return day


def days_off(cache: set[date] = set()) -> set[date]:  # noqa: B006 - made once
    if not cache:
        for number in range(date(2015, 1, 1).toordinal(), date(2026, 12, 31).toordinal() + 1):
            day = date.fromordinal(number)
            if day.strftime("%a") in {"Sat", "Sun"}:
                cache.add(day)
        cache |= KNOWN.holidays
        cache -= KNOWN.workdays
    return cache


@given(TEN_YEARS, st.integers(1, 200), st.sampled_from(DayKind), st.booleans())
def test_a_deadline_is_what_a_slow_plain_reckoning_finds(start, days, kind, roll):
    found = deadline(start, days, kind, KNOWN, roll=roll)

    assert found.due == slow_reckoning(start, days, kind, roll=roll)
    assert not found.provisional


@given(TEN_YEARS, st.integers(1, 100))
def test_one_more_working_day_is_the_next_day_that_is_worked(start, days):
    now = deadline(start, days, DayKind.WORKING, KNOWN).due
    later = deadline(start, days + 1, DayKind.WORKING, KNOWN).due

    between = [now + timedelta(days=n) for n in range(1, (later - now).days)]
    assert KNOWN.works(later)
    assert not any(map(KNOWN.works, between))


@pytest.mark.parametrize(
    ("start", "days", "kind", "due"),
    [
        ("2026-02-10", 5, "working", "2026-02-24"),  # 春节; the Saturday before it is worked
        ("2026-02-13", 1, "working", "2026-02-14"),
        ("2026-02-13", 2, "calendar", "2026-02-24"),
        ("2026-02-27", 1, "calendar", "2026-02-28"),  # a Saturday that is worked: no move
        ("2026-02-27", 2, "calendar", "2026-03-02"),
        ("2025-09-30", 1, "working", "2025-10-09"),  # 国庆 and 中秋 in one
        ("2025-09-26", 5, "working", "2025-10-10"),
        ("2025-09-26", 5, "calendar", "2025-10-09"),
        ("2026-04-30", 1, "calendar", "2026-05-06"),
        ("2024-02-09", 3, "working", "2024-02-20"),
        ("2020-01-23", 1, "working", "2020-02-03"),  # lengthened in 2020
        ("2026-03-02", 7, "working", "2026-03-11"),
        ("2026-03-06", 1, "calendar", "2026-03-09"),
    ],
)
def test_golden_dates(start, days, kind, due):
    found = deadline(date.fromisoformat(start), days, DayKind(kind), KNOWN)

    assert (found.due.isoformat(), found.provisional) == (due, False)


@pytest.mark.parametrize(
    ("start", "months", "roll", "due"),
    [
        ("2026-01-31", 1, False, "2026-02-28"),
        ("2024-01-31", 1, False, "2024-02-29"),
        ("2026-01-15", 1, False, "2026-02-15"),
        ("2026-01-15", 1, True, "2026-02-24"),
        ("2025-11-30", 3, False, "2026-02-28"),
        ("2025-12-10", 12, True, "2026-12-10"),
    ],
)
def test_a_month_runs_to_the_same_day_or_the_last(start, months, roll, due):
    found = deadline_in_months(date.fromisoformat(start), months, KNOWN, roll=roll)

    assert (found.due.isoformat(), found.provisional) == (due, False)


def test_the_end_of_a_day_is_midnight_in_shanghai():
    found = deadline(date(2026, 3, 2), 3, DayKind.CALENDAR, KNOWN)

    assert found.due_at == datetime(2026, 3, 5, 16, tzinfo=UTC)
    assert end_of(date(2026, 12, 31)) == datetime(2026, 12, 31, 16, tzinfo=UTC)


def test_a_time_belongs_to_the_day_it_is_in_shanghai():
    assert day_in_shanghai(datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert day_in_shanghai(datetime(2026, 3, 1, 16, tzinfo=UTC)) == date(2026, 3, 2)


@pytest.mark.parametrize("kind", DayKind)
def test_past_the_last_announced_year_a_deadline_is_provisional_and_says_so(kind):
    last_known = deadline(date(2026, 12, 30), 1, kind, KNOWN)
    beyond = deadline(date(2026, 12, 31), 1, kind, KNOWN)

    assert (last_known.due, last_known.provisional) == (date(2026, 12, 31), False)
    assert (beyond.due, beyond.provisional) == (date(2027, 1, 1), True)
    assert "暂定" in beyond.why_zh
    assert "provisional" in beyond.why_en


def test_a_last_day_that_moves_past_the_announced_year_is_provisional():
    short = Calendar(frozenset(), frozenset(), date(2022, 1, 1), date(2022, 12, 31))

    found = deadline(date(2022, 12, 30), 1, DayKind.CALENDAR, short)

    assert (found.due, found.provisional) == (date(2023, 1, 2), True)


def test_before_the_first_known_year_a_deadline_is_provisional():
    assert deadline(date(2003, 12, 30), 5, DayKind.CALENDAR, KNOWN).provisional
    assert not deadline(date(2003, 12, 31), 5, DayKind.CALENDAR, KNOWN).provisional


def test_the_reason_tells_what_was_counted():
    found = deadline(date(2026, 2, 10), 5, DayKind.WORKING, KNOWN)
    moved = deadline(date(2026, 3, 6), 1, DayKind.CALENDAR, KNOWN)

    assert "2026-02-14" in found.why_zh
    assert "holidays: 6" in found.why_en
    assert "顺延" in moved.why_zh
    assert "moves to the next working day" in moved.why_en


def test_the_announced_calendar_is_plausible():
    assert KNOWN.known_from <= date(2004, 1, 1)
    assert KNOWN.known_until >= date(2026, 12, 31)
    assert not KNOWN.holidays & KNOWN.workdays
    assert all(day.weekday() >= 5 for day in KNOWN.workdays)
    assert all(date(year, 10, 1) in KNOWN.holidays for year in range(2004, 2027))


@pytest.mark.parametrize(
    ("days", "year"), [(0, 2026), (-1, 2026), (3661, 2026), (True, 2026), (1, 1899)]
)
def test_a_period_that_cannot_be_reckoned_is_refused(days, year):
    with pytest.raises(BadValue):
        deadline(date(year, 1, 1), days, DayKind.CALENDAR, KNOWN)


def test_months_out_of_range_are_refused():
    with pytest.raises(BadValue):
        deadline_in_months(date(2026, 1, 1), 0, KNOWN)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-03-01", date(2026, 3, 1)),
        ("2026-03-01T15:59:59Z", date(2026, 3, 1)),
        ("2026-03-01T16:00:00Z", date(2026, 3, 2)),
        ("2026-03-01t16:00:00.123456789z", date(2026, 3, 2)),
        ("2026-03-01T23:00:00+08:00", date(2026, 3, 1)),
        ("2026-06-30T23:59:60Z", date(2026, 7, 1)),
    ],
)
def test_a_start_is_a_date_or_an_rfc_3339_time(text, day):
    assert read_start(text) == day


@pytest.mark.parametrize(
    "text",
    ["", "20260301", "2026-02-30", "2026-03-01T10:00:00", "2026-W10-1", "昨天", "２０２６-03-01",
     "2026-03-01T25:00:00Z", "2026-03-01 10:00:00Z", "0001-01-01T00:00:00+23:00", "2026-03-01\n"],
)  # fmt: skip
def test_any_other_start_is_refused(text):
    with pytest.raises(BadValue):
        read_start(text)


def run(*words):
    return CliRunner().invoke(deadline_command, list(words))


def test_the_command_writes_one_json_line():
    done = run("2026-02-10T20:00:00+08:00", "5", "--kind", "working", "--region", "445200")

    line = json.loads(done.stdout)
    assert (done.exit_code, done.stdout.count("\n")) == (0, 1)
    assert (line["due"], line["provisional"]) == ("2026-02-24", False)
    assert set(line) == {"due", "provisional", "why"}


@pytest.mark.parametrize(
    "words",
    [
        ("yesterday", "5", "--kind", "working"),
        ("2026-02-10", "0", "--kind", "working"),
        ("2026-02-10", "-3", "--kind", "working"),
        ("2026-02-10", "many", "--kind", "working"),
        ("2026-02-10", "5", "--kind", "working", "--region", "44"),
    ],
)
def test_the_command_refuses_bad_words_in_two_languages(words):
    done = run(*words)

    assert done.exit_code == 1
    assert done.stdout == ""
    assert " / " in done.stderr
    assert any("\u4e00" <= letter <= "\u9fff" for letter in done.stderr)
