"""F30 over HTTP for annual reviews, bulletins, draws and recusals: each step by whose it is."""

from datetime import date
from uuid import uuid4

import pytest

from inspections.draws.model import Act, Draw, Group, Inputs
from inspections.draws.model import Status as DrawStatus
from inspections.draws.store import DrawStore
from inspections.recusals.model import Recusal
from inspections.recusals.store import RecusalStore
from inspections.statistics.model import Bulletin, Period, Work
from inspections.statistics.model import Status as BulletinStatus
from inspections.statistics.store import BulletinStore
from inspections.supervision.model import AnnualReview, Grade
from inspections.supervision.model import Status as ReviewStatus
from inspections.supervision.store import ReviewStore
from service.demonstration import identity
from tests.builders import NOON
from tests.steps_world import callers, stored, written
from tests.test_faults_steps import cells

SITE = identity("kindergarten-1")
PATH = f"kindergartens/{SITE}/annual-reviews/2025"
WHO_REVIEWS = """
            propose  decide  publish
nobody      u        u       u
officer     f        f       f
colleague   f        f       f
supervisor  +        +       +
city        +        +       +
involved    +        o       +
admin       f        f       f
director    f        f       f
director2   f        f       f
neighbour   n        n       n
"""
WHO_BULLETINS = """
            publish
nobody      u
officer     f
colleague   f
supervisor  +
city        +
involved    o
admin       f
director    f
director2   f
neighbour   n
"""
WHO_DRAWS = """
            make  cancel
nobody      u     u
officer     f     f
colleague   f     f
supervisor  +     +
city        +     +
involved    o     +
admin       f     f
director    f     f
director2   f     f
neighbour   n     n
"""
WHO_RECUSALS = """
            end
nobody      u
officer     f
colleague   f
supervisor  +
city        +
involved    o
admin       f
director    f
director2   f
neighbour   n
"""
"""Whose step it is, as in `test_faults_steps`; `involved` proposed, drafted, committed, or is the
one who was recused."""

REVIEWS = list(
    cells(
        [
            ("proposed", "propose", "proposed"),
            ("proposed", "decide", "decided"),
            ("proposed", "publish", "-"),
            ("decided", "propose", "-"),
            ("decided", "decide", "-"),
            ("decided", "publish", "published"),
            ("published", "propose", "-"),
            ("published", "decide", "-"),
            ("published", "publish", "-"),
        ],
        WHO_REVIEWS,
    )
)
BULLETINS = list(
    cells([("draft", "publish", "published"), ("published", "publish", "-")], WHO_BULLETINS)
)
DRAWS = list(
    cells(
        [
            ("committed", "make", "drawn"),
            ("committed", "cancel", "cancelled"),
            ("drawn", "make", "-"),
            ("drawn", "cancel", "-"),
            ("cancelled", "make", "-"),
            ("cancelled", "cancel", "-"),
        ],
        WHO_DRAWS,
    )
)
RECUSALS = list(cells([("standing", "end", "ended"), ("ended", "end", "-")], WHO_RECUSALS))


@pytest.fixture(scope="module")
def who(stage):
    return callers(stage)


@pytest.fixture(scope="module")
def person(stage):
    """The person of `involved`."""
    return stage.inspector.account["person"]["id"]


def must_hold(stage, collection, thing, kept, answer, expected):
    after = stored(stage, collection, thing)
    if isinstance(expected, str):
        assert answer.status_code == 200, answer.text
        assert (after["status"], after["revision"]) == (expected, 2)
        return
    assert answer.status_code == expected, answer.text
    assert after == kept


@pytest.mark.parametrize(("status", "step", "name", "expected"), REVIEWS)
def test_an_annual_review_takes_only_the_steps_of_its_table(
    stage, who, person, status, step, name, expected
):
    stage.rooms.database["annual_reviews"].delete_many({"kindergarten_id": SITE, "year": 2025})
    review = AnnualReview(
        *(str(uuid4()), SITE, "990102", 2025, Grade.PASSED, "按期销号"),
        *(ReviewStatus(status), person, NOON),
    )
    written(stage, ReviewStore, review)
    kept = stored(stage, "annual_reviews", review)
    path, body = {
        "propose": ("proposal", {"grade": "failed", "why": "未销号"}),
        "decide": ("decision", None),
        "publish": ("publication", None),
    }[step]

    answer = who[name].call("POST", f"{PATH}/{path}", body, revision=1)

    must_hold(stage, "annual_reviews", review, kept, answer, expected)


@pytest.mark.parametrize(("status", "step", "name", "expected"), BULLETINS)
def test_a_bulletin_takes_only_the_steps_of_its_table(
    stage, who, person, status, step, name, expected
):
    period = Period(date(2026, 1, 1), date(2026, 3, 31))
    work = Work(0, 0, 0, 0, 0, 0, 0, None, 0, 0)
    bulletin = Bulletin(
        *(str(uuid4()), "990102", "演示县", "通报", period, (), (), work, (), (), "0" * 64),
        *(person, NOON, BulletinStatus(status)),
    )
    written(stage, BulletinStore, bulletin)
    kept = stored(stage, "bulletins", bulletin)

    answer = who[name].call("POST", f"bulletins/{bulletin.id}/publication", revision=1)

    must_hold(stage, "bulletins", bulletin, kept, answer, expected)


@pytest.mark.parametrize(("status", "step", "name", "expected"), DRAWS)
def test_a_draw_takes_only_the_steps_of_its_table(stage, who, person, status, step, name, expected):
    officers = (identity("inspector"), identity("inspector2"))
    inputs = Inputs((Group("全部", (SITE,), 1),), officers, 2, 5)
    by = Act(NOON, "account", person, "监督员")
    draw = Draw(
        *(str(uuid4()), "990102", "抽查", inputs, "0" * 64, "1" * 64, "secret", by),
        DrawStatus(status),
    )
    written(stage, DrawStore, draw)
    kept = stored(stage, "draws", draw)
    path, body = {
        "make": ("drawing", {"beacon": "第 134 期 03 08 14"}),
        "cancel": ("cancellation", {"why": "原因"}),
    }[step]

    answer = who[name].call("POST", f"draws/{draw.id}/{path}", body, revision=1)

    must_hold(stage, "draws", draw, kept, answer, expected)


@pytest.mark.parametrize(("status", "step", "name", "expected"), RECUSALS)
def test_a_recusal_is_ended_once_and_by_another(stage, who, person, status, step, name, expected):
    ended = {"ended_at": NOON, "ended_by": "p"} if status == "ended" else {}
    recusal = Recusal(
        *(str(uuid4()), "990102", SITE, "account", person, "检查员", "亲属在园", person, NOON),
        **ended,
    )
    written(stage, RecusalStore, recusal)
    kept = stored(stage, "recusals", recusal)

    answer = who[name].call("POST", f"recusals/{recusal.id}/{step}", {"why": "原因"}, revision=1)

    after = stored(stage, "recusals", recusal)
    stage.rooms.database["recusals"].delete_one({"_id": recusal.id})
    if isinstance(expected, str):
        assert (answer.status_code, after["revision"]) == (200, 2)
        assert after["ended_at"] is not None
    else:
        assert answer.status_code == expected, answer.text
        assert after == kept
