"""What a photo's clocks say of one another: flagged, never refused, and no deadline uses them.

Five readings stay apart: the camera's (EXIF, with an offset where it states one), the device's when
the photo was taken and when it was sent, the device's monotonic counter, which nobody sets back,
and the service's receipt.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from media.days import SHANGHAI
from media.evidence.model import Evidence, TimeFlag

SKEW = timedelta(minutes=10)
"""A clock that is farther off than this is flagged."""


def flags_of(
    evidence: Evidence, others: Iterable[tuple[int, datetime]] = ()
) -> tuple[TimeFlag, ...]:
    """Return what is odd about the times of a piece of evidence.

    `others` are counter and clock of what the same device sent for the same case.
    """
    found = time_flags(
        received_at=evidence.received_at,
        captured_at=evidence.captured_at,
        device_captured_at=evidence.device_captured_at,
        device_sent_at=evidence.device_sent_at,
    )
    counter, clock = evidence.monotonic_ms, evidence.device_captured_at
    if counter is not None and clock is not None and contradicts(counter, clock, others):
        return (*found, TimeFlag.ORDER_CONTRADICTS)
    return found


def time_flags(
    *,
    received_at: datetime,
    captured_at: str | None = None,
    device_captured_at: datetime | None = None,
    device_sent_at: datetime | None = None,
) -> tuple[TimeFlag, ...]:
    """Return what is odd about the times of one photo.

    The device's clock is held against the receipt by the time of sending, which leaves a photo that
    waited for a signal alone; a client that does not tell it is held by the time of taking.
    """
    found = []
    told = device_sent_at or device_captured_at
    if told is not None and abs(told - received_at) > SKEW:
        found.append(TimeFlag.CLOCK_SKEW)
    if device_sent_at and device_captured_at and device_captured_at > device_sent_at + SKEW:
        found.append(TimeFlag.TAKEN_AFTER_SENT)
    camera = camera_time(captured_at)
    if camera is not None:
        if camera > received_at + SKEW:
            found.append(TimeFlag.EXIF_AFTER_RECEIPT)
        if device_captured_at is not None and abs(camera - device_captured_at) > SKEW:
            found.append(TimeFlag.EXIF_DIFFERS)
    return tuple(found)


def camera_time(captured_at: str | None) -> datetime | None:
    """Return EXIF's time; without an offset it is taken as that of Asia/Shanghai."""
    if captured_at is None:
        return None
    try:
        read = datetime.fromisoformat(captured_at)
    except ValueError:
        return None
    return read if read.tzinfo else read.replace(tzinfo=SHANGHAI)


def contradicts(
    monotonic_ms: int, device_captured_at: datetime, others: Iterable[tuple[int, datetime]]
) -> bool:
    """Tell whether the device's counter and its clock order this photo and another otherwise.

    `others` are of the same device and visit: counter and clock. A device that was started anew
    counts from nothing, so a smaller counter alone says little: the flag asks a person to look.
    """
    return any(
        (monotonic_ms < counter and device_captured_at > clock)
        or (monotonic_ms > counter and device_captured_at < clock)
        for counter, clock in others
    )
