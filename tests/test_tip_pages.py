"""The page on which anybody reports a place: a form, a receipt, and what became of it."""

import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import uuid4

import pytest

from inspections.cases.tips.actions import AN_ADDRESS
from tests.access_world import enter

REGION = "990103"
GIVEN = {
    "note": "居民楼一层每天有二十多名幼儿",
    "address": "演示路 88 号一层",
    "name": "",
    "contact": "",
}


@pytest.fixture
def anybody(stage):
    """Somebody at an address of their own, without an account."""
    client = stage.app.test_client()
    client.environ_base["REMOTE_ADDR"] = f"10.1.{uuid4().int % 250}.{uuid4().int % 250}"
    return client


def hidden_id(page):
    return re.search(r'name="id" value="([^"]+)"', page.text)[1]


def send(anybody, page, **changed):
    return anybody.post(f"/tip/{REGION}", data={"id": hidden_id(page), **GIVEN, **changed})


def test_a_report_gets_a_receipt_that_tells_what_became_of_it(stage, anybody):
    officer = enter(stage, "tips", roles=["inspector"], regions=[REGION])
    page = anybody.get(f"/tip/{REGION}")
    sent, again = send(anybody, page), send(anybody, page)
    receipt = urlsplit(sent.location).path.rpartition("/")[2]
    shown = anybody.get(sent.location)
    (tip,) = officer.get("tips")["items"]
    officer.post(f"tips/{tip['id']}/dismissal", {"why": "已登记"}, revision=1)
    found = anybody.get("/tip/receipts", query_string={"receipt": f" {receipt} "})
    after = anybody.get(found.location)

    assert [each.status_code for each in (page, sent, again, shown)] == [200, 303, 303, 200]
    assert sent.location == again.location
    assert receipt in shown.text
    assert "已收到" in shown.text
    assert "不予受理" in after.text
    assert (tip["note"], tip["address"], tip["contact"]) == (GIVEN["note"], GIVEN["address"], None)


def test_what_is_refused_stays_in_the_form_with_the_reason(anybody):
    page = anybody.get(f"/tip/{REGION}")
    empty = send(anybody, page, note="  ")
    odd = send(anybody, page, name="小太阳\u202e园", contact="13800000000")
    first = send(anybody, page)
    other = send(anybody, page, note="另有一处")
    mended = send(anybody, other, note="另有一处")

    assert [each.status_code for each in (empty, odd, first, other, mended)] == [
        *(422, 422, 303, 409, 303)
    ]
    assert "请检查：情况" in empty.text
    assert GIVEN["address"] in empty.text
    assert "请检查：挂牌名称" in odd.text
    assert "13800000000" in odd.text
    assert "另有一处" in other.text


def test_the_page_runs_nothing_and_says_so(anybody):
    hostile = '"><script>alert(1)</script>{{7*7}}'
    page = send(anybody, anybody.get(f"/tip/{REGION}"), note=" ", address=hostile)

    assert "<script" not in page.text
    assert "{{7*7}}" in page.text
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    style = re.search(r"<style>(.*?)</style>", page.text, re.DOTALL)[1]
    assert b64encode(sha256(style.encode()).digest()).decode() in policy
    assert "Set-Cookie" not in page.headers


def test_one_address_does_not_flood_the_officers(anybody):
    for _ in range(AN_ADDRESS):
        assert send(anybody, anybody.get(f"/tip/{REGION}")).status_code == 303
    braked = send(anybody, anybody.get(f"/tip/{REGION}"))

    assert braked.status_code == 429
    assert int(braked.headers["Retry-After"]) > 0
    assert GIVEN["note"] in braked.text


@pytest.mark.parametrize("path", ["/tip/123456", "/tip/receipts/none", "/tip/x"])
def test_what_is_not_there_is_told(anybody, path):
    page = anybody.get(path)

    assert page.status_code == 404
    assert 'role="alert"' in page.text
