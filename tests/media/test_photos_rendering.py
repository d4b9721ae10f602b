import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageFile

from media.photos.errors import PhotoBroken, PhotoUnreadable, TooManyPixels
from media.photos.kind import webp_size
from media.photos.model import Format
from media.photos.png import share_of_pixels
from media.photos.rendering import render
from tests.media.picture import BLUE, RED, encode, exif, halves

MANY = 64_000_000


def derivative(rendering, side):
    return Image.open(BytesIO(rendering.derivatives[side]))


def near(pixel, colour):
    return all(abs(a - b) < 20 for a, b in zip(pixel, colour, strict=True))


def test_derivatives_fit_and_keep_the_shape():
    rendering = render(encode(halves(4000, 3000)), Format.JPEG, MANY)

    assert (rendering.width, rendering.height) == (4000, 3000)
    assert derivative(rendering, 1280).size == (1280, 960)
    assert derivative(rendering, 320).size == (320, 240)


def test_a_small_photo_is_not_enlarged():
    rendering = render(encode(halves(100, 50), "PNG"), Format.PNG, MANY)

    assert derivative(rendering, 1280).size == (100, 50)
    assert derivative(rendering, 320).size == (100, 50)


def test_a_thin_photo_keeps_at_least_one_pixel():
    rendering = render(encode(Image.new("L", (3, 5000)), "PNG"), Format.PNG, MANY)

    assert derivative(rendering, 320).size == (1, 320)


@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (600, 400), (100, 200)),
        (2, (600, 400), (500, 200)),
        (3, (600, 400), (500, 200)),
        (4, (600, 400), (100, 200)),
        (5, (400, 600), (200, 100)),
        (6, (400, 600), (200, 100)),
        (7, (400, 600), (200, 500)),
        (8, (400, 600), (200, 500)),
    ],
)
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_derivatives_stand_upright_and_the_size_stays_as_stored(kind, orientation, size, red):
    data = encode(halves(), kind, exif=exif(orientation))

    rendering = render(data, Format(kind), MANY)

    upright = derivative(rendering, 1280)
    assert (rendering.width, rendering.height) == (600, 400)
    assert upright.size == size
    assert near(upright.convert("RGB").getpixel(red), RED)
    assert upright.getexif().get(0x0112) is None


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "RGBA", "LA", "1", "CMYK"])
@pytest.mark.parametrize("size", [(60, 40), (3000, 2000)])
def test_every_mode_becomes_a_plain_rgb_jpeg(mode, size):
    kind = "JPEG" if mode == "CMYK" else "PNG"

    rendering = render(encode(halves(*size, mode), kind), Format(kind), MANY)

    small = derivative(rendering, 320)
    assert (small.format, small.mode) == ("JPEG", "RGB")
    if mode in ("RGB", "P", "RGBA", "CMYK"):
        assert near(small.getpixel((small.width - 3, 3)), BLUE)


def test_sixteen_bit_grey_is_scaled_not_clipped():
    grey = Image.new("I;16", (20, 20), 32768)

    rendering = render(encode(grey, "PNG"), Format.PNG, MANY)

    assert near(derivative(rendering, 320).getpixel((5, 5)), (128, 128, 128))


@pytest.mark.parametrize("mode", ["RGBA", "P"])
def test_transparency_stands_on_white(mode):
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    clear = clear if mode == "RGBA" else clear.quantize()

    rendering = render(encode(clear, "PNG"), Format.PNG, MANY)

    assert near(derivative(rendering, 320).getpixel((5, 5)), (255, 255, 255))


def test_a_wide_colour_profile_becomes_srgb():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    converted = render(encode(halves(), icc_profile=srgb), Format.JPEG, MANY)
    unusable = render(encode(halves(), icc_profile=lab), Format.JPEG, MANY)
    broken = render(encode(halves(), icc_profile=b"not a profile"), Format.JPEG, MANY)

    for rendering in (converted, unusable, broken):
        upright = derivative(rendering, 1280)
        assert "icc_profile" not in upright.info
        assert near(upright.getpixel((10, 10)), RED)


def test_the_header_is_looked_at_before_anything_is_decoded():
    data = encode(halves(1000, 1000))

    with pytest.raises(TooManyPixels) as refused:
        render(data[:700], Format.JPEG, 999_999)

    assert refused.value.facts == {"width": 1000, "height": 1000, "limit": 999_999}


