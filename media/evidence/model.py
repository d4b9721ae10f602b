"""A photo as evidence, and a photo that was examined and not yet kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias

from media.custody.model import Reason
from media.documents import Transaction
from media.photos.model import Format, Photo
from media.places.model import Flag, Placed, Position

RECEIVED = "evidence_received"
DISCLOSED = "evidence_disclosed"
VIEWED = "original_viewed"
SEEN = "sealed_evidence_seen"
SEALED = "evidence_sealed"
FOUND_DAMAGED = "evidence_found_damaged"
EXPORTED = "case_exported"
DELETED = "evidence_deleted"
ID_REFUSED = "evidence_id_refused"
"""The verbs of this room in a case's chain."""


def chain_of(case_id: str) -> str:
    """Return the name of the case's custody chain."""
    return f"case:{case_id}"


class TimeFlag(StrEnum):
    """What is odd about a photo's times."""

    CLOCK_SKEW = "clock_skew"
    TAKEN_AFTER_SENT = "taken_after_sent"
    EXIF_AFTER_RECEIPT = "exif_after_receipt"
    EXIF_DIFFERS = "exif_differs"
    ORDER_CONTRADICTS = "order_contradicts"


class Reuse(StrEnum):
    """What a photo's picture was used for besides."""

    USED_TWICE = "used_twice"
    USED_FOR_TWO_SITES = "used_for_two_sites"


SINCE = {
    **dict.fromkeys(("device_sent_at", "monotonic_ms", "time_flags"), 3),
    **dict.fromkeys(("likeness", "reuse"), 4),
}
"""The schema version that a field came with: older evidence and its seal know nothing of it."""


@dataclass(frozen=True)
class Times:
    """The device's readings.

    Its clock when the photo was taken and when it was sent, aware UTC, and its monotonic counter
    at the taking, in milliseconds.
    """

    captured_at: datetime | None = None
    sent_at: datetime | None = None
    monotonic_ms: int | None = None


@dataclass(frozen=True)
class Quota:
    """What one account's device may send in a day of Asia/Shanghai."""

    photos: int = 2000
    megabytes: int = 8000


@dataclass(frozen=True)
class Examined:
    """A photo that passed every check, with its bytes, before it belongs to anything.

    `id` is the client's; `times` are the device's readings.
    """

    id: str
    data: bytes = field(repr=False)
    photo: Photo
    placed: Placed
    times: Times = Times()
    item_id: str | None = None


@dataclass(frozen=True)
class Evidence:
    """What is known of one photo; all but `disclosed` and `revision` is sealed in the chain.

    `id` is made by the client. `subject_kind` and `subject_id` name what it belongs to: an
    inspection, a notice. Three clocks are kept apart: `captured_at` is the camera's (RFC 3339,
    with an offset where EXIF states one), `device_captured_at` the device's, `received_at` the
    server's. `position` is WGS-84, `given` the positions as they came, `raw_gps` EXIF's words;
    distances are metres. `derivatives` maps the longer side in pixels to the SHA-256 of the
    derivative. `likeness` is a perceptual hash, None where the photo shows too little, and `reuse`
    what the same picture was used for before. `entry_id` is the custody entry that its receipt
    made. `disclosed`: the director of its kindergarten may see the derivatives. `seal`: the sealed
    matter that it belongs to; only who is named on that, and who took the photo, may see it.
    """

    id: str
    case_id: str
    region: str
    kindergarten_id: str
    subject_kind: str
    subject_id: str
    item_id: str | None
    name: str
    format: Format
    size: int
    width: int
    height: int
    sha256: str
    complete: bool
    derivatives: Mapping[str, str]
    captured_at: str | None
    device_captured_at: datetime | None
    received_at: datetime
    camera: str | None
    position: Position | None
    given: tuple[Position, ...]
    datum_declared: bool
    raw_gps: Mapping[str, Any]
    flags: tuple[Flag, ...]
    distance_to_site_m: float | None
    exif_to_site_m: float | None
    device_to_site_m: float | None
    exif_to_device_m: float | None
    uploaded_by: str
    uploaded_person: str
    device: str | None
    entry_id: str = ""
    disclosed: bool = False
    seal: str | None = None
    revision: int = 1
    schema_version: int = 4
    device_sent_at: datetime | None = None
    monotonic_ms: int | None = None
    time_flags: tuple[TimeFlag, ...] = ()
    likeness: str | None = None
    reuse: tuple[Reuse, ...] = ()


@dataclass(frozen=True)
class Shown:
    """A derivative as it is shown. `notes` are the words to the numbers drawn into it, from 1.

    `digest` is the SHA-256 of these bytes; `marked` tells that layers are drawn into them.
    """

    evidence: Evidence
    data: bytes = field(repr=False)
    digest: str
    notes: tuple[str, ...] = ()
    marked: bool = False


@dataclass(frozen=True)
class Deleted:
    """What is left of evidence that was deleted: what was there, its hash, and when it went.

    Who decided and why stand in the custody entry `entry_id`.
    """

    id: str
    case_id: str
    region: str
    kindergarten_id: str
    subject_kind: str
    subject_id: str
    sha256: str
    size: int
    received_at: datetime
    deleted_at: datetime
    entry_id: str
    disclosed: bool = False
    seal: str | None = None
    schema_version: int = 1


Alarm: TypeAlias = Callable[[Evidence, Reason, datetime, Transaction], None]
"""Told, in the transaction, of a piece that is found damaged, and how."""
