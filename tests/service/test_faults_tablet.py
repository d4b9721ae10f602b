"""F48: a tablet whose storage is corrupted loses what is corrupted, and nothing besides."""

from hashlib import sha256
from io import BytesIO
from uuid import uuid4

import pytest

from media.photos.drawing import draw_photo
from service.demonstration import identity
from tests.access_world import tell
from tests.builders import NOON
from tests.steps_world import visit_in


@pytest.fixture
def visit(stage):
    """A visit that is under way, with three items that ask for a photo."""
    tell(stage)
    day = stage.clock.today()
    checklist = stage.rooms.checklists.in_force("990102", "kindergarten", day)
    asking = [
        item.id
        for item in checklist.items
        if item.photo_required and item.answer_kind == "yes_no" and item.severity == "ordinary"
    ]
    site = identity("kindergarten-1")
    return visit_in(stage, "underway", items=tuple(asking[:3]), kindergarten_id=site)


def drawn():
    return draw_photo(uuid4().hex, NOON, 116.391, 39.907, posts=3)


def send(stage, visit, data, *, id_=None, digest=None, item_id=None):
    form = {
        "id": id_ or str(uuid4()),
        "sha256": digest or sha256(data).hexdigest(),
        "photo": (BytesIO(data), "photo.jpg"),
    }
    form |= {"item_id": item_id} if item_id else {}
    return stage.inspector.call("POST", f"inspections/{visit.id}/photos", data=form)


def test_f48_each_bad_photo_is_refused_by_itself_and_every_good_one_kept(stage, visit):
    batch = []
    for number in range(20):
        good = drawn()
        batch.append(
            {
                0: (good[: len(good) // 2], None, 422),
                1: (good, "0" * 64, 422),
                2: (b"", None, 415),
                3: (bytes(len(good)), None, 415),
            }.get(number % 5, (good, None, 201))
        )
    ids = [str(uuid4()) for _ in batch]

    told = [
        send(stage, visit, data, id_=id_, digest=digest)
        for id_, (data, digest, _) in zip(ids, batch, strict=True)
    ]

    wanted = [status for *_, status in batch]
    kept = stage.rooms.database["evidence"].find({"subject_id": visit.id})
    good = {id_ for id_, status in zip(ids, wanted, strict=True) if status == 201}
    assert [each.status_code for each in told] == wanted
    assert {each["_id"] for each in kept} == good
    assert all(each.json["detail"] for each in told if each.status_code != 201)


def test_f48_an_answer_whose_photo_is_missing_is_kept_and_asked_for_until_it_comes(stage, visit):
    path, missing = f"inspections/{visit.id}", str(uuid4())
    one, two, three = visit.item_ids
    photos = {item: send(stage, visit, drawn(), item_id=item).json["id"] for item in (one, two)}
    photos[three] = missing
    answers = [
        {"item_id": item, "result": "not_met", "note": "未达到要求", "evidence_ids": [id_]}
        for item, id_ in photos.items()
    ]

    kept = stage.inspector.post(f"{path}/answers", {"answers": answers}, revision=visit.revision)
    signed = stage.inspector.post(
        f"{path}/signature", {"kind": "signed", "signer": "园长"}, revision=kept["revision"]
    )
    submit = {"json": {"step": "submit"}, "revision": signed["revision"]}
    refused = stage.inspector.call("POST", f"{path}/steps", **submit)
    sent = send(stage, visit, drawn(), id_=missing, item_id=three)
    submitted = stage.inspector.call("POST", f"{path}/steps", **submit)

    assert (refused.status_code, refused.json["facts"]["items"]) == (409, [three])
    assert (sent.status_code, submitted.status_code) == (201, 200)
    assert submitted.json["status"] == "submitted"
