"""`make bench`: the figures of a city over its kindergartens and years of visits. Printed."""

import random
from datetime import date, timedelta
from time import perf_counter

import pytest

from inspections.statistics.model import Period
from media.custody.model import SERVICE
from media.documents import to_document
from tests.bench.test_speed import told
from tests.builders import NOON, make_answer, make_inspection, make_kindergarten

pytestmark = pytest.mark.bench

SITES, VISITS, ITEMS = 3_000, 30_000, 80
CONTROLS = (
    *("camera-linkage", "full-time-guard", "closed-site-management"),
    *("one-key-alarm", "anti-ram-barrier", "food-grade"),
)


@pytest.fixture(scope="module")
def city(stage):
    """Kindergartens of a county, each visited six times, with eighty answers a visit."""
    dice, database = random.Random(6), stage.rooms.database
    region = "990102"
    like = to_document(make_kindergarten(region=region, created_at=NOON - timedelta(days=2000)))
    database["kindergartens"].insert_many(
        [{**like, "_id": f"site-{number}", "code": f"c{number}"} for number in range(SITES)]
    )
    items = (*CONTROLS, *(f"item-{number}" for number in range(ITEMS - len(CONTROLS))))
    answers = {each: make_answer(each, note="现场查看，与台账一致") for each in items}
    visit = to_document(
        make_inspection(region=region, status="approved", items=(), answers=answers)
    )
    for begin in range(0, VISITS, 500):
        batch = []
        for number in range(begin, begin + 500):
            results = {
                each: {**visit["answers"][each], "result": dice.choice(("met", "not_met"))}
                for each in CONTROLS
            }
            batch.append(
                {
                    **visit,
                    "_id": f"visit-{number}",
                    "kindergarten_id": f"site-{number % SITES}",
                    "status": "approved",
                    "approved_at": NOON - timedelta(hours=VISITS - number),
                    "answers": {**visit["answers"], **results},
                }
            )
        database["inspections"].insert_many(batch)
    return region


def test_the_figures_of_a_city_come_while_somebody_waits(stage, city):
    period = Period(date(2026, 1, 1), date(2026, 12, 31))
    begin = perf_counter()
    made = stage.rooms.oversight.statistics.statement(city, period, actor=SERVICE)
    took = perf_counter() - begin

    known = made.figures[0]
    told(f"figures of {SITES} kindergartens and {VISITS} visits", took, "s", "<= 2")
    assert known.met + known.not_met >= SITES
    assert took <= 2
