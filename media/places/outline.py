"""The outline of a site: whether a point lies in it, and how far from it one lies outside.

Sites are a few hundred metres wide, so that a plane around the point is exact to a millimetre in a
kilometre: a degree of latitude and one of longitude have their lengths at that point (WGS-84).
"""

from collections.abc import Iterator, Sequence
from math import cos, hypot, radians, sin, sqrt

Ring = Sequence[tuple[float, float]]
"""Corners as longitude and latitude, at least three; the last is joined to the first."""

SEMI_MAJOR = 6378137.0
ECCENTRICITY_SQUARED = 0.00669437999014


def distance(ring: Ring, lon: float, lat: float) -> float:
    """Return metres from the point to the outline, 0 inside of it (RFC 7946 polygons, one ring)."""
    corners = list(_around(ring, lon, lat))
    edges = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    if sum(_crosses(*edge) for edge in edges) % 2:
        return 0.0
    return min(_to_edge(*edge) for edge in edges)


def _around(ring: Ring, lon: float, lat: float) -> Iterator[tuple[float, float]]:
    """Yield the corners in metres east and north of the point."""
    flattening = 1 - ECCENTRICITY_SQUARED * sin(radians(lat)) ** 2
    east = radians(1) * SEMI_MAJOR / sqrt(flattening) * cos(radians(lat))
    north = radians(1) * SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED) / flattening**1.5
    for x, y in ring:
        yield (x - lon) * east, (y - lat) * north


def _crosses(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Tell whether the edge crosses the way from the point to the east."""
    (x1, y1), (x2, y2) = one, other
    return (y1 > 0) != (y2 > 0) and x1 + (x2 - x1) * y1 / (y1 - y2) > 0


def _to_edge(one: tuple[float, float], other: tuple[float, float]) -> float:
    (x1, y1), (x2, y2) = one, other
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = 0.0 if length == 0 else min(1.0, max(0.0, -(x1 * dx + y1 * dy) / length))
    return hypot(x1 + along * dx, y1 + along * dy)
