"""A sheet: what a paper says, in blocks, without a word of how it looks."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias


@dataclass(frozen=True)
class Fields:
    """Labels with their values, two pairs on a line where both are short."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Passage:
    """Paragraphs, under a heading where there is one."""

    words: tuple[str, ...]
    heading: str | None = None


@dataclass(frozen=True)
class Grid:
    """A table whose head is repeated on each page."""

    heading: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bar:
    """A share in per cent beside the one before and its target, each None where not known."""

    label: str
    share: float | None
    before: float | None
    target: float | None
    told: str


@dataclass(frozen=True)
class Bars:
    """A chart of shares; `legend` says what is drawn how."""

    heading: str
    bars: tuple[Bar, ...]
    legend: str


@dataclass(frozen=True)
class Picture:
    """A JPEG derivative with what stands under it."""

    caption: str
    jpeg: bytes


@dataclass(frozen=True)
class Pictures:
    heading: str
    pictures: tuple[Picture, ...]


@dataclass(frozen=True)
class Signatures:
    """Where people sign by hand: a label, and what is on record of it already."""

    places: tuple[tuple[str, str], ...]


Block: TypeAlias = Fields | Passage | Grid | Bars | Pictures | Signatures


@dataclass(frozen=True)
class Sheet:
    """One paper. `at` is when what it says was settled: nothing of the printing is on it.

    `number` is None where the kind has none; `copies` says who gets it; `code` and `address` are
    those of the public page that verifies it, None for a draft, which says so on every page.
    `checkpoint` is the last signed checkpoint when the paper was first made out, in words.
    """

    title: str
    issuer: str
    number: str | None
    at: datetime
    blocks: tuple[Block, ...]
    copies: str = ""
    code: str | None = None
    address: str | None = None
    checkpoint: str | None = None

    @property
    def is_draft(self) -> bool:
        return self.code is None


@dataclass(frozen=True)
class Printed:
    """A PDF and its SHA-256."""

    pdf: bytes
    sha256: str
