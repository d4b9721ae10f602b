"""F34: one event is one line of JSON, whatever is sent; nothing secret is in it."""

import json
import logging

import pytest

from service import logs
from service.wire import LOG as REQUESTS


@pytest.fixture
def logged(capsys):
    logs.configure()

    def lines():
        return capsys.readouterr().err.splitlines()

    yield lines
    logs.configure(level=logging.WARNING)


EVIL = '\r\n{"level": "info"}\x1b[31m\u2028\u2029\x00"}'


def test_one_event_is_one_line_of_plain_json(logged, stage):
    stage.nobody.call("GET", "/health", headers={"User-Agent": "x\ty", "X-Request-Id": "…"})
    REQUESTS.info("request", name=EVIL)

    lines = logged()

    assert len(lines) == 2
    assert all(line.isascii() for line in lines)
    assert json.loads(lines[1])["name"] == EVIL


def test_no_secret_is_logged(logged, stage):
    caller = stage.enter("inspector", stage.passwords["inspector"])
    caller.get("me")
    stage.nobody.call("POST", "login", {"username": "inspector", "password": "guess-4711"})
    stage.nobody.call("GET", "me", headers={"Authorization": "Bearer forged-4711"})

    text = "\n".join(logged())

    assert "request_id" in text
    for secret in (caller.token, stage.passwords["inspector"], "4711", "Bearer"):
        assert secret not in text


def test_a_fault_is_logged_with_its_cause_and_told_without(logged, stage, monkeypatch):
    def fail(**_):
        raise RuntimeError("secret detail of the inside")

    monkeypatch.setattr(stage.rooms.accounts, "myself", fail)

    answer = stage.inspector.call("GET", "me")

    assert answer.status_code == 500
    assert "secret detail" not in answer.text
    assert "RuntimeError" not in answer.text
    fault = next(json.loads(line) for line in logged() if '"fault"' in line)
    assert "secret detail" in fault["exception"]
    assert fault["request_id"] == answer.json["request_id"]
