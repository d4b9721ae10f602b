"""A page of a list, and the opaque keyset cursor that names the next one."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from json import dumps, loads
from typing import Any, Generic, TypeVar

from media.refusals import BadValue

T = TypeVar("T")

Key = list[str | int | float | None]


@dataclass(frozen=True)
class Page(Generic[T]):
    """`items` in order; `next` is the cursor of the page after, None at the end."""

    items: tuple[T, ...]
    next: str | None = None


def cut(found: Sequence[T], limit: int, key: Callable[[T], Key]) -> Page[T]:
    """Return the page of at most `limit`, of which `found` holds one more where there is more.

    `key` gives the values that the list is sorted by, the last of them unique.
    """
    items = tuple(found[:limit])
    return Page(items, write_cursor(key(items[-1])) if len(found) > limit else None)


def write_cursor(key: Key) -> str:
    packed = dumps(key, ensure_ascii=False, separators=(",", ":")).encode()
    return urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(cursor: str, *kinds: type) -> tuple[Any, ...]:
    """Return the key in a cursor, each value of the kind named. Raises BadValue for any other."""
    try:
        key = loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        key = None
    if (
        not isinstance(key, list)
        or len(key) != len(kinds)
        or not all(isinstance(value, kind) for value, kind in zip(key, kinds, strict=True))
    ):
        raise _not_ours()
    return tuple(key)


def place_of(at: datetime, id: str) -> Key:  # noqa: A002 - the wire's word
    """Return the key of a thing in a list by time, to the millisecond, and id."""
    return [round(at.timestamp() * 1000), id]


def read_place(cursor: str) -> tuple[datetime, str]:
    """Return time and id of a place in a list by both. Raises BadValue."""
    milliseconds, id_ = read_cursor(cursor, int, str)
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC), id_
    except (OverflowError, ValueError, OSError) as beyond:
        raise _not_ours() from beyond


def _not_ours() -> BadValue:
    return BadValue(
        field="cursor",
        why_zh="游标无效，请从第一页重新读取。",
        why_en="it is not a cursor that this service gave. Start from the first page.",
    )
