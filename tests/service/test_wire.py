"""What every answer has in common: problems, languages, headers, the description."""

import json
import re

import pytest

from tests.cast import Caller


def test_a_problem_has_the_form_of_rfc_9457_in_chinese_first(stage):
    answer = stage.inspector.call("GET", "inspections/absent")

    assert answer.mimetype == "application/problem+json"
    assert answer.headers["Content-Language"] == "zh-CN"
    assert answer.json["type"] == "/problems/not-found"
    assert (answer.json["title"], answer.json["status"]) == ("Not Found", 404)
    assert answer.json["detail"] == "没有找到该检查，或您无权查看。请核对编号。"
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en", "en"),
        ("en-GB,en;q=0.8", "en"),
        ("zh-CN", "zh-CN"),
        ("zh;q=0.9,en;q=0.8", "zh-CN"),
        ("fr", "zh-CN"),
        ("", "zh-CN"),
    ],
)
def test_a_problem_is_told_in_the_language_asked_for(stage, accepted, language):
    answer = stage.inspector.call(
        "GET", "inspections/absent", headers={"Accept-Language": accepted}
    )

    assert answer.headers["Content-Language"] == language
    assert bool(re.search("[一-鿿]", answer.json["detail"])) is (language == "zh-CN")


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "zh",
            {
                "username": "必填",
                "roles.0": "应为以下之一：inspector, director, supervisor, administrator",
                "bindings.0.since": "应为日期，例如 2026-03-01",
                "colour": "未知字段",
                "name": "应为文本（或 UUID）",
            },
        ),
        (
            "en",
            {
                "username": "Missing data for required field.",
                "roles.0": "Must be one of: inspector, director, supervisor, administrator.",
                "bindings.0.since": "Not a valid date.",
                "colour": "Unknown field.",
                "name": "Not a valid string.",
            },
        ),
    ],
)
def test_a_bad_body_is_answered_field_by_field(stage, language, wanted):
    body = {
        "name": 7,
        "unit": "x",
        "roles": ["king"],
        "bindings": [{"kindergarten_id": "x", "since": "soon"}],
        "colour": "red",
    }

    answer = stage.admin.call("POST", "accounts", body, headers={"Accept-Language": language})

    assert answer.status_code == 422
    assert {each["field"]: each["message"] for each in answer.json["errors"]} == wanted


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[" * 100_000,
        '{"a":' * 100_000,
        '{"username": "\\ud800"}',
        '{"username": NaN}',
        "\xff".encode("latin-1"),
    ],
)
def test_what_is_no_json_is_400(stage, body):
    answer = stage.nobody.call("POST", "login", data=body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"


def test_a_body_that_is_too_large_is_413(stage):
    answer = stage.nobody.call(
        "POST", "login", data=b"x" * (27 * 1024 * 1024), content_type="application/json"
    )

    assert answer.status_code == 413


def test_a_json_body_has_its_own_smaller_limit(stage):
    body = b'{"username": "' + b"x" * (5 * 1024 * 1024) + b'"}'

    answer = stage.nobody.call("POST", "login", data=body, content_type="application/json")

    assert answer.status_code == 413


def test_the_wrong_method_says_which_are_allowed(stage):
    answer = stage.inspector.call("DELETE", "me")

    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]


def test_an_unknown_address_is_a_problem_too(stage):
    answer = stage.nobody.call("GET", "/api/v9/anything")

    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_every_answer_carries_the_headers_of_safety(stage):
    for answer in (
        stage.inspector.call("GET", "me"),
        stage.nobody.call("GET", "me"),
        stage.nobody.call("GET", "/docs/"),
    ):
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe" not in answer.headers["Content-Security-Policy"]


def test_a_request_keeps_a_plain_id_of_the_clients_and_replaces_any_other(stage):
    kept = stage.nobody.call("GET", "/health", headers={"X-Request-Id": "tablet-7.2026"})
    replaced = stage.nobody.call("GET", "/health", headers={"X-Request-Id": "a b{};"})

    assert kept.headers["X-Request-Id"] == "tablet-7.2026"
    assert re.fullmatch("[0-9a-f-]{36}", replaced.headers["X-Request-Id"])


