"""A real receiver on loopback: keeps what comes, and answers as a test wants it to."""

import socket
import ssl
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import orjson


@dataclass
class Got:
    """One request that came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return orjson.loads(self.body)


@dataclass
class Receiver:
    """`answer(got, send)` may do whatever it likes; by default it sends 204."""

    server: ThreadingHTTPServer
    scheme: str = "http"
    got: list[Got] = field(default_factory=list)
    answer: object = None

    @property
    def port(self):
        return self.server.server_address[1]

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}/hook"

    def keys(self):
        return [each.headers["Idempotency-Key"] for each in self.got]


class Server(ThreadingHTTPServer):
    request_queue_size = 64

    def handle_error(self, *_):
        """A sender that hangs up is what some tests want."""


@contextmanager
def receiver(answer=None, tls=None):
    """Give a receiver that listens; `tls` is a file with key and certificate."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got = Got(self.path, dict(self.headers), body)
            here.got.append(got)
            if here.answer is None:
                self.reply(204)
            else:
                here.answer(got, self)

        def reply(self, status, body=b"", **headers):
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = Server(("127.0.0.1", 0), Handler)
    if tls is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(tls)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    here = Receiver(server, "https" if tls else "http", answer=answer)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def listener(address="127.0.0.1", port=0):
    """Give a port that counts who connects, and how often."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((address, port))
        server.listen(64)
        server.settimeout(0.05)
        came, ended = [], threading.Event()

        def count():
            while not ended.is_set():
                try:
                    connection, who = server.accept()
                except TimeoutError:
                    continue
                came.append(who)
                connection.close()

        thread = threading.Thread(target=count, daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1], came
        finally:
            ended.set()
            thread.join()