@pytest.mark.parametrize(
    "options", [{}, {"lossless": True}, {"exif": exif(1)}], ids=["lossy", "lossless", "extended"]
)
def test_the_header_of_a_webp_tells_its_size_before_its_decoder_takes_memory(options):
    data = encode(halves(300, 200), "WEBP", **options)

    assert webp_size(data) == (300, 200)
    with pytest.raises(TooManyPixels):
        render(data[:64], Format.WEBP, 59_999)


def test_a_webp_without_a_size_has_none():
    assert webp_size(b"RIFF") == (0, 0)
    assert webp_size(b"RIFF\0\0\0\0WEBPALPH" + b"\0" * 20) == (0, 0)


def test_bytes_that_only_begin_like_a_photo_are_unreadable():
    with pytest.raises(PhotoUnreadable):
        render(b"\x89PNG\r\n\x1a\n" + b"?" * 50, Format.PNG, MANY)


def test_a_cut_photo_is_broken():
    with pytest.raises(PhotoBroken):
        render(encode(halves())[:-200], Format.JPEG, MANY)


def test_a_library_that_lets_cut_photos_pass_changes_nothing(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)

    with pytest.raises(PhotoBroken):
        render(encode(halves())[:-200], Format.JPEG, MANY)


@pytest.mark.parametrize("interlaced", [False, True])
def test_a_png_with_a_damaged_tail_is_taken_as_incomplete(interlaced):
    whole = encode(halves(64, 48), "PNG")
    if interlaced:
        whole = interlace(64, 48)
    damaged = whole[:-12] + chunk(b"IHDR", b"")

    assert share_of_pixels(whole) == 1
    assert render(whole, Format.PNG, MANY).complete
    assert not render(damaged, Format.PNG, MANY).complete


def interlace(width, height):
    """A grey PNG, interlaced by hand: Pillow writes none."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2)]
    raw = b""
    for x, y, across, down in [*passes, (0, 1, 1, 2)]:
        for _ in range(y, height, down):
            raw += b"\0" + b"\x80" * len(range(x, width, across))
    header = struct.pack("!IIBBBBB", width, height, 8, 0, 0, 0, 1)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(raw))
        + chunk(b"IEND", b"")
    )


def chunk(kind, body):
    return struct.pack("!I", len(body)) + kind + body + struct.pack("!I", zlib.crc32(kind + body))


@pytest.mark.parametrize(
    ("data", "share"),
    [(b"", 0), (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, 0)],
)
def test_what_has_no_png_header_has_no_pixels(data, share):
    assert share_of_pixels(data) == share


def test_half_of_a_png_is_about_half_of_its_pixels():
    data = encode(Image.effect_noise((200, 200), 60), "PNG")

    assert 0.4 < share_of_pixels(data[: len(data) // 2]) < 0.6


def test_exif_of_a_png_is_read_wherever_it_stands():
    plain = encode(halves(), "PNG")
    late = plain[:-12] + chunk(b"eXIf", exif(6).tobytes()[6:]) + plain[-12:]

    rendering = render(late, Format.PNG, MANY)

    assert derivative(rendering, 1280).size == (400, 600)


def test_a_png_whose_pixels_are_wrong_in_the_middle_is_broken():
    data = bytearray(encode(Image.effect_noise((200, 200), 60), "PNG", compress_level=9))
    middle = len(data) // 2
    data[middle : middle + 20] = b"\xff" * 20

    assert share_of_pixels(bytes(data)) == 0
    with pytest.raises(PhotoBroken):
        render(bytes(data), Format.PNG, MANY)


def test_a_png_whose_last_rows_were_never_written_is_incomplete():
    """One stored block (RFC 1951, 3.2.4) of 65535 bytes, then a block of no known kind."""
    header = struct.pack("!IIBBBBB", 200, 338, 8, 0, 0, 0, 0)
    stream = b"\x78\x01\x00\xff\xff\x00\x00" + bytes(65535) + b"\x07" * 100
    start = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    data = start + chunk(b"IDAT", stream) + chunk(b"IEND", b"")

    assert share_of_pixels(data) == pytest.approx(65535 / (338 * 201), abs=0.001)
    assert not render(data, Format.PNG, MANY).complete
