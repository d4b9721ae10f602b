"""The service's clock: the database's time, so that all its processes write one time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from threading import Lock
from time import monotonic

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from service.database import Document

AGAIN = 30.0
"""Seconds after which the database is asked anew."""


class DatabaseClock:
    """Returns the database's time, aware UTC, to a few milliseconds.

    It is asked for at the first reading and every half minute; between, this process's monotonic
    counter goes on, so that the machine's own clock may jump without anybody noticing. While the
    database cannot be asked, the counter goes on alone; where it never could be, the machine's
    clock stands in, and nothing can be written with it.
    """

    def __init__(
        self, client: MongoClient[Document], counter: Callable[[], float] = monotonic
    ) -> None:
        self._client = client
        self._counter = counter
        self._asking = Lock()
        self._base: tuple[datetime, float] | None = None
        self._asked = -AGAIN

    def __call__(self) -> datetime:
        due = self._base is None or self._counter() - self._asked >= AGAIN
        if due and self._asking.acquire(blocking=self._base is None):
            try:
                self._ask()
            finally:
                self._asking.release()
        if self._base is None:
            return datetime.now(UTC)
        at, counted = self._base
        return at + timedelta(seconds=self._counter() - counted)

    def _ask(self) -> None:
        before = self._counter()
        if self._base is not None and before - self._asked < AGAIN:
            return
        self._asked = before
        try:
            options = self._client.codec_options
            told = self._client.admin.command("hello", codec_options=options)["localTime"]
        except PyMongoError:
            return
        self._base = (told, (before + self._counter()) / 2)
