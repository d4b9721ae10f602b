"""One connection to an address that was looked at, open no longer than its time."""

import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from contextlib import suppress
from typing import Self

from service.delivery.addresses import Address, Allowed, must_be_open

SECONDS = 10.0
"""For everything: connection, handshake, what is said, and the answer with its body."""

RESOLVE_SECONDS = 4.0

Resolve = Callable[[str, int], list[str]]
"""Gives the IP addresses of a host; raises OSError where it has none."""

_RESOLVERS = ThreadPoolExecutor(16, thread_name_prefix="resolve")


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, as the machine resolves it. Raises OSError."""
    asked = _RESOLVERS.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    try:
        found = asked.result(RESOLVE_SECONDS)
    except TookTooLong as slow:
        raise TimeoutError(host) from slow
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def open_ip(address: Address, allowed: Allowed, resolver: Resolve) -> str:
    """Return the IP address that may be called now for an address. Raises AddressRefused."""
    if address.literal is not None:
        found = [str(address.literal)]
    else:
        try:
            found = resolver(address.host, address.port)
        except (OSError, UnicodeError):
            found = []
    return must_be_open(address, found, allowed)


class Line:
    """A connection to one IP address, cut when its time is up, whatever trickles through it."""

    def __init__(self, ip: str, seconds: float) -> None:
        self.cut = False
        self._ip = ip
        self._seconds = seconds
        self._ends: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for end in self._ends:
            end.close()

    def open(self, port: int) -> socket.socket:
        made = socket.create_connection((self._ip, port), timeout=self._seconds)
        self._ends.append(made.dup())  # TLS takes the socket over; this end stays ours
        if self.cut:
            made.close()
            raise TimeoutError
        return made

    def _cut(self) -> None:
        self.cut = True
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
