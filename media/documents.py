"""Frozen dataclasses to MongoDB documents and back.

Field for field; `id` is stored as `_id`, enums by value, days as ISO strings, times as aware UTC.
"""

from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime
from typing import Any, TypeAlias, TypeVar

from cattrs.preconf.bson import make_converter

T = TypeVar("T")

Transaction: TypeAlias = Any
"""An open MongoDB transaction: handed down to stores, looked into by none."""

Transact: TypeAlias = Callable[[Callable[[Transaction], T]], T]
"""Runs an act in one transaction, again when MongoDB asks for it, and returns what it returned."""

CONVERTER = make_converter()


def to_milliseconds(time: datetime) -> datetime:
    """Return the time as MongoDB keeps it: aware UTC, cut to milliseconds."""
    return time.astimezone(UTC).replace(microsecond=time.microsecond // 1000 * 1000)


def to_document(thing: Any) -> dict[str, Any]:
    """Return the document that stands for a dataclass, with its `id` as `_id`."""
    if not is_dataclass(thing):
        raise TypeError(f"{type(thing).__name__} is not a dataclass")
    document: dict[str, Any] = CONVERTER.unstructure(thing)
    if "id" in document:
        document = {"_id": document.pop("id"), **document}
    return document


def from_document(kind: type[T], document: Mapping[str, Any]) -> T:
    """Return the dataclass that a document stands for; fields it does not know are ignored."""
    fields = dict(document)
    if "_id" in fields:
        fields["id"] = fields.pop("_id")
    return CONVERTER.structure(fields, kind)


CONVERTER.register_unstructure_hook(date, lambda day: day.isoformat())
CONVERTER.register_structure_hook(date, lambda day, _: date.fromisoformat(day))
CONVERTER.register_unstructure_hook(datetime, to_milliseconds)
CONVERTER.register_structure_hook(datetime, lambda time, _: time.astimezone(UTC))
