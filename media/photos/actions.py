"""Reading a photo: the one door to the room."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from media.photos.decoding import Decoders
from media.photos.errors import (
    KindNotAllowed,
    PhotoBroken,
    PhotoRefused,
    PhotoTooCostly,
    PhotoTooLarge,
    PhotoUnreadable,
    TooManyPixels,
)
from media.photos.kind import kind_of, name_of
from media.photos.marks import draw_marks
from media.photos.model import Format, Limits, Mark, Photo
from media.places.model import Datum, Flag, Position, Source

REFUSALS: dict[str, type[PhotoRefused]] = {
    refusal.slug: refusal
    for refusal in (PhotoUnreadable, TooManyPixels, PhotoBroken, PhotoTooCostly)
}
"""What a decoder may answer instead of a photo."""


class Photos:
    """Reads photos under limits; what is wrong with one is a PhotoRefused, never another error."""

    def __init__(self, decoders: Decoders, limits: Limits | None = None) -> None:
        self._decoders = decoders
        self.limits = limits or Limits()

    def read(self, data: bytes) -> Photo:
        """Return the photo in the bytes, decoded whole in a process apart.

        Raises PhotoTooLarge, KindNotAllowed, PhotoUnreadable, TooManyPixels, PhotoBroken or
        PhotoTooCostly for the file, DecoderUnavailable for the service.
        """
        if len(data) > self.limits.size:
            raise PhotoTooLarge(size=len(data), limit=self.limits.size)
        kind = kind_of(data)
        if kind is None:
            raise KindNotAllowed(found=name_of(data))
        told, derivatives = self._decoders.decode(data, kind, self.limits)
        if "refused" in told:
            raise REFUSALS[told["refused"]](**told["facts"])
        return _photo(kind, data, told, derivatives)

    def mark(self, jpeg: bytes, marks: Sequence[Mark]) -> bytes:
        """Return a derivative, which this room made itself, with marks drawn into its pixels."""
        return draw_marks(jpeg, marks)


def _photo(kind: Format, data: bytes, told: Mapping[str, Any], derivatives: list[bytes]) -> Photo:
    return Photo(
        format=kind,
        width=told["width"],
        height=told["height"],
        size=len(data),
        sha256=sha256(data).hexdigest(),
        complete=told["complete"],
        captured_at=told["captured_at"],
        camera=told["camera"],
        position=_position(told["position"]),
        flags=tuple(Flag(flag) for flag in told["flags"]),
        datum_declared=told["datum_declared"],
        raw_gps=told["raw_gps"],
        likeness=told["likeness"],
        derivatives=dict(zip(told["derivatives"], derivatives, strict=True)),
    )


def _position(told: list[Any] | None) -> Position | None:
    if told is None:
        return None
    lon, lat, altitude, datum, accuracy = told
    return Position(lon, lat, altitude, Datum(datum), accuracy, Source.EXIF)
