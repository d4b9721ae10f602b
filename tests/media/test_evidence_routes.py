"""The blueprint on a bare application: what the shell adds is tried with the shell."""

from io import BytesIO
from types import SimpleNamespace

import pytest
from flask import Flask, g
from flask_smorest import Api
from marshmallow import ValidationError

from media.evidence.model import Times
from media.evidence.routes import bp
from media.evidence.schemas import EvidenceSchema, PhotoFormSchema
from media.places.model import Datum, Position, Source
from media.refusals import Refusal
from tests.media.picture import encode, exif, halves

PHOTO = encode(halves(), exif=exif(6))
ID = "6f1c2f0a-5a0e-4a57-9f4e-0b9f2c1d7e11"


@pytest.fixture
def http(room, inspector, noon):
    app = Flask(__name__)
    app.config.update(API_TITLE="t", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    app.extensions["huyuan"] = SimpleNamespace(evidence=room)
    Api(app).register_blueprint(bp)
    app.register_error_handler(Refusal, lambda refused: (type(refused).__name__, 400))

    @app.before_request
    def gate():
        g.actor, g.now, g.seen = inspector, noon, None

    return app.test_client()


def test_what_is_known_is_shown(http, keep):
    kept = keep(PHOTO)

    answer = http.get(f"/api/v1/evidence/{kept.id}")

    assert answer.status_code == 200
    assert answer.json["sha256"] == kept.sha256
    assert answer.json["flags"] == ["absent"]
    assert answer.json["format"] == "JPEG"
    assert "entry_id" not in answer.json


@pytest.mark.parametrize(
    ("path", "ending", "media_type"),
    [
        ("derivatives/1280", "-1280.jpeg", "image/jpeg"),
        ("original?reason=复核", ".png", "image/png"),
    ],
)
def test_pictures_are_sandboxed_and_cached_by_their_hash(http, keep, path, ending, media_type):
    kept = keep(encode(halves(), "PNG"))
    address = f"/api/v1/evidence/{kept.id}/{path}"

    answer = http.get(address)
    again = http.get(address, headers={"If-None-Match": answer.headers["ETag"]})

    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["Content-Disposition"] == f'inline; filename="{kept.id}{ending}"'
    assert (again.status_code, again.data) == (304, b"")


def test_the_original_comes_as_it_was_sent_and_the_viewing_is_recorded(http, keep, custody):
    kept = keep(PHOTO)

    answer = http.get(f"/api/v1/evidence/{kept.id}/original?reason=复核护栏")

    assert answer.data == PHOTO
    assert custody.history("case:c1")[-1].why == "复核护栏"


@pytest.mark.parametrize("query", ["", "?reason=", "?reason=x"])
def test_an_original_asked_for_wrongly_is_refused(http, keep, custody, query):
    kept = keep(PHOTO)

    answer = http.get(f"/api/v1/evidence/{kept.id}/original{query}")

    assert answer.status_code == 422
    assert len(custody.history("case:c1")) == 1


def test_what_is_not_there_is_not_found(http):
    for path in ("nothing", "nothing/derivatives/320", "nothing/original?reason=复核"):
        assert http.get(f"/api/v1/evidence/{path}").data == b"NotFound"


def test_the_form_loads_into_what_the_examination_takes():
    form = PhotoFormSchema().load(
        {
            "id": ID.upper(),
            "sha256": "A" * 64,
            "item_id": "gate",
            "lon": "116.35",
            "lat": "23.55",
            "accuracy": "12",
            "datum": "GCJ-02",
            "device_captured_at": "2026-03-02T10:11:12+08:00",
        }
    )

    assert form["id"] == ID
    assert form["declared_sha256"] == "A" * 64
    assert form["device_fix"] == Position(116.35, 23.55, None, Datum.GCJ02, 12, Source.DEVICE)
    assert form["times"].captured_at.utcoffset().total_seconds() == 8 * 3600
    assert form["item_id"] == "gate"
    assert PhotoFormSchema().load({"id": ID}) == {"id": ID, "times": Times()}


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"id": "not-a-uuid"},
        {"id": ID, "lon": "116", "lat": "23"},
        {"id": ID, "datum": "WGS-84"},
        {"id": ID, "lon": "nan", "lat": "23", "datum": "WGS-84"},
        {"id": ID, "lon": "181", "lat": "23", "datum": "WGS-84"},
        {"id": ID, "lon": "116", "lat": "23", "datum": "TOKYO"},
        {"id": ID, "sha256": "z" * 64},
        {"id": ID, "sha256": "a" * 63},
        {"id": ID, "device_captured_at": "2026-03-02T10:11:12"},
        {"id": ID, "case_id": "c9"},
        {"id": ID, "disclosed": "true"},
    ],
)
def test_a_form_that_does_not_fit_is_refused_field_by_field(form):
    with pytest.raises(ValidationError):
        PhotoFormSchema().load(form)


def test_the_wire_shape_dumps_everything_kept(keep):
    fix = Position(116.35, 23.55, accuracy=5, source=Source.DEVICE)
    kept = keep(PHOTO, device_fix=fix)

    dumped = EvidenceSchema().dump(kept)

    assert dumped["position"] == {
        "lon": 116.35,
        "lat": 23.55,
        "altitude": None,
        "datum": "WGS-84",
        "accuracy": 5,
        "source": "device",
    }
    assert set(EvidenceSchema().fields) <= {*vars(kept)}


def test_a_photo_may_be_sent_by_a_form(room):
    """The fields and the file arrive as webargs hands them on: strings, and something to read."""
    form = PhotoFormSchema().load({"id": ID})

    examined = room.examine(BytesIO(PHOTO).read(), **form)

    assert examined.id == ID
