"""What a cell says, and how a value is written in one: pure, both ways."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?\Z")
_CLOSE = re.compile(r"(\d{4})(\d{2})(\d{2})\Z")
BETWEEN, WITHIN = ";；", "/／"

YES, NO = ("是", "true", "yes", "y", "1"), ("否", "false", "no", "n", "0")


class Unreadable(Exception):  # noqa: N818 - it says what a cell should say
    """The cell says nothing that its column takes; `zh` and `en` say what it takes."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


@dataclass(frozen=True)
class Column:
    """`name` and `title` are its headings, English and Chinese; `path` where the wire has it.

    Columns of one `group` come together or not at all. `empty` is what an empty cell means.
    """

    name: str
    title: str
    example: str
    path: tuple[str, ...]
    read: Callable[[str], Any] = str
    write: Callable[[Any], str] = str
    group: str = ""
    empty: Any = None
    also: tuple[str, ...] = ()
    number: bool = False

    @property
    def headings(self) -> tuple[str, ...]:
        return (self.name, self.title, *self.also)


def day(cell: str) -> str:
    """Return a day as ISO 8601 from the usual spellings: 2024-09-01, 2024/9/1, 2024年9月1日 …"""
    match = _DAY.match(cell) or _CLOSE.match(cell)
    try:
        if match:
            return date(*map(int, match.groups())).isoformat()
    except ValueError:
        pass
    raise Unreadable("应为日期，例如 2024-09-01", "give a date, such as 2024-09-01")


def yes_no(cell: str) -> bool:
    said = cell.casefold()
    if said not in YES + NO:
        raise Unreadable("应为 是 或 否", "say 是 or 否 (yes or no)")
    return said in YES


def write_yes_no(value: bool) -> str:  # noqa: FBT001 - a column's value
    return "是" if value else "否"


def whole(cell: str) -> int:
    if not re.fullmatch(r"\d{1,9}", cell, re.ASCII):
        raise Unreadable("应为非负整数", "give a whole number")
    return int(cell)


def decimal(cell: str) -> float:
    if not re.fullmatch(r"-?\d{1,4}(\.\d{1,20})?([eE]-?\d{1,3})?", cell, re.ASCII):
        raise Unreadable("应为小数，例如 116.391", "give a decimal number, such as 116.391")
    return float(cell)


def choice(*pairs: tuple[str, str]) -> tuple[Callable[[str], str], Callable[[str], str]]:
    """Return reader and writer of a column that takes one of some words: (Chinese, wire)."""
    wires = {word.casefold(): wire for zh, wire in pairs for word in (zh, wire)}
    titles = {wire: zh for zh, wire in pairs}
    zh, en = " / ".join(titles.values()), " / ".join(titles)

    def read(cell: str) -> str:
        wire = wires.get(cell.casefold())
        if wire is None:
            raise Unreadable(f"应为 {zh} 之一", f"one of {en} is expected")
        return wire

    return read, lambda wire: titles[wire]


def listed(cell: str) -> list[str]:
    r"""Return the parts of a list: `;` or `；` between them, `\` before one that is meant."""
    return [_plain(piece) for piece in _pieces(cell, BETWEEN) if piece]


def write_listed(parts: Iterable[str]) -> str:
    return "；".join(_escaped(part) for part in parts)


def fields(cell: str, names: tuple[str, ...], form: str, least: int) -> list[dict[str, str]]:
    """Return a list of things, the fields of each parted by `/`: 甲/园长/138…；乙/举办者."""
    found = []
    for piece in (piece for piece in _pieces(cell, BETWEEN) if piece):
        parts = [_plain(part) for part in _pieces(piece, WITHIN)]
        if not least <= len(parts) <= len(names):
            wire = "/".join(names)
            raise Unreadable(f"应写作 {form}，多项以 ； 分隔", f"write {wire}, and ; between them")
        found.append({name: part for name, part in zip(names, parts, strict=False) if part})
    return found


def write_fields(things: Iterable[Mapping[str, str | None]], names: tuple[str, ...]) -> str:
    """Return the cell that `fields` reads back."""
    written = []
    for thing in things:
        parts = [_escaped(thing.get(name) or "") for name in names]
        while parts and not parts[-1]:
            parts.pop()
        written.append("/".join(parts))
    return "；".join(written)


def _pieces(cell: str, marks: str) -> list[str]:
    """Return what stands between the marks; a mark after a backslash is a sign like another."""
    pieces, plain = [""], True
    for sign in cell:
        if plain and sign in marks:
            pieces.append("")
            continue
        pieces[-1] += sign
        plain = not (plain and sign == "\\")
    return [piece.strip() for piece in pieces]


def _escaped(part: str) -> str:
    return re.sub(r"([\\;；/／])", r"\\\1", part)


def _plain(part: str) -> str:
    return re.sub(r"\\(.)", r"\1", part)
