"""Tables in and out over HTTP: previewed, reported row by row, applied whole, exported the same."""

import csv
import io
from datetime import timedelta
from uuid import uuid4

import pytest
from openpyxl import Workbook, load_workbook

from service.tables.jobs import work_on_imports

HEADINGS = ["机构标识码", "名称", "举办性质", "行政区划代码", "地址"]


def sheet_of(rows, headings=HEADINGS):
    """Return the bytes of an XLSX file."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("数据")
    for row in [headings, *rows]:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def text_of(rows, headings=HEADINGS, encoding="utf-8-sig", delimiter=","):
    """Return the bytes of a CSV file."""
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows([headings, *rows])
    return file.getvalue().encode(encoding)


def row(code=None, **changed):
    facts = {"name": "演示县春天幼儿园", "nature": "民办", "region": "990102", "address": "春天路 1 号"}
    return [code or f"T{uuid4().hex[:10]}", *(facts | changed).values()]


def send(caller, data, kind="kindergartens", wanted=201, name="table.csv", **form):
    body = {"kind": kind, **form, "file": (io.BytesIO(data), name)}
    answer = caller.call("POST", "imports", data=body, content_type="multipart/form-data")
    assert answer.status_code == wanted, answer.text
    return answer.json


def step(caller, sent, step="apply", wanted=200, **more):
    body = {"step": step, **more}
    path = f"imports/{sent['id']}/steps"
    return caller.post(path, body, wanted=wanted, revision=sent["revision"])


def export(caller, what="kindergartens", format="csv"):
    answer = caller.call("GET", f"exports/{what}", query_string={"format": format})
    assert answer.status_code == 200, answer.text
    return answer.data


def of_code(caller, code):
    listed = caller.get("kindergartens", limit=200)["items"]
    return next((each for each in listed if each["code"] == code), None)


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
