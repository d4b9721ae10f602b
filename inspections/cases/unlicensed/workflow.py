"""The rules of an unlicensed site: which step follows which, by whom, and what may be it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from difflib import SequenceMatcher
from unicodedata import normalize

from inspections.cases.unlicensed.errors import (
    BadBan,
    ChildrenNotCounted,
    NotLicensed,
    OwnStep,
    StepNotAllowed,
)
from inspections.cases.unlicensed.model import Ban, Status, Step, Taken, UnlicensedSite
from inspections.kindergartens.model import Kindergarten
from media.days import day_in_shanghai

NEXT: Mapping[tuple[Status, Step], Status] = {
    (Status.OPEN, Step.VERIFY): Status.VERIFIED,
    (Status.OPEN, Step.DISMISS): Status.DISMISSED,
    (Status.VERIFIED, Step.STOP): Status.STOPPED,
    (Status.VERIFIED, Step.LICENSE): Status.LICENSED,
    (Status.STOPPED, Step.PLACE): Status.PLACED,
    (Status.PLACED, Step.CLOSE): Status.CLOSED,
    (Status.PLACED, Step.LICENSE): Status.LICENSED,
    (Status.STOPPED, Step.LICENSE): Status.LICENSED,
    (Status.CLOSED, Step.REOPEN): Status.OPEN,
    (Status.DISMISSED, Step.REOPEN): Status.OPEN,
}

ENDING = (Step.CLOSE, Step.LICENSE, Step.DISMISS)
"""What a second person does: a supervisor without part in the case so far."""

SAME_PLACE_M = 50.0
NEAR_BY_M = 300.0
ALIKE = 0.6
COMMON = ("幼儿园", "幼稚园", "托儿所", "托育", "托管", "早教", "小学", "中心", "园")
"""What many names share and none is told by."""


def advance(
    site: UnlicensedSite,
    step: Step,
    *,
    by: str,
    why: str,
    at: datetime,
    kindergarten: Kindergarten | None = None,
    children: int | None = None,
) -> UnlicensedSite:
    """Return the site after the step.

    Raises StepNotAllowed, OwnStep for who ends a case of its own, NotLicensed, ChildrenNotCounted.
    """
    after = NEXT.get((site.status, step))
    if after is None:
        raise StepNotAllowed(step=step.value, status=site.status.value, told=site.status.told)
    if step in ENDING and by in {site.opened_by, *(each.by for each in site.steps)}:
        raise OwnStep
    licensed = site.kindergarten_id
    if step is Step.LICENSE:
        licensed = _licensed(kindergarten, day_in_shanghai(at))
    if step is Step.PLACE and children is None:
        raise ChildrenNotCounted
    taken = Taken(step, after, at, by, why, children if step is Step.PLACE else None)
    return replace(
        site,
        status=after,
        steps=(*site.steps, taken),
        kindergarten_id=licensed,
        changed_at=at,
        revision=site.revision + 1,
    )


def ban(site: UnlicensedSite, banned: Ban, *, at: datetime) -> UnlicensedSite:
    """Return the site with its operator's ban. Raises StepNotAllowed, BadBan."""
    if site.status not in (Status.STOPPED, Status.PLACED, Status.CLOSED):
        raise StepNotAllowed(step="ban", status=site.status.value, told=site.status.told)
    if not _years(banned.since, 5) <= banned.until <= _years(banned.since, 10):
        raise BadBan
    return replace(site, ban=banned, changed_at=at, revision=site.revision + 1)


def _years(day: date, years: int) -> date:
    """Return the same day so many years on; the last of February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def touch(site: UnlicensedSite, *, at: datetime) -> UnlicensedSite:
    """Return the site as changed, for what belongs to it and stands elsewhere."""
    return replace(site, changed_at=at, revision=site.revision + 1)


def likeness(one: str | None, other: str | None) -> float | None:
    """Return how alike two names are, from 0 to 1; None where there is nothing to compare."""
    first, second = _told_by(one), _told_by(other)
    if not first or not second:
        return None
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def is_likely(distance_m: float, alike: float | None) -> bool:
    """Tell whether both may be one place: next door, or near by under a name alike."""
    return distance_m <= SAME_PLACE_M or (
        distance_m <= NEAR_BY_M and alike is not None and alike >= ALIKE
    )


def _told_by(name: str | None) -> str:
    """Return the part of a name that it is told by."""
    folded = "".join(normalize("NFKC", name or "").casefold().split())
    for word in COMMON:
        folded = folded.replace(word, "")
    return folded


def _licensed(kindergarten: Kindergarten | None, today: date) -> str:
    held = kindergarten.licence if kindergarten else None
    lapsed = held is not None and held.valid_until is not None and held.valid_until < today
    if kindergarten is None or held is None or lapsed or not kindergarten.open:
        raise NotLicensed(kindergarten_id=kindergarten.id if kindergarten else "—")
    return kindergarten.id
