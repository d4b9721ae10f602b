"""Robots, SMS and mail: each against a receiver on loopback that keeps to its contract."""

import hmac
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import orjson
import pytest

from inspections.messages.model import Audience, Kind, Message
from media.custody.model import Role
from service.delivery import channels, words
from service.delivery.model import Channel, Outcome, State
from service.delivery.retries import ATTEMPTS
from service.demonstration import identity
from tests.receiver import receiver
from tests.service.posting import choose, deliver, deliveries, make_due, register, say

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


def test_a_robot_sent_again_with_another_key_is_not_the_same(cast):
    with receiver(answering(0)) as there:
        body = {"id": str(uuid4()), "regions": ["990102"], "channel": "wecom"}
        answers = [
            cast.admin.call("POST", "receivers", {**body, "url": f"{there.url}?key={key}"})
            for key in ("one", "one", "two")
        ]

    assert [each.status_code for each in answers] == [201, 201, 409]
    assert "key=" not in "".join(each.text for each in answers)


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


def test_a_deadline_that_may_move_is_told_as_such(cast):
    facts = {"number": "1", "kindergarten": "演示县春芽幼儿园", "due": "2027-01-06"}
    certain = say(cast, kind=Kind.NOTICE_SERVED, facts={**facts, "provisional": False})
    may_move = say(cast, kind=Kind.NOTICE_SERVED, facts={**facts, "provisional": True})

    assert words.sentence(certain).endswith("整改期限至 2027-01-06。")
    assert "2027-01-06（暂定" in words.sentence(may_move)


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
