"""Mail over the operator's own server (SMTP, RFC 5321), encrypted unless it is on this machine."""

import smtplib
import socket
import ssl
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256
from typing import Any
from urllib.parse import unquote, urlsplit

from service.delivery.addresses import Address, Allowed
from service.delivery.errors import AddressRefused
from service.delivery.line import SECONDS, Line, Resolve, open_ip, resolve
from service.delivery.model import Outcome

PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
HERE = ("127.0.0.1", "::1", "localhost")
SUBJECT = 60
"""Characters of the text that stand in the subject too."""


@dataclass(frozen=True)
class MailServer:
    """`scheme`: smtps, smtp+starttls, or smtp for a server on this machine."""

    scheme: str
    host: str
    port: int
    sender: str
    user: str = ""
    password: str = field(default="", repr=False)


def read_server(url: str, sender: str) -> MailServer:
    """Return the server that a URL names. Raises ValueError for a bad one, or a plain one afar."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname or "@" not in sender or "\n" in sender:
        raise ValueError(parts.scheme)
    if parts.scheme == "smtp" and parts.hostname not in HERE:
        raise ValueError("smtp")
    return MailServer(
        parts.scheme,
        parts.hostname,
        parts.port or PORTS[parts.scheme],
        sender,
        unquote(parts.username or ""),
        unquote(parts.password or ""),
    )


@dataclass(frozen=True)
class Letter:
    """What is told by mail; `key` is the delivery's, `at` the message's time."""

    key: str
    text: str
    at: datetime

    def mark(self, address: str) -> str:
        """Return what names this letter to one address, however often it is sent."""
        return sha256(f"{self.key}:{address}".encode()).hexdigest()[:32]


class Mailer:
    """`trusted` is a file of root certificates (PEM), the machine's own without one."""

    def __init__(
        self,
        server: MailServer,
        allowed: Allowed,
        resolver: Resolve = resolve,
        *,
        seconds: float = SECONDS,
        trusted: str | None = None,
    ) -> None:
        self._server = server
        self._allowed = allowed
        self._resolve = resolver
        self._seconds = seconds
        self._trusted = trusted

    def check(self) -> str:
        """Return the IP address that the server may be called at now. Raises AddressRefused."""
        server = self._server
        address = Address(server.scheme, server.host, server.port)
        return open_ip(address, self._allowed, self._resolve)

    def send(self, letter: Letter, addresses: Sequence[str], but: Collection[str] = ()) -> Outcome:
        """Send a letter to each address, but to those whose marks are given.

        An address that is refused keeps no other from its letter. What came of it is `reached`; the
        error is the last one's.
        """
        waiting = [each for each in addresses if letter.mark(each) not in but]
        if not waiting:
            return Outcome(status=250)
        try:
            line = Line(self.check(), self._seconds)
        except AddressRefused as refused:
            return Outcome(error=refused.sentence("en"))
        reached: list[str] = []
        fault: Exception | None = None
        with line:
            try:
                with self._connected(line) as smtp:
                    for address in waiting:
                        try:
                            smtp.send_message(self._mail(letter, address))
                        except (smtplib.SMTPRecipientsRefused, ValueError) as refused:
                            fault = refused
                        else:
                            reached.append(letter.mark(address))
            except (smtplib.SMTPException, OSError, ValueError) as broken:  # or no ASCII password
                fault = broken
        if fault is None:
            return Outcome(status=250, reached=tuple(reached))
        return Outcome(error="timeout" if line.cut else _told(fault), reached=tuple(reached))

    @contextmanager
    def _connected(self, line: Line) -> Iterator[smtplib.SMTP]:
        server = self._server
        context = ssl.create_default_context(cafile=self._trusted)
        implicit = context if server.scheme == "smtps" else None
        with _PinnedSMTP(line, implicit, server, timeout=self._seconds) as smtp:
            if server.scheme == "smtp+starttls":
                smtp.starttls(context=context)
            if server.user:
                smtp.login(server.user, server.password)
            yield smtp

    def _mail(self, letter: Letter, address: str) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"] = self._server.sender, address
        mail["Subject"], mail["Date"] = letter.text[:SUBJECT], format_datetime(letter.at)
        mail["Message-ID"] = f"<{letter.mark(address)}@{_domain(self._server)}>"
        mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's absence answers it
        mail.set_content(letter.text)
        return mail


class _PinnedSMTP(smtplib.SMTP):
    """Connects to an address that was looked at; the certificate goes by the server's name."""

    def __init__(
        self, line: Line, implicit: ssl.SSLContext | None, server: MailServer, **more: Any
    ) -> None:
        self._line = line
        self._implicit = implicit
        super().__init__(server.host, server.port, local_hostname=_domain(server), **more)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        made = self._line.open(port)
        made.settimeout(timeout)
        if self._implicit is None:
            return made
        return self._implicit.wrap_socket(made, server_hostname=host)


def _domain(server: MailServer) -> str:
    """Return the domain that mails come from: this machine's own name is nobody's business."""
    return server.sender.rpartition("@")[2]


def _told(fault: Exception) -> str:
    if isinstance(fault, smtplib.SMTPRecipientsRefused):
        return f"smtp {next(iter(fault.recipients.values()))[0]}"
    if isinstance(fault, smtplib.SMTPResponseException):
        return f"smtp {fault.smtp_code}"
    return type(fault).__name__
