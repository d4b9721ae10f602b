"""Reckoning the risk of a region's kindergartens."""

from datetime import datetime, timedelta

from checklists.regions.actions import Regions
from inspections.bureaus.actions import Bureaus
from inspections.risk import scoring
from inspections.risk.model import Risk, Tier
from inspections.risk.store import RiskStore
from media.custody.model import Actor
from media.days import day_in_shanghai

A_YEAR = timedelta(days=365)


class Risks:
    def __init__(self, store: RiskStore, bureaus: Bureaus, regions: Regions) -> None:
        self._store = store
        self._bureaus = bureaus
        self._regions = regions

    def of_region(
        self, region: str, *, tier: Tier | None, due_only: bool, actor: Actor, now: datetime
    ) -> list[Risk]:
        """Return the risk of each kindergarten of a region, the highest first.

        Raises NotPermitted, BadValue.
        """
        today = day_in_shanghai(now)
        reach = self._regions.within(region, today, actor=actor)
        known = self._store.known(reach, now - A_YEAR, today.year, now)
        caps = {
            each: self._bureaus.rules(each).visits_a_year
            for each in {each.region for each in known}
        }
        made = [scoring.score(each, today=today, cap=caps[each.region]) for each in known]
        wanted = [
            each
            for each in made
            if (tier is None or each.tier is tier) and (each.is_due or not due_only)
        ]
        return sorted(wanted, key=lambda each: (-each.score, each.region, each.name))
