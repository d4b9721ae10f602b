"""Drills over HTTP, and the linkage platform that keeps to its contract, or does not."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import orjson
import pytest

from inspections.messages.model import Kind
from service.delivery.addresses import read_allowed
from service.delivery.linkage import platform
from service.delivery.sender import Sender
from service.demonstration import identity
from tests.access_world import enter, send_photo
from tests.receiver import receiver

SITE = identity("kindergarten-1")


@pytest.fixture(autouse=True)
def limits(stage):
    path = "bureau-settings/990102"
    rules = {"alarm_seconds": 60, "linkage_percent": 100, "drill_months": 1}
    seen = stage.supervisor.get(path)["revision"]
    stage.supervisor.call("PUT", path, {"rules": rules, "source": "规程"}, revision=seen)


def record(stage, caller=None, wanted=201, **measured):
    body = {
        "id": str(uuid4()),
        "kindergarten_id": SITE,
        "kind": next(iter(measured)),
        "at": stage.clock().isoformat(),
    }
    caller = caller or stage.inspector
    return caller.post("drills", body | measured, wanted)


def alarm(stage, seconds):
    started = stage.clock() - timedelta(minutes=10)
    answered = started + timedelta(seconds=seconds)
    return {
        "started_at": started.isoformat(),
        "answered_at": answered.isoformat(),
        "receipt": "110-1",
    }


def test_an_alarm_that_was_answered_late_is_told_to_director_and_supervisors(stage):
    late = record(stage, alarm=alarm(stage, 75))
    good = record(stage, alarm=alarm(stage, 30))

    told = list(stage.rooms.database["messages"].find({"kind": Kind.DRILL_FAILED.value}))

    assert (late["judgement"]["verdict"], good["judgement"]["verdict"]) == ("failed", "passed")
    assert (late["alarm"]["seconds"], late["judgement"]["limit"]) == (75, 60)
    assert [each["about"]["id"] for each in told] == [late["id"]]
    assert stage.director.get(f"drills/{late['id']}") == late
    failed = stage.supervisor.get("drills", verdict="failed", kind="alarm")["items"]
    assert late["id"] in [each["id"] for each in failed]
    photo = send_photo(stage.inspector, f"drills/{late['id']}/photos")
    assert photo.status_code == 201


def test_a_drill_holds_the_measurement_of_its_kind_and_is_sent_once(stage):
    body = {"id": str(uuid4()), "kindergarten_id": SITE, "kind": "patrols"}
    body |= {"at": stage.clock().isoformat(), "patrols": {"on": "2026-11-23", "rounds": 5}}
    first = stage.inspector.post("drills", body, 201)
    again = stage.inspector.post("drills", body, 201)
    other = stage.inspector.call(
        "POST", "drills", body | {"patrols": {"on": "2026-11-23", "rounds": 6}}
    )
    both = stage.inspector.call("POST", "drills", body | {"barrier": {"stands": True}})
    neither = stage.inspector.call("POST", "drills", body | {"kind": "alarm"})

    assert again == first
    assert [each.status_code for each in (other, both, neither)] == [409, 422, 422]


def test_the_next_drill_waits_once_its_month_is_over(stage):
    drill = record(stage, barrier={"stands": True})
    path = {"_id": drill["id"]}
    stage.rooms.database["drills"].update_one(path, {"$set": {"next_due": "2026-01-01"}})
    neighbour = enter(stage, "neighbour", roles=["supervisor"], regions=["990103"])

    due = [each["id"] for each in stage.supervisor.get("drills/due")["items"]]
    theirs = neighbour.get("drills/due")["items"]

    assert drill["id"] in due
    assert theirs == []
    record(stage, barrier={"stands": True})
    assert drill["id"] not in [each["id"] for each in stage.supervisor.get("drills/due")["items"]]


def test_an_alarm_that_was_never_tested_is_listed_until_it_is(stage):
    def names():
        found, cursor = [], None
        while True:
            asked = {"kind": "alarm", "limit": 1} | ({"cursor": cursor} if cursor else {})
            page = stage.supervisor.get("drills/untested", **asked)
            found += [each["name"] for each in page["items"]]
            cursor = page["next"]
            if not cursor:
                return found

    facts = {"nature": "public", "region": "990102", "address": "演示路 7 号"}
    made = stage.supervisor.post("kindergartens", {"name": "演示县静园幼儿园"} | facts, wanted=201)
    never = names()
    pressed = stage.clock()
    alarm = {"started_at": pressed.isoformat()}
    body = {"id": str(uuid4()), "kindergarten_id": made["id"], "kind": "alarm"}
    stage.inspector.post("drills", body | {"at": pressed.isoformat(), "alarm": alarm}, wanted=201)

    assert made["name"] in never
    assert len(never) == len(set(never))
    assert made["name"] not in names()
    due = {each["id"] for each in stage.supervisor.get("drills/due")["items"]}
    assert body["id"] in due
    without = stage.supervisor.call("GET", "drills/untested")
    assert without.status_code == 422


def asking(url):
    return platform(url, "令牌".encode().hex(), Sender(read_allowed("127.0.0.1"), seconds=2))


def answering(body, status=200):
    def answer(_, send):
        send.reply(status, body if isinstance(body, bytes) else orjson.dumps(body))

    return answer


def ask(stage, url):
    drills = replace(stage.rooms.oversight).drills
    drills._platform = asking(url)
    try:
        body = {"id": str(uuid4()), "kindergarten_id": SITE}
        return stage.inspector.call("POST", "drills/asked", body)
    finally:
        drills._platform = None


GOOD = {"code": "9901020001", "online": 15, "total": 16, "period_percent": 99.5, "period_days": 30}


def test_the_platform_is_asked_for_a_kindergarten_by_its_code(stage):
    with receiver(answering(GOOD)) as there:
        told = ask(stage, there.url)
        (got,) = there.got

    assert told.status_code == 201, told.text
    assert told.json["source"] == "platform"
    assert told.json["camera_link"]["percent"] == 93.75
    assert told.json["judgement"]["verdict"] == "failed"
    assert got.json == {"code": "9901020001"}
    assert got.headers["Authorization"].startswith("Bearer ")


@pytest.mark.parametrize(
    "body",
    [
        b"<html>",
        [],
        GOOD | {"code": "another"},
        GOOD | {"online": 17},
        GOOD | {"online": -1},
        GOOD | {"total": True},
        GOOD | {"period_percent": 101},
        {"code": "9901020001"},
    ],
)
def test_an_answer_that_does_not_keep_to_the_contract_records_nothing(stage, body):
    before = stage.rooms.database["drills"].count_documents({})

    with receiver(answering(body)) as there:
        told = ask(stage, there.url)

    assert (told.status_code, told.json["type"]) == (502, "/problems/platform-silent")
    assert stage.rooms.database["drills"].count_documents({}) == before


def test_a_platform_that_fails_or_is_not_set_is_said(stage):
    with receiver(answering({}, 500)) as there:
        failed = ask(stage, there.url)
    gone = ask(stage, there.url)
    body = {"id": str(uuid4()), "kindergarten_id": SITE}
    unset = stage.inspector.call("POST", "drills/asked", body)

    assert [each.status_code for each in (failed, gone, unset)] == [502, 502, 409]
