"""Photos made by code, for tests that need one of a certain kind."""

from io import BytesIO

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def halves(width=600, height=400, mode="RGB"):
    """An image that is red on its left half and blue on its right: its orientation shows."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image.convert(mode)


def encode(image, kind="JPEG", **options):
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def exif(orientation=None, gps=None, **times):
    """An EXIF block; `gps` maps the numbers of GPS tags to values, rationals as (n, d)."""
    block = Image.Exif()
    if orientation:
        block[0x0112] = orientation
    if times:
        numbers = {"taken": 0x9003, "fraction": 0x9291, "offset": 0x9011, "digitized": 0x9004}
        block[0x8769] = {numbers[name]: value for name, value in times.items()}
    if gps is not None:
        block[0x8825] = gps
    return block
