"""Mail in a real conversation: encrypted, pinned, to each address once, under one Message-ID."""

import time
from datetime import UTC, datetime
from email.header import decode_header, make_header

import pytest

from inspections.messages.model import Audience
from media.custody.model import Role
from service.delivery.addresses import Allowed, read_allowed
from service.delivery.errors import AddressRefused
from service.delivery.mail import Letter, Mailer, MailServer, read_server
from service.delivery.model import Outcome, State
from service.delivery.retries import ATTEMPTS
from tests.receiver import listener
from tests.service.certificates import certificate
from tests.service.mailing import SENDER, mail_server, mailer, mailing
from tests.service.posting import choose, deliver, deliveries, make_due, say

FACTS = {"kindergarten": "演示县实验幼儿园", "number": "990102教整改〔2026〕1号", "open": 2}
SAID = "【护园】演示县实验幼儿园：990102教整改〔2026〕1号 已逾期，仍有 2 项未销号。"
LETTER = Letter("delivery-1", SAID, datetime(2026, 1, 1, tzinfo=UTC))
TWO = ["a@example.org", "b@example.org"]
NAME = "mail.example.org"


def by_mail(cast):
    """Register mail as a receiver: it has no address of its own."""
    return cast.admin.post("receivers", {"regions": ["990102"], "channel": "email"}, wanted=201)


def marks(*addresses):
    return tuple(LETTER.mark(each) for each in addresses)


@pytest.fixture
def pem(tmp_path):
    return str(certificate(tmp_path, NAME))


def test_mail_reaches_who_asked_and_bears_one_id_however_often_it_is_sent(cast, here):
    choose(cast.supervisor, email="supervisor@example.org")
    with mail_server() as server, mailing(cast, server):
        made = by_mail(cast)
        told = say(cast, facts=FACTS)
        server.hangs_up = True
        failed = deliver(cast, made)
        (waiting,) = deliveries(cast, receiver_id=made["id"])
        server.hangs_up = False
        make_due(cast)
        sent = deliver(cast, made)

    assert (failed, sent, made["secret"]) == (0, 1, None)
    assert (waiting["state"], waiting["error"]) == ("waiting", "SMTPServerDisconnected")
    first, again = (each.mail for each in server.taken)
    assert first["Message-ID"] == again["Message-ID"]
    assert (first["To"], first["From"]) == ("supervisor@example.org", SENDER)
    assert first["Auto-Submitted"] == "auto-generated"
    assert first["Date"] == again["Date"] == told.at.strftime("%a, %d %b %Y %H:%M:%S +0000")
    assert str(make_header(decode_header(first["Subject"]))) == SAID[:60]
    assert first.get_payload(decode=True).decode().strip() == SAID


def test_an_address_that_is_refused_costs_nobody_else_a_mail_nor_a_second_one(cast, here):
    choose(cast.supervisor, email="gone@example.org")
    choose(cast.director, email="there@example.org")
    audience = Audience(roles=(Role.SUPERVISOR, Role.DIRECTOR), accounts=(account(cast.director),))
    with mail_server() as server, mailing(cast, server):
        made = by_mail(cast)
        server.refuses = {"gone@example.org": 550}
        say(cast, facts=FACTS, audience=audience)
        for _ in range(ATTEMPTS):
            deliver(cast, made)
            make_due(cast)
        (dead,) = deliveries(cast, state="dead", receiver_id=made["id"])
        before = [each.to for each in server.taken]
        server.refuses = {}
        cast.admin.post(f"deliveries/{dead['id']}/retry")
        arrived = deliver(cast, made)

    assert (dead["attempts"], dead["error"]) == (ATTEMPTS, "smtp 550")
    assert before == ["there@example.org"]
    assert [each.to for each in server.taken] == ["there@example.org", "gone@example.org"]
    assert arrived == 1
    choose(cast.director)


def account(caller):
    return caller.account["id"]


def test_without_a_server_mail_waits_and_says_why(cast, here):
    choose(cast.supervisor, email="supervisor@example.org")
    made = by_mail(cast)
    say(cast, facts=FACTS)

    assert deliver(cast, made) == 0
    (waiting,) = deliveries(cast, receiver_id=made["id"])
    assert (waiting["state"], waiting["error"]) == (State.WAITING.value, "no mail server is set")


@pytest.mark.parametrize(("scheme", "implicit"), [("smtps", True), ("smtp+starttls", False)])
def test_mail_is_encrypted_before_a_password_is_told(pem, scheme, implicit):
    with mail_server(pem, implicit=implicit, password="geheim") as server:
        known = {"host": NAME, "trusted": pem, "user": "bureau"}
        sent = mailer(server, scheme, **known, password="geheim").send(LETTER, TWO)
        wrong = mailer(server, scheme, **known, password="x").send(LETTER, TWO)

    assert sent == Outcome(status=250, reached=marks(*TWO))
    assert [(each.to, each.encrypted, each.user) for each in server.taken] == [
        (each, True, "bureau") for each in TWO
    ]
    assert wrong == Outcome(error="smtp 535")


@pytest.mark.parametrize(("scheme", "implicit"), [("smtps", True), ("smtp+starttls", False)])
def test_a_server_of_another_name_or_of_no_known_certificate_gets_nothing(pem, scheme, implicit):
    with mail_server(pem, implicit=implicit) as server:
        other = mailer(server, scheme, host="other.example.org", trusted=pem).send(LETTER, TWO)
        unknown = mailer(server, scheme, host=NAME).send(LETTER, TWO)

    assert other == unknown == Outcome(error="SSLCertVerificationError")
    assert server.taken == []
    assert not any(line.startswith(("MAIL", "AUTH")) for line in server.heard)


