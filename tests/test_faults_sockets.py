"""F15 and F16: slow clients and monstrous requests, over raw sockets, keep nobody waiting."""

import gzip
import json
import resource
import socket
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from waitress.wasyncore import close_all

from service.cli.serve import server_of
from tests.conftest import free_port

SLOW = 300
PROBES = 100
QUICK = 1.0
"""Seconds in which a probe is answered, and in which a monster is refused."""

GROWTH = 64 * 1024 * 1024


@pytest.fixture(scope="module")
def port(stage):
    """The port of `huyuan serve`'s own server, with as many threads as by default."""
    asked = replace(stage.rooms.settings, port=free_port())
    server = server_of(stage.app, asked)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield asked.port
    server.task_dispatcher.shutdown(timeout=10)
    with suppress(OSError):  # the loop may have closed all before it was called upon
        server.trigger.pull_trigger(lambda: close_all(server._map))
    thread.join(timeout=10)


def connect(port, timeout=5):
    return socket.create_connection(("127.0.0.1", port), timeout=timeout)


def ask(port, *pieces, timeout=5):
    """Send pieces until the other side hangs up; return the status of its answer."""
    with connect(port, timeout) as line:
        try:
            for piece in pieces:
                line.sendall(piece)
        except OSError:
            pass
        try:
            answer = line.recv(65536)
        except ConnectionResetError:
            return None
    return int(answer.split(b" ", 2)[1]) if answer else None


def probe(port):
    start = time.perf_counter()
    status = ask(port, b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    return status, time.perf_counter() - start


@contextmanager
def slow_clients(port, count):
    """A third sends its headers byte by byte, a third its body, a third reads nothing."""
    headers = b"GET /health HTTP/1.1\r\nHost: x\r\nX-Slow: "
    body = b"POST /api/v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\n{"
    greedy = b"GET /api/v1/openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 8
    lines, ended = [], threading.Event()
    for number in range(count):
        line = socket.socket()
        line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        line.connect(("127.0.0.1", port))
        line.sendall((headers, body, greedy)[number % 3])
        lines.append(line)

    def trickle():
        while not ended.wait(0.2):
            for number, line in enumerate(lines):
                if number % 3 < 2:
                    try:
                        line.send(b"x")
                    except OSError:
                        return

    thread = threading.Thread(target=trickle, daemon=True)
    thread.start()
    try:
        yield lines
    finally:
        ended.set()
        thread.join()
        for line in lines:
            line.close()


def test_f15_three_hundred_slow_clients_keep_nobody_waiting(port):
    with slow_clients(port, SLOW):
        told = [probe(port) for _ in range(PROBES)]

    quick = [status == 200 and seconds < QUICK for status, seconds in told]
    assert sum(quick) >= 0.99 * PROBES


def post(*, length=None, more=(), path="/api/v1/login", kind="application/json"):
    lines = [f"POST {path} HTTP/1.1", "Host: x", f"Content-Type: {kind}", "Connection: close"]
    lines += [] if length is None else [f"Content-Length: {length}"]
    return "\r\n".join([*lines, *more, "", ""]).encode()


def chunks(total, size=1 << 16):
    piece = f"{size:x}\r\n".encode() + b"x" * size + b"\r\n"
    for _ in range(total // size):
        yield piece


def parts(count):
    edge = "x"
    return (
        b"".join(
            f'--{edge}\r\nContent-Disposition: form-data; name="{number}"\r\n\r\n1\r\n'.encode()
            for number in range(count)
        )
        + f"--{edge}--\r\n".encode()
    )


def monsters():
    field = json.dumps({"username": "x" * 10_000_000, "password": "y"}).encode()
    deep = b"[" * 100_000 + b"]" * 100_000
    packed = gzip.compress(b"{" + b" " * 50_000_000 + b"}")
    form = parts(100_000)
    gigabyte = 1 << 30
    of_parts, photos = "multipart/form-data; boundary=x", "/api/v1/inspections/x/photos"
    chunked = post(more=["Transfer-Encoding: chunked"])
    return {
        "a gigabyte by its header": (413, [post(length=gigabyte)]),
        "a gigabyte in chunks": (413, [chunked, *chunks(1 << 27)]),
        "a length that is no number": (400, [post(length="many")]),
        "a negative length": (400, [post(length=-5)]),
        "two lengths": (400, [post(length=5, more=["Content-Length: 6"]), b"{}   "]),
        "a hundred thousand parts": (
            413,
            [post(length=len(form), kind=of_parts, path=photos), form],
        ),
        "a field of ten megabytes": (413, [post(length=len(field)), field]),
        "a hundred thousand brackets": (400, [post(length=len(deep)), deep]),
        "a body in gzip": (
            400,
            [post(length=len(packed), more=["Content-Encoding: gzip"]), packed],
        ),
        "headers of a megabyte": (431, [b"GET / HTTP/1.1\r\nX: " + b"x" * 1_000_000]),
    }


@pytest.mark.parametrize("name", monsters())
def test_f16_a_monstrous_request_is_refused_at_once_and_leaves_nothing(port, name, stage):
    expected, pieces = monsters()[name]
    photos = stage.rooms.database["evidence"].count_documents({})
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()

    bearer = f"\r\nAuthorization: Bearer {stage.inspector.token}\r\n".encode()
    status = ask(port, pieces[0].replace(b"\r\n", bearer, 1), *pieces[1:])

    seconds = time.perf_counter() - start
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert status == expected
    assert seconds < QUICK
    assert grown < GROWTH
    assert stage.rooms.database["evidence"].count_documents({}) == photos
    assert probe(port)[0] == 200


def test_f16_a_body_that_breaks_off_stores_nothing_and_ties_up_nobody(port):
    with connect(port) as line:
        line.sendall(post(length=1000) + b'{"username": "x')

    assert probe(port)[0] == 200
