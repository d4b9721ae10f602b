"""What a sheet says, as bytes, and the code by which the public asks after it."""

from base64 import b32encode
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256
from json import dumps
from typing import Any

from media.papers.model import Sheet

CODE_LENGTH = 20
"""Characters of base 32: a hundred bits, which nobody guesses."""


def content_sha256(sheet: Sheet) -> str:
    """Return the SHA-256 over everything that the sheet says, its pictures by their hash.

    Canonical JSON: UTF-8, sorted keys, no white space. Code and address are not covered: they
    come of it; nor is the checkpoint, which is of the day that the paper was first made out.
    """
    said = {**asdict(sheet), "code": None, "address": None}
    del said["checkpoint"]
    told = dumps(_plain(said), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(told.encode()).hexdigest()


def code_of(digest: str) -> str:
    """Return the code that stands on the paper, in groups of five."""
    letters = b32encode(bytes.fromhex(digest)).decode()[:CODE_LENGTH]
    return "-".join(letters[at : at + 5] for at in range(0, CODE_LENGTH, 5))


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return sha256(value).hexdigest()
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="milliseconds")
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value
