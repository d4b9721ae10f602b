"""Whether an XLSX file may be opened at all: decided from its zip directory and its raw bytes.

A file of a few kilobytes may unpack to gigabytes, name a million rows, or hold XML entities that
grow; each is refused before a parser sees it.
"""

import re
import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from service.tables.errors import NotATable, TableDamaged, TableTooLarge

MEMBERS = 300
LARGEST_SHEET = 96 * 1024 * 1024
LARGEST_STRINGS = 32 * 1024 * 1024
LARGEST_OTHER = 4 * 1024 * 1024
"""Bytes unpacked: of the sheets together, of the shared strings, of all the rest that is XML."""

RATIO = 150
"""A real sheet packs to a tenth, hardly to a fiftieth of its size; zeros pack to a thousandth."""

SMALL = 256 * 1024
STRINGS = 600_000
CHUNK = 1 << 18

_ROW = re.compile(rb"<(?:\w+:)?row[\s/>]")
_STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
_FAR = re.compile(rb"\sr=[\"'](?:B[M-Z]|[C-Z][A-Z]|[A-Z]{3})\d")
"""A cell beyond column BL, the 64th."""

_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def must_be_sane(data: bytes, most_rows: int) -> None:
    """Raise NotATable, TableDamaged or TableTooLarge for what must not be unpacked or parsed."""
    try:
        with ZipFile(BytesIO(data)) as packed:
            members = packed.infolist()
            _must_be_small(members)
            names = {member.filename for member in members}
            if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
                raise NotATable
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    _scan(packed, member, most_rows)
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as damaged:
        raise TableDamaged(
            why=("压缩包已损坏或加密", "its zip is damaged or encrypted")
        ) from damaged


def _must_be_small(members: list[ZipInfo]) -> None:
    if len(members) > MEMBERS or len({member.filename for member in members}) < len(members):
        raise TableTooLarge(what=("内部文件过多", "it holds too many files"))
    sizes = {"sheets": 0, "strings": 0, "other": 0}
    for member in members:
        if member.file_size > SMALL and member.file_size > RATIO * max(member.compress_size, 1):
            raise TableTooLarge(what=("压缩比异常", "it is packed beyond what tables are"))
        sizes[_part_of(member.filename)] += member.file_size
    if (
        sizes["sheets"] > LARGEST_SHEET
        or sizes["strings"] > LARGEST_STRINGS
        or sizes["other"] > LARGEST_OTHER
    ):
        raise TableTooLarge(what=("解压后过大", "it is too large once unpacked"))


def _part_of(name: str) -> str:
    if name.startswith("xl/worksheets/"):
        return "sheets"
    return "strings" if name == "xl/sharedStrings.xml" else "other"


def _scan(packed: ZipFile, member: ZipInfo, most_rows: int) -> None:
    """Read a member through once, in pieces, and count what would cost a parser dear."""
    rows = strings = 0
    tail = b""
    with packed.open(member) as stream:
        while piece := stream.read(CHUNK):
            if not tail and piece[:2] in (b"\xff\xfe", b"\xfe\xff"):
                raise TableDamaged(why=("应为 UTF-8 编码", "its XML is not UTF-8"))
            seen = tail + piece
            if b"\x00" in piece or _DECLARED.search(seen):
                raise TableDamaged(why=("含有 XML 实体声明", "its XML declares entities"))
            if _FAR.search(seen):
                raise TableTooLarge(what=("超过 64 列", "it has more than 64 columns"))
            cut = max(seen.rfind(b"<"), len(seen) - 64)
            counted, tail = seen[:cut], seen[cut:]
            rows += len(_ROW.findall(counted))
            strings += len(_STRING.findall(counted))
            if rows > most_rows or strings > STRINGS:
                raise TableTooLarge(
                    what=(f"超过 {most_rows} 行", f"it has more than {most_rows} rows")
                )
