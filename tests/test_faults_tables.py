"""F19 and F33: tables that unpack to gigabytes are refused; no cell that leaves is run."""

import io
import json
import re
import subprocess
import sys
import time
import zipfile
from copy import copy
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import Workbook, load_workbook

from service.tables.reading import LIVE, asleep, awake, read_rows
from tests.service.sheets import export, of_code, send, sheet_of, step, text_of

ROOT = Path(__file__).parents[1]
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

READ = r"""
import json, re, sys, time
from pathlib import Path
from media.refusals import Refusal
from service.tables.reading import read_rows
start = time.perf_counter()
try:
    told = str(sum(1 for _ in read_rows(Path(sys.argv[1]).read_bytes())))
except Refusal as refused:
    told = type(refused).__name__
seconds = time.perf_counter() - start
peak = int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])
print(json.dumps([told, seconds, peak // 1024]))
"""


def small():
    book = Workbook()
    book.active.append(["机构标识码", "名称"])
    book.active.append(["1", "某园"])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_part(name, data):
    """Return a small table with one part of it exchanged."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(small())) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, data)
    return file.getvalue()


def sheet(rows):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def nested():
    data = b"0" * 1_000_000
    for depth in range(6):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
            for number in range(16):
                packed.writestr(f"lib {depth}-{number}.zip", data)
        data = file.getvalue()
    return data


def overlapping():
    """Ten megabytes of directory and data that declare ten gigabytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        packed.writestr("[Content_Types].xml", "<x/>")
        packed.writestr("xl/workbook.xml", "<x/>")
        packed.writestr("xl/worksheets/sheet0.xml", bytes(100_000_000))
        whole = packed.filelist[-1]
        for number in range(1, 100):
            again = copy(whole)
            again.filename = f"xl/worksheets/sheet{number}.xml"
            packed.filelist.append(again)
    return file.getvalue()


def lying():
    """A part that says a kilobyte and unpacks to fifty megabytes."""
    data = with_part(SHEET, b" " * 50_000_000)
    size = (50_000_000).to_bytes(4, "little")
    return data.replace(size, (1_000).to_bytes(4, "little"))


def a_million_rows():
    cells = (f'<row r="{n}"><c><v>{n * 7919 % 99991}</v></c></row>' for n in range(1, 1_000_001))
    return with_part(SHEET, sheet("".join(cells)))


def far_apart():
    return with_part(SHEET, sheet('<row r="1"><c r="XFD1"><v>1</v></c></row>'))


def many_strings():
    return with_part(STRINGS, f'<sst xmlns="{MAIN}">' + "<si><t>a</t></si>" * 700_000 + "</sst>")


def entities(name, declared, encoding="utf-8"):
    text = f'<?xml version="1.0"?>{declared}<worksheet xmlns="{MAIN}">&c;</worksheet>'
    return with_part(name, text.encode(encoding))


