"""A real SMTP server on loopback, and a service that sends over it for a while."""

import socketserver
import ssl
import threading
from base64 import b64decode
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_string

from service.delivery.addresses import read_allowed
from service.delivery.mail import Mailer, MailServer

LOOPBACK = read_allowed("127.0.0.0/8")
SENDER = "bureau@example.org"


@dataclass
class Taken:
    """One mail that was taken, and by what it came."""

    to: str
    text: str
    encrypted: bool
    user: str | None

    @property
    def mail(self):
        return message_from_string(self.text)


class Conversation(socketserver.StreamRequestHandler):
    """Speaks SMTP (RFC 5321) with STARTTLS (3207) and AUTH PLAIN (4954), as its server wants it."""

    user = None

    def handle(self):
        wrapped = self.server.tls is not None and self.server.implicit
        self.encrypted = False
        if wrapped and not self.encrypt():
            return
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb, _, rest = line.partition(" ")
            self.server.heard.append(line)
            if getattr(self, f"on_{verb.lower()}", self.on_other)(rest):
                return

    def on_ehlo(self, _):
        offers = ["250-here"]
        if self.server.tls is not None and not self.encrypted:
            offers.append("250-STARTTLS")
        if self.server.password:
            offers.append("250-AUTH PLAIN")
        self.say("\r\n".join([*offers, "250 8BITMIME"]))

    def on_starttls(self, _):
        self.say("220 go on")
        return not self.encrypt()

    def on_auth(self, rest):
        _, user, password = b64decode(rest.split()[1]).decode().split("\0")
        if password != self.server.password:
            self.say("535 no")
            return
        self.user = user
        self.say("235 welcome")

    def on_rcpt(self, rest):
        self.to = rest.partition("<")[2].partition(">")[0]
        code = self.server.refuses.get(self.to)
        self.say(f"{code} not {self.to}" if code else "250 fine")

    def on_data(self, _):
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
            lines.append(line.removeprefix("."))
        self.server.taken.append(Taken(self.to, "\n".join(lines), self.encrypted, self.user))
        if self.server.hangs_up:
            return True
        self.say("250 taken")
        return None

    def on_quit(self, _):
        self.say("221 bye")
        return True

    def on_other(self, _):
        self.say("250 fine")

    def encrypt(self):
        try:
            self.connection = self.server.tls.wrap_socket(self.connection, server_side=True)
        except OSError:
            return False
        self.rfile = self.connection.makefile("rb")
        self.wfile = self.connection.makefile("wb", 0)
        self.encrypted = True
        return True

    def finish(self):
        super().finish()
        self.connection.close()  # the server closes the plain socket that TLS took over

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """A client that hangs up is what some tests want."""


@contextmanager
def mail_server(pem=None, *, implicit=False, password=""):
    """Give a server that listens; `pem` is its key and certificate, `implicit` TLS from the start.

    `refuses` gives codes by address; `hangs_up` has it go silent after a mail was taken.
    """
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.taken, server.heard, server.refuses = [], [], {}
        server.hangs_up, server.implicit, server.password = False, implicit, password
        server.tls = None
        if pem is not None:
            server.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            server.tls.load_cert_chain(pem)
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def mailer(server, scheme="smtp", host="127.0.0.1", allowed=LOOPBACK, **more):
    """Return what sends over a server that is called by any name."""
    account = {name: more.pop(name) for name in ("user", "password") if name in more}
    port = server.server_address[1]
    named = MailServer(scheme, host, port, SENDER, **account)
    return Mailer(named, allowed, lambda *_: ["127.0.0.1"], **more)


@contextmanager
def mailing(cast, server):
    """Let the post send over a server for a while."""
    cast.rooms.post._mailer = mailer(server)
    try:
        yield
    finally:
        cast.rooms.post._mailer = None
