"""Sheets as pages (HTML that prints) and as PDF, in the layout of official documents.

GB/T 9704-2012: A4, type area 156 × 225 mm, top margin 37 mm, left 28 mm, body in an imitation of
Song at 16 pt, heading at 22 pt, page numbers at the foot. The same sheet, versions and fonts give
the same bytes: nothing of the clock or the machine goes into them.
"""

import logging
import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from media.days import SHANGHAI
from media.papers.digest import code_of, content_sha256
from media.papers.errors import PrintingUnavailable
from media.papers.model import Printed, Sheet

try:
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher
except OSError:  # Pango is a library of the system
    HTML = None

PANGO, FONTS = "libpango-1.0-0 libpangoft2-1.0-0", "fonts-noto-cjk"
_CHINESE = re.compile("CJK|Han|Song|Hei|Fang|Kai|Ming|[宋黑楷仿]", re.IGNORECASE)

__all__ = ["POLICY", "code_of", "content_sha256", "page", "pdf", "verification"]

logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("media.papers"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["data"] = lambda jpeg: f"data:image/jpeg;base64,{b64encode(jpeg).decode()}"
    made.filters["day"] = lambda at: f"{at.astimezone(SHANGHAI):%Y年%-m月%-d日}"
    made.filters["kind"] = lambda block: type(block).__name__.lower()
    return made


ENVIRONMENT = _environment()
_STYLE = ENVIRONMENT.get_template("sheet.css").render()
POLICY = (
    "default-src 'none'; img-src data:; frame-ancestors 'none'; style-src 'sha256-"
    f"{b64encode(sha256(_STYLE.encode()).digest()).decode()}'"
)
"""The content security policy of the pages made here: their own style, no script."""


def page(sheet: Sheet) -> str:
    """Return the sheet as one page of HTML, whole in itself, without a script."""
    return ENVIRONMENT.get_template("sheet.html").render(sheet=sheet, qr=_qr(sheet.address))


def pdf(sheet: Sheet) -> Printed:
    """Return the sheet as PDF, fonts embedded, its text as text.

    Raises PrintingUnavailable where Pango or a Chinese font is missing.
    """
    if HTML is None:
        raise PrintingUnavailable(packages=PANGO)
    fetcher = URLFetcher(allowed_protocols=["data"], allow_redirects=False)
    whole = HTML(string=page(sheet), url_fetcher=fetcher)
    laid_out = whole.render()
    made: bytes = laid_out.write_pdf(pdf_identifier=bytes.fromhex(content_sha256(sheet))[:16])
    if not any(_CHINESE.search(font.family) for font in laid_out.fonts.values()):
        raise PrintingUnavailable(packages=FONTS)
    return Printed(made, sha256(made).hexdigest())


def verification(code: str, paper: Mapping[str, Any] | None) -> str:
    """Return the public page on a code: the paper that bears it, or that there is none."""
    at = paper and datetime.fromisoformat(paper["at"]).astimezone(SHANGHAI)
    day = f"{at:%Y年%-m月%-d日}" if at else ""
    return ENVIRONMENT.get_template("verify.html").render(code=code, paper=paper, day=day)


def _qr(address: str | None) -> Markup | None:
    if address is None:
        return None
    drawn = segno.make_qr(address, error="m")
    return Markup(drawn.svg_inline(scale=2, border=2))  # noqa: S704 - drawn here: rectangles, no words
