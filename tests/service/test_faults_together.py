"""F07 and F27 with all that a bureau does: two services and two workers on one database."""

import os
import signal
import threading
from collections import Counter
from datetime import date, timedelta
from functools import partial
from types import SimpleNamespace
from uuid import uuid4

import pytest
import requests

from inspections.bureaus.model import Measure, Rules, Rung
from inspections.cases.dossiers.model import Status as DossierStatus
from inspections.cases.dossiers.store import DossierStore
from inspections.cases.renaming.model import Status as RenamingStatus
from inspections.cases.renaming.store import RenamingStore
from inspections.draws.model import Act, Draw, Group, Inputs
from inspections.draws.store import DrawStore
from inspections.ladder.store import EscalationStore
from inspections.rectification.model import ExtensionRequest, Objection
from inspections.statistics.model import Bulletin, Period, Work
from inspections.statistics.store import BulletinStore
from inspections.stoppages.model import Status as StoppageStatus
from inspections.stoppages.store import StoppageStore
from media.custody.model import SERVICE
from service.demonstration import identity
from service.rooms import assemble
from tests.builders import NOON, make_service
from tests.cast import Clock
from tests.inspections.test_dossiers_workflow import make_dossier
from tests.inspections.test_ladder_workflow import due
from tests.inspections.test_renaming_workflow import make_case
from tests.inspections.test_stoppages_workflow import make_stoppage
from tests.service.working import holder, now, until, worker, write
from tests.steps_world import notice_in, visit_in, written
from tests.test_faults_fork import Settled
from tests.test_faults_mongod import log_in
from tests.web import Web

SITE = identity("kindergarten-1")
FAST, LONG = (2, 8), (200, 50)
"""Things raced for and threads at each: as `make test` has it, and as `make fault`."""

LADDER = (Rung(Measure.REMINDER, 0), Rung(Measure.BULLETIN, 3, working=False))
COUNT = 20


def renaming_late(number):
    late = now() - timedelta(hours=1)
    facts = {"id": f"renaming-{number}", "kindergarten_id": f"site-{number}", "opened_at": late}
    return make_case(status=RenamingStatus.TOLD, due=late.date(), due_at=late, **facts)


def stoppage_late(number):
    facts = {"id": f"stoppage-{number}", "case_id": f"case-stop-{number}"}
    return make_stoppage(proof_due_at=now() - timedelta(hours=1), **facts)


def person_at_work(number):
    late = now() - timedelta(hours=1)
    return make_dossier(id=f"person-{number}", status=DossierStatus.TOLD, proof_due_at=late)


def test_f07_what_time_does_is_done_once_by_two_workers_one_of_them_killed(rooms):
    rooms.bureaus.set(
        *("990102",), rules=Rules(ladder=LADDER), source="规程", seen=0, actor=SERVICE, now=now()
    )
    lapsed = write(rooms, "lapsed", COUNT, due_at=now() - timedelta(days=5))
    world = SimpleNamespace(rooms=rooms)
    renamings = [written(world, RenamingStore, renaming_late(each)) for each in range(COUNT)]
    stoppages = [written(world, StoppageStore, stoppage_late(each)) for each in range(COUNT)]
    persons = [written(world, DossierStore, person_at_work(each)) for each in range(COUNT)]
    done = rooms.database.custody.count_documents
    with worker(rooms, 2) as one, worker(rooms, 2) as two:
        until(lambda: done({"verb": "notice_overdue"}), 30)
        killed = holder(rooms) or one.pid
        os.kill(killed, signal.SIGKILL)
        other = ({one.pid, two.pid} - {killed}).pop()
        until(lambda: holder(rooms) == other, 30)
        until(lambda: done({"verb": "measure_due"}) >= 3 * COUNT, 60)
        until(lambda: done({"verb": "renaming_overdue"}) == COUNT, 30)
        until(lambda: done({"verb": "stoppage_overdue"}) == COUNT, 30)
        until(lambda: done({"verb": "dossier_overdue"}) == COUNT, 30)

    for each in lapsed:
        assert verbs(rooms, f"case:{each.case_id}") == ["notice_overdue", *["measure_due"] * 2]
    for each in renamings:
        assert verbs(rooms, f"case:{each.id}")[:2] == ["renaming_overdue", "measure_due"]
    for each in stoppages:
        assert verbs(rooms, f"case:{each.case_id}") == ["stoppage_overdue"]
    for each in persons:
        assert verbs(rooms, f"case:{each.id}") == ["dossier_overdue"]
    for kind in ("notice_overdue", "renaming_overdue", "stoppage_overdue", "dossier_overdue"):
        assert rooms.database.messages.count_documents({"kind": kind}) == COUNT
    assert list(rooms.custody.verify()) == []


