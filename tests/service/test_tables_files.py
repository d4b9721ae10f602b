"""Exports, templates and the files that tables come in."""

import io
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from tests.service.sheets import export, row, rows_of, send, sheet_of, step, text_of


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["kindergartens", "accounts"])
def test_what_is_exported_comes_in_again_unchanged(stage, what, kind):
    place = {"lon": 116.123456789012, "lat": 39.9, "datum": "BD-09"}
    body = {
        "name": "演示县往返幼儿园",
        "nature": "private",
        "profit": "for_profit",
        "region": "990102",
        "address": "=1+1",
        "code": f"R{uuid4().hex[:8]}",
        "place": place,
        "headcount": 7,
        "rural": True,
        "licence": {"number": "-2+3", "authority": "@局", "issued_on": "2024-09-01"},
        "persons_in_charge": [{"name": "甲;/乙", "duty": "园长\\", "phone": "+8613800000000"}],
    }
    stage.admin.post("kindergartens", body, wanted=201)
    table = export(stage.admin, what, kind)

    sent = send(stage.admin, table, kind=what)

    bad = rows_of(stage.admin, sent, state="bad")
    without_code = [each for each in bad if each["troubles"][0]["column"] == "code"]
    assert sent["counts"]["unchanged"] >= 4
    assert sent["counts"]["new"] == sent["counts"]["changed"] == 0
    assert len(without_code) == len(bad) == sent["counts"]["bad"]


def test_an_export_holds_what_is_in_scope_and_is_on_record(stage):
    table = export(stage.supervisor).decode("utf-8-sig")
    entries = list(stage.rooms.custody.entries_of_verb("table_exported"))

    assert "演示县实验幼儿园" in table
    assert "邻县中心幼儿园" not in table
    assert entries[-1].facts["kind"] == "kindergartens"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("what", ["kindergartens", "accounts"])
def test_the_template_is_a_table_that_can_be_sent(stage, what, kind):
    path = f"imports/template?kind={what}&format={kind}"
    template = stage.admin.call("GET", path)

    sent = send(stage.admin, template.data, kind=what)

    assert sent["status"] == "checked"
    assert sent["counts"]["new"] == 1, rows_of(stage.admin, sent)


ENCODINGS = [("utf-8", ","), ("utf-8-sig", ";"), ("gb18030", ","), ("utf-16", "\t")]


@pytest.mark.parametrize(("encoding", "delimiter"), ENCODINGS)
def test_a_csv_is_read_as_spreadsheets_here_save_it(stage, encoding, delimiter):
    new = row(region="演示省（虚构）演示市（虚构）演示东区（虚构）")
    table = text_of([new], encoding=encoding, delimiter=delimiter)

    sent = send(stage.supervisor, table)
    (shown,) = rows_of(stage.supervisor, sent)

    assert shown["state"] == "new", shown
    assert shown["after"]["region"] == "990102"
    assert shown["after"]["name"] == "演示县春天幼儿园"


@pytest.mark.parametrize(
    ("headings", "why"),
    [
        (["名称", "地址"], "缺少 机构标识码"),
        (["机构标识码", "名称", "名称"], "名称 重复"),
        (["机构标识码", "密码"], "不认识 密码"),
        (["机构标识码", "经度"], "缺少同组的"),
    ],
)
def test_headings_that_are_not_those_of_the_template_stop_the_file(stage, headings, why):
    sent = send(stage.supervisor, text_of([["1", "2", "3"]], headings))

    assert sent["status"] == "refused"
    assert why in sent["why"]["zh"]


def test_a_supervisor_does_not_import_or_export_accounts(stage):
    send(stage.supervisor, text_of([["a"]], ["用户名"]), kind="accounts", wanted=403)
    path = "imports/template?kind=accounts"
    assert stage.supervisor.call("GET", path).status_code == 403


def test_an_import_that_lapsed_is_not_applied(stage):
    sent = send(stage.supervisor, text_of([row()]))
    stage.rooms.database["imports"].update_one(
        {"_id": sent["id"]}, [{"$set": {"expires_at": "$made_at"}}]
    )

    refused = step(stage.supervisor, sent, wanted=409)

    assert refused["facts"]["status"] == "expired"


def test_a_formula_in_a_cell_makes_its_row_bad(stage):
    sent = send(stage.supervisor, sheet_of([row(name="=1+1")]))

    (bad,) = rows_of(stage.supervisor, sent)

    assert "公式" in bad["troubles"][0]["zh"]


def test_text_that_looks_like_a_formula_leaves_as_text(stage):
    step(stage.admin, send(stage.admin, text_of([row(name="'=cmd|calc幼儿园")])))
    book = load_workbook(io.BytesIO(export(stage.admin, kind="xlsx")))

    cells = [cell for line in book.active.iter_rows() for cell in line]

    assert "=cmd|calc幼儿园" in [cell.value for cell in cells]
    assert not any(cell.data_type == "f" for cell in cells)
