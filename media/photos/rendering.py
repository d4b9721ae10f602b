"""Decoding a photo whole, and its derivatives. Runs in the decoder's process only."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import pi_heif
from PIL import Image, ImageCms, ImageFile

from media.photos.errors import PhotoBroken, PhotoTooCostly, PhotoUnreadable, TooManyPixels
from media.photos.exif import Exif, read_exif
from media.photos.kind import webp_size
from media.photos.likeness import likeness
from media.photos.model import DERIVATIVES, Format
from media.photos.png import share_of_pixels
from media.refusals import Refusal

Image.MAX_IMAGE_PIXELS = None  # the header's size is checked below, before anything is decoded
pi_heif.register_heif_opener()
pi_heif.options.DECODE_THREADS = 1
pi_heif.options.THUMBNAILS = False

OPENERS = {
    Format.JPEG: "JPEG",
    Format.PNG: "PNG",
    Format.WEBP: "WEBP",
    Format.HEIC: "HEIF",
}

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to turn what EXIF's orientation says to upright (Exif 2.32, 4.6.5)."""

QUALITY = 82

WEBP_PIXELS = 25_000_000
"""Its decoder holds the canvas four times, four bytes a pixel."""

NEARLY_ALL = 0.95
"""Of a PNG's pixels, when something after them is damaged."""

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))


@dataclass(frozen=True)
class Rendering:
    width: int
    height: int
    exif: Exif
    complete: bool
    derivatives: Mapping[int, bytes]
    likeness: str | None


def render(data: bytes, kind: Format, pixels: int) -> Rendering:
    """Return the photo's size, its EXIF and its derivatives, once it is decoded to the last byte.

    Raises PhotoUnreadable, TooManyPixels (from the header, before decoding), PhotoBroken, or
    PhotoTooCostly when memory runs out.
    """
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # a library of the same process may have allowed it
    if kind is Format.WEBP:
        pixels = min(pixels, WEBP_PIXELS)
        _must_fit(*webp_size(data), pixels)
    with _refusing(PhotoUnreadable, found=kind.value):
        image = Image.open(BytesIO(data), formats=[OPENERS[kind]])
    width, height = image.size
    _must_fit(width, height, pixels)
    with _refusing(PhotoBroken):
        largest = max(DERIVATIVES)
        if kind is Format.JPEG and max(width, height) > largest:
            image.draft(None, _fit(width, height, largest))
        complete = _load(image, data, kind)
        exif = read_exif(image)
        turn = None if kind is Format.HEIC else UPRIGHT.get(exif.orientation)
        derivatives, shown = _derive(image, turn)
        return Rendering(width, height, exif, complete, derivatives, shown)


def _must_fit(width: int, height: int, pixels: int) -> None:
    if width * height > pixels:
        raise TooManyPixels(width=width, height=height, limit=pixels)


@contextmanager
def _refusing(refusal: type[Refusal], **facts: str) -> Iterator[None]:
    """Turn whatever a decoder raises into one refusal: they raise nearly anything."""
    try:
        yield
    except MemoryError:
        raise PhotoTooCostly from None
    except Exception as error:
        raise refusal(**{"found": type(error).__name__, **facts}) from error


def _load(image: Image.Image, data: bytes, kind: Format) -> bool:
    """Decode the image; return False when it is a PNG whose tail alone is damaged."""
    try:
        image.load()
    except (OSError, ValueError, SyntaxError):
        if kind is not Format.PNG or share_of_pixels(data) < NEARLY_ALL:
            raise
        image.load()  # what the first call decoded stays: this one only finds it done
        return False
    return True


def _derive(
    image: Image.Image, turn: Image.Transpose | None
) -> tuple[dict[int, bytes], str | None]:
    """Return the derivatives by their longer side, and the likeness of the smallest."""
    derivatives = {}
    current = image
    for side in sorted(DERIVATIVES, reverse=True):
        current = _shrink(current, side)
        if current.mode != "RGB" or current is image or current.info:
            current = _to_srgb(current, image.info.get("icc_profile"))
        if turn is not None:
            current, turn = current.transpose(turn), None
        derivatives[side] = _encode(current)
    return derivatives, likeness(current)


def _shrink(image: Image.Image, side: int) -> Image.Image:
    size = _fit(*image.size, side)
    if size == image.size:
        return image
    whole, left = divmod(max(image.size), side)
    if image.mode == "RGB" and whole > 1 and not left:
        return image.reduce(whole)
    return _resizable(image).resize(size, Image.Resampling.BILINEAR)


def _fit(width: int, height: int, side: int) -> tuple[int, int]:
    longer = max(width, height, side)
    return max(1, round(width * side / longer)), max(1, round(height * side / longer))


def _resizable(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I"):  # 16 bits of grey: convert("L") would clip, not scale
        return image.convert("I").point(lambda level: level * (1 / 256)).convert("L")
    if image.mode in ("P", "PA", "1", "LA", "La"):
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Return the image as opaque sRGB on white; a profile that cannot be used is passed over."""
    image = _resizable(image)
    if image.mode in ("RGBA", "RGBa"):
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        image = ground
    if profile and image.mode in ("RGB", "CMYK", "L"):
        image = _convert(image, profile)
    image = image.convert("RGB") if image.mode != "RGB" else image.copy()
    image.info = {}
    return image


def _convert(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(image, source, SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return turned or image


def _encode(image: Image.Image) -> bytes:
    written = BytesIO()
    image.save(written, "JPEG", quality=QUALITY)
    return written.getvalue()
