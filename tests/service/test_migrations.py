"""`huyuan migrate`: old data is brought to this version, cut off and run again."""

import pytest

from inspections.visits.model import Result
from inspections.visits.store import VisitStore
from media.evidence.walk import verify_all
from service import migrations
from service.migrations import WrongVersion
from service.rooms import assemble
from tests.access_world import tell
from tests.builders import make_answer
from tests.cast import Clock
from tests.steps_world import visit_in


class CutOff(Exception):  # noqa: N818 - what a power cut is
    pass


def silent(*_):
    pass


@pytest.fixture(scope="module")
def grown_old(stage):
    """The stage's database as version 1 left it, with abuse answered in the open."""
    tell(stage)
    checklist = stage.rooms.checklists.in_force("990102", "kindergarten", stage.clock.today())
    abuse = next(each.id for each in checklist.items if each.severity == "one_vote_veto")
    answer = make_answer(abuse, Result.NOT_MET, note="腕部有伤")
    visit = visit_in(stage, "underway", items=(abuse,), answers={abuse: answer})
    database = stage.rooms.database
    database["evidence"].update_many({"seal": None}, {"$unset": {"seal": ""}})
    database["inspections"].update_many(
        {}, {"$unset": {"sealed_item_ids": ""}, "$set": {"schema_version": 1}}
    )
    database["schema"].drop()
    assert VisitStore(database)
    return stage, visit


def old(database):
    return database["evidence"].count_documents({"seal": {"$exists": False}}) + database[
        "inspections"
    ].count_documents({"schema_version": 1})


def test_old_data_is_refused_then_brought_up_though_it_is_cut_off_on_the_way(
    grown_old, monkeypatch
):
    stage, visit = grown_old
    database, rooms = stage.rooms.database, stage.rooms
    with pytest.raises(WrongVersion, match="huyuan migrate"):
        migrations.must_be_current(database)
    monkeypatch.setattr(migrations, "BATCH", 1)
    before, ticks = old(database), []

    def cut(name, *_):
        ticks.append(name)
        if len(ticks) % 2 == 0:
            raise CutOff

    for _ in range(50):
        try:
            done = migrations.migrate(rooms, cut)
            break
        except CutOff:
            assert old(database) < before
            before = old(database)

    assert done[-1][0] == migrations.VERSION
    assert old(database) == 0
    assert migrations.migrate(rooms, silent) == []
    migrations.must_be_current(database)
    assert list(verify_all(rooms.custody, rooms.evidence)) == []
    (case,) = database["veto_cases"].find({"inspection_id": visit.id})
    assert case["statements"][0]["note"] == "腕部有伤"
    assert stage.supervisor.get(f"inspections/{visit.id}")["answers"] == {}
    assert stage.inspector.get(f"veto-cases/{case['_id']}")["status"] == "open"


def test_a_new_database_is_of_this_version_at_once(client, stage, database):
    assert migrations.version_of(database) is None

    migrations.must_be_current(database)

    assert migrations.version_of(database) == migrations.VERSION


def test_a_database_newer_than_the_program_is_left_alone(client, stage, database):
    database["schema"].insert_one({"_id": "version", "version": 99})
    settings = type(stage.rooms.settings)(
        **{**stage.rooms.settings.__dict__, "database": database.name}
    )
    rooms = assemble(settings, client, Clock())

    with pytest.raises(WrongVersion, match="newer"):
        migrations.migrate(rooms, silent)

    assert migrations.version_of(database) == 99
