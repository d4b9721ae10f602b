"""The rules of what a drill comes to, by the bureau's limits."""

from datetime import date, datetime, timedelta
from math import floor

from inspections.bureaus.model import Rules
from inspections.drills.errors import BadDrill
from inspections.drills.model import (
    Alarm,
    Barrier,
    CameraLink,
    Judgement,
    Patrols,
    Verdict,
)

Measured = Alarm | Barrier | CameraLink | Patrols

EARLIEST, CLOCKS_DIFFER = timedelta(days=31), timedelta(minutes=5)


def judge(measured: Measured, rules: Rules) -> Judgement:
    """Return what was measured against the limit in force in the region.

    What nobody answered, or does not stand, fails whatever the limit; what has no limit is
    measured and not judged.
    """
    if isinstance(measured, Alarm):
        return _alarm(measured, rules.alarm_seconds)
    if isinstance(measured, Barrier):
        return _barrier(measured, rules.barrier_seconds)
    if isinstance(measured, CameraLink):
        return _camera_link(measured, rules.linkage_percent)
    return _least(measured.rounds, rules.patrols_a_day, ("次", "rounds"))


def must_be_sound(measured: Measured, at: datetime, now: datetime) -> None:
    """Raise BadDrill for times out of order or counts that cannot be."""
    if not now - EARLIEST <= at <= now + CLOCKS_DIFFER:
        raise BadDrill(why=("演练时间须在过去一个月内", "it was not within the last month"))
    if isinstance(measured, Alarm) and (measured.seconds or 0) < 0:
        raise BadDrill(why=("应答早于触发", "it was answered before it began"))
    if isinstance(measured, CameraLink) and measured.online > measured.total:
        raise BadDrill(why=("在线数大于总数", "more cameras are online than there are"))


def next_due(at: date, months: int | None, judged: Judgement) -> date | None:
    """Return the day by which the next drill is due; None where the bureau asks for none.

    What failed is due again at once, whatever the bureau asks for.
    """
    if judged.verdict is Verdict.FAILED:
        return at
    if months is None:
        return None
    years, month = divmod(at.year * 12 + at.month - 1 + months, 12)
    day = at.day
    while True:
        try:
            return date(years, month + 1, day)
        except ValueError:  # the month is shorter
            day -= 1


def _alarm(alarm: Alarm, limit: int | None) -> Judgement:
    if alarm.seconds is None:
        why = ("无人应答", "nobody answered")
        return Judgement(Verdict.FAILED, None, limit, why)
    return _most(alarm.seconds, limit)


def _barrier(barrier: Barrier, limit: int | None) -> Judgement:
    if not barrier.stands:
        why = ("未升起或未固定", "it did not rise, or is not fixed")
        return Judgement(Verdict.FAILED, barrier.seconds, limit, why)
    if barrier.seconds is None:
        return Judgement(Verdict.PASSED, None, limit, ("已固定到位", "it stands"))
    return _most(barrier.seconds, limit)


def _camera_link(link: CameraLink, limit: float | None) -> Judgement:
    """The worse of now and the period counts."""
    if link.total == 0:
        return Judgement(Verdict.FAILED, 0.0, limit, ("没有联网摄像头", "no camera is linked"))
    worst = min(link.percent, link.period_percent if link.period_percent is not None else 100.0)
    return _least(worst, limit, ("%", "per cent"))


def _most(seconds: float, limit: int | None) -> Judgement:
    if limit is None:
        return _unjudged(seconds)
    passed = seconds <= limit
    why = (f"用时 {seconds:g} 秒，要求 {limit} 秒内", f"took {seconds:g} s, {limit} s allowed")
    return Judgement(Verdict.PASSED if passed else Verdict.FAILED, seconds, limit, why)


def _least(found: float, limit: float | None, unit: tuple[str, str]) -> Judgement:
    if limit is None:
        return _unjudged(found)
    passed = found >= limit
    told = floor(found * 100) / 100  # never up to a limit that it does not reach
    why = (
        f"实测 {told:g} {unit[0]}，要求不少于 {limit:g}",
        f"{told:g} {unit[1]}, at least {limit:g} asked",
    )
    return Judgement(Verdict.PASSED if passed else Verdict.FAILED, found, limit, why)


def _unjudged(found: float) -> Judgement:
    return Judgement(Verdict.NOT_JUDGED, found, None, ("未设限值", "no limit is set"))