def test_a_revision_is_the_etag(stage):
    answer = stage.inspector.call("GET", "me")

    assert answer.headers["ETag"] == f'"{answer.json["revision"]}"'


@pytest.mark.parametrize("header", ["3", '"x"', 'W/"', '"-1"', '"1", "2"'])
def test_an_if_match_that_is_no_revision_is_refused(stage, header):
    answer = stage.inspector.call("GET", "me", headers={"If-Match": header})

    assert answer.status_code == 422


@pytest.fixture(scope="module")
def description(stage):
    return stage.nobody.get("/api/v1/openapi.json")


def test_the_description_is_openapi_3_1_and_names_every_endpoint(stage, description):
    described = {
        (method.upper(), re.sub(r"{\w+}", "*", path))
        for path, item in description["paths"].items()
        for method in item
        if method in ("get", "post", "put", "patch", "delete")
    }
    served = {
        (method, re.sub(r"<[^>]+>", "*", rule.rule))
        for rule in stage.app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if not rule.rule.startswith("/docs") and rule.rule not in ("/", "/api/v1/openapi.json")
    }

    assert description["openapi"] == "3.1.0"
    assert described == served


def test_every_operation_says_what_it_does_and_who_may_call_it(description):
    for path, item in description["paths"].items():
        for method, operation in item.items():
            if method == "parameters":
                continue
            assert operation["summary"], (method, path)
            closed = operation.get("security") != []
            assert closed is ("Roles: " in operation.get("description", "")), (method, path)


def test_every_body_that_is_asked_for_has_an_example(description):
    schemas = description["components"]["schemas"]

    def has_example(schema):
        if "$ref" in schema:
            schema = schemas[schema["$ref"].rsplit("/", 1)[1]]
        parts = [*schema.get("properties", {}).values(), schema.get("items", {})]
        return (
            "example" in schema
            or "enum" in schema
            or schema.get("format") in ("uuid", "date", "binary")
            or any(has_example(part) for part in parts if part)
        )

    without = [
        (method, path)
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method != "parameters"
        for content in operation.get("requestBody", {}).get("content", {}).values()
        if not has_example(content["schema"])
    ]

    assert without == []


def operations(description):
    for path, item in description["paths"].items():
        for method, operation in item.items():
            if method != "parameters":
                yield f"{method} {path}", operation


def test_every_parameter_stands_where_openapi_3_has_them(description):
    strange = [
        (name, each["name"], each["in"])
        for name, operation in operations(description)
        for each in operation.get("parameters", [])
        if each["in"] not in ("query", "path", "header", "cookie")
    ]

    assert strange == []


def test_the_form_of_a_photo_asks_for_its_id_for_the_file_may_have_come_in_pieces(description):
    forms = [
        operation["requestBody"]["content"]["multipart/form-data"]["schema"]
        for name, operation in operations(description)
        if name.endswith("/photos")
    ]

    assert len(forms) == 8
    for form in forms:
        assert form["properties"]["photo"]["format"] == "binary"
        assert form["properties"]["id"]["format"] == "uuid"
        assert {"lon", "lat", "datum", "sha256", "device_captured_at"} <= form["properties"].keys()
        assert form["required"][0] == "id"
        assert "photo" not in form["required"]


def test_every_pattern_ends_as_a_browser_reads_it(description):
    text = json.dumps(description)

    assert '"pattern"' in text
    assert not re.search(r'"pattern": "[^"]*\\\\[AZ]', text)


def test_the_pages_name_no_other_address(stage):
    for path in ("/docs/", "/docs/start.js"):
        text = stage.nobody.call("GET", path).text
        assert not re.search(r"https?://|//\w", text), path


def test_a_page_that_is_not_there_is_not_served(stage):
    for name in ("absent", "swagger-ui.js", "..%2f..%2fsetup.cfg"):
        assert stage.nobody.call("GET", f"/docs/{name}").status_code == 404


def test_the_front_leads_to_the_description(stage):
    assert stage.nobody.call("GET", "/").headers["Location"] == "/docs/"


def test_health_and_readiness_are_told_to_everybody(stage):
    assert Caller(stage.app, "").get("/health") == {"status": "ok"}
    assert Caller(stage.app, "").get("/ready") == {"status": "ok"}
