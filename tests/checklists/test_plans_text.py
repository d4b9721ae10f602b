"""From bytes to text: every usual encoding and kind, and a clear refusal for the rest."""

from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfWriter

from checklists.plans import text as reading
from checklists.plans.errors import (
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    NotAPlanFile,
    ScannedFile,
)
from checklists.plans.text import read_text

WORDS = "晨曦县幼儿园安全办法\r\n第一条　幼儿园应当配备保安员，并在大门外设置隔离墩。\n" * 5


@pytest.mark.parametrize(
    "encoding", ["utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"]
)
def test_plain_text_comes_back_untouched_in_any_usual_encoding(encoding):
    assert read_text(WORDS.encode(encoding)) == WORDS


def test_traditional_text_in_big5_is_read():
    words = "幼兒園應當設置門衛，學校應當開設安全課程。" * 5

    assert read_text(words.encode("big5")) == words


def docx_of(*paragraphs, rows=()):
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    if rows:
        table = document.add_table(rows=0, cols=len(rows[0]))
        for row in rows:
            for cell, words in zip(table.add_row().cells, row, strict=True):
                cell.text = words
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


def test_a_word_file_gives_its_paragraphs_and_its_tables_row_by_row():
    data = docx_of("标题", "正文。", rows=[("序号", "任务"), ("1", "配备保安")])

    assert read_text(data) == "标题\n正文。\n\t序号\t任务\n\t1\t配备保安"


def test_a_merged_cell_comes_once():
    document = Document()
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "一格"
    kept = BytesIO()
    document.save(kept)

    assert read_text(kept.getvalue()) == "\t一格"


def pdf(pages=1, password=None):
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def pdf_with(words):
    """A PDF of one page with Latin text, written by hand."""
    stream = f"BT /F1 12 Tf 20 100 Td ({words}) Tj ET".encode()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R"
            b" /Resources << /Font << /F1 5 0 R >> >> >>"
        ),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table


def test_a_pdf_with_text_is_read():
    assert "guards at the gate" in read_text(pdf_with("guards at the gate"))


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", EmptyFile),
        (b" \n\t ", EmptyFile),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, NotAPlanFile),
        (bytes(range(256)) * 50, NotAPlanFile),
        (b"\xff\xfe" + bytes(range(256)) * 9 + b"\x00", NotAPlanFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, NotAPlanFile),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            EncryptedFile,
        ),
        (b"PK\x03\x04 not a zip", DamagedFile),
        (b"%PDF-1.7 nothing", DamagedFile),
        (pdf(), ScannedFile),
        (pdf(password="secret"), EncryptedFile),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_what_holds_no_text_is_refused_and_says_why(data, refusal):
    with pytest.raises(refusal):
        read_text(data)


def test_another_zip_is_no_word_file():
    from zipfile import ZipFile

    kept = BytesIO()
    with ZipFile(kept, "w") as packed:
        packed.writestr("readme.txt", "hello")

    with pytest.raises(NotAPlanFile):
        read_text(kept.getvalue())


def test_what_is_too_large_is_refused_before_it_is_unpacked(monkeypatch):
    data = docx_of("正文。")
    monkeypatch.setattr(reading, "LARGEST_UNPACKED", 100)
    with pytest.raises(FileTooLarge):
        read_text(data)

    monkeypatch.setattr(reading, "LARGEST", 10)
    with pytest.raises(FileTooLarge):
        read_text(data)
