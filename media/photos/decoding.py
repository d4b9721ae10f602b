"""The decoders at hand: processes that a bad photo may end, and that are begun again."""

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from json import dumps, loads
from pathlib import Path
from queue import Empty, LifoQueue
from threading import BoundedSemaphore, Timer
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeVar

from media.photos.errors import DecoderUnavailable, PhotoTooCostly
from media.photos.model import Format, Limits
from media.photos.protocol import READY, read_frame, write_frame

HOUSE = Path(__file__).parents[2]

ENVIRONMENT = {"PYTHONPATH": str(HOUSE), "MALLOC_ARENA_MAX": "1", "PYTHONDONTWRITEBYTECODE": "1"}
"""All that the decoder gets of the world: no secret of the service is among it. One arena keeps
the address space that the memory limit counts close to what is used."""

GROWN = 200 * 1024 * 1024
"""Bytes of resident memory that a decoder may keep after a photo; with more it is begun anew."""

PIPE = 1024 * 1024
"""Bytes that a pipe holds: Linux gives an unprivileged process this much, and it saves calls."""

START = 30.0
"""Seconds for a decoder to begin, imports and all."""

T = TypeVar("T")

Answer = tuple[dict[str, Any], list[bytes]]


class Lost(Exception):  # noqa: N818 - nobody outside of this file sees it
    """The decoder ended before it answered."""

    def __init__(self, *, in_time: bool) -> None:
        super().__init__()
        self.in_time = in_time


class Decoders:
    """At most `count` decoders at once, begun when first needed; safe for threads and forks."""

    def __init__(self, count: int = 2) -> None:
        self._places = BoundedSemaphore(count)
        self._idle: LifoQueue[_Decoder] = LifoQueue()
        self._process = os.getpid()

    def decode(self, data: bytes, kind: Format, limits: Limits) -> Answer:
        """Return what a decoder told of the photo, and its derivatives.

        A decoder that is lost is tried once more with another, for it may have been ended by
        somebody else. Raises PhotoTooCostly when the second is lost too or time ran out, and
        DecoderUnavailable when none can be begun.
        """
        question = {
            "kind": kind,
            "pixels": limits.pixels,
            "memory": limits.memory,
            "seconds": limits.seconds,
        }
        with self._places:
            for _ in range(2):
                decoder = self._take()
                try:
                    answer = decoder.ask(question, data, limits.patience)
                except Lost as lost:
                    decoder.end()
                    if not lost.in_time:
                        break
                except BaseException:
                    decoder.end()
                    raise
                else:
                    self._give_back(decoder, answer)
                    return answer
        raise PhotoTooCostly

    def close(self) -> None:
        """End every idle decoder; the next photo begins a new one."""
        with suppress(Empty):
            while True:
                self._idle.get_nowait().end()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self) -> "_Decoder":
        if self._process != os.getpid():  # after a fork the pipes are the parent's
            self._idle, self._process = LifoQueue(), os.getpid()
        with suppress(Empty):
            while True:
                decoder = self._idle.get_nowait()
                if decoder.lives():
                    return decoder
                decoder.end()
        return _Decoder()

    def _give_back(self, decoder: "_Decoder", answer: Answer) -> None:
        if answer[0]["resident"] > GROWN or answer[0].get("refused") == PhotoTooCostly.slug:
            decoder.end()
        else:
            self._idle.put(decoder)


class _Decoder:
    """One process, and its two pipes."""

    def __init__(self) -> None:
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-m", "media.photos.decoder"],
                env=ENVIRONMENT,
                cwd="/",
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                pipesize=PIPE,
            )
        except OSError as error:
            raise DecoderUnavailable from error
        try:
            if self._within(START, lambda: read_frame(self._answers)) != READY:
                raise DecoderUnavailable
        except Lost as lost:
            self.end()
            raise DecoderUnavailable from lost

    @property
    def _questions(self) -> BinaryIO:
        assert self._process.stdin is not None
        return self._process.stdin  # type: ignore[return-value]

    @property
    def _answers(self) -> BinaryIO:
        assert self._process.stdout is not None
        return self._process.stdout  # type: ignore[return-value]

    def ask(self, question: dict[str, Any], data: bytes, patience: float) -> Answer:
        return self._within(patience, lambda: self._talk(question, data))

    def lives(self) -> bool:
        return self._process.poll() is None

    def end(self) -> None:
        self._process.kill()
        with suppress(OSError):
            self._questions.close()
        self._answers.close()
        self._process.wait()

    def _talk(self, question: dict[str, Any], data: bytes) -> Answer:
        write_frame(self._questions, dumps(question).encode())
        write_frame(self._questions, data)
        self._questions.flush()
        told = loads(read_frame(self._answers))
        return told, [read_frame(self._answers) for _ in told.get("derivatives", ())]

    def _within(self, seconds: float, act: Callable[[], T]) -> T:
        """Do the act; end the process when it takes longer. Raises Lost when the process ended."""
        watch = Timer(seconds, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            return act()
        except (EOFError, OSError, ValueError) as error:
            raise Lost(in_time=watch.is_alive()) from error
        finally:
            watch.cancel()
