"""Sheets on paper: the same bytes for the same sheet, text that can be copied, nothing fetched."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from media.papers import actions
from media.papers.errors import PrintingUnavailable
from media.papers.model import (
    Bar,
    Bars,
    Fields,
    Grid,
    Passage,
    Picture,
    Pictures,
    Sheet,
    Signatures,
)
from media.photos.drawing import draw_photo
from tests.builders import NOON

JPEG = draw_photo("gate", NOON, 116.4, 39.9, posts=2)
SHEET = Sheet(
    title="责令限期整改通知书",
    issuer="演示县教育局",
    number="演教整改〔2026〕1号",
    at=NOON,
    blocks=(
        Fields((("被检查单位", "演示县春芽幼儿园"), ("联系电话", ""))),
        Passage(("演示县春芽幼儿园：", "请于期限内完成整改。"), "正文"),
        Grid("整改事项", ("序号", "事项"), tuple((str(n), f"事项 {n}") for n in range(80))),
        Bars(
            "一览",
            (Bar("联网", 75.0, None, 100.0, "75%"), Bar("保安", None, 50.0, None, "—")),
            "红线",
        ),
        Pictures("照片证据", (Picture("证据 1", JPEG),)),
        Signatures((("负责人签名", "园长"),)),
    ),
    copies="一式两份",
    code="ABCDE-FGHIJ-KLMNO-PQRST",
    address="https://example.cn/verify/ABCDE-FGHIJ-KLMNO-PQRST",
)

needs_pango = pytest.mark.skipif(actions.HTML is None, reason="libpangoft2-1.0-0 is missing")


def read(printed):
    return PdfReader(BytesIO(printed.pdf))


@needs_pango
def test_the_same_sheet_gives_the_same_bytes():
    one, two = actions.pdf(SHEET), actions.pdf(SHEET)

    assert one.pdf == two.pdf
    assert actions.pdf(replace(SHEET, number="2号")).sha256 != one.sha256


@needs_pango
def test_the_text_can_be_copied_and_every_page_says_which_it_is():
    pages = [page.extract_text() for page in read(actions.pdf(SHEET)).pages]

    whole = "".join(pages).replace("\n", "")
    for words in ("责令限期整改通知书", "演教整改〔2026〕1号", "请于期限内完成整改", "事项 79"):
        assert words in whole
    assert len(pages) > 1
    for number, words in enumerate(pages, 1):
        assert f"— {number} / {len(pages)} —" in words


@needs_pango
def test_the_font_is_embedded_and_the_head_of_a_table_is_repeated():
    pages = read(actions.pdf(SHEET)).pages

    fonts = [each.get_object() for each in pages[0]["/Resources"]["/Font"].values()]
    assert any("CJK" in font["/BaseFont"] for font in fonts)
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described)
    assert all("序号" in page.extract_text() for page in pages[:2])


@needs_pango
def test_what_is_put_in_is_text_and_never_markup():
    hostile = '<img src="http://127.0.0.1:1/x" onerror="alert(1)"><script>alert(1)</script>'
    sheet = replace(SHEET, number=hostile, blocks=(Passage((hostile,)),))

    page = actions.page(sheet)

    assert "<script" not in page
    assert "<img" not in page
    assert hostile in "".join(
        each.extract_text() for each in read(actions.pdf(sheet)).pages
    ).replace("\n", "")


def test_a_draft_says_so_and_has_no_code():
    page = actions.page(replace(SHEET, code=None, address=None))

    assert "草稿" in page
    assert "核验码" not in page
    assert "草稿" not in actions.page(SHEET)


def test_the_code_comes_of_everything_that_the_sheet_says():
    digest = actions.content_sha256(SHEET)

    assert actions.content_sha256(replace(SHEET, code=None, address=None)) == digest
    other = Picture("证据 1", JPEG + b"x")
    changed = replace(SHEET, blocks=(*SHEET.blocks[:3], Pictures("照片证据", (other,))))
    assert actions.content_sha256(changed) != digest
    assert len(actions.code_of(digest).replace("-", "")) == 20


@pytest.mark.parametrize(
    ("missing", "packages"), [("HTML", "libpango"), ("_CHINESE", "fonts-noto-cjk")]
)
def test_what_the_machine_lacks_is_named_and_the_page_is_there_all_the_same(
    monkeypatch, missing, packages
):
    """No Pango, no HTML; no Chinese font, and none that was used is called like one."""
    lacking = None if missing == "HTML" else actions.re.compile("no such font")
    monkeypatch.setattr(actions, missing, lacking)

    with pytest.raises(PrintingUnavailable) as refused:
        actions.pdf(SHEET)

    assert packages in str(refused.value.facts["packages"])
    assert "责令限期整改通知书" in actions.page(SHEET)
