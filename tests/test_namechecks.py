"""The register's names checked in the background: progress, what was found, a crash half way."""

from datetime import timedelta
from uuid import uuid4

import pytest

from inspections.kindergartens.model import Nature
from inspections.namechecks import actions
from inspections.namechecks.jobs import check_registers
from service.demonstration import identity
from tests.access_world import enter
from tests.builders import make_kindergarten

COUNTY = "990103"
WRONG = 110
ALL = 1100 + 1
"""One of the demonstration's is in the county."""


@pytest.fixture(scope="module")
def head(stage):
    return enter(stage, "head", roles=["supervisor"], regions=[COUNTY])


@pytest.fixture(scope="module", autouse=True)
def register(stage):
    """Fill a county with names of which every tenth is in breach, though the register says ok."""
    rooms = stage.rooms
    store = rooms.register._store
    names = ["国际" if number % 10 == 0 else "春芽" for number in range(ALL - 1)]
    made = [
        make_kindergarten(
            id=f"named-{number:04}",
            name=f"演示乙县{word}{number}幼儿园",
            nature=Nature.PRIVATE,
            region=COUNTY,
        )
        for number, word in enumerate(names)
    ]
    rooms.inspections._transact(lambda tx: store.add_all(made, tx))


@pytest.fixture
def done(stage, head):
    """A run that is through."""
    run = head.post("name-runs", {}, wanted=202)
    work(stage)
    return head.get(f"name-runs/{run['id']}")


def work(stage):
    return check_registers(stage.rooms.name_checks, stage.clock)


def test_a_run_checks_every_name_in_reach_and_tells_its_progress(stage, head):
    run = head.post("name-runs", {}, wanted=202)
    path = f"name-runs/{run['id']}"
    assert (run["status"], run["done"], run["total"]) == ("waiting", 0, ALL)

    assert work(stage) == 1

    done = head.get(path)
    assert (done["status"], done["done"], done["total"]) == ("done", ALL, ALL)
    assert done["counts"] == {"ok": ALL - WRONG, "review": 0, "violation": WRONG}
    first = head.get(f"{path}/hits", limit=100, verdict="violation")
    rest = head.get(f"{path}/hits", limit=100, cursor=first["next"])
    hits = [*first["items"], *rest["items"]]
    assert len({each["kindergarten_id"] for each in hits}) == 110
    assert {each["verdict"] for each in hits} == {"violation"}
    assert all(each["findings"][0]["clauses"] for each in hits)
    assert head.get(f"{path}/hits", verdict="review")["items"] == []


def test_what_was_found_stands_in_the_register_and_in_the_queue(head, done):
    found = head.get("kindergartens", verdict="violation", limit=200)["items"]

    waiting = head.get("queues/names_found", limit=200)["items"]
    assert done["counts"]["violation"] == len(found) == WRONG
    assert len(waiting) in (WRONG, WRONG - 1)  # one may be taken up by a case


def test_it_is_recorded_and_exported(stage, head, done):
    verbs = [each.verb for each in stage.rooms.custody.history(f"name_run:{done['id']}")]
    table = head.call("GET", f"exports/name-runs/{done['id']}?format=csv").data.decode("utf-8-sig")

    assert verbs == ["names_check_started", "names_checked"]
    assert len(table.splitlines()) == 111
    assert "国际" in table


def test_a_run_that_ended_half_way_goes_on_where_it_was(stage, head, monkeypatch):
    run = head.post("name-runs", {"id": str(uuid4())}, wanted=202)
    path = f"name-runs/{run['id']}"
    again = stage.rooms.register.check_names_again
    calls = []

    def cut(*args, **more):
        calls.append(more["after"])
        if len(calls) == 2:
            raise ConnectionError("gone")
        return again(*args, **more)

    monkeypatch.setattr(stage.rooms.register, "check_names_again", cut)
    with pytest.raises(ConnectionError):
        work(stage)
    half = head.get(path)
    assert (half["status"], half["done"]) == ("running", actions.BATCH)
    assert work(stage) == 0  # still held by the run that is gone
    stage.clock.ahead += timedelta(minutes=2)

    assert work(stage) == 1

    assert calls[2] == (COUNTY, "named-0498")
    done = head.get(path)
    assert (done["done"], done["counts"]["violation"]) == (ALL, WRONG)
    assert head.get(f"{path}/hits", limit=200)["next"] is None


def test_two_workers_do_a_run_once(stage, head, monkeypatch):
    run = head.post("name-runs", {}, wanted=202)
    again = stage.rooms.register.check_names_again

    def meanwhile(*args, **more):
        monkeypatch.setattr(stage.rooms.register, "check_names_again", again)
        stage.clock.ahead += timedelta(minutes=2)
        work(stage)
        return again(*args, **more)

    monkeypatch.setattr(stage.rooms.register, "check_names_again", meanwhile)
    work(stage)

    done = head.get(f"name-runs/{run['id']}")
    assert (done["done"], done["counts"]["violation"]) == (ALL, WRONG)


def test_a_run_is_its_makers_and_sent_again_the_same(stage, head):
    id_ = str(uuid4())
    first = head.post("name-runs", {"id": id_}, wanted=202)

    again = head.post("name-runs", {"id": id_}, wanted=202)
    other = stage.supervisor.call("POST", "name-runs", {"id": id_})
    unseen = stage.supervisor.call("GET", f"name-runs/{id_}")

    assert first["id"] == again["id"]
    assert (other.status_code, unseen.status_code) == (409, 404)
    work(stage)


def test_a_run_whose_maker_is_gone_stops_and_says_why(stage):
    gone = enter(stage, "gone", roles=["supervisor"], regions=[COUNTY])
    run = gone.post("name-runs", {}, wanted=202)
    stage.rooms.database["accounts"].update_one(
        {"_id": gone.account["id"]}, {"$set": {"active": False}}
    )

    work(stage)

    found = stage.rooms.name_checks._store.find(run["id"])
    assert found.status == "failed"
    assert set(found.reason) == {"zh", "en"}


def test_what_a_case_took_up_stays_taken_up_when_checked_again(stage, head):
    body = {"kindergarten_id": "named-0010", "why": "名称含有禁用字样"}
    case = head.post("renaming-cases", body, wanted=201)
    run = head.post("name-runs", {}, wanted=202)

    work(stage)

    waiting = [each["id"] for each in head.get("queues/names_found", limit=200)["items"]]
    hits = head.get(f"name-runs/{run['id']}/hits", limit=200)["items"]
    assert "named-0010" not in waiting
    assert {each["settled"] for each in hits if each["kindergarten_id"] == "named-0010"} == {
        case["id"]
    }
    assert identity("kindergarten-1") not in waiting
