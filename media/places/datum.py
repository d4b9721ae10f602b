"""WGS-84, GCJ-02 and BD-09: the shifts, and their inverses by iteration.

GCJ-02 shifts WGS-84 by 100 to 700 m inside China; BD-09 shifts GCJ-02 by about 1 km more. Neither
has a published specification: the polynomial is the one in common use, on the ellipsoid of
Krasovsky 1940. Its inverse has no closed form; the iteration here ends below 1e-6 m.
"""

from collections.abc import Callable
from math import atan2, cos, hypot, pi, radians, sin, sqrt, tau

from media.places.model import Datum

Point = tuple[float, float]
"""Longitude and latitude, degrees."""

SEMI_MAJOR = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323

BAIDU = radians(3000)
"""BD-09 wobbles with 3000 periods in a circle's 360 degrees."""

CLOSE = 1e-12
"""Degrees, about 1e-7 m."""


def in_china(lon: float, lat: float) -> bool:
    """Tell whether GCJ-02 is defined here: the rectangle around China that it is used in."""
    return 72.004 <= lon <= 137.8347 and 0.8293 <= lat <= 55.8271


def to_wgs84(point: Point, datum: Datum) -> Point:
    """Return a point of the datum in WGS-84; outside of China as it is."""
    if datum is Datum.WGS84 or not in_china(*point):
        return point
    if datum is Datum.BD09:
        point = _invert(_gcj02_to_bd09, point)
    return _invert(_wgs84_to_gcj02, point)


def from_wgs84(point: Point, datum: Datum) -> Point:
    """Return a WGS-84 point in the datum; outside of China as it is."""
    if datum is Datum.WGS84 or not in_china(*point):
        return point
    shifted = _wgs84_to_gcj02(point)
    return _gcj02_to_bd09(shifted) if datum is Datum.BD09 else shifted


def _invert(shift: Callable[[Point], Point], point: Point) -> Point:
    """Return what the shift brings to the point: each step takes off what is still missed by.

    The shifts change by less than 1 % over their own length, so a step gains two digits or more.
    """
    lon, lat = point
    for _ in range(20):  # pragma: no branch - it comes close long before
        found = shift((lon, lat))
        missed = found[0] - point[0], found[1] - point[1]
        lon, lat = lon - missed[0], lat - missed[1]
        if max(abs(missed[0]), abs(missed[1])) < CLOSE:
            break
    return lon, lat


def _wgs84_to_gcj02(point: Point) -> Point:
    lon, lat = point
    x, y = lon - 105.0, lat - 35.0
    ripple = 20 * sin(6 * pi * x) + 20 * sin(2 * pi * x)
    north = (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
        + (ripple + 20 * sin(pi * y) + 40 * sin(pi / 3 * y)) * 2 / 3
        + (160 * sin(pi / 12 * y) + 320 * sin(pi / 30 * y)) * 2 / 3
    )  # fmt: skip
    east = (
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
        + (ripple + 20 * sin(pi * x) + 40 * sin(pi / 3 * x)) * 2 / 3
        + (150 * sin(pi / 12 * x) + 300 * sin(pi / 30 * x)) * 2 / 3
    )  # fmt: skip
    flattening = 1 - ECCENTRICITY_SQUARED * sin(radians(lat)) ** 2
    meridian = SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED) / flattening**1.5
    parallel = SEMI_MAJOR / sqrt(flattening) * cos(radians(lat))
    return lon + east * 360 / tau / parallel, lat + north * 360 / tau / meridian


def _gcj02_to_bd09(point: Point) -> Point:
    lon, lat = point
    radius = hypot(lon, lat) + 0.00002 * sin(lat * BAIDU)
    angle = atan2(lat, lon) + 0.000003 * cos(lon * BAIDU)
    return radius * cos(angle) + 0.0065, radius * sin(angle) + 0.006