def verbs(rooms, chain):
    return [entry.verb for entry in rooms.custody.history(chain)]


@pytest.fixture(scope="module")
def services(client, mongo, tmp_path_factory):
    """Two services, four processes each, on one database; and how a test writes to it."""
    folder, database = tmp_path_factory.mktemp("together"), f"test_{uuid4().hex[:12]}"
    first = Web(folder, mongo, database)
    settings = first.prepare()
    second = Web(folder, mongo, database)
    second.environment = first.environment
    for each in (first, second):
        each.start()
    settled = Settled(settings)
    who = ("inspector", "supervisor", "supervisor2")
    tokens = {name: log_in(first.address, settled, name).token for name in who}
    rooms = assemble(settings, client)
    account = requests.get(
        f"{first.address}/api/v1/me", headers=bearer(tokens["inspector"]), timeout=30
    ).json()
    yield SimpleNamespace(
        addresses=(first.address, second.address),
        tokens=tokens,
        rooms=rooms,
        clock=Clock(),
        inspector=SimpleNamespace(account=account),
    )
    for each in (first, second):
        each.stop()
    rooms.post.close()
    client.drop_database(database)


def bearer(token):
    return {"Authorization": f"Bearer {token}"}


def notice(status, **changed):
    def make(world, id_):
        notice_in(world, status, id=id_, case_id=id_, **changed)
        return "notices", f"case:{id_}"

    return make


def waiting(thing):
    """A served notice on which something waits to be decided."""
    at = now()
    served = {"service": make_service(served_at=at, recorded_at=at)}
    return notice("served", **served, **thing(at))


def visit(world, id_):
    visit_in(world, "submitted", id=id_, case_id=id_)
    return "inspections", f"case:{id_}"


def stoppage(world, id_):
    facts = {"id": id_, "case_id": id_, "kindergarten_id": SITE}
    written(world, StoppageStore, make_stoppage(status=StoppageStatus.PROVEN, **facts))
    return "stoppages", f"case:{id_}"


def measure(world, id_):
    facts = {"id": id_, "case_id": id_, "kindergarten_id": SITE}
    written(world, EscalationStore, due(Measure.BULLETIN, **facts))
    return "measures", f"case:{id_}"


def dossier(world, id_):
    facts = {"id": id_, "kindergarten_id": SITE, "status": DossierStatus.REFERRED}
    written(world, DossierStore, make_dossier(**facts))
    return "dossiers", f"case:{id_}"


def bulletin(world, id_):
    period, work = Period(date(2026, 1, 1), date(2026, 3, 31)), Work(*[0] * 7, None, 0, 0)
    made = Bulletin(
        *(id_, "990102", "演示县", "通报", period, (), (), work, (), (), "0" * 64, "p", NOON)
    )
    written(world, BulletinStore, made)
    return "bulletins", f"bulletin:{id_}"


def draw(world, id_):
    inputs = Inputs((Group("全部", (SITE,), 1),), (identity("inspector"),), 1, 5)
    by = Act(NOON, "account", "person", "监督员")
    made = Draw(id_, "990102", "抽查", inputs, "0" * 64, "1" * 64, "secret", by)
    written(world, DrawStore, made)
    return "draws", f"draw:{id_}"


