"""The decoder's process: `python -m media.photos.decoder`. It can be lost without harm.

It holds no secret, opens no file, and its memory and CPU time are bounded by the kernel
(setrlimit(2)): what a hostile file makes of it ends with it.
"""

import os
import sys
from json import dumps, loads
from pathlib import Path
from resource import (
    RLIM_INFINITY,
    RLIMIT_AS,
    RLIMIT_CORE,
    RLIMIT_CPU,
    RLIMIT_FSIZE,
    RUSAGE_SELF,
    getpagesize,
    getrusage,
    setrlimit,
)
from typing import Any, BinaryIO

from media.photos.errors import PhotoRefused, PhotoTooCostly
from media.photos.gps import raw, read_gps
from media.photos.model import Format
from media.photos.protocol import READY, read_frame, write_frame
from media.photos.rendering import Rendering, render


def main() -> None:
    questions, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a library that prints must not speak into the protocol
    setrlimit(RLIMIT_CORE, (0, 0))
    setrlimit(RLIMIT_FSIZE, (0, 0))
    write_frame(answers, READY)
    answers.flush()
    at_rest = _memory()[0]
    while True:
        try:
            question, data = loads(read_frame(questions)), read_frame(questions)
        except EOFError:
            return
        _bound(question, at_rest)
        _answer(question, data, answers)
        answers.flush()


def _answer(question: dict[str, Any], data: bytes, answers: BinaryIO) -> None:
    try:
        rendering = render(data, Format(question["kind"]), question["pixels"])
        told = _tell(rendering)
        derivatives = [rendering.derivatives[side] for side in told["derivatives"]]
    except PhotoRefused as refused:
        told, derivatives = {"refused": refused.slug, "facts": refused.facts}, []
    except MemoryError:
        told, derivatives = {"refused": PhotoTooCostly.slug, "facts": {}}, []
    told["resident"] = _memory()[1]
    write_frame(answers, dumps(told, allow_nan=False).encode())
    for derivative in derivatives:
        write_frame(answers, derivative)


def _tell(rendering: Rendering) -> dict[str, Any]:
    position, flags, declared = read_gps(rendering.exif.gps)
    return {
        "width": rendering.width,
        "height": rendering.height,
        "complete": rendering.complete,
        "captured_at": rendering.exif.captured_at,
        "camera": rendering.exif.camera,
        "position": position
        and [position.lon, position.lat, position.altitude, position.datum, position.accuracy],
        "flags": list(flags),
        "datum_declared": declared,
        "raw_gps": raw(rendering.exif.gps) | rendering.exif.beside,
        "likeness": rendering.likeness,
        "derivatives": list(rendering.derivatives),
    }


def _bound(question: dict[str, Any], at_rest: int) -> None:
    used = getrusage(RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + int(question["seconds"])
    setrlimit(RLIMIT_CPU, (seconds, RLIM_INFINITY))
    memory = at_rest + int(question["memory"])
    setrlimit(RLIMIT_AS, (memory, memory))


def _memory() -> tuple[int, int]:
    """Return the bytes of address space and of resident memory in use, by proc(5).

    Where there is no /proc, what the decoder needs at rest. (getrusage(2) would tell the peak of
    the process that began this one, where that was higher.)
    """
    try:
        space, resident = Path("/proc/self/statm").read_text("ascii").split()[:2]
    except OSError:
        return 256 * 1024 * 1024, 0
    return int(space) * getpagesize(), int(resident) * getpagesize()


if __name__ == "__main__":
    main()
