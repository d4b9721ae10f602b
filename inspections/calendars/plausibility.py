"""Whether an announcement can be one: what is typed from a notice is typed wrong now and then.

Source: 全国年节及纪念日放假办法 (State Council, last changed in November 2024): 13 days off for
everybody from 2025 on, 11 before, moved to weekdays by make-up days on weekends.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

SPRING = (date(2000, 1, 20), date(2000, 2, 24))
"""Between which days of a year the Spring Festival begins, eve and all."""

NET = range(11, 15)
"""Weekdays off less weekend days worked: 11 or 13 by law, 13 in 2020 by a special notice."""

A_DAY = timedelta(days=1)
BESIDE = timedelta(days=8)
Doubt = tuple[str, str]


def doubts(year: int, holidays: Sequence[date], workdays: Sequence[date]) -> list[Doubt]:
    """Return what cannot be right, Chinese and English; none for a plausible announcement."""
    return [
        *_of_days(year, holidays, workdays),
        *_of_law(year, frozenset(holidays)),
        *_of_balance(holidays, workdays),
    ]


def _of_days(year: int, holidays: Sequence[date], workdays: Sequence[date]) -> Iterator[Doubt]:
    first, last = date(year, 1, 1) - BESIDE, date(year, 12, 31) + BESIDE
    outside = [each for each in (*holidays, *workdays) if not first <= each <= last]
    if outside:
        yield f"{outside[0]} 不属于 {year} 年", f"{outside[0]} is not of {year}"
    both = sorted(set(holidays) & set(workdays))
    if both:
        yield f"{both[0]} 既放假又上班", f"{both[0]} is off and worked"
    for name, days in (("放假 off", holidays), ("上班 worked", workdays)):
        if len(set(days)) != len(days):
            zh, en = name.split()
            yield f"{zh}日期有重复", f"a day stands twice among those {en}"
    worked = [each for each in workdays if each.weekday() < 5]
    if worked:
        yield f"{worked[0]} 是平日，不需调休", f"{worked[0]} is a weekday, no make-up day"


def _of_law(year: int, off: frozenset[date]) -> Iterator[Doubt]:
    named = [date(year, 1, 1), date(year, 5, 1), *(date(year, 10, day) for day in (1, 2, 3))]
    for day in named:
        if day not in off:
            yield f"缺少法定节日 {day}", f"the public holiday {day} is missing"
    longest, run = 0, 0
    day = SPRING[0].replace(year=year)
    while day <= SPRING[1].replace(year=year):
        run = run + 1 if day in off else 0
        longest, day = max(longest, run), day + A_DAY
    if longest < 6:
        yield "缺少春节假期（至少连续 6 天）", "the Spring Festival is missing (6 days at least)"


def _of_balance(holidays: Sequence[date], workdays: Sequence[date]) -> Iterator[Doubt]:
    net = sum(each.weekday() < 5 for each in set(holidays)) - len(set(workdays))
    if net not in NET:
        yield (
            f"平日放假减调休上班为 {net} 天，应为 {NET.start} 至 {NET.stop - 1} 天",
            f"weekdays off less make-up days are {net}, not {NET.start} to {NET.stop - 1}",
        )
