"""Where a photo was taken, by three witnesses: EXIF, the device's own fix, the registered site.

Nothing is corrected: a position is converted by the datum that it declares, and what does not fit
is flagged, with the distances, for a person to judge.
"""

from collections.abc import Iterable
from dataclasses import replace
from math import isfinite

from geographiclib.geodesic import Geodesic

from media.places import datum as datums
from media.places import outline as outlines
from media.places.datum import Point, in_china
from media.places.model import Datum, Flag, Margins, Placed, Position, Site


def place(
    exif: Position | None,
    exif_flags: Iterable[Flag] = (),
    *,
    device: Position | None = None,
    site: Site | None = None,
    margins: Margins | None = None,
) -> Placed:
    """Return where the photo was taken, and what does not fit.

    `exif_flags` are those that reading EXIF found (`absent`, `zero`, `invalid`, `swapped`).
    """
    margins = margins or Margins()
    flags = set(exif_flags)
    given = tuple(position for position in (exif, device) if position)
    if device:
        fault = fault_of(device)
        if fault:
            flags.add(fault)
            device = None
    seen = _in_wgs84(exif)
    fix = _in_wgs84(device)
    for position in (seen, fix):
        if position:
            flags |= _against_site(position, site, margins)
    apart = metres(seen, fix)
    if seen and fix and apart is not None:
        if apart > margins.sources + _credit(seen, margins) + _credit(fix, margins):
            flags.add(Flag.SOURCE_DIFFERS)
        if site is None:
            flags |= _suspicion(seen, Site(fix.lon, fix.lat), margins.sources)
    to_site = [metres(position, site) for position in (seen, fix)]
    return Placed(
        position=seen or fix,
        given=given,
        flags=tuple(flag for flag in Flag if flag in flags),
        distance_to_site_m=to_site[0] if seen else to_site[1],
        exif_to_site_m=to_site[0],
        device_to_site_m=to_site[1],
        exif_to_device_m=apart,
    )


def to_wgs84(lon: float, lat: float, datum: Datum) -> Point:
    """Return longitude and latitude in WGS-84, from the datum that they are declared in."""
    return datums.to_wgs84((lon, lat), datum)


def fault_of(position: Position) -> Flag | None:
    """Return why a position cannot be one, None when it can."""
    if not (isfinite(position.lon) and isfinite(position.lat)):
        return Flag.INVALID
    if position.is_placeholder:
        return Flag.ZERO
    if position.looks_swapped:
        return Flag.SWAPPED
    return Flag.INVALID if abs(position.lat) > 90 or abs(position.lon) > 180 else None


def metres(one: Position | None, other: Position | Site | None) -> float | None:
    """Return the distance of two WGS-84 points in metres, to the centimetre.

    To a site with an outline it is the distance to that, 0 inside.
    """
    if one is None or other is None:
        return None
    if isinstance(other, Site) and other.outline:
        return round(outlines.distance(other.outline, one.lon, one.lat), 2)
    line = Geodesic.WGS84.Inverse(one.lat, one.lon, other.lat, other.lon, Geodesic.DISTANCE)
    return round(float(line["s12"]), 2)


def _in_wgs84(position: Position | None) -> Position | None:
    if position is None:
        return None
    lon, lat = to_wgs84(position.lon, position.lat, position.datum)
    return replace(position, lon=lon, lat=lat, datum=Datum.WGS84)


def _against_site(position: Position, site: Site | None, margins: Margins) -> set[Flag]:
    if site is None:
        return set() if in_china(position.lon, position.lat) else {Flag.OUT_OF_REGION}
    flags = _suspicion(position, site, site.tolerance)
    distance = metres(position, site) or 0.0
    if distance > site.tolerance + _credit(position, margins):
        flags.add(Flag.FAR_FROM_SITE)
    if distance > margins.reach(site.region):
        flags.add(Flag.OUT_OF_REGION)
        exchanged = replace(position, lon=position.lat, lat=position.lon)
        if fault_of(exchanged) is None and (metres(exchanged, site) or 0.0) <= margins.reach(
            site.region
        ):
            flags.add(Flag.SWAPPED)
    return flags


def _suspicion(position: Position, there: Site, tolerance: float) -> set[Flag]:
    """Return the datum that would explain the distance, where one brings the position home.

    It must bring it within the tolerance and to less than 0.6 of its distance as stated.
    """
    stated = metres(position, there) or 0.0
    explained = []
    for datum, flag in ((Datum.GCJ02, Flag.SUSPECTED_GCJ02), (Datum.BD09, Flag.SUSPECTED_BD09)):
        x, y = to_wgs84(position.lon, position.lat, datum)
        distance = metres(replace(position, lon=x, lat=y), there) or 0.0
        if distance <= tolerance and distance < 0.6 * stated:
            explained.append((distance, flag))
    return {min(explained)[1]} if explained else set()


def _credit(position: Position, margins: Margins) -> float:
    return min(position.accuracy or 0.0, margins.accuracy)
