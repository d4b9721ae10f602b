"""What a photo and its place tell as it comes in, and what is left of it when it goes."""

from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any

from media.custody.model import Actor
from media.days import SHANGHAI, day_in_shanghai
from media.documents import to_milliseconds
from media.evidence.model import Deleted, Evidence, Examined


def day_of(at: datetime) -> str:
    """Return the day of Asia/Shanghai, as in 2026-03-02."""
    return day_in_shanghai(at).isoformat()


def share_of(actor: Actor, now: datetime) -> tuple[str, datetime]:
    """Return the name of what an account's device may send today, and when the day is over."""
    day = day_in_shanghai(now)
    over = datetime.combine(day + timedelta(days=1), time(), SHANGHAI)
    return f"{actor.account_id}/{actor.device or ''}/{day.isoformat()}", over


def received(examined: Examined, actor: Actor, at: datetime, **belongs: Any) -> Evidence:
    """Return the evidence that a photo becomes. `belongs` are the fields that say what it is of."""
    return Evidence(
        **fields_of(examined),
        received_at=at,
        uploaded_by=actor.account_id,
        uploaded_person=actor.person_id,
        device=actor.device,
        **belongs,
    )


def fields_of(examined: Examined) -> dict[str, Any]:
    """Return the fields of the evidence that the photo and its place give."""
    photo, placed = examined.photo, examined.placed
    taken, sent = examined.times.captured_at, examined.times.sent_at
    return {
        "id": examined.id,
        "name": f"{examined.id}.{photo.format.lower()}",
        "format": photo.format,
        "size": photo.size,
        "width": photo.width,
        "height": photo.height,
        "sha256": photo.sha256,
        "likeness": photo.likeness,
        "complete": photo.complete,
        "derivatives": {
            str(side): sha256(data).hexdigest() for side, data in photo.derivatives.items()
        },
        "captured_at": photo.captured_at,
        "device_captured_at": to_milliseconds(taken) if taken else None,
        "device_sent_at": to_milliseconds(sent) if sent else None,
        "monotonic_ms": examined.times.monotonic_ms,
        "camera": photo.camera,
        "position": placed.position,
        "given": placed.given,
        "datum_declared": photo.datum_declared,
        "raw_gps": photo.raw_gps,
        "flags": placed.flags,
        "distance_to_site_m": placed.distance_to_site_m,
        "exif_to_site_m": placed.exif_to_site_m,
        "device_to_site_m": placed.device_to_site_m,
        "exif_to_device_m": placed.exif_to_device_m,
    }


def remains(evidence: Evidence, entry_id: str, at: datetime) -> Deleted:
    """Return what is left of evidence that is deleted."""
    return Deleted(
        evidence.id,
        evidence.case_id,
        evidence.region,
        evidence.kindergarten_id,
        evidence.subject_kind,
        evidence.subject_id,
        evidence.sha256,
        evidence.size,
        evidence.received_at,
        at,
        entry_id,
        evidence.disclosed,
        evidence.seal,
    )