BOMBS = {
    "nested": (nested, "NotATable"),
    "overlapping": (overlapping, "TableTooLarge"),
    "packed_zeros": (lambda: with_part(SHEET, bytes(200_000_000)), "TableTooLarge"),
    "lying": (lying, "TableDamaged"),
    "a_million_rows": (a_million_rows, "TableTooLarge"),
    "far_apart": (far_apart, "TableTooLarge"),
    "many_strings": (many_strings, "TableTooLarge"),
    "laughs_in_the_sheet": (lambda: entities(SHEET, LAUGHS), "TableDamaged"),
    "laughs_in_the_strings": (lambda: entities(STRINGS, LAUGHS), "TableDamaged"),
    "laughs_in_the_book": (lambda: entities("xl/workbook.xml", LAUGHS), "TableDamaged"),
    "laughs_in_utf_16": (lambda: entities(SHEET, LAUGHS, "utf-16"), "TableDamaged"),
    "from_outside": (lambda: entities("docProps/core.xml", OUTSIDE), "TableDamaged"),
    "truncated": (lambda: small()[:-200], "TableDamaged"),
    "csv_of_a_million_rows": (lambda: b"a,b\n" + b"1,2\n" * 1_000_000, "TableTooLarge"),
    "csv_of_many_columns": (lambda: b"a," * 2_000_000, "TableTooLarge"),
    "csv_of_one_cell": (lambda: b'"' + b"a" * 9_000_000, "TableDamaged"),
    "too_many_bytes": (lambda: b"a" * (10 * 1024 * 1024 + 1), "TableTooLarge"),
    "an_old_xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000), "NotATable"),
    "a_picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(2_000), "NotATable"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_f19_a_bomb_is_refused_in_five_seconds_and_256_megabytes(name, tmp_path):
    make, refusal = BOMBS[name]
    file = tmp_path / "table"
    file.write_bytes(make())

    done = subprocess.run(
        [sys.executable, "-c", READ, file], cwd=ROOT, capture_output=True, text=True, check=True
    )

    told, seconds, peak = json.loads(done.stdout)
    assert told == refusal
    assert seconds < 5
    assert peak < 256


def test_f19_a_table_of_ordinary_size_is_read_within_the_same_memory(tmp_path):
    file = tmp_path / "table"
    file.write_bytes(sheet_of([[f"B{n}", f"某园{n}", "民办", "990102", "x"] for n in range(5_000)]))

    done = subprocess.run(
        [sys.executable, "-c", READ, file], cwd=ROOT, capture_output=True, text=True, check=True
    )

    told, _, peak = json.loads(done.stdout)
    assert told == "5001"
    assert peak < 256


REFUSED = {"NotATable": 415, "TableTooLarge": 413}


@pytest.mark.parametrize("name", ["nested", "overlapping", "laughs_in_the_sheet", "a_picture"])
def test_f19_what_is_refused_over_http_is_kept_nowhere(stage, name):
    make, refusal = BOMBS[name]
    before = stage.rooms.database["import_files"].count_documents({})
    start = time.perf_counter()

    send(stage.supervisor, make(), wanted=REFUSED.get(refusal, 422))

    assert time.perf_counter() - start < 5
    assert stage.rooms.database["import_files"].count_documents({}) == before


LIVE_CELLS = [
    *("=1+1", "=cmd|' /C calc'!A0", "+8613800000000", "-2+3", "@SUM(1)", "＝1+1", "＋1", "－1"),
    *("＠x", "'=1", "''+1", "'", "'quoted'", '=HYPERLINK("http://x","y")', "\t=1", "\r=1", "\n=1"),
]


@pytest.mark.parametrize("cell", LIVE_CELLS)
def test_f33_a_cell_put_to_sleep_wakes_as_it_was(cell):
    slept = asleep(cell)

    assert awake(slept) == cell
    assert slept[0] not in LIVE


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_f33_no_cell_that_leaves_is_a_formula_and_all_of_it_can_be_read(stage, kind):
    names = {f"F{uuid4().hex[:8]}": cell for cell in LIVE_CELLS if cell.isprintable()}
    rows = [[code, asleep(cell), "民办", "990102", asleep(cell)] for code, cell in names.items()]
    step(stage.admin, send(stage.admin, text_of(rows)))

    out = export(stage.admin, kind=kind)

    read = {cells[0]: (cells[1], cells[5]) for _, cells in read_rows(out)}
    assert {code: read[code] for code in names} == {
        code: (cell, cell) for code, cell in names.items()
    }
    if kind == "xlsx":
        with zipfile.ZipFile(io.BytesIO(out)) as packed:
            parts = [packed.read(part) for part in packed.namelist()]
            assert not any(re.search(rb"<f[\s>/]", part) for part in parts)
        cells = {
            line[0].value: line[1] for line in load_workbook(io.BytesIO(out)).active.iter_rows()
        }
        for code, cell in names.items():
            assert (cells[code].data_type, cells[code].value) == ("s", cell)
    else:
        for line in out.decode("utf-8-sig").splitlines():
            assert not line.startswith(tuple(LIVE))
            assert not any(f",{sign}" in line for sign in LIVE)


def test_f33_a_phone_with_a_plus_comes_in_as_it_is(stage):
    headings = ["机构标识码", "名称", "举办性质", "行政区划代码", "地址", "负责人"]
    code = f"P{uuid4().hex[:8]}"
    row = [code, "演示县电话幼儿园", "民办", "990102", "x", "姓名甲/园长/+8613800000000"]

    step(stage.admin, send(stage.admin, text_of([row], headings)))

    assert of_code(stage.admin, code)["persons_in_charge"][0]["phone"] == "+8613800000000"
