"""From the GPS tags of EXIF to a position, strictly: what cannot be is flagged, never mended.

Source: CIPA DC-008 (Exif 2.32), 4.6.6. Several real cameras write NaN, 0/0, zeros or 1999:99:99.
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from media.places.model import Datum, Flag, Position, Source

LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE, ALTITUDE_REF, ALTITUDE = range(1, 7)
DATUM = 18
ERROR = 31

NAMES = {
    LATITUDE_REF: "latitude_ref",
    LATITUDE: "latitude",
    LONGITUDE_REF: "longitude_ref",
    LONGITUDE: "longitude",
    ALTITUDE_REF: "altitude_ref",
    ALTITUDE: "altitude",
    7: "time_stamp",
    9: "status",
    DATUM: "map_datum",
    27: "processing_method",
    29: "date_stamp",
    ERROR: "horizontal_error",
}

DATUMS = {
    "": Datum.WGS84,
    "WGS84": Datum.WGS84,
    "WGS1984": Datum.WGS84,
    "GCJ02": Datum.GCJ02,
    "BD09": Datum.BD09,
}
"""An absent datum is the receiver's own, WGS-84; `datum_declared` keeps that it was absent."""


def read_gps(tags: Mapping[int, Any]) -> tuple[Position | None, tuple[Flag, ...], bool]:
    """Return the position that EXIF's GPS tags give, its flags, and whether a datum is declared.

    The position is None with `absent`, `zero`, or `invalid` (and `swapped` where the two values
    exchanged would lie in China).
    """
    declared = _word(tags.get(DATUM))
    if not any(tag in tags for tag in (LATITUDE, LONGITUDE)):
        return None, (Flag.ABSENT,), bool(declared)
    lat, lon = _degrees(tags.get(LATITUDE)), _degrees(tags.get(LONGITUDE))
    refs = (_word(tags.get(LATITUDE_REF)), _word(tags.get(LONGITUDE_REF)))
    datum = DATUMS.get(declared.replace("-", "").replace(" ", ""))
    if lat is not None and lon is not None:
        unsigned = Position(lon, lat)
        if unsigned.is_placeholder:
            return None, (Flag.ZERO,), bool(declared)
        if _crossed(refs) or unsigned.looks_swapped:
            return None, (Flag.INVALID, Flag.SWAPPED), bool(declared)
    if (
        lat is None
        or lon is None
        or lat > 90
        or lon > 180
        or refs[0] not in ("N", "S")
        or refs[1] not in ("E", "W")
        or datum is None
    ):
        return None, (Flag.INVALID,), bool(declared)
    position = Position(
        lon=-lon if refs[1] == "W" else lon,
        lat=-lat if refs[0] == "S" else lat,
        altitude=_altitude(tags),
        datum=datum,
        accuracy=_positive(tags.get(ERROR)),
        source=Source.EXIF,
    )
    return position, (), bool(declared)


def raw(tags: Mapping[int, Any]) -> dict[str, Any]:
    """Return what the tags say, as plain JSON: rationals as "n/d", bytes as hexadecimal."""
    return {NAMES[tag]: _raw(value) for tag, value in tags.items() if tag in NAMES}


def _raw(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_raw(each) for each in value[:8]]
    if isinstance(value, bytes):
        return value[:64].hex()
    if hasattr(value, "denominator"):
        return f"{value.numerator}/{value.denominator}"
    return str(value)[:64].replace("\0", "")


def _degrees(value: Any) -> float | None:
    """Return degrees from degrees, minutes and seconds, None where they cannot be."""
    if not isinstance(value, tuple) or len(value) != 3:
        return None
    parts = [_positive(each) for each in value]
    degrees, minutes, seconds = parts
    if degrees is None or minutes is None or seconds is None or minutes >= 60 or seconds >= 60:
        return None
    return degrees + minutes / 60 + seconds / 3600


def _altitude(tags: Mapping[int, Any]) -> float | None:
    metres = _positive(tags.get(ALTITUDE))
    below = tags.get(ALTITUDE_REF) in (1, b"\x01", (1,))
    return -metres if metres and below else metres


def _positive(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if isfinite(number) and number >= 0 else None


def _word(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.strip("\0 ").upper() if isinstance(value, str) else ""


def _crossed(refs: tuple[str, str]) -> bool:
    return refs[0] in ("E", "W") and refs[1] in ("N", "S")
