"""A photo in pieces over a bad line: tus 1.0.0, resumed after anything, and whole or not at all."""

import threading
from base64 import b64encode
from datetime import timedelta
from hashlib import sha1, sha256
from uuid import uuid4

import pytest

from media.photos.drawing import draw_photo
from media.uploads.jobs import sweep_uploads
from service.demonstration import identity
from tests.access_world import tell
from tests.builders import NOON
from tests.steps_world import visit_in

PIECES = "application/offset+octet-stream"


def b64(value):
    return b64encode(value if isinstance(value, bytes) else value.encode()).decode()


@pytest.fixture(scope="module")
def visit(stage):
    tell(stage)
    site = identity("kindergarten-1")
    return visit_in(stage, "underway", items=("anti-ram-barrier",), kindergarten_id=site)


@pytest.fixture
def data():
    return draw_photo(uuid4().hex, NOON, 116.391, 39.907, posts=3) + uuid4().bytes * 40_000


@pytest.fixture
def tus(stage):
    """Ask an upload's address, with the protocol's version."""

    def do(method, path="uploads", body=b"", caller=None, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        headers = {"Tus-Resumable": "1.0.0", **named}
        return (caller or stage.inspector).call(method, path, headers=headers, data=body)

    return do


@pytest.fixture
def begin(tus):
    def do(data, id_=None, digest=None, **more):
        declared = {"id": id_ or str(uuid4()), "sha256": digest or sha256(data).hexdigest()}
        metadata = ",".join(f"{key} {b64(value)}" for key, value in declared.items())
        return tus(
            "POST", Upload_Length=str(len(data)), Upload_Metadata=metadata, **more
        ), declared["id"]

    return do


@pytest.fixture
def send(tus):
    def do(id_, data, start, stop=None, **more):
        more = {"Content_Type": PIECES, "Upload_Offset": str(start)} | more
        return tus("PATCH", f"uploads/{id_}", data[start:stop], **more)

    return do


def offset(answer):
    return int(answer.headers["Upload-Offset"])


def keep(stage, visit, id_):
    form = {"id": id_, "item_id": "anti-ram-barrier"}
    return stage.inspector.call("POST", f"inspections/{visit.id}/photos", data=form)


def test_what_the_server_takes_is_told_to_anybody(stage):
    told = stage.nobody.call("OPTIONS", "uploads")

    assert told.status_code == 204
    assert told.headers["Tus-Version"] == "1.0.0"
    assert told.headers["Tus-Extension"].startswith("creation,creation-with-upload,checksum")
    assert told.headers["Tus-Checksum-Algorithm"] == "sha1,sha256"
    assert told.headers["Tus-Max-Size"] == str(25 * 1024 * 1024)


def test_a_photo_in_pieces_becomes_evidence_once_it_is_whole(stage, visit, data, begin, send, tus):
    opened, id_ = begin(data)
    half = len(data) // 2

    first = send(id_, data, 0, half)
    early = keep(stage, visit, id_)
    asked = tus("HEAD", f"uploads/{id_}")
    last = send(id_, data, half)
    kept = keep(stage, visit, id_)
    again = keep(stage, visit, id_)

    assert (opened.status_code, offset(opened)) == (201, 0)
    assert opened.headers["Location"] == f"/api/v1/uploads/{id_}"
    assert opened.headers["Upload-Expires"].endswith("GMT")
    assert (first.status_code, offset(first)) == (204, half)
    assert (early.status_code, early.json["facts"]["offset"]) == (409, half)
    assert (offset(asked), asked.headers["Upload-Length"]) == (half, str(len(data)))
    assert asked.headers["Cache-Control"] == "no-store"
    assert offset(last) == len(data)
    assert kept.status_code == again.status_code == 201
    assert kept.json["sha256"] == sha256(data).hexdigest()
    assert again.json == kept.json
    original = stage.inspector.call("GET", f"evidence/{id_}/original?reason=复核")
    assert original.data == data


def test_an_upload_begun_again_goes_on_where_it_was(data, begin, send):
    _, id_ = begin(data)
    send(id_, data, 0, 1000)

    again, _ = begin(data, id_=id_)

    assert (again.status_code, offset(again)) == (201, 1000)


def test_the_first_piece_may_come_with_the_beginning(data, tus):
    digest = sha256(data).hexdigest()
    metadata = f"id {b64(str(uuid4()))},sha256 {b64(digest)}"

    told = tus(
        "POST", body=data, Upload_Length=str(len(data)), Upload_Metadata=metadata,
        Content_Type=PIECES,
    )  # fmt: skip

    assert (told.status_code, offset(told)) == (201, len(data))


def test_a_wrong_offset_is_refused_and_says_the_right_one(data, begin, send):
    _, id_ = begin(data)
    send(id_, data, 0, 500)

    refused = send(id_, data, 400, 900)

    assert (refused.status_code, refused.json["facts"]["offset"]) == (409, 500)


@pytest.mark.parametrize(("name", "make"), [("sha1", sha1), ("sha256", sha256)])
def test_a_piece_that_does_not_fit_its_checksum_is_not_kept(data, begin, send, tus, name, make):
    _, id_ = begin(data)
    right = f"{name} {b64(make(data[:900]).digest())}"

    wrong = send(id_, data, 0, 901, Upload_Checksum=right)
    held = offset(tus("HEAD", f"uploads/{id_}"))
    kept = send(id_, data, 0, 900, Upload_Checksum=right)

    assert (wrong.status_code, held) == (460, 0)
    assert (kept.status_code, offset(kept)) == (204, 900)


def test_a_whole_that_is_not_as_declared_is_thrown_away_and_on_record(
    stage, data, begin, send, tus
):
    _, id_ = begin(data)

    refused = send(id_, bytes(len(data)), 0)

    assert refused.status_code == 422
    assert offset(tus("HEAD", f"uploads/{id_}")) == 0
    assert stage.rooms.database["upload_pieces"].count_documents({"upload_id": id_}) == 0
    (entry,) = stage.rooms.custody.history(f"upload:{id_}")
    assert (entry.verb, entry.facts["declared"]) == (
        "upload_not_as_declared",
        sha256(data).hexdigest(),
    )
    assert offset(send(id_, data, 0)) == len(data)


def test_another_file_under_a_known_id_is_refused_and_on_record(stage, data, begin):
    _, id_ = begin(data)

    refused, _ = begin(data + b"x", id_=id_)

    assert refused.status_code == 409
    (entry,) = stage.rooms.custody.history(f"upload:{id_}")
    assert entry.verb == "upload_refused"


def test_other_bytes_under_the_id_of_evidence_are_refused_and_on_record(
    stage, visit, data, begin, send, tus
):
    _, id_ = begin(data)
    send(id_, data, 0)
    keep(stage, visit, id_)
    tus("DELETE", f"uploads/{id_}")
    other = data + b"x"
    begin(other, id_=id_)
    send(id_, other, 0)

    refused = keep(stage, visit, id_)

    assert refused.status_code == 409
    entry = stage.rooms.custody.history(f"case:{visit.case_id}")[-1]
    assert (entry.verb, entry.facts["offered_sha256"]) == (
        "evidence_id_refused",
        sha256(other).hexdigest(),
    )


def test_an_upload_is_nobody_elses(stage, data, begin, tus, send):
    _, id_ = begin(data)

    for caller in (stage.inspector2, stage.supervisor, stage.director):
        assert tus("HEAD", f"uploads/{id_}", caller=caller).status_code == 404
        assert tus("DELETE", f"uploads/{id_}", caller=caller).status_code == 404
        assert send(id_, data, 0, 9, caller=caller).status_code == 404
        assert begin(data, id_=id_, caller=caller)[0].status_code == 409


def test_an_upload_is_ended(stage, data, begin, send, tus):
    _, id_ = begin(data)
    send(id_, data, 0, 900_00)

    assert tus("DELETE", f"uploads/{id_}").status_code == 204

    assert tus("HEAD", f"uploads/{id_}").status_code == 404
    assert stage.rooms.database["upload_pieces"].count_documents({"upload_id": id_}) == 0


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (412, {"Tus_Resumable": "0.2.2"}),
        (412, {"Tus_Resumable": ""}),
        (400, {"Upload_Length": "many"}),
        (400, {"Upload_Length": "-1"}),
        (400, {"Upload_Metadata": ""}),
        (400, {"Upload_Metadata": "id eHg=,sha256 eHg="}),
        (413, {"Upload_Length": str(26 * 1024 * 1024)}),
    ],
)
def test_what_does_not_begin_an_upload_is_told(data, tus, status, headers):
    metadata = f"id {b64(str(uuid4()))},sha256 {b64(sha256(data).hexdigest())}"
    given = {"Upload_Length": "9", "Upload_Metadata": metadata} | headers

    told = tus("POST", **given)

    assert told.status_code == status
    assert told.json["detail"]
    assert told.headers["Tus-Version"] == "1.0.0"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (415, {"Content_Type": "text/plain"}),
        (400, {"Upload_Offset": "x"}),
        (400, {"Upload_Checksum": "md5 eHg="}),
        (400, {"Upload_Checksum": "sha1 ***"}),
    ],
)
def test_what_does_not_go_on_is_told(data, begin, send, status, headers):
    _, id_ = begin(data)

    told = send(id_, data, 0, 900, **headers)

    assert told.status_code == status


