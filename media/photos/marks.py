"""Marks on a derivative: arrows, boxes, numbered notes, and covers that hide what is below."""

from collections.abc import Sequence
from io import BytesIO
from math import atan2, cos, pi, sin

from PIL import Image, ImageDraw, ImageFont

from media.photos.model import WHOLE, Form, Mark

RED, WHITE, GREY = (214, 32, 32), (255, 255, 255), (112, 112, 112)
QUALITY = 85
WING = pi / 7
"""Half the angle of an arrow's head."""


def draw_marks(jpeg: bytes, marks: Sequence[Mark]) -> bytes:
    """Return the derivative with the marks drawn into its pixels, notes numbered from 1.

    Covers are one plain grey, never blurred or coarse: what is below cannot be reckoned back. They
    are drawn first and reach to the next whole pixel. The same input gives the same bytes.
    """
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as opened:
        picture = opened.convert("RGB")
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    line = max(2, max(picture.size) // 200)
    number = 0
    for mark in sorted(marks, key=lambda each: each.form is not Form.COVER):
        x1, x2 = (x * width / WHOLE for x in (mark.x1, mark.x2))
        y1, y2 = (y * height / WHOLE for y in (mark.y1, mark.y2))
        around = (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
        match mark.form:
            case Form.COVER:
                left, top, right, bottom = around
                draw.rectangle((int(left), int(top), int(right) + 1, int(bottom) + 1), fill=GREY)
            case Form.BOX:
                draw.rectangle(around, outline=RED, width=line)
            case Form.ARROW:
                _arrow(draw, (x1, y1), (x2, y2), line)
            case Form.NOTE:
                number += 1
                _badge(draw, (x1, y1), str(number), line)
    written = BytesIO()
    picture.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()


def _arrow(
    draw: ImageDraw.ImageDraw, start: tuple[float, float], end: tuple[float, float], line: int
) -> None:
    draw.line((start, end), fill=RED, width=line)
    back = atan2(start[1] - end[1], start[0] - end[0])
    wings = [
        (end[0] + cos(back + turn) * 6 * line, end[1] + sin(back + turn) * 6 * line)
        for turn in (-WING, WING)
    ]
    draw.polygon([end, *wings], fill=RED)


def _badge(draw: ImageDraw.ImageDraw, at: tuple[float, float], text: str, line: int) -> None:
    radius = 5 * line
    around = (at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius)
    draw.ellipse(around, fill=RED, outline=WHITE, width=max(1, line // 2))
    font = ImageFont.load_default(size=6 * line)
    draw.text(at, text, fill=WHITE, font=font, anchor="mm")
