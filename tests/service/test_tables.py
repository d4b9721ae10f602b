"""Tables in and out over HTTP: previewed, reported row by row, applied whole, exported the same."""

from uuid import uuid4

import pytest

from service.tables.jobs import work_on_imports
from tests.service.sheets import of_code, row, rows_of, send, sheet_of, step, text_of


@pytest.mark.parametrize("make", [sheet_of, text_of])
def test_a_table_is_previewed_then_written_whole_then_unchanged(stage, make):
    table = make([row("A-1" + make.__name__), row("A-2" + make.__name__)])
    sent = send(stage.supervisor, table)
    absent = of_code(stage.supervisor, "A-1" + make.__name__)

    applied = step(stage.supervisor, sent)
    again = send(stage.supervisor, table)

    assert sent["status"] == "checked"
    assert sent["counts"] == {"new": 2, "changed": 0, "unchanged": 0, "bad": 0}
    assert absent is None
    assert applied["status"] == "applied"
    assert of_code(stage.supervisor, "A-1" + make.__name__)["name"] == "演示县春天幼儿园"
    assert again["counts"] == {"new": 0, "changed": 0, "unchanged": 2, "bad": 0}


def test_what_changed_is_told_and_goes_on_record(stage):
    code = f"C{uuid4().hex[:8]}"
    step(stage.supervisor, send(stage.supervisor, text_of([row(code)])))
    sent = send(stage.supervisor, text_of([row(code, address="秋天路 2 号")]))

    changed = rows_of(stage.supervisor, sent, state="changed")
    step(stage.supervisor, sent)

    found = of_code(stage.supervisor, code)
    history = stage.rooms.custody.history(f"kindergarten:{found['id']}")
    assert [(each["before"], each["after"]) for each in changed] == [
        ({"address": "春天路 1 号"}, {"address": "秋天路 2 号"})
    ]
    assert found["revision"] == 2
    assert [entry.verb for entry in history] == ["kindergarten_added", "kindergarten_changed"]
    assert history[1].facts["import_id"] == sent["id"]


def test_columns_that_are_not_in_the_file_keep_what_is_on_record(stage):
    code = f"K{uuid4().hex[:8]}"
    step(stage.supervisor, send(stage.supervisor, text_of([row(code)])))
    table = text_of([[code, "31"]], ["标识码", "在园幼儿数"])

    step(stage.supervisor, send(stage.supervisor, table))

    found = of_code(stage.supervisor, code)
    assert (found["headcount"], found["address"]) == (31, "春天路 1 号")


BAD = [
    ({"name": ""}, "name", "必填"),
    ({"nature": "私立"}, "nature", "公办 / 民办"),
    ({"region": "999999"}, "region", "没有这个行政区划"),
    ({"region": "990103"}, "region", "超出您的管辖区域"),
    ({"region": "445202"}, "region", "超出您的管辖区域"),
    ({"address": "x" * 300}, "address", "长度"),
    ({"name": "某\x07园"}, "name", "控制字符"),
]