def test_a_server_that_offers_no_encryption_is_told_nothing():
    with mail_server(password="geheim") as server:
        known = {"host": NAME, "user": "bureau", "password": "geheim"}
        outcome = mailer(server, "smtp+starttls", **known).send(LETTER, TWO)

    assert outcome == Outcome(error="SMTPNotSupportedError")
    assert server.taken == []
    assert not any(line.startswith("AUTH") for line in server.heard)


def test_who_has_a_mail_is_sent_no_second_one_and_a_greeting_does_not_name_this_machine():
    with mail_server() as server:
        outcome = mailer(server).send(LETTER, TWO, but=marks(TWO[0]))

    assert outcome == Outcome(status=250, reached=marks(TWO[1]))
    assert [each.to for each in server.taken] == TWO[1:]
    assert server.heard[0] == "ehlo example.org"


def test_a_password_that_no_server_takes_is_an_error_and_no_fault():
    with mail_server(password="geheim") as server:
        outcome = mailer(server, user="bureau", password="密码").send(LETTER, TWO)

    assert outcome.error == "UnicodeEncodeError"
    assert server.taken == []


def test_a_server_that_hangs_up_leaves_the_rest_for_later():
    with mail_server() as server:
        server.refuses = {TWO[0]: 421}
        outcome = mailer(server).send(LETTER, TWO)

    assert outcome == Outcome(error="SMTPServerDisconnected")


def test_an_address_that_no_mail_can_bear_is_refused_alone():
    with mail_server() as server:
        outcome = mailer(server).send(LETTER, ["a@example.org\r\nBcc: x@example.org", TWO[1]])

    assert outcome == Outcome(error="ValueError", reached=marks(TWO[1]))
    assert "Bcc" not in server.taken[0].text


def test_a_server_that_trickles_is_cut_when_its_time_is_up():
    with mail_server() as server:

        def drip(conversation, _):
            for _ in range(100):
                conversation.wfile.write(b"250-x\r\n")
                time.sleep(0.05)

        server.RequestHandlerClass = type("Slow", (server.RequestHandlerClass,), {"on_ehlo": drip})
        start = time.monotonic()
        outcome = mailer(server, seconds=0.4).send(LETTER, TWO)
        took = time.monotonic() - start

    assert outcome == Outcome(error="timeout")
    assert 0.3 < took < 1.5


def test_f31_a_mail_server_inside_takes_the_operators_word():
    with listener() as (port, came):
        for scheme in ("smtp", "smtps", "smtp+starttls"):
            for host, found in (
                ("127.0.0.1", []),
                (NAME, ["127.0.0.1"]),
                (NAME, ["8.8.8.8", "::1"]),
            ):
                named = MailServer(scheme, host, port, SENDER)
                inside = Mailer(named, Allowed(), lambda *_, found=found: found)
                assert "inside" in inside.send(LETTER, TWO).error
                with pytest.raises(AddressRefused):
                    inside.check()
        time.sleep(0.1)

    assert came == []


@pytest.mark.parametrize(
    ("scheme", "port", "open_"),
    [
        ("smtps", 465, True),
        ("smtp+starttls", 587, True),
        ("smtp+starttls", 25, True),
        ("smtps", 27017, False),
        ("smtp+starttls", 22, False),
        ("smtp", 25, False),
    ],
)
def test_a_mail_server_outside_is_called_at_its_usual_port(scheme, port, open_):
    named = MailServer(scheme, NAME, port, SENDER)
    outside = Mailer(named, Allowed(), lambda *_: ["8.8.8.8"])
    vouched = Mailer(named, read_allowed(NAME), lambda *_: ["10.0.0.1"])

    assert vouched.check() == "10.0.0.1"
    if open_:
        assert outside.check() == "8.8.8.8"
    else:
        with pytest.raises(AddressRefused):
            outside.check()


def test_f31_mail_is_not_registered_over_a_server_inside(cast):
    receivers = cast.rooms.receivers
    receivers._mailer = Mailer(MailServer("smtp", "127.0.0.1", 25, SENDER), Allowed())
    try:
        refused = cast.admin.call("POST", "receivers", {"regions": ["990102"], "channel": "email"})
    finally:
        receivers._mailer = None

    assert (refused.status_code, refused.json["type"]) == (422, "/problems/address-refused")


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("smtp://mail.example.org", "a@example.org"),
        ("http://mail.example.org", "a@example.org"),
        ("smtps://", "a@example.org"),
        ("smtps://mail.example.org:x", "a@example.org"),
        ("smtps://mail.example.org", "nobody"),
        ("smtps://mail.example.org", "a@example.org\nBcc: b@example.org"),
    ],
)
def test_mail_is_encrypted_unless_its_server_is_on_this_machine(url, sender):
    with pytest.raises(ValueError):
        read_server(url, sender)
    good = read_server("smtps://user:p%40ss@mail.example.org", "a@example.org")
    assert (good.port, good.user, good.password) == (465, "user", "p@ss")
    assert "p@ss" not in repr(good)
    assert read_server("smtp://127.0.0.1:2525", "a@example.org").port == 2525
