"""What a drill comes to: tables of what was measured against the bureau's limits."""

from datetime import date, timedelta

import pytest

from inspections.bureaus.model import Rules
from inspections.drills.errors import BadDrill
from inspections.drills.judging import judge, must_be_sound, next_due
from inspections.drills.model import Alarm, Barrier, CameraLink, Patrols
from tests.builders import NOON


def answered(seconds):
    return Alarm(NOON, NOON + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("measured", "rules", "verdict", "found"),
    [
        (answered(60), Rules(alarm_seconds=60), "passed", 60),
        (answered(60.5), Rules(alarm_seconds=60), "failed", 60.5),
        (answered(60), Rules(), "not_judged", 60),
        (Alarm(NOON), Rules(alarm_seconds=60), "failed", None),
        (Alarm(NOON), Rules(), "failed", None),
        (Barrier(stands=True), Rules(barrier_seconds=9), "passed", None),
        (Barrier(stands=False), Rules(), "failed", None),
        (Barrier(stands=True, rising=True, seconds=8), Rules(barrier_seconds=9), "passed", 8),
        (Barrier(stands=True, rising=True, seconds=10), Rules(barrier_seconds=9), "failed", 10),
        (Barrier(stands=True, rising=True, seconds=10), Rules(), "not_judged", 10),
        (CameraLink(16, 16), Rules(linkage_percent=100), "passed", 100),
        (CameraLink(15, 16), Rules(linkage_percent=100), "failed", 93.75),
        (CameraLink(16, 16, 97.5, 30), Rules(linkage_percent=98), "failed", 97.5),
        (CameraLink(16, 16, 97.5, 30), Rules(), "not_judged", 97.5),
        (CameraLink(0, 0), Rules(), "failed", 0),
        (Patrols(date(2026, 3, 2), 5), Rules(patrols_a_day=5), "passed", 5),
        (Patrols(date(2026, 3, 2), 4), Rules(patrols_a_day=5), "failed", 4),
        (Patrols(date(2026, 3, 2), 0), Rules(), "not_judged", 0),
    ],
)
def test_a_drill_is_judged_by_its_limit(measured, rules, verdict, found):
    judged = judge(measured, rules)

    assert (judged.verdict, judged.measured) == (verdict, found)
    assert all(judged.why)


def test_a_share_that_lacks_one_camera_is_not_told_as_whole():
    judged = judge(CameraLink(24_999, 25_000), Rules(linkage_percent=100))

    assert judged.verdict == "failed"
    assert "实测 99.99 %，要求不少于 100" in judged.why[0]


@pytest.mark.parametrize(
    ("measured", "at"),
    [
        (Patrols(date(2026, 3, 2), 5), NOON + timedelta(minutes=6)),
        (Patrols(date(2026, 3, 2), 5), NOON - timedelta(days=32)),
        (answered(-1), NOON),
        (CameraLink(17, 16), NOON),
    ],
)
def test_times_out_of_order_and_counts_that_cannot_be_are_refused(measured, at):
    must_be_sound(answered(0), NOON, NOON)

    with pytest.raises(BadDrill):
        must_be_sound(measured, at, NOON)


@pytest.mark.parametrize(
    ("at", "months", "due"),
    [
        (date(2026, 3, 2), 3, date(2026, 6, 2)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 3, 2), None, None),
    ],
)
def test_the_next_drill_is_due_months_on(at, months, due):
    passed = judge(Barrier(stands=True), Rules())
    failed = judge(Barrier(stands=False), Rules())

    assert next_due(at, months, passed) == due
    assert next_due(at, months, failed) == at
