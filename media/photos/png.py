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
    """Return which part of a PNG's pixel data can be decompressed, 0 to 1."""
    header = data[16:29]
    expected = _raw_size(header) if data[12:16] == b"IHDR" and len(header) == 13 else 0
    return min(_inflated(data, expected) / expected, 1.0) if expected else 0.0


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at + 8 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


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
    for kind, body in _chunks(data):
        if kind == b"IDAT":
            for at in range(0, len(body), 64):
                yield body[at : at + 64]


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
