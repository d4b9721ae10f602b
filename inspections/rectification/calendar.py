"""When a period ends: working and calendar days, months, in Asia/Shanghai.

Source: 民法典 200 to 204 (the first day is not counted; a month runs to the same day of the next
one or to its last; a last day on a holiday moves on) and 行政处罚法 85 (working days). Whether a
rectification period follows the rule of the last day is a setting: `roll`, on by default.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from inspections.rectification.model import Calendar, DayKind
from media.days import SHANGHAI, day_in_shanghai
from media.refusals import BadValue

LONGEST = 3660
"""Days in the longest period that is reckoned: ten years."""

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Deadline:
    """The last day of a period.

    `due_at` is the first instant that is too late, aware UTC. `provisional` means that part of
    the period lies where no calendar is announced: reckon it again when one is.
    """

    due: date
    due_at: datetime
    provisional: bool
    why_zh: str
    why_en: str


def deadline(
    start: date, days: int, kind: DayKind, calendar: Calendar, *, roll: bool = True
) -> Deadline:
    """Return when a period of `days` ends that begins on `start`, which is not counted.

    Raises BadValue for fewer than 1 day or more than ten years, or a date beyond reckoning.
    """
    _check(start, days, "days", LONGEST)
    if kind is DayKind.WORKING:
        last = _count_working(start, days, calendar)
        return _explained(
            start, last, last, calendar, zh=f"{days} 个工作日", en=f"{days} working days"
        )
    last = start + timedelta(days=days)
    due = next_worked(last, calendar) if roll else last
    return _explained(start, last, due, calendar, zh=f"{days} 个自然日", en=f"{days} calendar days")


def deadline_in_months(
    start: date, months: int, calendar: Calendar, *, roll: bool = True
) -> Deadline:
    """Return when a period of `months` ends: the same day of the month, or its last day.

    Raises BadValue for fewer than 1 month or more than ten years, or a date beyond reckoning.
    """
    _check(start, months, "months", LONGEST // 30)
    years, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    month += 1
    last = date(years, month, min(start.day, monthrange(years, month)[1]))
    due = next_worked(last, calendar) if roll else last
    return _explained(start, last, due, calendar, zh=f"{months} 个月", en=f"{months} months")


def next_worked(last: date, calendar: Calendar) -> date:
    """Return the day itself when it is worked, else the next one that is."""
    while not calendar.works(last):
        last += A_DAY
    return last


def end_of(day: date) -> datetime:
    """Return the first instant after a day in Asia/Shanghai, aware UTC."""
    return datetime.combine(day + A_DAY, time(), SHANGHAI).astimezone(UTC)


DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|([+-]\d{2}:\d{2}))", re.ASCII
)


def read_start(text: str) -> date:
    """Return the Shanghai day that a date or an RFC 3339 time names. Raises BadValue."""
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
        found = TIME.fullmatch(text)
        if found:
            day, minute, second, offset = found.groups()
            whole = "59" if second == "60" else second  # a leap second, RFC 3339 5.6
            return day_in_shanghai(
                datetime.fromisoformat(f"{day}T{minute}:{whole}{offset or '+00:00'}")
            )
    except (ValueError, OverflowError):
        pass
    raise BadValue(
        field="FROM",
        why_zh=f"{text!r} 不是日期（2026-03-01）或带时区的 RFC 3339 时间。",
        why_en=f"{text!r} is neither a date (2026-03-01) nor an RFC 3339 time with its offset.",
    )


def _check(start: date, number: int, field: str, most: int) -> None:
    if isinstance(number, bool) or not 1 <= number <= most:
        raise BadValue(
            field=field,
            why_zh=f"须为 1 至 {most} 的整数。",
            why_en=f"it must be a whole number from 1 to {most}.",
        )
    if not 1900 <= start.year <= 9900:
        raise BadValue(
            field="start",
            why_zh="起算日须在 1900 年至 9900 年之间。",
            why_en="the period must begin between the years 1900 and 9900.",
        )


def _count_working(start: date, days: int, calendar: Calendar) -> date:
    last = start
    while days:
        last += A_DAY
        days -= calendar.works(last)
    return last


def _explained(
    start: date, last: date, due: date, calendar: Calendar, *, zh: str, en: str
) -> Deadline:
    span = [start + A_DAY * number for number in range(1, (due - start).days + 1)]
    off = sum(day in calendar.holidays and day.weekday() < 5 for day in span)
    worked = [f"{day:%Y-%m-%d}" for day in span if day in calendar.workdays]
    why_zh = f"自 {start} 起算，当日不计，{zh}止于 {last}"
    why_en = f"From {start}, that day not counted, {en} end on {last}"
    if off:
        why_zh += f"；其间法定节假日占平日 {off} 天"
        why_en += f"; weekdays among them that are public holidays: {off}"
    if worked:
        why_zh += f"；调休上班日：{'、'.join(worked)}"
        why_en += f"; make-up working days: {', '.join(worked)}"
    if due != last:
        why_zh += f"；末日为休息日，顺延至下一工作日 {due}"
        why_en += f"; a day off, so it moves to the next working day, {due}"
    provisional = due > calendar.known_until or span[0] < calendar.known_from
    if provisional:
        known = f"{calendar.known_from:%Y}–{calendar.known_until:%Y}"
        why_zh += f"；节假日安排仅已知 {known} 年，此期限为暂定，公布后重新计算"
        why_en += f"; holidays are known for {known} only: provisional, to be reckoned again"
    return Deadline(due, end_of(due), provisional, why_zh + "。", why_en + ".")
