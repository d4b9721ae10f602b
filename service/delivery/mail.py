"""Mail over the operator's own server (SMTP, RFC 5321), encrypted unless it is on this machine."""

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.message import EmailMessage
from hashlib import sha256
from urllib.parse import unquote, urlsplit

from service.delivery.model import Outcome

SECONDS = 10.0
PORTS = {"smtps": 465, "smtp+starttls": 587, "smtp": 25}
HERE = ("127.0.0.1", "::1", "localhost")


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
    if parts.scheme not in PORTS or not parts.hostname or "@" not in sender:
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


class Mailer:
    def __init__(self, server: MailServer) -> None:
        self._server = server

    def send(self, key: str, addresses: Sequence[str], subject: str, text: str) -> Outcome:
        """Send a mail to each address, under an id that is the same however often it is sent."""
        try:
            with self._connect() as line:
                if self._server.user:
                    line.login(self._server.user, self._server.password)
                for address in addresses:
                    line.send_message(self._mail(key, address, subject, text))
        except (smtplib.SMTPException, OSError) as fault:
            code = getattr(fault, "smtp_code", None)
            return Outcome(error=f"smtp {code}" if code else type(fault).__name__)
        return Outcome(status=250)

    def _connect(self) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        if self._server.scheme == "smtps":
            return smtplib.SMTP_SSL(
                host, port, timeout=SECONDS, context=ssl.create_default_context()
            )
        line = smtplib.SMTP(host, port, timeout=SECONDS)
        if self._server.scheme == "smtp+starttls":
            line.starttls(context=ssl.create_default_context())
        return line

    def _mail(self, key: str, address: str, subject: str, text: str) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = self._server.sender, address, subject
        mark = sha256(f"{key}:{address}".encode()).hexdigest()[:32]
        mail["Message-ID"] = f"<{mark}@{self._server.sender.rpartition('@')[2]}>"
        mail.set_content(text)
        return mail
