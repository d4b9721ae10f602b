"""What EXIF says of a photo; a block that cannot be read says nothing, and never raises."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PIL import Image

MAKE, MODEL, ORIENTATION, EXIF_IFD, GPS_IFD = 0x010F, 0x0110, 0x0112, 0x8769, 0x8825
TAKEN = ((0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012))
"""Date and time, its fraction and its offset: when it was taken, else when it was digitized."""

MAKER_NOTE = 0x927C
NAMES_IN_XMP = ("GPSLatitude", "GPSLongitude", "GPSAltitude", "GPSMapDatum", "GPSHPositioningError")
XMP_GPS = re.compile(
    rf"\bexif:({'|'.join(NAMES_IN_XMP)})(?:\s*=\s*[\"']([^\"'<>]{{0,80}})[\"']|\s*>([^<]{{0,80}})<)"
)
LONGEST_XMP = 1_000_000
"""Characters of a packet that are looked at."""

CLOCK = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", re.ASCII)
OFFSET = re.compile(r"[+-]\d\d:\d\d", re.ASCII)


@dataclass(frozen=True)
class Exif:
    """`orientation` is 1 to 8. `gps` are the raw tags of the GPS block, by number.

    `beside` is what else tells of a place, word for word: XMP's GPS properties, and how many bytes
    of maker notes there are, which have no public form. Neither is taken as a position.
    """

    captured_at: str | None = None
    camera: str | None = None
    orientation: int = 1
    gps: dict[int, Any] = field(default_factory=dict)
    beside: dict[str, Any] = field(default_factory=dict)


def read_exif(image: Image.Image) -> Exif:
    xmp = read_xmp(image.info.get("xmp"))
    try:
        block = image.getexif()
        tags, gps = dict(block.get_ifd(EXIF_IFD)), dict(block.get_ifd(GPS_IFD))
        orientation = block.get(ORIENTATION)
        words = [_text(block.get(tag)) for tag in (MAKE, MODEL)]
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything on a malformed block
        return Exif(beside=xmp)
    return Exif(
        captured_at=next(filter(None, (_taken(tags, *names) for names in TAKEN)), None),
        camera=" ".join(word for word in words if word)[:128] or None,
        orientation=orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1,
        gps=gps,
        beside=xmp | _maker_note(tags.get(MAKER_NOTE)),
    )


def read_xmp(packet: Any) -> dict[str, Any]:
    """Return the GPS properties of an XMP packet (ISO 16684-1), as attributes or elements."""
    if not isinstance(packet, bytes | str):
        return {}
    text = packet.decode("utf-8", "replace") if isinstance(packet, bytes) else packet
    found: dict[str, str] = {}
    for name, attribute, element in XMP_GPS.findall(text[:LONGEST_XMP]):
        found.setdefault(name, _text(attribute or element)[:64])
        if len(found) == len(NAMES_IN_XMP):
            break
    return {"xmp": found} if found else {}


def _maker_note(note: Any) -> dict[str, Any]:
    return {"maker_note_bytes": len(note)} if isinstance(note, bytes) and note else {}


def _taken(tags: dict[int, Any], clock: int, fraction: int, offset: int) -> str | None:
    """Return RFC 3339, without an offset where none is stated, None for a time that cannot be."""
    found = CLOCK.fullmatch(_text(tags.get(clock)))
    if not found:
        return None
    year, month, day, hour = found.groups()
    text = f"{year}-{month}-{day}T{hour}"
    digits = _text(tags.get(fraction))
    if digits.isascii() and digits.isdigit():
        text += f".{digits[:6]}"
    zone = _text(tags.get(offset))
    if OFFSET.fullmatch(zone):
        text += zone
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    if not isinstance(value, str):
        return ""
    kept = "".join(letter for letter in value if letter.isprintable() and letter != "�")
    return kept.strip()
