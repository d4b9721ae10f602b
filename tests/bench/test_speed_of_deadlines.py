"""`make bench`: ten thousand of many notices become overdue at once (W7). Figures are printed."""

import gc
from datetime import timedelta
from time import perf_counter
from uuid import uuid4

import pytest

from inspections.rectification.jobs import mark_overdue
from inspections.rectification.model import Status
from media.documents import to_document
from tests.bench.test_speed import told
from tests.builders import NOON, make_notice, make_service

pytestmark = pytest.mark.bench

ALL, LAPSED = 200_000, 10_000


@pytest.fixture(scope="module")
def notices(stage):
    """Many served notices, ten thousand of them lapsed and unmarked."""
    like = to_document(
        make_notice(
            status=Status.SERVED,
            service=make_service(served_at=NOON, recorded_at=NOON),
            due_at=stage.clock() + timedelta(days=99),
        )
    )
    del like["number"]
    collection = stage.rooms.database["notices"]
    for begin in range(0, ALL, 10_000):
        collection.insert_many(
            [
                {**like, "_id": f"n-{number}", "case_id": f"c-{number}"}
                for number in range(begin, begin + 10_000)
            ],
            ordered=False,
        )
    return collection


def lapse(stage, collection, prefix):
    due = {"due_at": stage.clock() - timedelta(hours=1), "overdue_at": None, "status": "served"}
    ids = [f"n-{number}" for number in range(prefix, prefix + LAPSED)]
    collection.update_many({"_id": {"$in": ids}}, {"$set": due})
    return ids


def bare_writes(stage, notices, ids, *, in_one):
    """Seconds of one update_many and one insert_many of the same changes and entries, no more."""
    database, client = stage.rooms.database, stage.rooms.database.client
    entries = [
        {**each, "_id": str(uuid4()), "chain": f"bare-{uuid4()}"}
        for each in database.custody.find({"verb": "notice_overdue"}).limit(LAPSED)
    ]
    at = stage.clock()
    change = {"$set": {"overdue_at": at, "climb_at": at}, "$inc": {"revision": 1}}

    def write(session):
        notices.update_many({"_id": {"$in": ids}}, change, session=session)
        database.custody.insert_many(entries, session=session)

    begin = perf_counter()
    if in_one:
        with client.start_session() as session:
            session.with_transaction(write)
    else:
        write(None)
    return perf_counter() - begin


def test_ten_thousand_notices_lapse_within_three_times_the_bare_writes(stage, notices):
    """Each with its entry linked, its head moved and its message, all of a notice or nothing.

    The bare writes are those of the same changes and the same entries. Apart from each other they
    may leave a lapse without its history, so the limit is what they take in one transaction.
    """
    gc.collect()
    gc.freeze()  # as the worker does when it begins
    lapse(stage, notices, 0)
    begin = perf_counter()
    done = mark_overdue(stage.rooms.deadlines, stage.clock)
    ours = perf_counter() - begin

    apart = bare_writes(stage, notices, lapse(stage, notices, 20_000), in_one=False)
    together = bare_writes(stage, notices, lapse(stage, notices, 40_000), in_one=True)

    few = 200
    lapse(stage, notices, 60_000)
    begin = perf_counter()
    for _ in range(few):
        stage.rooms.deadlines.mark_overdue(now=stage.clock(), limit=1)
    each = (perf_counter() - begin) / few * LAPSED

    told("W7 bare update_many and insert_many, apart", apart, "s", "may leave halves")
    told("W7 the same in one transaction", together, "s", "the limit")
    told("W7 10,000 lapses, each with history and message", ours, "s", f"<= {3 * together:.2f}")
    told("W7 the same one by one", each, "s", f">= {10 * ours:.1f}")
    assert done == LAPSED
    assert each > 5 * ours
    assert ours < 3 * together
