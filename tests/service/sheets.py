"""Tables as they are sent and fetched over HTTP in the tests."""

import csv
import io
from uuid import uuid4

from openpyxl import Workbook

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
    facts = {
        "name": "演示县春天幼儿园",
        "nature": "民办",
        "region": "990102",
        "address": "春天路 1 号",
    }
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


def export(caller, what="kindergartens", kind="csv"):
    answer = caller.call("GET", f"exports/{what}", query_string={"format": kind})
    assert answer.status_code == 200, answer.text
    return answer.data


def of_code(caller, code):
    listed = caller.get("kindergartens", limit=200)["items"]
    return next((each for each in listed if each["code"] == code), None)


def rows_of(caller, sent, **query):
    return caller.get(f"imports/{sent['id']}/rows", **query)["items"]
