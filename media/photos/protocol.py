"""What the service and its decoder say to each other, over two pipes.

A question is one frame of JSON and one with the file's bytes; an answer one frame of JSON and one
for each derivative that it names. A frame is its length, four bytes in network order, and its
bytes.
"""

from typing import BinaryIO

READY = b"ready"
"""The first frame that a decoder writes, once it can take questions."""

LONGEST = 64 * 1024 * 1024


def write_frame(pipe: BinaryIO, payload: bytes) -> None:
    pipe.write(len(payload).to_bytes(4, "big"))
    pipe.write(payload)


def read_frame(pipe: BinaryIO) -> bytes:
    """Return one frame. Raises EOFError when the other side is gone or speaks nonsense."""
    length = int.from_bytes(_exactly(pipe, 4), "big")
    if length > LONGEST:
        raise EOFError
    return _exactly(pipe, length)


def _exactly(pipe: BinaryIO, length: int) -> bytes:
    payload = pipe.read(length)
    if len(payload) != length:
        raise EOFError
    return payload