WHY = {"why": "原因"}
DAYS = waiting(lambda at: {"request": ExtensionRequest(3, "原因", at, "person-9")})
OBJECTED = waiting(
    lambda at: {"objections": (Objection("o", at, "director", ("finding-1",), "原因"),)}
)
RACES = {
    "close twice": (
        notice("verified"),
        ("supervisor", "closure", None),
        ("supervisor2", "closure", None),
    ),
    "close or extend": (
        notice("verified"),
        ("supervisor", "closure", None),
        ("supervisor2", "extension-decisions", {"approve": True, **WHY}),
    ),
    "approve or return": (
        visit,
        ("supervisor", "steps", {"step": "approve"}),
        ("supervisor2", "steps", {"step": "return", **WHY}),
    ),
    "extend or refuse": (
        DAYS,
        ("supervisor", "extension-decisions", {"approve": True, **WHY}),
        ("supervisor2", "extension-decisions", {"approve": False, **WHY}),
    ),
    "uphold or reject": (
        OBJECTED,
        ("supervisor", "objection-decisions", {"uphold": True, **WHY}),
        ("supervisor2", "objection-decisions", {"uphold": False, **WHY}),
    ),
    "stop the clock or extend": (
        DAYS,
        ("supervisor", "clock/stop", WHY),
        ("supervisor2", "extension-decisions", {"approve": True, **WHY}),
    ),
    "confirm or reject a proof": (
        stoppage,
        ("supervisor", "steps", {"step": "confirm", **WHY}),
        ("supervisor2", "steps", {"step": "reject", **WHY}),
    ),
    "take or waive a measure": (
        measure,
        ("supervisor", "taking", {"held_on": "2026-03-09", "text": "已通报"}),
        ("supervisor2", "waiver", WHY),
    ),
    "confirm or dismiss a dossier": (
        dossier,
        ("supervisor", "steps", {"step": "confirm", **WHY}),
        ("supervisor2", "steps", {"step": "dismiss", **WHY}),
    ),
    "publish a bulletin twice": (
        bulletin,
        ("supervisor", "publication", None),
        ("supervisor2", "publication", None),
    ),
    "draw or cancel": (
        draw,
        ("supervisor", "drawing", {"beacon": "第 134 期 03 08 14"}),
        ("supervisor2", "cancellation", WHY),
    ),
}
OF_F27 = ("close twice", "close or extend", "approve or return")


def race(services, name, threads):
    """Have so many act at one moment on one thing, half at each service; return what they got."""
    make, *sides = RACES[name]
    id_ = str(uuid4())
    path, chain = make(services, id_)
    barrier, answers = threading.Barrier(threads), []

    def act(number):
        who, verb, body = sides[number % 2]
        address = services.addresses[number // 2 % 2]
        headers = {**bearer(services.tokens[who]), "If-Match": '"1"'}
        barrier.wait()
        url = f"{address}/api/v1/{path}/{id_}/{verb}"
        answers.append(requests.post(url, json=body, headers=headers, timeout=60))

    running = [threading.Thread(target=partial(act, number)) for number in range(threads)]
    for each in running:
        each.start()
    for each in running:
        each.join()
    return answers, verbs(services.rooms, chain)


def must_have_one_winner(answers, history, threads):
    statuses = Counter(each.status_code for each in answers)
    assert statuses[200] == 1, statuses
    assert statuses[200] + statuses[409] + statuses[412] == threads, statuses
    assert len(history) == 1
    for each in answers:
        told = each.json()
        if each.status_code == 412:
            assert told["facts"]["current"] == 2
        if each.status_code == 409:
            assert told["detail"]


@pytest.mark.parametrize("name", RACES)
def test_f27_of_those_who_hurry_at_two_services_one_wins(services, name):
    count, threads = FAST

    for _ in range(count):
        must_have_one_winner(*race(services, name, threads), threads)


@pytest.mark.fault
@pytest.mark.parametrize("name", OF_F27)
def test_f27_two_hundred_times_fifty_hurry_at_two_services(services, name):
    count, threads = LONG

    for _ in range(count):
        must_have_one_winner(*race(services, name, threads), threads)
