"""The wire shapes of evidence, and of the photo that a room above takes in."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from media.evidence.model import Times
from media.places.model import Datum, Position, Source
from media.schemas import moment

DIGEST = validate.Regexp(r"\A[0-9a-fA-F]{64}\Z")


class PhotoFormSchema(Schema):
    """The form fields beside a photo; loads into what `EvidenceRoom.examine` takes by name."""

    id = fields.UUID(
        required=True,
        metadata={
            "description": "made by the client: the same photo may be sent again under it",
            "example": "6f1c2f0a-5a0e-4a57-9f4e-0b9f2c1d7e11",
        },
    )
    sha256 = fields.String(
        validate=DIGEST, metadata={"description": "of the file, hexadecimal; checked when given"}
    )
    item_id = fields.String(
        validate=validate.Length(1, 120), metadata={"example": "anti-ram-barrier"}
    )
    lon = fields.Float(validate=validate.Range(-180, 180), metadata={"example": 116.3551})
    lat = fields.Float(
        validate=validate.Range(-180, 180),
        metadata={"example": 23.5501, "description": "what cannot be one is flagged, not refused"},
    )
    altitude = fields.Float(validate=validate.Range(-500, 9000))
    accuracy = fields.Float(
        validate=validate.Range(0, 1_000_000), metadata={"description": "radius, m"}
    )
    datum = fields.Enum(
        Datum, by_value=True, metadata={"description": "of the device's fix; never guessed"}
    )
    device_captured_at = moment(metadata={"example": "2026-03-02T10:11:12+08:00"})
    device_sent_at = moment(
        metadata={
            "example": "2026-03-02T10:14:00+08:00",
            "description": "the device's clock now: a wrong clock is told from a late photo by it",
        }
    )
    monotonic_ms = fields.Integer(
        strict=False,
        validate=validate.Range(0, 1 << 53),
        metadata={"description": "the device's monotonic counter at the taking, ms"},
    )

    @validates_schema
    def fix_is_whole(self, data: dict[str, Any], **_: Any) -> None:
        given = {"lon", "lat", "datum"} & data.keys()
        if given and len(given) < 3:
            raise ValidationError(
                {
                    name: ["Missing data for required field."]
                    for name in ("lon", "lat", "datum")
                    if name not in data
                }
            )

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        made: dict[str, Any] = {"id": str(data["id"])}
        if "lon" in data:
            made["device_fix"] = Position(
                data["lon"],
                data["lat"],
                data.get("altitude"),
                data["datum"],
                data.get("accuracy"),
                Source.DEVICE,
            )
        if "sha256" in data:
            made["declared_sha256"] = data["sha256"]
        made["times"] = Times(
            data.get("device_captured_at"), data.get("device_sent_at"), data.get("monotonic_ms")
        )
        return made | ({"item_id": data["item_id"]} if "item_id" in data else {})


class PhotoFileSchema(Schema):
    photo = fields.Raw(
        load_default=None,
        metadata={
            "type": "string",
            "format": "binary",
            "description": "left out where the photo was uploaded in pieces under the same id",
        },
    )


class PositionSchema(Schema):
    lon = fields.Float()
    lat = fields.Float()
    altitude = fields.Float(allow_none=True, metadata={"description": "m"})
    datum = fields.String(metadata={"example": "WGS-84"})
    accuracy = fields.Float(allow_none=True, metadata={"description": "radius, m"})
    source = fields.String(metadata={"example": "exif"})


class EvidenceSchema(Schema):
    id = fields.String()
    case_id = fields.String()
    region = fields.String(metadata={"example": "445202"})
    kindergarten_id = fields.String()
    subject_kind = fields.String(metadata={"example": "inspection"})
    subject_id = fields.String()
    item_id = fields.String(allow_none=True)
    name = fields.String()
    format = fields.String(metadata={"example": "JPEG"})
    size = fields.Integer(metadata={"description": "bytes"})
    width = fields.Integer(metadata={"description": "as stored, before orientation"})
    height = fields.Integer()
    sha256 = fields.String()
    complete = fields.Boolean(metadata={"description": "false: a PNG with a damaged tail"})
    captured_at = fields.String(
        allow_none=True, metadata={"description": "the camera's clock, offset where it states one"}
    )
    device_captured_at = fields.AwareDateTime(allow_none=True)
    device_sent_at = fields.AwareDateTime(allow_none=True)
    monotonic_ms = fields.Integer(allow_none=True)
    time_flags = fields.List(fields.String(), metadata={"example": ["clock_skew"]})
    reuse = fields.List(
        fields.String(),
        metadata={
            "description": "what the same picture was used for before",
            "example": ["used_twice", "used_for_two_sites"],
        },
    )
    received_at = fields.AwareDateTime()
    camera = fields.String(allow_none=True)
    position = fields.Nested(PositionSchema, allow_none=True, metadata={"description": "WGS-84"})
    given = fields.List(
        fields.Nested(PositionSchema), metadata={"description": "as they came, in their own datum"}
    )
    datum_declared = fields.Boolean(metadata={"description": "EXIF names its datum"})
    raw_gps = fields.Dict(keys=fields.String(), metadata={"description": "EXIF, word for word"})
    flags = fields.List(fields.String(), metadata={"example": ["far_from_site"]})
    distance_to_site_m = fields.Float(allow_none=True)
    exif_to_site_m = fields.Float(allow_none=True)
    device_to_site_m = fields.Float(allow_none=True)
    exif_to_device_m = fields.Float(allow_none=True)
    uploaded_by = fields.String(metadata={"description": "account"})
    uploaded_person = fields.String()
    device = fields.String(allow_none=True)
    disclosed = fields.Boolean()
    revision = fields.Integer()


class AlikeSchema(Schema):
    """Another piece of evidence that shows the same picture."""

    id = fields.String()
    kindergarten_id = fields.String()
    subject_id = fields.String()
    identical = fields.Boolean(metadata={"description": "the same bytes"})
    distance = fields.Integer(
        metadata={"description": "bits of 128 in which the likenesses differ"}
    )


class AlikeListSchema(Schema):
    items = fields.List(fields.Nested(AlikeSchema))


class DerivativeArgumentsSchema(Schema):
    marked = fields.Boolean(
        load_default=False,
        metadata={"description": "with annotations and redactions drawn in, as it leaves"},
    )


class OriginalArgumentsSchema(Schema):
    reason = fields.String(
        required=True,
        validate=validate.Length(2, 500),
        metadata={"description": "goes on record", "example": "复核护栏间距"},
    )
