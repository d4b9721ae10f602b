"""The connection that a delivery is sent by: cut when its time is up, pinned, verified."""

import time

from service.delivery.addresses import read_allowed
from service.delivery.model import Outcome
from service.delivery.sender import LARGEST_ANSWER, Sender
from tests.receiver import receiver
from tests.service.certificates import certificate

LOOPBACK = read_allowed("127.0.0.0/8")


def drip(_, it):
    """Send a byte of a header every so often, for ever."""
    it.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        it.wfile.write(b"x")
        it.wfile.flush()
        time.sleep(0.05)


def test_an_answer_that_trickles_is_cut_when_its_time_is_up():
    sender = Sender(LOOPBACK, seconds=0.4)
    with receiver(drip) as here:
        start = time.monotonic()
        outcome = sender.send(here.url, b"{}", {})
        took = time.monotonic() - start

    assert outcome == Outcome(error="timeout")
    assert 0.3 < took < 1.5


def test_of_a_huge_answer_little_is_read_and_its_status_counts():
    written = []

    def pour(_, it):
        it.send_response(200)
        it.end_headers()
        for _ in range(1000):
            it.wfile.write(b"x" * LARGEST_ANSWER)
            written.append(LARGEST_ANSWER)

    with receiver(pour) as here:
        outcome = Sender(LOOPBACK).send(here.url, b"{}", {})

    assert outcome.arrived
    assert sum(written) < 20_000_000


def test_a_pinned_connection_verifies_the_certificate_by_the_name(tmp_path):
    pem = certificate(tmp_path, "receiver.example")
    sender = Sender(LOOPBACK, lambda *_: ["127.0.0.1"], verify=str(pem))
    strict = Sender(LOOPBACK, lambda *_: ["127.0.0.1"])
    with receiver(tls=pem) as here:
        named = sender.send(f"https://receiver.example:{here.port}/", b"{}", {})
        other = sender.send(f"https://other.example:{here.port}/", b"{}", {})
        unknown = strict.send(f"https://receiver.example:{here.port}/", b"{}", {})

    assert named.status == 204
    assert other == unknown == Outcome(error="SSLError")
    assert len(here.got) == 1
