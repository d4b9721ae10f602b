"""What EXIF says of a photo; a block that cannot be read says nothing, and never raises."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from PIL import Image

MAKE, MODEL, ORIENTATION, EXIF_IFD, GPS_IFD = 0x010F, 0x0110, 0x0112, 0x8769, 0x8825
TAKEN = ((0x9003, 0x9291, 0x9011), (0x9004, 0x9292, 0x9012))
"""Date and time, its fraction and its offset: when it was taken, else when it was digitized."""

CLOCK = re.compile(r"(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)", re.ASCII)
OFFSET = re.compile(r"[+-]\d\d:\d\d", re.ASCII)


@dataclass(frozen=True)
class Exif:
    """`orientation` is 1 to 8. `gps` are the raw tags of the GPS block, by number."""

    captured_at: str | None = None
    camera: str | None = None
    orientation: int = 1
    gps: dict[int, Any] = field(default_factory=dict)


def read_exif(image: Image.Image) -> Exif:
    try:
        block = image.getexif()
        tags, gps = dict(block.get_ifd(EXIF_IFD)), dict(block.get_ifd(GPS_IFD))
        orientation = block.get(ORIENTATION)
        words = [_text(block.get(tag)) for tag in (MAKE, MODEL)]
    except Exception:  # noqa: BLE001 - Pillow raises nearly anything on a malformed block
        return Exif()
    return Exif(
        captured_at=next(filter(None, (_taken(tags, *names) for names in TAKEN)), None),
        camera=" ".join(word for word in words if word)[:128] or None,
        orientation=orientation if isinstance(orientation, int) and 1 <= orientation <= 8 else 1,
        gps=gps,
    )


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
