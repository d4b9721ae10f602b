"""Robots, SMS and mail: each against a receiver on loopback that keeps to its contract."""

import hmac
import socketserver
import threading
from base64 import b64encode
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_string
from email.header import decode_header, make_header
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from inspections.messages.model import Audience, Kind, Message
from media.custody.model import Role
from service.delivery import channels, words
from service.delivery.mail import Mailer, MailServer, read_server
from service.delivery.model import Channel, Outcome, State
from service.delivery.retries import ATTEMPTS
from service.demonstration import identity
from tests.receiver import receiver
from tests.service.posting import deliver, deliveries, make_due, register, say

FACTS = {"kindergarten": "演示县实验幼儿园", "number": "990102教整改〔2026〕1号", "open": 2}
SAID = "【护园】演示县实验幼儿园：990102教整改〔2026〕1号 已逾期，仍有 2 项未销号。"


def answering(code, status=200):
    def answer(_, send):
        send.reply(status, orjson.dumps({"errcode": code, "errmsg": "x"}))

    return answer


def query_of(got):
    return {name: values[0] for name, values in parse_qs(urlsplit(got.path).query).items()}


def test_wecom_gets_the_sentence_and_nobody_sees_its_key(cast):
    with receiver(answering(0)) as there:
        made = register(cast, f"{there.url}?key=geheim-1", channel="wecom")
        say(cast, facts=FACTS)
        assert deliver(cast, made) == 1
        (got,) = there.got

    assert got.json == {"msgtype": "text", "text": {"content": SAID}}
    assert query_of(got) == {"key": "geheim-1"}
    shown = cast.admin.get(f"receivers/{made['id']}")
    assert (shown["url"], made["secret"]) == (there.url, None)
    kept = cast.rooms.database["receivers"].find_one({"_id": made["id"]})
    history = cast.rooms.custody.history(f"receiver:{made['id']}")
    assert "geheim" not in str(kept) + str(history) + str(deliveries(cast))


def test_a_robot_that_says_no_with_200_is_asked_again_and_then_given_up(cast):
    with receiver(answering(45009)) as there:
        made = register(cast, f"{there.url}?key=k", channel="wecom")
        say(cast, facts=FACTS)
        for _ in range(ATTEMPTS):
            deliver(cast, made)
            make_due(cast)
        there.answer = answering(0)
        (dead,) = deliveries(cast, state="dead", receiver_id=made["id"])
        cast.admin.post(f"deliveries/{dead['id']}/retry")
        arrived = deliver(cast, made)
        keys = set(there.keys())

    assert (dead["attempts"], dead["error"]) == (ATTEMPTS, "errcode 45009")
    assert arrived == 1
    assert keys == {dead["id"]}
    (done,) = deliveries(cast, receiver_id=made["id"])
    assert done["state"] == State.DONE.value


def test_dingtalk_is_signed_as_it_asks(cast):
    with receiver(answering(0)) as there:
        url = f"{there.url}?access_token=t-1"
        made = register(cast, url, channel="dingtalk", signing="SEC42")
        say(cast, facts=FACTS)
        assert deliver(cast, made) == 1
        query = query_of(there.got[0])

    mac = hmac.new(b"SEC42", f"{query['timestamp']}\nSEC42".encode(), sha256)
    assert query["sign"] == b64encode(mac.digest()).decode()
    assert query["access_token"] == "t-1"
    assert abs(int(query["timestamp"]) / 1000 - cast.clock().timestamp()) < 60


def test_a_robots_key_changes_with_its_address_and_is_not_rotated(cast):
    with receiver(answering(0)) as there:
        made = register(cast, f"{there.url}?key=old", channel="wecom")
        path = f"receivers/{made['id']}"
        rotated = cast.admin.call("POST", f"{path}/rotation", {"why": "x"}, revision=1)
        body = {"url": f"{there.url}?key=new", "why": "更换"}
        changed = cast.admin.call("PATCH", path, body, revision=1)
        say(cast, facts=FACTS)
        deliver(cast, made)
        keys = [query_of(each)["key"] for each in there.got]

    assert (rotated.status_code, changed.status_code) == (409, 200)
    assert keys == ["new"]


def choose(caller, **chosen):
    seen = caller.get("me/preferences")["revision"]
    body = {"phone": None, "email": None} | chosen
    return caller.call("PUT", "me/preferences", body, revision=seen)


def test_sms_goes_to_whom_it_concerns_and_who_asked_for_it_under_one_id(cast):
    choose(cast.supervisor, phone="13800000001", kinds=["notice_overdue"])
    choose(cast.director, phone="13800000002", kinds=["notice_served"])
    choose(cast.inspector, phone="13800000003")
    audience = Audience(roles=(Role.SUPERVISOR,), directors_of=identity("kindergarten-1"))
    with receiver() as there:
        made = register(cast, there.url, channel="sms")
        say(cast, facts=FACTS, audience=audience)
        assert deliver(cast, made) == 1
        (got,) = there.got

    assert got.json["phones"] == ["13800000001"]
    assert got.json["text"] == SAID
    assert got.json["id"] == got.headers["Idempotency-Key"]
    assert got.headers["Huyuan-Signature"].startswith("t=")
    assert made["secret"].startswith("whsec_")


def test_where_nobody_asked_nothing_is_sent_and_nothing_waits(cast):
    for caller in (cast.supervisor, cast.director, cast.inspector):
        choose(caller)
    with receiver() as there:
        made = register(cast, there.url, channel="sms")
        say(cast, facts=FACTS)
        deliver(cast, made)

        assert there.got == []
    (done,) = deliveries(cast, receiver_id=made["id"])
    assert (done["state"], done["status"]) == ("done", 204)


