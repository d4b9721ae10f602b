"""The rule of what is in force in a region: of each setting, the nearest that is set."""

from collections.abc import Sequence
from dataclasses import fields

from inspections.bureaus.model import DEFAULT, BureauSettings, InForce, Rules


def ancestors(region: str) -> tuple[str, ...]:
    """Return the six-digit codes whose settings reach the region, the nearest first."""
    return tuple(dict.fromkeys((region, region[:4] + "00", region[:2] + "0000", "000000")))


def in_force(region: str, found: Sequence[BureauSettings]) -> InForce:
    """Return what is in force in the region, of what it and those above it have set."""
    by_region = {each.region: each for each in found}
    chain = [by_region[code] for code in ancestors(region) if code in by_region]
    values, origins = {}, {}
    for name in (each.name for each in fields(Rules)):
        nearest = next((each for each in chain if getattr(each.rules, name) is not None), None)
        values[name] = getattr(nearest.rules if nearest else DEFAULT, name)
        origins[name] = nearest.region if nearest else None
    own = by_region.get(region)
    return InForce(region, Rules(**values), origins, own, own.revision if own else 0)