@pytest.mark.parametrize(("changed", "column", "why"), BAD)
def test_a_bad_row_is_reported_by_number_column_and_reason(stage, changed, column, why):
    sent = send(stage.supervisor, text_of([row(), row(**changed)]))

    (bad,) = rows_of(stage.supervisor, sent, state="bad")

    assert sent["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "bad": 1}
    assert bad["number"] == 3
    assert bad["troubles"][0]["column"] == column
    assert why in bad["troubles"][0]["zh"]
    assert bad["troubles"][0]["en"].isascii()


def test_nothing_is_written_beside_bad_rows_until_they_are_left_out_expressly(stage):
    good, bad = row(), row(name="")
    sent = send(stage.supervisor, text_of([good, bad]))

    refused = step(stage.supervisor, sent, wanted=409)
    written_then = of_code(stage.supervisor, good[0])
    applied = step(stage.supervisor, sent, skip_bad=True)

    assert refused["type"].endswith("import-has-bad-rows")
    assert written_then is None
    assert applied["status"] == "applied"
    assert of_code(stage.supervisor, good[0])
    assert of_code(stage.supervisor, bad[0]) is None


def test_two_rows_of_one_code_are_both_bad(stage):
    sent = send(stage.supervisor, text_of([row("DOUBLE"), row(), row("DOUBLE")]))

    bad = rows_of(stage.supervisor, sent, state="bad")

    assert [each["number"] for each in bad] == [2, 4]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_report_of_bad_rows_can_be_corrected_and_sent_as_it_is(stage, kind):
    sent = send(stage.supervisor, text_of([row(name=""), row(nature="?")]))
    path = f"imports/{sent['id']}/bad-rows"

    report = stage.supervisor.call("GET", path, query_string={"format": kind})
    again = send(stage.supervisor, report.data)

    assert "attachment" in report.headers["Content-Disposition"]
    assert again["counts"]["bad"] == 2


def test_a_code_of_elsewhere_is_bad_and_tells_nothing(stage):
    code = f"E{uuid4().hex[:8]}"
    step(stage.admin, send(stage.admin, text_of([row(code, region="990103")])))

    sent = send(stage.supervisor, text_of([row(code)]))

    (bad,) = rows_of(stage.supervisor, sent, state="bad")
    assert bad["troubles"][0]["zh"] == "该标识码不可用，请核对"
    assert bad["before"] == {}


def test_an_import_is_there_for_who_sent_it_alone(stage):
    sent = send(stage.supervisor, text_of([row()]))

    assert stage.supervisor2.call("GET", f"imports/{sent['id']}").status_code == 404
    assert sent["id"] not in [each["id"] for each in stage.supervisor2.get("imports")["items"]]
    assert sent["id"] in [each["id"] for each in stage.supervisor.get("imports")["items"]]


def test_what_somebody_changed_since_the_preview_stops_all_of_it(stage):
    old, new = f"S{uuid4().hex[:8]}", row()
    step(stage.supervisor, send(stage.supervisor, text_of([row(old)])))
    sent = send(stage.supervisor, text_of([row(old, address="别处"), new]))
    found = of_code(stage.supervisor, old)
    body = {"why": "核实", "headcount": 5}
    path = f"kindergartens/{found['id']}"
    stage.supervisor.call("PATCH", path, body, revision=found["revision"])

    refused = step(stage.supervisor, sent, wanted=412)

    assert refused["type"].endswith("import-rows-changed")
    assert of_code(stage.supervisor, new[0]) is None
    assert of_code(stage.supervisor, old)["address"] == "春天路 1 号"
    assert stage.supervisor.get(f"imports/{sent['id']}")["status"] == "checked"


def test_a_code_that_came_up_since_the_preview_stops_all_of_it(stage):
    first, second = row(), row()
    one = send(stage.supervisor, text_of([first, second]))
    step(stage.supervisor, send(stage.supervisor, text_of([second])))

    step(stage.supervisor, one, wanted=412)

    assert of_code(stage.supervisor, first[0]) is None


def test_steps_taken_again_change_nothing(stage):
    new = row()
    sent = send(stage.supervisor, text_of([new]))
    discarded = send(stage.supervisor, text_of([row()]))

    first = step(stage.supervisor, sent)
    again = step(stage.supervisor, sent)
    gone = step(stage.supervisor, discarded, "discard")
    step(stage.supervisor, gone, wanted=409)

    assert again == first
    assert of_code(stage.supervisor, new[0])["revision"] == 1
    assert step(stage.supervisor, gone, "discard")["status"] == "discarded"


def test_an_id_sent_again_is_the_same_import_and_another_file_is_refused(stage):
    table, other, name = text_of([row()]), text_of([row()]), str(uuid4())

    first = send(stage.supervisor, table, id=name)
    again = send(stage.supervisor, table, id=name)
    send(stage.supervisor, other, id=name, wanted=409)
    send(stage.supervisor2, table, id=name, wanted=409)

    assert again == first


def test_a_large_table_is_checked_and_written_by_the_worker(stage, monkeypatch):
    monkeypatch.setattr("service.tables.actions.AT_ONCE_BYTES", 0)
    monkeypatch.setattr("service.tables.actions.AT_ONCE_ROWS", 0)
    new = row()

    sent = send(stage.supervisor, text_of([new]))
    work_on_imports(stage.rooms.tables, stage.clock)
    checked = stage.supervisor.get(f"imports/{sent['id']}")
    asked = step(stage.supervisor, checked)
    written_then = of_code(stage.supervisor, new[0])
    done = work_on_imports(stage.rooms.tables, stage.clock)

    assert sent["status"] == "waiting"
    assert (checked["status"], checked["done"], checked["total"]) == ("checked", 1, 1)
    assert asked["status"] == "applying"
    assert written_then is None
    assert done == 1
    assert stage.supervisor.get(f"imports/{sent['id']}")["status"] == "applied"


@pytest.mark.parametrize("where", ["judge", "write"])
def test_work_that_ends_half_way_is_begun_anew_by_the_next(stage, monkeypatch, where):
    monkeypatch.setattr("service.tables.actions.AT_ONCE_BYTES", 0)
    monkeypatch.setattr("service.tables.actions.AT_ONCE_ROWS", 0)
    monkeypatch.setattr("service.tables.actions.BATCH", 1)
    new = [row(), row(), row()]
    sheet = stage.rooms.tables._sheets["kindergartens"]
    real, calls = getattr(sheet, where), []

    def dies(*args, **kwargs):
        calls.append(1)
        done = real(*args, **kwargs)
        if len(calls) == (2 if where == "judge" else 1):
            raise KeyboardInterrupt
        return done

    sent = send(stage.supervisor, text_of(new))
    if where == "write":
        work_on_imports(stage.rooms.tables, stage.clock)
        step(stage.supervisor, stage.supervisor.get(f"imports/{sent['id']}"))
    monkeypatch.setattr(sheet, where, dies)
    with pytest.raises(KeyboardInterrupt):
        work_on_imports(stage.rooms.tables, stage.clock)
    monkeypatch.setattr(sheet, where, real)
    written_then = [of_code(stage.supervisor, each[0]) for each in new]
    held = work_on_imports(stage.rooms.tables, stage.clock)
    stage.clock.pass_by(minutes=5)
    work_on_imports(stage.rooms.tables, stage.clock)

    after = stage.supervisor.get(f"imports/{sent['id']}")
    assert written_then == [None, None, None]
    assert held == 0
    if where == "judge":
        assert after["counts"]["new"] == 3
        assert len(rows_of(stage.supervisor, sent)) == 3
    else:
        assert after["status"] == "applied"
        assert all(of_code(stage.supervisor, each[0]) for each in new)
