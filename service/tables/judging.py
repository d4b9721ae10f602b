"""What the cells of a row say beside the record that they are compared with; pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from service.tables.cells import Column, Unreadable
from service.tables.errors import HeadingsWrong
from service.tables.model import Cell, Judged, RowState, Trouble

LEFT_OUT = ("行号", "问题", "row", "problem")
"""Headings of the report of bad rows, so that it can be corrected and sent again as it is."""


def match_headings(
    cells: Sequence[Cell], columns: Sequence[Column], key: str
) -> list[Column | None]:
    """Return the column under each heading, None under one that is left out.

    Raises HeadingsWrong for headings unknown, doubled or missing.
    """
    by_heading = {as_key(name): column for column in columns for name in column.headings}
    left_out = {as_key(name) for name in LEFT_OUT}
    found: list[Column | None] = []
    unknown = []
    for cell in cells:
        said = as_key(cell) if isinstance(cell, str) else ""
        column = by_heading.get(said)
        if column is None and said not in left_out:
            unknown.append(cell if isinstance(cell, str) and cell else "—")
        if column is not None and column in found:
            _refuse(f"{column.title} 重复", f"{column.name} stands twice")
        found.append(column)
    if unknown:
        some = "、".join(unknown[:10])
        _refuse(f"不认识 {some}", f"unknown: {some}")
    names = {column.name for column in found if column}
    if key not in names:
        title = next(column.title for column in columns if column.name == key)
        _refuse(f"缺少 {title}", f"{key} is missing")
    for group in {column.group for column in found if column and column.group}:
        missing = [each for each in columns if each.group == group and each.name not in names]
        if missing:
            titles, english = (
                "、".join(each.title for each in missing),
                ", ".join(each.name for each in missing),
            )
            _refuse(f"缺少同组的 {titles}", f"{english} belongs to it and is missing")
    return found


def as_key(heading: str) -> str:
    """Return a heading as headings are compared."""
    for opening in "（(":
        heading = heading.split(opening, maxsplit=1)[0]
    return "".join(heading.replace("*", "").replace("_", "").split()).casefold()


def _refuse(zh: str, en: str) -> None:
    raise HeadingsWrong(what=(zh, en))


def read_cells(
    cells: Mapping[str, Cell], columns: Iterable[Column]
) -> tuple[dict[tuple[str, ...], Any], list[Trouble]]:
    """Return the value at each path that the row speaks of, and what cannot be read."""
    values: dict[tuple[str, ...], Any] = {}
    troubles = []
    for column in columns:
        if column.name not in cells:
            continue
        cell = cells[column.name]
        if isinstance(cell, Trouble):
            troubles.append(cell._replace(column=column.name))
            continue
        try:
            values[column.path] = column.read(cell) if cell else column.empty
        except Unreadable as odd:
            troubles.append(Trouble(column.name, cell[:60], odd.zh, odd.en))
    return values, troubles


def shown(cells: Mapping[str, Cell]) -> dict[str, str]:
    """Return the cells as text, a troubled one by what it held."""
    return {name: cell.value if isinstance(cell, Trouble) else cell for name, cell in cells.items()}


def differing(
    before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the cells that are not the same on both sides, of either."""
    names = [name for name in after if before.get(name, "").strip() != after[name].strip()]
    return {name: before.get(name, "") for name in names}, {name: after[name] for name in names}


def column_at(path: Sequence[str], columns: Iterable[Column]) -> str:
    """Return the heading of the column that stands at a path of the wire, "" where none does."""
    for column in columns:
        if tuple(path[: len(column.path)]) == column.path:
            return column.name
    return next((each.name for each in columns if path and each.path[0] == path[0]), "")


def named(cells: Sequence[Cell], headings: Sequence[Column | None]) -> dict[str, Cell]:
    """Return the cells by the names of their columns; a row may end before the headings do."""
    found: dict[str, Cell] = {each.name: "" for each in headings if each is not None}
    for place, cell in enumerate(cells):
        column = headings[place] if place < len(headings) else None
        if column is not None:
            found[column.name] = cell
    return found


def alone(judged: Judged, row: Mapping[str, Cell], key: str, keys: Mapping[str, int]) -> Judged:
    """Return the row as a bad one where another of the same table has its key."""
    cell = row[key]
    if not isinstance(cell, str) or keys[cell.casefold()] < 2 or not cell:
        return judged
    double = Trouble(key, cell[:60], "与文件中另一行重复", "another row of the file has it too")
    return Judged(RowState.BAD, {}, shown(row), (*judged.troubles, double))


def sentence(troubles: Sequence[Trouble], titles: Mapping[str, str]) -> str:
    return "；".join(f"{titles.get(each.column, '')}：{each.zh} / {each.en}" for each in troubles)


def said(cell: Cell) -> str:
    return cell.value if isinstance(cell, Trouble) else cell
