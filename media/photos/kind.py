"""What kind of file the bytes are, by content and never by name."""

from filetype import guess

from media.photos.model import Format

HEVC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
"""ISO/IEC 23008-12, annex B: HEVC images and sequences."""

STRUCTURAL_BRANDS = {b"mif1", b"msf1", b"mif2"}
"""They say HEIF without a codec: the decoder finds out whether it is HEVC."""

OTHER_BRANDS = {b"avif", b"avis"}


def kind_of(data: bytes) -> Format | None:
    """Return the kind that the first bytes declare, None when it is not one that is taken."""
    if data.startswith(b"\xff\xd8\xff"):
        return Format.JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return Format.PNG
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Format.WEBP
    if data[4:8] == b"ftyp" and _is_hevc(data):
        return Format.HEIC
    return None


def webp_size(data: bytes) -> tuple[int, int]:
    """Return the canvas that a WebP's header declares (RFC 9649, 2.5 to 2.7); 0, 0 for none.

    Its decoder takes memory for the canvas as soon as it opens the file, so this comes first.
    """
    chunk, body = data[12:16], data[20:30]
    if len(body) < 10:
        return 0, 0
    if chunk == b"VP8X":
        return 1 + int.from_bytes(body[4:7], "little"), 1 + int.from_bytes(body[7:10], "little")
    if chunk == b"VP8L":
        bits = int.from_bytes(body[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if chunk == b"VP8 ":
        sides = int.from_bytes(body[6:8], "little"), int.from_bytes(body[8:10], "little")
        return sides[0] & 0x3FFF, sides[1] & 0x3FFF
    return 0, 0


def name_of(data: bytes) -> str:
    """Return a word for what a refused file looks like, for the sentence that refuses it."""
    if not data:
        return "空文件 / empty"
    found = guess(data[:8192])
    return found.mime if found else "未知 / unknown"


def _is_hevc(data: bytes) -> bool:
    length = int.from_bytes(data[:4], "big")
    box = data[8 : min(length, 512)]
    major, compatible = box[:4], {box[at : at + 4] for at in range(8, len(box), 4)}
    if major in OTHER_BRANDS:
        return False
    if major in HEVC_BRANDS:
        return True
    return major in STRUCTURAL_BRANDS and not compatible & OTHER_BRANDS
