"""F10: whatever the tablet's clock says, the photo is taken, and what is odd is flagged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from media.evidence.clocks import camera_time, contradicts, time_flags
from media.evidence.model import TimeFlag, Times
from media.evidence.seal import seal
from media.photos.drawing import draw_photo
from tests.builders import NOON

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize("off", [-5 * 365 * DAY, -DAY, -11 * MINUTE, 11 * MINUTE, 5 * 365 * DAY])
def test_f10_a_wrong_clock_is_flagged(off):
    assert TimeFlag.CLOCK_SKEW in time_flags(received_at=NOON, device_sent_at=NOON + off)
    assert TimeFlag.CLOCK_SKEW in time_flags(received_at=NOON, device_captured_at=NOON + off)


@pytest.mark.parametrize("off", [-9 * MINUTE, 0 * MINUTE, 9 * MINUTE])
def test_a_clock_that_is_nearly_right_is_let_be(off):
    assert time_flags(received_at=NOON, device_sent_at=NOON + off) == ()


def test_a_photo_that_waited_for_a_signal_is_no_skew():
    told = time_flags(received_at=NOON, device_sent_at=NOON, device_captured_at=NOON - 3 * DAY)

    assert told == ()


def test_what_was_taken_after_it_was_sent_or_received_is_flagged():
    later = NOON + DAY

    assert TimeFlag.TAKEN_AFTER_SENT in time_flags(
        received_at=NOON, device_sent_at=NOON, device_captured_at=later
    )
    assert TimeFlag.EXIF_AFTER_RECEIPT in time_flags(
        received_at=NOON, captured_at=later.isoformat()
    )


def test_the_cameras_clock_is_held_against_the_devices():
    told = time_flags(
        received_at=NOON,
        captured_at=(NOON - DAY).isoformat(),
        device_captured_at=NOON,
        device_sent_at=NOON,
    )

    assert told == (TimeFlag.EXIF_DIFFERS,)


def test_a_time_without_an_offset_is_that_of_shanghai_and_what_is_none_is_passed_over():
    assert camera_time("2026-03-02T12:00:00") == NOON
    assert camera_time("2026-03-02T04:00:00+00:00") == NOON
    assert camera_time("0000-00-00T00:00:00") is None
    assert camera_time(None) is None


@pytest.mark.parametrize(
    ("counter", "minutes", "odd"), [(5, 1, False), (5, -1, True), (1, 1, True), (1, -1, False)]
)
def test_counter_and_clock_must_not_order_two_photos_otherwise(counter, minutes, odd):
    assert contradicts(counter, NOON + minutes * MINUTE, [(3, NOON)]) is odd


def photo(number):
    return draw_photo(f"gate {number}", NOON, 116.4, 39.9, posts=number)


def test_the_readings_are_kept_apart_and_the_order_is_flagged_once_it_contradicts(keep, noon):
    one = keep(photo(1), times=Times(noon, noon, 2000))
    two = keep(photo(2), times=Times(noon - MINUTE, noon, 3000))

    assert (one.monotonic_ms, one.device_sent_at) == (2000, noon)
    assert TimeFlag.ORDER_CONTRADICTS not in one.time_flags
    assert TimeFlag.ORDER_CONTRADICTS in two.time_flags


def test_evidence_of_before_is_sealed_as_it_was(keep, noon, database, room, inspector):
    kept = keep(photo(3), times=Times(noon, noon, 1))

    older = replace(kept, schema_version=2)

    assert seal(older) == seal(replace(older, monotonic_ms=7, time_flags=()))
    assert seal(kept) != seal(replace(kept, monotonic_ms=7))
