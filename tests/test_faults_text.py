"""F10, F32 and F35 at the door: no field takes what cannot be read, or a time beyond reckoning."""

import pytest

from tests.steps_world import notice_in, visit_in
from tests.test_faults_input import caller_for, places, put, writes

__all__ = ["writes"]

ILLEGIBLE = [" ", "\x00", "甲\x00乙", "\u202e甲", "\x1b[2J"]
FREE = {"password", "old", "new", "code"}
"""A password is whatever its owner makes it."""

AS_WRITTEN = ("/names/check",)
"""A name is checked with its evasions and all."""

BEYOND = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "1582-10-10T00:00:00Z"]


def strings(body):
    for place in places(body):
        inner = body
        for key in place:
            inner = inner[key]
        if isinstance(inner, str):
            yield place


def test_no_field_of_any_write_takes_what_cannot_be_read(stage, writes):
    taken = []
    for method, path, body in writes:
        if path.endswith(AS_WRITTEN):
            continue
        for place in strings(body):
            if place[-1] in FREE:
                continue
            for evil in ILLEGIBLE:
                answer = caller_for(stage, path).call(
                    method, path, put(body, place, evil), revision=1
                )
                if answer.status_code != 422:
                    taken.append((method, path, place, evil, answer.status_code))

    assert taken == []


def test_the_refusal_says_why_in_both_languages(stage):
    body = {"name": "\u202e甲", "nature": "public", "region": "990102", "address": "x"}

    def told(language):
        headers = {"Accept-Language": language}
        answer = stage.supervisor.call("POST", "kindergartens", body, headers=headers)
        return answer.json["errors"]

    assert told("zh") == [{"field": "name", "message": "不得为空白，也不得含控制字符"}]
    assert told("en") == [{"field": "name", "message": "It is blank, or holds control characters."}]


@pytest.mark.parametrize("time", BEYOND)
def test_a_time_beyond_reckoning_is_refused_and_nothing_is_kept(stage, time):
    visit = visit_in(stage, "underway", items=("anti-ram-barrier",))
    notice = notice_in(stage, "issued")
    answers = {"answers": [{"item_id": "anti-ram-barrier", "result": "met", "device_at": time}]}
    service = {"way": "in_person", "receiver": "园长", "served_at": time}

    answered = stage.inspector.call("POST", f"inspections/{visit.id}/answers", answers, revision=1)
    served = stage.inspector.call("POST", f"notices/{notice.id}/service", service, revision=1)

    assert (answered.status_code, served.status_code) == (422, 422)
    assert stage.inspector.get(f"inspections/{visit.id}")["answers"] == {}
    assert stage.inspector.get(f"notices/{notice.id}")["status"] == "issued"
