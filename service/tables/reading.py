"""From a file's bytes to the cells of its rows, whichever of the two formats it is in."""

import csv
from collections.abc import Iterator
from datetime import datetime, time
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from charset_normalizer import from_bytes
from openpyxl import load_workbook

from service.tables.errors import NotATable, TableDamaged, TableTooLarge
from service.tables.model import Cell, Trouble
from service.tables.packing import must_be_sane

LARGEST = 10 * 1024 * 1024
"""Bytes of a file."""

MOST_ROWS = 50_000
MOST_COLUMNS = 64
LONGEST_CELL = 2_000
SHOWN = 60
"""Characters of a bad cell that its report shows."""

HOLDS_NO_PRECISION = 10**15
"""A spreadsheet keeps 15 digits of a number (IEEE 754): a longer code has lost its last ones."""

LIVE = "=+-@\t\r\n＝＋－＠"
"""What a spreadsheet may take for the beginning of a formula (OWASP: CSV injection)."""

Rows = Iterator[tuple[int, list[Cell]]]


def must_be_readable(data: bytes) -> None:
    """Raise NotATable, TableTooLarge or TableDamaged at a first look, without parsing."""
    if len(data) > LARGEST:
        megabytes = LARGEST // 1024 // 1024
        raise TableTooLarge(what=(f"文件最大 {megabytes} MB", f"a file has {megabytes} MB at most"))
    if is_xlsx(data):
        must_be_sane(data, MOST_ROWS + 1)
    else:
        decode(data)


def is_xlsx(data: bytes) -> bool:
    return data.startswith(b"PK")


def read_rows(data: bytes) -> Rows:
    """Yield number and cells of every row that is not empty, the headings first.

    The number is the one that a spreadsheet shows. Raises NotATable, TableTooLarge, TableDamaged.
    """
    must_be_readable(data)
    rows = _xlsx(data) if is_xlsx(data) else _csv(decode(data))
    for filled, (number, cells) in enumerate(
        (number, cells) for number, cells in rows if any(cells)
    ):
        if filled > MOST_ROWS:
            raise TableTooLarge(what=(f"超过 {MOST_ROWS} 行", f"more than {MOST_ROWS} rows"))
        while cells and cells[-1] == "":
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise TableTooLarge(
                what=(f"超过 {MOST_COLUMNS} 列", f"more than {MOST_COLUMNS} columns")
            )
        yield number, cells


def decode(data: bytes) -> str:
    """Return the text of a CSV file in UTF-8 or UTF-16 with a mark, UTF-8, GB 18030 or Big5."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _strictly(data, "utf-16")
    if b"\x00" in data or data.startswith((b"\xd0\xcf\x11\xe0", b"%PDF-", b"\xff\xd8", b"\x89PNG")):
        raise NotATable
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    best = from_bytes(data[:200_000]).best()
    if best is None:
        raise NotATable
    chinese = "big5" if best.encoding in ("big5", "big5hkscs", "cp950") else "gb18030"
    return _strictly(data, chinese)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise NotATable from None


def _csv(text: str) -> Rows:
    head = next(islice((line for line in text.splitlines() if line.strip()), 1), "")
    separator = max(",;\t", key=head.count)
    try:
        reader = csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True)
        for number, cells in enumerate(reader, start=1):
            yield number, [_text(awake(cell.strip())) for cell in cells]
    except csv.Error as damaged:
        why = ("引号或分隔符不完整", "its quotes or separators do not close")
        raise TableDamaged(why=why) from damaged


def awake(cell: str) -> str:
    """Return what stands behind the apostrophe that keeps a spreadsheet from running a cell."""
    return cell[1:] if cell.startswith("'") and cell.lstrip("'")[:1] in tuple(LIVE) else cell


def asleep(cell: str) -> str:
    """Return the cell so that no spreadsheet runs it; `awake` gives it back."""
    return f"'{cell}" if cell.lstrip("'")[:1] in tuple(LIVE) else cell


def _text(cell: str) -> Cell:
    if len(cell) > LONGEST_CELL:
        return Trouble("", cell[:SHOWN], f"超过 {LONGEST_CELL} 个字符", "the cell is too long")
    return cell


def _xlsx(data: bytes) -> Rows:
    damaged = (
        *(BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError),
        *(IndexError, OverflowError, EOFError, AssertionError),
    )
    try:
        book = load_workbook(BytesIO(data), read_only=True, keep_links=False, data_only=False)
        try:
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for number, row in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
                yield number, [_cell(cell.value, cell.data_type) for cell in row]
        finally:
            book.close()
    except damaged as error:
        raise TableDamaged(why=("XLSX 内容无效", "its XLSX parts are not valid")) from error


def _cell(value: Any, kind: str) -> Cell:
    """Return what a cell of a sheet says. A formula is a trouble: its result may be anything."""
    if value is None:
        return ""
    if kind == "f":
        shown = str(getattr(value, "text", value))[:SHOWN]
        return Trouble("", shown, "含有公式，请改为数值", "it holds a formula; give its value")
    if kind == "e":
        return Trouble("", str(value)[:SHOWN], "为错误值", "it is an error value")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value)
    words = {True: "是", False: "否"}
    return words[value] if isinstance(value, bool) else _text(str(value).strip())


def _number(value: float) -> Cell:
    whole = isinstance(value, int) or value.is_integer()
    if whole and abs(value) >= HOLDS_NO_PRECISION:
        return Trouble(
            "",
            str(value),
            "数字过长已失去精度，请将单元格设为文本后重新填写",
            "the number lost its last digits: make the cell text and type it again",
        )
    return str(int(value)) if whole else repr(float(value))
