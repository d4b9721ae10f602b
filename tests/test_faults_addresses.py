"""F21 beyond bodies: addresses, queries, forms and headers, of every endpoint described."""

import re
from io import BytesIO
from uuid import uuid4

import pytest

from service.demonstration import identity
from tests.access_world import photo, tell
from tests.steps_world import visit_in
from tests.test_faults_input import caller_for, sample

ENDING = "/logout"
"""It would end the session that asks the rest."""

IN_QUERY = [
    *("", "\x00", "$ne", "x" * 3000, "-1", "9" * 40, "NaN", "inf", "1e400", "(a+)+$", "%ff", "٣"),
    *("0001-01-01", "9999-12-31", "true", '{"$gt": ""}', "..%2f..%2fetc"),
]
CURSORS = ["eyJhIjoxfQ", "WyJhIl0", "W10", "WzEsMiwzXQ", "WyIiLDFd", "WzFlNDAwXQ"]
"""By base64url: an object, too few, none, numbers, a text and a number, a number without end."""

IN_PATH = ["%00", "$ne", "%2e%2e%2f%2e%2e", "%ff", "%ed%a0%80", "x" * 5000, "9" * 40, "{}", "٣"]
BODIES = ["[]", "1", '"x"', "null", "{}", "", "[{}]", '{"a": 1e400}']
TYPES = [
    *("application/json", "application/json; charset=utf-16", "text/plain", "application/xml"),
    *("multipart/form-data", "multipart/form-data; boundary=", "application/merge-patch+json"),
    "application/x-www-form-urlencoded",
]
HEADERS = [
    {"Accept-Language": "zh;q=x, ;;,"},
    {"Accept-Encoding": "gzip;q=x"},
    {"Authorization": "Bearer a b"},
    {"Authorization": "Basic eDp5"},
    {"Content-Encoding": "gzip"},
    {"If-None-Match": "*"},
    {"If-Modified-Since": "x"},
    {"If-Range": "x"},
    {"Range": "bytes=5-1"},
    {"X-Forwarded-For": "x, y"},
    {"Transfer-Encoding": "chunked"},
]


@pytest.fixture(scope="module")
def world(stage):
    ids = tell(stage)
    return {
        **{f"{name}_id": str(value) for name, value in ids.items()},
        "other_id": ids["draft"],
        "side": "320",
    }


@pytest.fixture(scope="module")
def operations(stage):
    """Every operation: method, path, its parameters in the query, its body as described."""
    described = stage.nobody.get("/api/v1/openapi.json")
    schemas = described["components"]["schemas"]
    found = []
    for path, item in described["paths"].items():
        for method, operation in item.items():
            if method == "parameters" or path.endswith(ENDING):
                continue
            asked = [
                (each["name"], sample(each["schema"], schemas), each["required"])
                for each in operation.get("parameters", [])
                if each["in"] == "query"
            ]
            found.append((method.upper(), path, asked, "requestBody" in operation))
    assert len(found) >= 45
    return found


def at(path, world):
    return re.sub(r"{(\w+)}", lambda match: world.get(match[1], "x"), path)


def must_be_no_fault(answer, *asked):
    assert answer.status_code < 500, (*asked, answer.text[:200])


def test_no_value_in_a_query_is_a_fault(stage, operations, world):
    for method, path, asked, _ in operations:
        needed = {name: value for name, value, required in asked if required}
        for name, *_ in asked:
            for evil in IN_QUERY + CURSORS * (name == "cursor"):
                query = needed | {name: evil}
                answer = caller_for(stage, path).call(method, at(path, world), query_string=query)
                must_be_no_fault(answer, method, path, name, evil)


def test_a_cursor_of_ones_own_making_is_refused(stage):
    for path in ("kindergartens", "inspections", "findings", "notices", "checklists", "plans"):
        for evil in (*CURSORS, "x", "=", "%00"):
            answer = stage.supervisor.call("GET", path, query_string={"cursor": evil})
            assert answer.status_code == 422, (path, evil, answer.text)


def test_no_address_is_a_fault_or_leads_out(stage, operations):
    for method, path, *_ in operations:
        names = re.findall(r"{(\w+)}", path)
        for name in names:
            for evil in IN_PATH:
                ids = {each: str(uuid4()) for each in names} | {"side": "320", name: evil}
                address = path.format(**ids)
                for caller in (stage.supervisor, stage.admin, stage.director):
                    answer = caller.call(method, address, revision=1)
                    must_be_no_fault(answer, method, address)
                    assert answer.status_code not in (200, 201, 204), (method, address)


def test_no_shape_of_a_body_is_a_fault(stage, operations, world):
    for method, path, _, has_body in operations:
        if not has_body:
            continue
        for body in BODIES:
            for kind in TYPES:
                answer = caller_for(stage, path).call(
                    method, at(path, world), data=body, content_type=kind, revision=1
                )
                must_be_no_fault(answer, method, path, body, kind)
                assert answer.status_code not in (200, 201, 204), (method, path, body, kind)


def test_no_header_is_a_fault(stage, operations, world):
    for method, path, *_ in operations:
        if method != "GET":
            continue
        for headers in HEADERS:
            answer = caller_for(stage, path).call(method, at(path, world), headers=headers)
            must_be_no_fault(answer, path, headers)


FORM = [
    "lon",
    "lat",
    "altitude",
    "accuracy",
    "datum",
    "sha256",
    "item_id",
    "device_captured_at",
    "device_sent_at",
    "monotonic_ms",
]
IN_FORM = [*IN_QUERY, "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"]
NAMES = ["../../x.jpg", "\x00", "CON", "x" * 4096, "\u202egpj.exe", 'a";b.jpg', "a.jpg\u2028b"]


def test_no_field_beside_a_photo_is_a_fault(stage):
    visit = visit_in(stage, "underway", kindergarten_id=identity("kindergarten-1"))
    path, data = f"inspections/{visit.id}/photos", photo()
    fix = {"lon": "116.391", "lat": "39.907", "datum": "WGS-84"}

    for name in FORM:
        for evil in IN_FORM:
            form = {**fix, "id": str(uuid4()), name: evil, "photo": (BytesIO(data), "a.jpg")}
            answer = stage.inspector.call(
                "POST", path, data=form, content_type="multipart/form-data"
            )
            assert answer.status_code in (201, 404, 422), (name, evil, answer.text)


@pytest.mark.parametrize("name", NAMES)
def test_f32_a_photo_is_stored_under_a_name_of_our_own(stage, name):
    visit = visit_in(stage, "underway", kindergarten_id=identity("kindergarten-1"))
    form = {"id": str(uuid4()), "photo": (BytesIO(photo()), name)}

    kept = stage.inspector.call(
        "POST", f"inspections/{visit.id}/photos", data=form, content_type="multipart/form-data"
    )

    assert kept.status_code == 201, kept.text
    assert kept.json["name"] == f"{form['id']}.jpeg"
    path = f"evidence/{form['id']}/original?reason=review"
    told = stage.inspector.call("GET", path).headers["Content-Disposition"]
    assert told == f'inline; filename="{form["id"]}.jpeg"'