def test_more_than_was_declared_is_refused(data, begin, send, tus):
    _, id_ = begin(data)

    told = send(id_, data + b"more", 0)

    assert told.status_code == 413
    assert offset(tus("HEAD", f"uploads/{id_}")) < len(data)


def test_of_eight_at_once_one_has_each_offset(data, begin, send, tus):
    _, id_ = begin(data)
    statuses = []
    threads = [
        threading.Thread(target=lambda: statuses.append(send(id_, data, 0, 700).status_code))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [204] + [409] * 7
    assert offset(tus("HEAD", f"uploads/{id_}")) == 700


def test_uploads_that_nobody_went_on_with_are_swept(stage, data, begin, send, tus):
    _, id_ = begin(data)
    send(id_, data, 0, 900)
    clock = stage.rooms.clock

    sweep_uploads(stage.rooms.uploads, clock)
    assert tus("HEAD", f"uploads/{id_}").status_code == 200
    assert sweep_uploads(stage.rooms.uploads, lambda: clock() + timedelta(days=8)) >= 1

    database = stage.rooms.database
    assert database["uploads"].count_documents({}) == 0
    assert database["upload_pieces"].count_documents({}) == 0


def test_an_upload_whose_photo_is_kept_goes_after_an_hour(stage, visit, data, begin, send):
    _, id_ = begin(data)
    send(id_, data, 0)
    keep(stage, visit, id_)
    clock = stage.rooms.clock

    sweep_uploads(stage.rooms.uploads, lambda: clock() + timedelta(minutes=59))
    there = stage.rooms.database["uploads"].count_documents({"_id": id_})
    sweep_uploads(stage.rooms.uploads, lambda: clock() + timedelta(minutes=61))

    assert there == 1
    assert stage.rooms.database["uploads"].count_documents({"_id": id_}) == 0


def test_a_device_has_only_so_many_uploads_under_way(stage, data, begin):
    began = [begin(data)[0].status_code for _ in range(61)]

    assert set(began) == {201, 429}
    assert began[-1] == 429


def test_a_photo_that_came_neither_way_is_asked_for(stage, visit):
    told = keep(stage, visit, str(uuid4()))

    assert told.status_code == 422
    assert "照片" in told.json["detail"]
