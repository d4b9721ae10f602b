"""From a file's bytes to its text. What is returned is never touched again: offsets refer to it."""

import re
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import filetype
from charset_normalizer import from_bytes
from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from docx.text.paragraph import Paragraph
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from checklists.plans.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    NotAPlanFile,
    ScannedFile,
)

LARGEST = 20 * 1024 * 1024
"""Bytes of a file."""

LARGEST_UNPACKED = 200 * 1024 * 1024
"""Bytes of a Word file once unpacked: what is more is a bomb, not a plan."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_ODD = re.compile(
    r"[^\t\r\n\f\v\x20-\x7e\u00a0-\u00ff\u2000-\u206f\u2100-\u27bf\u3000-\u33ff"
    r"\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]"
)
"""Signs that hardly stand in a Chinese document; many of them mean that it is none."""

_COMMON = "的一是在不和有人中园教育安全管理应当"


def read_text(data: bytes) -> str:
    """Return the text in a .txt, .docx or .pdf file, whatever it is called.

    Raises NotAPlanFile, DamagedFile, EncryptedFile, ScannedFile, EmptyFile, FileTooLarge.
    """
    if len(data) > LARGEST:
        raise FileTooLarge(megabytes=LARGEST // 1024 // 1024)
    if data.startswith(b"%PDF-") or b"%PDF-" in data[:1024]:
        text = _pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        text = _docx(data)
    elif data.startswith(_OLE):
        # a Word file under a password is an OLE container; so is the old .doc
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedFile
        raise NotAPlanFile
    elif filetype.guess(data) is not None:
        raise NotAPlanFile
    else:
        text = decode(data)
    if not text.strip():
        raise EmptyFile
    return text


def decode(data: bytes) -> str:
    """Return plain text in UTF-8, UTF-16, GB 18030 or Big5. Raises NotAPlanFile for others."""
    for bom, encoding in _BOMS.items():
        if data.startswith(bom):
            return _strictly(data, encoding)
    if data.count(0) > len(data) // 8:
        halves = (data[::2].count(0), data[1::2].count(0))
        return _strictly(data, "utf-16-be" if halves[0] > halves[1] else "utf-16-le")
    try:
        return _printable(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    if data.count(0):
        return _sixteen(data)
    readings = []
    for encoding in ("gb18030", "big5", "utf-16-le", "utf-16-be"):
        try:
            readings.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    if not readings:
        best = from_bytes(data[:100_000]).best()
        if best is None:
            raise NotAPlanFile
        return _printable(data.decode(best.encoding, errors="replace"))
    return _printable(max(readings, key=_likelihood))


def _sixteen(data: bytes) -> str:
    readings = [data.decode(name, errors="replace") for name in ("utf-16-le", "utf-16-be")]
    return _printable(max(readings, key=_likelihood))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return _printable(data.decode(encoding))
    except UnicodeDecodeError:
        raise NotAPlanFile from None


def _likelihood(text: str) -> float:
    """Return how much a reading looks like Chinese: its common signs, its rare ones against it."""
    sample = text[:20_000]
    usual = sum(sample.count(sign) for sign in _COMMON + "，。、；：的國學園應當不")
    odd = sum(not ("\u4e00" <= sign <= "\u9fff" or sign < "\u3100") for sign in sample)
    return (usual * 5 - odd) / max(len(sample), 1)


def _printable(text: str) -> str:
    odd = len(_ODD.findall(text))
    if odd > len(text) // 20 + 2:
        raise NotAPlanFile
    return text


def _docx(data: bytes) -> str:
    try:
        with ZipFile(BytesIO(data)) as packed:
            if "word/document.xml" not in packed.namelist():
                raise NotAPlanFile
            if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
                raise FileTooLarge(megabytes=LARGEST_UNPACKED // 1024 // 1024)
        document = Document(BytesIO(data))
        lines: list[str] = []
        for block in document.iter_inner_content():
            lines += _table(block) if isinstance(block, Table) else [_paragraph(block)]
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError):
        raise DamagedFile(kind="docx") from None
    return "\n".join(lines)


def _paragraph(paragraph: Paragraph) -> str:
    return paragraph.text


def _table(table: Table) -> list[str]:
    """Return a table as rows of cells between tabs, a row a line."""
    rows = []
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:  # noqa: SLF001 - a merged cell comes once for each column
                seen.add(id(cell._tc))  # noqa: SLF001 - as above
                cells.append(cell.text.replace("\n", " ").replace("\t", " "))
        rows.append("\t" + "\t".join(cells))
    return rows


def _pdf(data: bytes) -> str:
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedFile
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, OSError):
        raise DamagedFile(kind="PDF") from None
    text = "\n".join(pages)
    if pages and len("".join(text.split())) < 5 * len(pages):
        raise ScannedFile(pages=len(pages))
    return text
