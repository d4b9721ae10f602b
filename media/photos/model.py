"""What is known of a photo once it was read, and the limits that it was read under."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from media.places.model import Flag, Position


class Format(StrEnum):
    """The kinds of file that are taken, by content."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    HEIC = "HEIC"

    @property
    def media_type(self) -> str:
        return f"image/{self.value.lower()}"


DERIVATIVES = (1280, 320)
"""The longer sides of the derivatives, in pixels; none is larger than its original."""


@dataclass(frozen=True)
class Limits:
    """How much a photo may cost.

    `size` of the file in bytes, `pixels` by its header; `memory` in bytes and `seconds` of CPU
    for decoding, beyond what the decoder takes at rest; `patience` in seconds of wall time.
    """

    size: int = 25 * 1024 * 1024
    pixels: int = 64_000_000
    memory: int = 448 * 1024 * 1024
    seconds: int = 8
    patience: float = 30.0


@dataclass(frozen=True)
class Photo:
    """An accepted photo.

    `width` and `height` in pixels as stored, before EXIF's orientation is applied. `complete` is
    False for a PNG whose pixels are there and whose tail is damaged. `captured_at`
    is the camera's clock: RFC 3339 with its offset where EXIF states one, else local time without.
    `position` is None where EXIF has none or none that can be: `flags` say which. `raw_gps` holds
    what EXIF says of the place, word for word. `datum_declared` tells whether EXIF names a datum;
    where it does not, the receiver's WGS-84 is assumed. `likeness` is a perceptual hash, None where
    the photo shows too little. `derivatives` are JPEG, upright, sRGB.
    """

    format: Format
    width: int
    height: int
    size: int
    sha256: str
    complete: bool
    captured_at: str | None
    camera: str | None
    position: Position | None
    flags: tuple[Flag, ...]
    datum_declared: bool
    raw_gps: Mapping[str, Any] = field(default_factory=dict)
    likeness: str | None = None
    derivatives: Mapping[int, bytes] = field(default_factory=dict, repr=False)


WHOLE = 10_000
"""A mark's places are counted in ten-thousandths of the upright picture's width and height."""


class Form(StrEnum):
    ARROW = "arrow"
    BOX = "box"
    NOTE = "note"
    COVER = "cover"


@dataclass(frozen=True)
class Mark:
    """One mark, from (`x1`, `y1`) to (`x2`, `y2`), 0 to 10,000 each.

    An arrow points at its second place. A note is a number at its first place; its `text` is told
    beside the picture, for a picture must not depend on the fonts at hand.
    """

    form: Form
    x1: int
    y1: int
    x2: int
    y2: int
    text: str | None = None
