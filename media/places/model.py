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