def test_a_choice_is_ones_own_and_names_what_it_saw(cast):
    first = choose(cast.inspector2, phone="13800000004")
    stale = cast.inspector2.call(
        "PUT", "me/preferences", {"phone": None, "email": None}, revision=0
    )
    bad = choose(cast.inspector2, email="nowhere")

    statuses = [each.status_code for each in (first, stale, bad)]
    assert statuses == [200, 412, 422]
    assert "13800000004" not in str(cast.rooms.custody.history(f"account:{identity('inspector2')}"))


class Conversation(socketserver.StreamRequestHandler):
    """A plain SMTP server (RFC 5321): takes mails, or refuses them as a test wants it."""

    def handle(self):
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            verb = line.split(" ")[0].upper()
            if verb == "DATA":
                self.say("354 go on")
                mail = []
                while (line := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                    mail.append(line)
                self.server.mails.append("\n".join(mail))
                self.say("250 taken")
            elif verb == "RCPT" and self.server.refuses:
                self.say("451 not now")
            elif verb == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def say(self, line):
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def mail_server():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Conversation) as server:
        server.daemon_threads = True
        server.mails, server.refuses = [], False
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def by_mail(cast):
    """Register mail as a receiver: it has no address of its own."""
    return cast.admin.post("receivers", {"regions": ["990102"], "channel": "email"}, wanted=201)


@contextmanager
def mailing(cast, server):
    """Let the post send over a server for a while."""
    port = server.server_address[1]
    cast.rooms.post._mailer = Mailer(MailServer("smtp", "127.0.0.1", port, "bureau@example.org"))
    try:
        yield
    finally:
        cast.rooms.post._mailer = None


def test_mail_reaches_who_asked_and_bears_one_id_however_often_it_is_sent(cast):
    choose(cast.supervisor, email="supervisor@example.org")
    with mail_server() as server, mailing(cast, server):
        made = by_mail(cast)
        say(cast, facts=FACTS)
        server.refuses = True
        failed = deliver(cast, made)
        (waiting,) = deliveries(cast, receiver_id=made["id"])
        server.refuses = False
        make_due(cast)
        sent = deliver(cast, made)
        make_due(cast)
        key = waiting["id"]
        cast.rooms.post._mailer.send(key, ["supervisor@example.org"], "x", "y")

    assert (failed, sent) == (0, 1)
    assert "Refused" in waiting["error"]
    first, again = (message_from_string(each) for each in server.mails)
    assert first["Message-ID"] == again["Message-ID"]
    assert first["To"] == "supervisor@example.org"
    assert str(make_header(decode_header(first["Subject"]))) == SAID[:60]
    assert first.get_payload(decode=True).decode().strip() == SAID


def test_without_a_server_mail_waits_and_says_why(cast):
    choose(cast.supervisor, email="supervisor@example.org")
    made = by_mail(cast)
    say(cast, facts=FACTS)

    assert deliver(cast, made) == 0
    (waiting,) = deliveries(cast, receiver_id=made["id"])
    assert waiting["error"] == "no mail server is set"


@pytest.mark.parametrize(
    ("url", "sender"),
    [
        ("smtp://mail.example.org", "a@example.org"),
        ("http://mail.example.org", "a@example.org"),
        ("smtps://", "a@example.org"),
        ("smtps://mail.example.org", "nobody"),
    ],
)
def test_mail_is_encrypted_unless_its_server_is_on_this_machine(url, sender):
    with pytest.raises(ValueError):
        read_server(url, sender)
    good = read_server("smtps://user:p%40ss@mail.example.org", "a@example.org")
    assert (good.port, good.user, good.password) == (465, "user", "p@ss")
    assert "p@ss" not in repr(good)
    assert read_server("smtp://127.0.0.1:2525", "a@example.org").port == 2525


@pytest.mark.parametrize("channel", ["wecom", "dingtalk", "sms"])
def test_f31_no_channel_reaches_inside_unless_the_operator_says_so(cast, channel):
    for url in ("http://169.254.169.254/?key=k", "https://10.0.0.1/?key=k", "file:///etc/passwd"):
        refused = cast.admin.call(
            "POST", "receivers", {"url": url, "regions": ["990102"], "channel": channel}
        )
        assert refused.status_code == 422, refused.text
        assert "key=k" not in refused.text


def test_a_sealed_matter_goes_over_no_channel_but_the_webhook(cast):
    account = cast.supervisor.account["id"]
    choose(cast.supervisor, phone="13800000001")
    with receiver(answering(0)) as there:
        robot = register(cast, f"{there.url}?key=k", channel="wecom")
        phone = register(cast, there.url, channel="sms")
        say(cast, kind=Kind.CASE_OPENED, audience=Audience(accounts=(account,)), seal="s")

        assert (deliver(cast, robot), deliver(cast, phone)) == (0, 0)
        assert there.got == []


def test_every_kind_has_a_sentence_that_lacks_nothing_it_cannot_have(cast):
    message = say(cast, facts=FACTS)

    for kind in Kind:
        told = words.sentence(replace(message, kind=kind, facts={}))
        assert told.startswith(words.PREFIX)
        assert told.endswith("。")
    assert words.sentence(message) == SAID
    assert isinstance(message, Message)


def test_a_text_is_cut_between_characters():
    cut = channels.shortened("幼" * 1000, 2048)

    assert len(cut.encode()) <= 2048
    assert cut.endswith("幼…")
    assert channels.shortened("短", 2048) == "短"


def test_only_a_robots_answer_needs_an_errcode():
    html = Outcome(status=200, body=b"<html>")

    assert channels.verdict(Channel.WEBHOOK, html) is html
    assert channels.verdict(Channel.WECOM, html).error == "its answer has no errcode"
    assert channels.verdict(Channel.WECOM, Outcome(error="timeout")).error == "timeout"
