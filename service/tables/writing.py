"""Rows written as CSV or XLSX, a piece at a time; no cell of either is ever run."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from tempfile import TemporaryFile

import xlsxwriter

from service.tables.cells import Column
from service.tables.model import Format
from service.tables.reading import asleep

PIECE = 1 << 16
ROWS_A_PIECE = 200


def write(
    rows: Iterable[Mapping[str, str]], columns: Sequence[Column], kind: Format
) -> Iterator[bytes]:
    """Yield the bytes of a table with Chinese headings; importing it changes nothing."""
    return _csv(rows, columns) if kind is Format.CSV else _xlsx(rows, columns)


def _csv(rows: Iterable[Mapping[str, str]], columns: Sequence[Column]) -> Iterator[bytes]:
    """UTF-8 with a mark, by which spreadsheets know it; apostrophe before what they would run."""
    buffer = StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow([column.title for column in columns])
    yield b"\xef\xbb\xbf"
    for count, row in enumerate(rows, start=1):
        writer.writerow([asleep(row.get(column.name, "")) for column in columns])
        if count % ROWS_A_PIECE == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def _xlsx(rows: Iterable[Mapping[str, str]], columns: Sequence[Column]) -> Iterator[bytes]:
    """Every cell is text, but those of columns that count."""
    with TemporaryFile() as file:
        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = xlsxwriter.Workbook(file, options)
        sheet = book.add_worksheet("数据")
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, 18, None if column.number else text)
            sheet.write_string(0, place, column.title, bold)
        for line, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                cell = row.get(column.name, "")
                if column.number and cell.isdecimal():
                    sheet.write_number(line, place, int(cell))
                elif cell:
                    sheet.write_string(line, place, cell, text)
        book.close()
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
