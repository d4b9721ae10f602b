"""The rules of risk: points for each cause, a tier for the points, visits a year for the tier.

The points are the service's own and say so; a bureau's cap on visits holds over them.
"""

from datetime import date, timedelta

from inspections.risk.model import Known, Risk, Tier

POINTS = {
    "ordinary": 1,
    "major": 5,
    "open_ordinary": 1,
    "open_major": 10,
    "overdue": 5,
    "reported": 5,
    "drills_failed": 2,
}
MOST = 30
"""Points for one cause at most: a long list of small things is no major hazard."""

VETOED = 40
MONTHS_UNSEEN = 12
"""A point for each month since the last visit, at most as many; never visited, all of them."""

TIERS = ((Tier.HIGH, 25), (Tier.MEDIUM, 12), (Tier.LOW, 0))
VISITS = {Tier.HIGH: 4, Tier.MEDIUM: 2, Tier.LOW: 1}


def score(known: Known, *, today: date, cap: int | None) -> Risk:
    """Return the risk; `cap` is the bureau's number of visits a year without a reason."""
    parts = {
        cause: min(MOST, points * getattr(known, cause))
        for cause, points in POINTS.items()
        if getattr(known, cause)
    }
    if known.vetoed:
        parts["vetoed"] = VETOED
    unseen = months_since(known.last_visit, today)
    if unseen:
        parts["unseen"] = unseen
    total = sum(parts.values())
    tier = next(tier for tier, least in TIERS if total >= least)
    visits = min(VISITS[tier], cap) if cap is not None else VISITS[tier]
    due = known.last_visit + timedelta(days=365 // visits) if known.last_visit else today
    return Risk(
        known.kindergarten_id,
        known.name,
        known.region,
        total,
        tier,
        parts,
        visits,
        known.last_visit,
        due,
        due <= today,
    )


def months_since(last: date | None, today: date) -> int:
    """Return the whole months since a day, at most twelve; twelve for never."""
    if last is None:
        return MONTHS_UNSEEN
    months = (today.year - last.year) * 12 + today.month - last.month - (today.day < last.day)
    return max(0, min(MONTHS_UNSEEN, months))
