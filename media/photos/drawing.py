"""Draws a demonstration photo: a gate with bollards, as a camera would have stored it."""

from datetime import datetime
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFont

GPS_IFD, EXIF_IFD = 0x8825, 0x8769
TAKEN, OFFSET, MODEL = 0x9003, 0x9011, 0x0110
SKY, GROUND, WALL, POST = (168, 205, 235), (120, 120, 118), (214, 178, 140), (230, 190, 20)
BLOBS = ((52, 66, 84), (38, 92, 48), (240, 244, 248), (96, 130, 70))


def draw_photo(
    caption: str, at: datetime, lon: float, lat: float, *, posts: int, width: int = 1600
) -> bytes:
    """Return a JPEG of a gate with some posts before it, its place and time in EXIF.

    Each caption has a gate of its own, so that two of them are not one picture.
    `caption` in Latin letters; `at` aware; `lon` and `lat` WGS-84 degrees.
    """
    height = width * 3 // 4
    picture = Image.new("RGB", (width, height), SKY)
    draw = ImageDraw.Draw(picture)
    chance = Random(caption)  # noqa: S311 - a drawing keeps no secret
    floor = height * chance.randint(58, 76) // 100
    draw.rectangle((0, floor, width, height), fill=GROUND)
    for left in (width // 10, width * 6 // 10):
        top = height * chance.randint(8, 48) // 100
        shade = tuple(level - chance.randint(0, 90) for level in WALL)
        draw.rectangle((left, top, left + width * 3 // 10, floor), fill=shade)
    for _ in range(9):
        x, y = width * chance.randint(0, 92) // 100, height * chance.randint(0, 70) // 100
        size = width * chance.randint(4, 13) // 100
        draw.ellipse((x, y, x + size, y + size), fill=chance.choice(BLOBS))
    for number in range(posts):
        left = width * 41 // 100 + number * width // 24
        box = (left, floor - height // 8, left + width // 30, floor + height // 10)
        draw.rounded_rectangle(box, radius=width // 80, fill=POST, outline=(60, 60, 60), width=4)
    font = ImageFont.load_default(size=width // 28)
    draw.text((width // 40, height - height // 12), caption, fill="white", font=font)
    exif = Image.Exif()
    exif[MODEL] = "Huyuan demonstration"
    exif.get_ifd(EXIF_IFD).update(
        {TAKEN: at.strftime("%Y:%m:%d %H:%M:%S"), OFFSET: at.strftime("%:z")}
    )
    exif.get_ifd(GPS_IFD).update(
        {
            1: "N" if lat >= 0 else "S",
            2: _sexagesimal(lat),
            3: "E" if lon >= 0 else "W",
            4: _sexagesimal(lon),
            18: "WGS-84",
        }
    )
    stored = BytesIO()
    picture.save(stored, "JPEG", quality=88, exif=exif)
    return stored.getvalue()


def _sexagesimal(degrees: float) -> tuple[float, float, float]:
    whole, rest = divmod(abs(degrees), 1)
    minutes, rest = divmod(rest * 60, 1)
    return whole, minutes, round(rest * 60, 4)
