"""How much of a damaged PNG's pixels is there: asked only when its decoder complained.

Source: ISO/IEC 15948 (PNG), 8.1 interlacing, 11.2 chunks. A file whose pixels are there and whose
tail is damaged is still a photo; one that lost its pixels is not.
"""

import zlib
from collections.abc import Iterator

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
"""Per pass: first column and row, steps of columns and rows."""


def share_of_pixels(data: bytes) -> float:
    """Return which part of a PNG's pixel data is there and sound, 0 to 1.

    0 where a chunk was altered in its place: its pixels are wrong, not missing.
    """
    header = data[16:29]
    expected = _raw_size(header) if data[12:16] == b"IHDR" and len(header) == 13 else 0
    if not expected or any(_is_altered(data, at) for at, _ in _chunks(data)):
        return 0.0
    return min(_inflated(data, expected) / expected, 1.0)


def _chunks(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each chunk begins, and how long its body says that it is."""
    at = 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield at, length
        at += 12 + length


def _is_altered(data: bytes, at: int) -> bool:
    """Tell whether a chunk's checksum fails though the next one follows where it should."""
    end = at + 8 + int.from_bytes(data[at : at + 4], "big")
    follows = data[end + 8 : end + 12]
    if len(follows) < 4 or not follows.isalpha():
        return False
    return zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big")


def _inflated(data: bytes, enough: int) -> int:
    """Return how many bytes the IDAT chunks give before they break, `enough` or little more."""
    stream, inflated = zlib.decompressobj(), 0
    for piece in _pieces(data):
        left = piece
        while left and inflated < enough:
            try:
                inflated += len(stream.decompress(left, 64 * 1024))
            except zlib.error:
                return inflated
            left = stream.unconsumed_tail
    return inflated


def _pieces(data: bytes) -> Iterator[bytes]:
    """Yield the compressed bytes in pieces so small that a break loses next to nothing."""
    for at, length in _chunks(data):
        if data[at + 4 : at + 8] == b"IDAT":
            end = min(at + 8 + length, len(data))
            for start in range(at + 8, end, 64):
                yield data[start : min(start + 64, end)]


def _raw_size(header: bytes) -> int:
    width, height = (int.from_bytes(header[at : at + 4], "big") for at in (0, 4))
    bits = header[8] * CHANNELS.get(header[9], 4)
    if not header[12]:
        return _rows(width, height, bits)
    return sum(
        _rows(-(-(width - x) // across), -(-(height - y) // down), bits)
        for x, y, across, down in ADAM7
    )


def _rows(width: int, height: int, bits: int) -> int:
    return height * (1 + (width * bits + 7) // 8) if width > 0 and height > 0 else 0
