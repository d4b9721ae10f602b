"""The hash chain of a case: canonical bytes, the link to the entry before, the first bad place.

SHA-256 (FIPS 180-4) over UTF-8 JSON with sorted keys and without white space. Python's shortest
`repr` of a float comes back from MongoDB unchanged, so the bytes do too.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from json import dumps
from math import isfinite
from typing import Any

from media.custody.model import Actor, BadPlace, Entry, Head, Note, Reason

GENESIS = "0" * 64
"""What the first entry of a chain names as the one before."""

INT64 = 1 << 63
"""MongoDB keeps no integer beyond it."""


def plain(value: Any) -> Any:
    """Return a fact as plain JSON. Raises TypeError or ValueError for what is not."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        if not -INT64 <= value < INT64:
            raise ValueError("a fact holds an integer that is longer than 64 bits")
        return value
    if isinstance(value, float):
        if not isfinite(value):
            raise ValueError("a fact holds a number that is not finite")
        return value
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) and key and "\0" not in key for key in value):
            raise TypeError("a fact's name is not a string that MongoDB can keep")
        return {key: plain(each) for key, each in value.items()}
    raise TypeError(f"a fact is plain JSON, never {type(value).__name__}")


def instant(at: datetime) -> str:
    """Return a time as the canonical bytes hold it: RFC 3339, UTC, milliseconds."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def canonical(entry: Entry) -> bytes:
    """Return the bytes that an entry's hash covers: every field but `hash`."""
    fields = vars(entry) | {"at": instant(entry.at)}
    del fields["hash"]
    return dumps(
        fields, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(entry: Entry) -> str:
    """Return the SHA-256 of an entry, 64 lower-case hexadecimal digits."""
    return sha256(canonical(entry)).hexdigest()


def link(head: Head | None, note: Note, *, id: str, actor: Actor, at: datetime) -> Entry:  # noqa: A002 - the field's name
    """Return the entry that follows `head` (None begins the chain), sealed by its hash.

    `at` is aware and cut to milliseconds. Raises TypeError or ValueError for facts that are not
    plain JSON.
    """
    entry = Entry(
        id=id,
        chain=note.chain,
        sequence=head.sequence + 1 if head else 1,
        at=at,
        verb=note.verb,
        account_id=actor.account_id,
        person_id=actor.person_id,
        name=actor.name,
        unit=actor.unit,
        device=actor.device,
        why=note.why,
        facts=plain(note.facts),
        previous=head.hash if head else GENESIS,
    )
    return replace(entry, hash=digest(entry))


def head_after(entry: Entry) -> Head:
    return Head(entry.chain, entry.sequence, entry.hash)


def verify(chain: str, entries: Iterable[Entry], head: Head | None) -> BadPlace | None:
    """Return the first bad place of a chain, None when it is whole.

    `entries` come by ascending `sequence`. `head` is the end that was kept apart from them.
    """
    last: Entry | None = None
    for entry in entries:
        reason = _fault(last, entry)
        if reason:
            sequence = (last.sequence if last else 0) + 1
            return BadPlace(chain, sequence, entry.id, reason)
        last = entry
    return _fault_at_the_end(chain, last, head)


def _fault(last: Entry | None, entry: Entry) -> Reason | None:
    expected = last.sequence + 1 if last else 1
    if entry.sequence > expected:
        return Reason.MISSING
    if digest(entry) != entry.hash:
        return Reason.ALTERED
    if entry.sequence < expected or entry.previous != (last.hash if last else GENESIS):
        return Reason.UNLINKED
    return None


def _fault_at_the_end(chain: str, last: Entry | None, head: Head | None) -> BadPlace | None:
    sequence = last.sequence if last else 0
    if head is None:
        return BadPlace(chain, sequence, last.id if last else None, Reason.HEAD_MISSING)
    if head.sequence > sequence:
        return BadPlace(chain, sequence + 1, None, Reason.TAIL_CUT)
    if last is None or head != head_after(last):
        return BadPlace(chain, sequence, last.id if last else None, Reason.HEAD_ALTERED)
    return None
