"""F43: an outside authority stamps checkpoints; while it is down they wait, and nothing else."""

import subprocess
from base64 import b64decode
from contextlib import contextmanager

import pytest

from media.checkpoints.actions import Checkpoints
from media.checkpoints.jobs import stamp
from media.checkpoints.stamping import question_on, read_roots, time_in
from media.checkpoints.stamps import Stamps
from media.checkpoints.store import INDEXES, CheckpointStore
from media.custody.actions import Custody
from media.custody.model import SERVICE
from media.custody.store import INDEXES as CUSTODY_INDEXES
from media.custody.store import CustodyStore
from media.refusals import NotFound
from service.database import ensure_indexes
from service.delivery.addresses import read_allowed
from service.delivery.authority import authority
from service.delivery.sender import Sender
from tests.builders import NOON
from tests.receiver import receiver

CONFIG = """
[req]
distinguished_name = dn
prompt = no
[dn]
CN = time stamps of a test
[root]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign
[stamper]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_alg = sha256
"""


def openssl(*words, **more):
    return subprocess.run(["openssl", *words], capture_output=True, check=True, **more).stdout


@pytest.fixture(scope="module")
def tsa(tmp_path_factory):
    """A folder with a root, a time-stamping certificate under it, and openssl's settings."""
    folder = tmp_path_factory.mktemp("tsa")
    (folder / "serial").write_text("01\n")
    config = folder / "tsa.cnf"
    config.write_text(CONFIG.format(folder=folder))
    made = ["-config", str(config), "-newkey", "rsa:2048", "-nodes", "-sha256"]
    root, key = str(folder / "root.pem"), str(folder / "root.key")
    openssl(
        "req", "-x509", "-days", "9", "-extensions", "root", *made, "-keyout", key, "-out", root
    )
    request = str(folder / "tsa.csr")
    openssl("req", *made, "-keyout", str(folder / "tsa.key"), "-out", request)
    openssl(
        *("x509", "-req", "-days", "9", "-in", request, "-CA", root, "-CAkey", key),
        *("-CAcreateserial", "-extfile", str(config), "-extensions", "stamper"),
        *("-out", str(folder / "tsa.pem")),
    )
    return folder


@contextmanager
def authority_at(folder):
    """A time-stamping authority on loopback that answers as openssl does."""

    def answer(got, send):
        assert got.headers["Content-Type"] == "application/timestamp-query"
        (folder / "question").write_bytes(got.body)
        openssl(
            *("ts", "-reply", "-config", str(folder / "tsa.cnf")),
            *("-queryfile", str(folder / "question"), "-out", str(folder / "answer")),
        )
        send.reply(200, (folder / "answer").read_bytes())

    with receiver(answer) as here:
        yield here


@pytest.fixture
def store(database, transact, tmp_path):
    """The checkpoints of a database in which five things happened, each signed."""
    ensure_indexes(database, INDEXES, CUSTODY_INDEXES)
    custody = Custody(CustodyStore(database))
    checkpoints = Checkpoints(CheckpointStore(database), transact, tmp_path / "key")
    checkpoints.create_key(now=NOON)
    for _ in range(5):
        transact(lambda tx: custody.record("case:a", "seen", actor=SERVICE, now=NOON, tx=tx))
        checkpoints.make(now=NOON)
    return CheckpointStore(database)


def ask(here):
    return authority(here.url, Sender(read_allowed("127.0.0.0/8"), seconds=5))


def test_f43_every_checkpoint_is_stamped_and_openssl_agrees(store, tsa, tmp_path):
    roots = read_roots((tsa / "root.pem").read_bytes())

    with authority_at(tsa) as here:
        stamps = Stamps(store, ask(here), roots)
        assert (stamp(stamps, lambda: NOON), stamp(stamps, lambda: NOON)) == (5, 0)

    message, answer = tmp_path / "checkpoint.message", tmp_path / "checkpoint.tsr"
    for number in range(1, 6):
        message.write_bytes(store.find(number).message())
        answer.write_bytes(b64decode(stamps.of(number).token))
        asked = ["ts", "-verify", "-data", str(message), "-in", str(answer)]
        told = openssl(*asked, "-CAfile", str(tsa / "root.pem"), "-untrusted", str(tsa / "tsa.pem"))
        assert b"OK" in told


def test_f43_while_the_authority_is_down_checkpoints_wait_and_are_flagged(store, tsa):
    with authority_at(tsa) as here:
        pass
    stamps = Stamps(store, ask(here))

    assert (stamp(stamps, lambda: NOON), stamp(stamps, lambda: NOON)) == (0, 0)

    waiting = stamps.of(1)
    assert (waiting.token, waiting.attempts) == (None, 2)
    assert waiting.error
    with pytest.raises(NotFound):
        stamps.of(2)
    with authority_at(tsa) as here:
        assert stamp(Stamps(store, ask(here)), lambda: NOON) == 5
    assert stamps.of(1).token


@pytest.mark.parametrize("lie", [b"", b"no stamp at all", b"\x30\x03\x02\x01\x02", "another"])
def test_f43_what_is_no_stamp_over_the_checkpoint_is_not_taken(store, tsa, lie):
    if lie == "another":
        question = question_on(b"something else")
        with authority_at(tsa) as here:
            lie = ask(here)(question.as_bytes())
    stamps = Stamps(store, lambda _: lie)

    assert stamp(stamps, lambda: NOON) == 0
    assert stamps.of(1).token is None


def test_f43_a_stamp_that_leads_to_no_known_root_is_not_taken(store, tsa, tmp_path):
    openssl(
        *("req", "-x509", "-days", "9", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=another"),
        *("-keyout", str(tmp_path / "k"), "-out", str(tmp_path / "c")),
    )
    roots = read_roots((tmp_path / "c").read_bytes())

    with authority_at(tsa) as here:
        stamps = Stamps(store, ask(here), roots)
        assert stamp(stamps, lambda: NOON) == 0

    assert "root" in stamps.of(1).error


def test_without_an_authority_nothing_is_asked(store):
    assert stamp(Stamps(store, None), lambda: NOON) == 0


def test_the_time_is_the_authoritys(tsa):
    question = question_on(b"message")
    with authority_at(tsa) as here:
        answer = ask(here)(question.as_bytes())

    at = time_in(answer, b"message", question)

    assert at.year >= 2024
    assert at.utcoffset() is not None
