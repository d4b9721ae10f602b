"""An upload: the pieces of one photo, under the id that the photo will have."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

VERSION = "1.0.0"
"""Of the tus protocol."""

EXTENSIONS = ("creation", "creation-with-upload", "checksum", "termination", "expiration")
LARGEST = 25 * 1024 * 1024
PIECE = 255 * 1024
"""Bytes that are written at once: what a line that breaks costs at most."""

KEPT = timedelta(days=7)
"""How long an upload waits for its next piece."""

MOST_OPEN = 60
"""Uploads that one device may have under way."""


class Algorithm(StrEnum):
    """How the bytes of one request may be summed up; the whole is always SHA-256."""

    SHA1 = "sha1"
    SHA256 = "sha256"


@dataclass(frozen=True)
class Checksum:
    """Of the bytes of one request, in base 64 on the wire."""

    algorithm: Algorithm
    digest: bytes


@dataclass(frozen=True)
class Upload:
    """`id` is the client's, that of the evidence to be. `sha256` is of the whole.

    `offset` counts the bytes that are kept; only its account and device go on with it.
    """

    id: str
    account_id: str
    device: str | None
    length: int
    sha256: str
    offset: int
    begun_at: datetime
    expires_at: datetime
    schema_version: int = 1

    @property
    def complete(self) -> bool:
        return self.offset == self.length
