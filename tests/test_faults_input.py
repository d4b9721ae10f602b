"""F21, F23 and F37: nothing in a body is an operator, a foreign field, or an inside to be told."""

import json
import re
import time
from copy import deepcopy
from datetime import date

import pytest
from bson.errors import InvalidDocument
from pymongo.errors import OperationFailure, ServerSelectionTimeoutError

from service.demonstration import COUNTY, identity

ACCEPTED = {200, 201, 202, 204, 400, 401, 403, 404, 409, 412, 413, 415, 422, 428, 429}
OPERATORS = [
    {"$gt": ""},
    {"$ne": None},
    {"$where": "1"},
    {"$regex": ".*"},
    ["x", {"$gt": ""}],
    {"a.b": 1, "$set": {"role": "supervisor"}},
]
STRINGS = [
    "$where",
    "a\x00b",
    "(a+)+$",
    "'; return true; //",
    "../../etc/passwd",
    "\u202etxt",
    "𝔘𝔫𝔦",
]
SLOWEST = 0.2


def resolve(schema, schemas):
    return schemas[schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema


def sample(schema, schemas):
    """Return a body of the shape that a schema asks for."""
    schema = resolve(schema, schemas)
    if "example" in schema:
        return schema["example"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object" or "properties" in schema:
        return {
            name: sample(part, schemas)
            for name, part in schema.get("properties", {}).items()
            if not part.get("readOnly")
        }
    if kind == "array":
        return [sample(schema["items"], schemas)]
    by_format = {
        "uuid": "6f1c2f0a-5a0e-4a57-9f4e-0b9f2c1d7e11",
        "date": "2026-03-02",
        "date-time": "2026-03-02T10:00:00+08:00",
    }
    plain = {"integer": 1, "number": 1.0, "boolean": True}
    return by_format.get(schema.get("format"), plain.get(kind, "x"))


def places(body, path=()):
    """Yield the place of every string and of every object in a body."""
    if isinstance(body, str | dict) and path:
        yield path
    if isinstance(body, dict | list):
        for key, part in body.items() if isinstance(body, dict) else enumerate(body):
            yield from places(part, (*path, key))


def put(body, path, value):
    changed = deepcopy(body)
    inner = changed
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return changed


@pytest.fixture(scope="module")
def writes(stage):
    """Every operation with a JSON body, and a body of its shape."""
    described = stage.nobody.get("/api/v1/openapi.json")
    schemas = described["components"]["schemas"]
    found = []
    for path, item in described["paths"].items():
        for method, operation in item.items():
            content = {} if method == "parameters" else operation.get("requestBody", {})
            schema = content.get("content", {}).get("application/json", {}).get("schema")
            if schema:
                address = re.sub(
                    r"{\w+}", identity("kindergarten-1"), path.replace("{year}", "2026")
                )
                found.append((method.upper(), address, sample(schema, schemas)))
    assert len(found) >= 20
    return found


@pytest.fixture
def profiled(stage):
    """The commands that reached MongoDB while the test ran."""
    database = stage.rooms.database
    database.command("profile", 2)

    def seen():
        database.command("profile", 0)
        return list(database["system.profile"].find())

    yield seen
    database.command("profile", 0)
    database["system.profile"].drop()


def caller_for(stage, path):
    """The account that may use the address."""
    if re.search("/(accounts|calendars|receivers|deliveries|regions|region-changes|moves)", path):
        return stage.admin
    if re.search(
        "acknowledgement|responses|objections|renaming-cases/.*/answers|notices/.*/photos", path
    ):
        return stage.director
    return stage.supervisor


def test_f21_no_operator_comes_from_a_body(stage, writes, profiled):
    slow = []
    for method, path, body in writes:
        caller = caller_for(stage, path)
        for place in places(body):
            for evil in OPERATORS[:3] if len(place) > 2 else OPERATORS:
                start = time.perf_counter()
                answer = caller.call(
                    method,
                    path,
                    put(body, place, evil),
                    revision=1,
                    environ_base={"REMOTE_ADDR": f"198.51.100.{len(slow) % 250}"},
                )
                if "login" not in path and "password" not in path:
                    slow += [path] * (time.perf_counter() - start > SLOWEST)
                assert answer.status_code in ACCEPTED, (method, path, place, evil, answer.text)
                assert answer.status_code not in (200, 201), (method, path, place, evil)

    filters = json.dumps(
        [each.get("command", {}).get("filter") for each in profiled()], default=str
    )
    assert "$where" not in filters
    assert '{"$ne": null}' not in filters
    assert '{"$gt": ""}' not in filters
    assert len(slow) <= 2, slow


def test_f21_a_strange_string_is_text_or_is_refused(stage, writes):
    for method, path, body in writes:
        if path.endswith("/login"):
            continue
        for place in places(body):
            for evil in STRINGS:
                answer = caller_for(stage, path).call(
                    method, path, put(body, place, evil), revision=999
                )
                assert answer.status_code in ACCEPTED, (method, path, place, evil, answer.text)


def test_f21_operators_in_a_query_select_nothing_more(stage):
    whole = len(stage.inspector.get("kindergartens")["items"])

    for query in ("name[$ne]=1", "region[$gt]=", "name=$ne", "limit[$gt]=1", "a.b=1", "%24where=1"):
        answer = stage.inspector.call("GET", f"kindergartens?{query}")
        assert answer.status_code in (200, 422), query
        if answer.status_code == 200:
            assert len(answer.json["items"]) <= whole


def test_f21_every_naughty_string_is_searched_as_it_is_written(stage, shared):
    folder = shared / "corpus" / "strings"
    strings = json.loads((folder / "blns.json").read_text(encoding="utf-8"))
    for name in ("nosql.txt", "nosql_mongodb.txt"):
        strings += (folder / name).read_text(encoding="utf-8", errors="replace").splitlines()

    for text in {each for each in strings if each.strip()}:
        answer = stage.inspector.call("GET", "kindergartens", query_string={"name": text})
        assert answer.status_code in (200, 422), text
        if answer.status_code == 200:
            assert answer.json["items"] == [], text


FOREIGN = {
    "role": "supervisor",
    "region_id": "000000",
    "status": "closed",
    "score": 100,
    "veto": False,
    "approved_by": "me",
    "_id": "mine",
    "created_at": "2020-01-01T00:00:00Z",
    "revision": 99,
    "schema_version": 9,
    "password_hash": "x",
    "name_check": {"verdict": "ok"},
    "notice_id": "x",
    "disclosed": True,
}


def test_f23_a_field_that_is_not_asked_for_is_refused(stage, writes):
    for method, path, body in writes:
        for name, value in FOREIGN.items():
            if name in body:
                continue
            answer = caller_for(stage, path).call(method, path, {**body, name: value}, revision=1)
            assert answer.status_code in (403, 404, 422, 429), (method, path, name, answer.text)


def test_f23_what_the_register_makes_itself_is_not_taken_from_the_client(stage):
    path = f"kindergartens/{identity('kindergarten-3')}"
    before = stage.supervisor.get(path)

    for name in ("name_check", "changed_at", "revision", "id", "grams"):
        answer = stage.supervisor.call(
            "PATCH", path, {"why": "x", name: before.get(name)}, revision=before["revision"]
        )
        assert answer.status_code == 422, name

    assert stage.supervisor.get(path) == before


TOLD = re.compile(
    r"Traceback|File \"|\.py|pymongo|bson|mongodb://|127\.0\.0\.1|localhost|27017|\$where"
    r"|find_one|werkzeug|python/|Error\b.*\(",
)


@pytest.mark.parametrize(
    "inside",
    [
        RuntimeError("mongodb://user:password@127.0.0.1/ in /srv/app.py"),
        InvalidDocument("cannot encode object: <object at 0x7f>"),
        OperationFailure("E11000 duplicate key in huyuan.accounts", 11000),
        RecursionError("maximum recursion depth exceeded"),
        MemoryError(),
    ],
)
def test_f37_a_fault_tells_nothing_of_the_inside(stage, monkeypatch, inside):
    def fail(*_, **__):
        raise inside

    monkeypatch.setattr(stage.rooms.register, "page", fail)

    answer = stage.inspector.call("GET", "kindergartens")

    assert answer.status_code == 500
    assert not TOLD.search(answer.text)
    assert set(answer.json) <= {"type", "title", "status", "detail", "request_id"}


def test_f37_a_database_that_is_away_is_503_and_says_when_to_try_again(stage, monkeypatch):
    def fail(*_, **__):
        raise ServerSelectionTimeoutError("127.0.0.1:27017: connection refused")

    monkeypatch.setattr(stage.rooms.register, "page", fail)

    answer = stage.inspector.call("GET", "kindergartens")

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) >= 1
    assert not TOLD.search(answer.text)


def test_f37_a_date_that_no_calendar_reaches_is_refused_in_words(stage):
    for on in ("9999-12-31", "0001-01-01", str(date.max)):
        body = {"region": COUNTY, "subject": "kindergarten", "on": on}
        assert stage.supervisor.call("POST", "checklists", body).status_code in (201, 422)
