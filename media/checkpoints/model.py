"""A checkpoint, the key that signed it, and what each chain stood at."""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from json import dumps

GENESIS = "0" * 64
"""What the first checkpoint names as the one before."""

MOST = 1 << 53
"""No number of a checkpoint is as large."""


@dataclass(frozen=True)
class Checkpoint:
    """A root over the heads of all chains at one moment, signed outside of the database.

    `id` is its number, from 1; `chains` how many heads it covers; `previous` the hash of the one
    before; `key_id` the SHA-256 of the public key's DER; `signature` Ed25519 (RFC 8032), base 64,
    over `message()`.
    """

    id: int
    at: datetime
    chains: int
    root: str
    previous: str
    key_id: str
    signature: str = ""
    schema_version: int = 1

    def message(self) -> bytes:
        """Return the bytes that are signed and hashed: canonical JSON of all but the signature."""
        said = asdict(self)
        del said["signature"], said["schema_version"]
        at = self.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        said = {**said, "at": at}
        return dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def digest(self) -> str:
        return sha256(self.message()).hexdigest()


@dataclass(frozen=True)
class Leaf:
    """A chain that had grown since the checkpoint before: its head then."""

    checkpoint: int
    chain: str
    sequence: int
    hash: str


@dataclass(frozen=True)
class Key:
    """A public key, PEM. `endorsement` is the key before's signature over this one's PEM.

    The first key has none: what vouches for it is the copy that was kept elsewhere.
    """

    id: str
    public_pem: str
    made_at: datetime
    endorsed_by: str | None = None
    endorsement: str | None = None
    schema_version: int = 1


@dataclass(frozen=True)
class Stamp:
    """What an outside authority said of a checkpoint, or how often it was asked in vain.

    `id` is the checkpoint's number; `token` the authority's answer (RFC 3161, DER, base 64) and
    `at` its time, both None while it waits; `tried_at` and `error` are of the last attempt.
    """

    id: int
    token: str | None
    at: datetime | None
    tried_at: datetime
    attempts: int
    error: str | None = None
    schema_version: int = 1
