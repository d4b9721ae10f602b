"""F30 over HTTP for what is beside a notice's way: signatures, the clock, more days, objections."""

from datetime import timedelta
from uuid import uuid4

import pytest

from inspections.rectification.model import ExtensionRequest, Objection
from inspections.rectification.model import Status as NoticeStatus
from tests.builders import make_service
from tests.steps_world import callers, notice_in, stored
from tests.test_faults_steps import cells

STEPS = """
              sign  stop  restart  ask  extend  refuse  object  uphold  reject
draft         +     -     -        -    -       -       -       -       -
issued        -     -     -        -    -       -       -       -       -
served        -     +     +        +    +       +       +       +       +
acknowledged  -     +     +        +    +       +       +       +       +
responded     -     +     +        +    +       +       +       +       +
reopened      -     +     +        +    +       +       +       +       +
verified      -     -     -        -    -       -       -       +       +
closed        -     -     -        -    -       -       -       +       +
withdrawn     -     -     -        -    -       -       -       -       -
revoked       -     -     -        -    -       -       -       -       -
"""
"""None of them changes the status. A director is owed a decision on its objection also when the
notice was closed meanwhile; a clock that stands, or days asked for, are nothing any more then."""

WHO = """
            sign  stop  restart  ask  extend  refuse  object  uphold  reject
nobody      u     u     u        u    u       u       u       u       u
officer     +     f     f        +    f       f       f       f       f
colleague   +     f     f        +    f       f       f       f       f
supervisor  o     +     +        +    +       +       f       +       +
city        o     +     +        +    +       +       f       +       +
involved    +     +     +        +    o       o       f       o       o
admin       f     f     f        f    f       f       f       f       f
director    f     f     f        s    f       f       s       f       f
director2   f     f     f        n    f       f       n       f       f
neighbour   n     n     n        n    n       n       f       n       n
"""
"""Whose step it is, as in `test_faults_steps`; `involved` made the visit and asked for the days."""

PATHS = {
    "sign": ("signatures", None),
    "stop": ("clock/stop", {"why": "原因"}),
    "restart": ("clock/restart", {"why": "原因"}),
    "ask": ("extension-requests", {"days": 3, "why": "原因"}),
    "extend": ("extension-decisions", {"approve": True, "why": "原因"}),
    "refuse": ("extension-decisions", {"approve": False, "why": "原因"}),
    "object": ("objections", {"finding_ids": ["finding-1"], "why": "原因"}),
    "uphold": ("objection-decisions", {"uphold": True, "why": "原因"}),
    "reject": ("objection-decisions", {"uphold": False, "why": "原因"}),
}
GONE = (NoticeStatus.DRAFT, NoticeStatus.ISSUED, NoticeStatus.WITHDRAWN)


def transitions():
    head, *rows = [line.split() for line in STEPS.strip().splitlines()]
    for status, *marks in rows:
        for step, mark in zip(head, marks, strict=True):
            yield status, step, "-" if mark == "-" else status


CELLS = list(cells(transitions(), WHO))


@pytest.fixture(scope="module")
def who(stage):
    return callers(stage)


def waiting_for(stage, step, status, person):
    """What the step needs to be there, where a notice in that status can have it."""
    if status in GONE:
        return {}
    at = stage.clock() - timedelta(hours=2)
    served = {"service": make_service(served_at=at, recorded_at=at)}
    if step == "restart":
        return served | {"stopped_at": at}
    if step in ("extend", "refuse"):
        return served | {"request": ExtensionRequest(3, "原因", at, person)}
    if step in ("uphold", "reject") and status is not NoticeStatus.REVOKED:
        objection = Objection(str(uuid4()), at, "director", ("finding-1",), "原因")
        return served | {"objections": (objection,)}
    return served


@pytest.fixture(scope="module")
def colleague(stage):
    return stage.inspector2.account["person"]["id"]


@pytest.mark.parametrize(("status", "step", "name", "expected"), CELLS)
def test_what_is_beside_a_notices_way_is_taken_by_whose_it_is(
    stage, who, colleague, status, step, name, expected
):
    person = stage.inspector.account["person"]["id"]
    facts = {"drafted_by": person, "visitors": (person, colleague), "signatures": ()}
    notice = notice_in(
        stage, status, **facts | waiting_for(stage, step, NoticeStatus(status), person)
    )
    kept = stored(stage, "notices", notice)
    path, body = PATHS[step]

    answer = who[name].call("POST", f"notices/{notice.id}/{path}", body, revision=1)

    after = stored(stage, "notices", notice)
    if isinstance(expected, str):
        assert answer.status_code == 200, answer.text
        assert (after["status"], after["revision"]) == (expected, 2)
    else:
        assert answer.status_code == expected, answer.text
        assert after == kept
