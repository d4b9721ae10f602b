"""What a photo and its place tell, as the fields of a piece of evidence."""

from hashlib import sha256
from typing import Any

from media.documents import to_milliseconds
from media.evidence.model import Examined


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
