"""Days are those of Asia/Shanghai, wherever the machine stands."""

from datetime import date, datetime, timedelta, timezone

SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
"""A fixed offset: no summer time since 1991, and no time zone data needed on the machine."""


def day_in_shanghai(at: datetime) -> date:
    """Return the day that an aware time falls on in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).date()
