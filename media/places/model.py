"""A position with its datum and its source, and what may be wrong with it."""

from dataclasses import dataclass
from enum import StrEnum


class Datum(StrEnum):
    """The coordinate systems in use in China; GCJ-02 and BD-09 are shifted from WGS-84."""

    WGS84 = "WGS-84"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"


class Source(StrEnum):
    EXIF = "exif"
    DEVICE = "device"
    SITE = "site"


class Flag(StrEnum):
    ABSENT = "absent"
    ZERO = "zero"
    INVALID = "invalid"
    SWAPPED = "swapped"
    OUT_OF_REGION = "out_of_region"
    FAR_FROM_SITE = "far_from_site"
    SUSPECTED_GCJ02 = "suspected_gcj02"
    SUSPECTED_BD09 = "suspected_bd09"
    SOURCE_DIFFERS = "source_differs"


@dataclass(frozen=True)
class Position:
    """Degrees, metres. `accuracy` is a radius, None where the source gives none."""

    lon: float
    lat: float
    altitude: float | None = None
    datum: Datum = Datum.WGS84
    accuracy: float | None = None
    source: Source = Source.DEVICE

    @property
    def is_placeholder(self) -> bool:
        """0, 0: what a device writes that does not know."""
        return abs(self.lon) < 1e-6 and abs(self.lat) < 1e-6

    @property
    def looks_swapped(self) -> bool:
        """The latitude cannot be one, and the two exchanged would lie in China."""
        return 90 < self.lat <= 136 and 18 <= self.lon <= 54


@dataclass(frozen=True)
class Site:
    """The registered place, WGS-84; `tolerance` metres around it are its own grounds.

    Where its outline is known (corners as longitude and latitude), distances are to that, and 0
    inside. `region` is its region code; without one it is taken to be a county's.
    """

    lon: float
    lat: float
    tolerance: float = 200.0
    region: str = ""
    outline: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True)
class Margins:
    """What is still taken as fitting, in metres.

    `sources` between EXIF and the device, `accuracy` at most credited to a source. `county`,
    `city` and `province` are how far from a site no place of its region is expected any more:
    a stand-in until borders are known.
    """

    sources: float = 200.0
    accuracy: float = 200.0
    county: float = 100_000.0
    city: float = 250_000.0
    province: float = 1_000_000.0

    def reach(self, region: str) -> float:
        if len(region) != 6 or not region.endswith("00"):
            return self.county
        return self.province if region.endswith("0000") else self.city


@dataclass(frozen=True)
class Placed:
    """The result: `position` is WGS-84, EXIF's where it has one, else the device's.

    `given` holds both as they came, in their own datum. Distances are metres along the ellipsoid,
    None where one end is missing.
    """

    position: Position | None
    given: tuple[Position, ...]
    flags: tuple[Flag, ...]
    distance_to_site_m: float | None = None
    exif_to_site_m: float | None = None
    device_to_site_m: float | None = None
    exif_to_device_m: float | None = None
