"""Pictures in parts: a bad line goes on where it broke off (RFC 9110, section 14)."""

import pytest

from service.demonstration import identity
from tests.access_world import send_photo, today


@pytest.fixture(scope="module")
def picture(stage):
    officers = [stage.inspector.account["id"], stage.inspector2.account["id"]]
    plan = {
        "kindergarten_id": identity("kindergarten-1"),
        "officers": officers,
        "planned_for": today(),
    }
    visit = stage.supervisor.post("inspections", plan, wanted=201)
    begin = {"step": "begin", "identity_shown": True, "recusal_told": True}
    stage.inspector.post(f"inspections/{visit['id']}/steps", begin, revision=1)
    kept = send_photo(stage.inspector, f"inspections/{visit['id']}/photos").json
    return f"evidence/{kept['id']}/derivatives/320"


def get(stage, path, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return stage.inspector.call("GET", path, headers=named)


def test_a_picture_comes_whole_or_in_parts_that_make_it_up(stage, picture):
    whole = get(stage, picture)
    first = get(stage, picture, Range="bytes=0-99")
    rest = get(stage, picture, Range="bytes=100-")

    assert (whole.status_code, first.status_code, rest.status_code) == (200, 206, 206)
    assert first.data + rest.data == whole.data
    assert first.headers["Content-Range"] == f"bytes 0-99/{len(whole.data)}"
    assert whole.headers["Accept-Ranges"] == "bytes"


def test_a_part_of_another_picture_is_answered_with_the_whole(stage, picture):
    whole = get(stage, picture)

    same = get(stage, picture, Range="bytes=0-9", If_Range=whole.headers["ETag"])
    other = get(stage, picture, Range="bytes=0-9", If_Range='"another"')

    assert (same.status_code, len(same.data)) == (206, 10)
    assert (other.status_code, other.data) == (200, whole.data)


def test_what_lies_beyond_is_refused_with_the_length(stage, picture):
    whole = get(stage, picture)

    beyond = get(stage, picture, Range=f"bytes={len(whole.data)}-")

    assert beyond.status_code == 416
    assert beyond.headers["Content-Range"] == f"bytes */{len(whole.data)}"


def test_a_picture_that_is_known_is_not_sent_again(stage, picture):
    whole = get(stage, picture)

    known = get(stage, picture, If_None_Match=whole.headers["ETag"])

    assert (known.status_code, known.data) == (304, b"")
