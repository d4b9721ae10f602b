"""The wire shapes of receivers and deliveries."""

from typing import Any

from marshmallow import Schema, fields, post_load, validate

from inspections.messages.model import Kind
from media.schemas import prose, text
from service.delivery.model import Channel, State


class ReceiverFactsSchema(Schema):
    url = text(500, metadata={"example": "https://example.org/huyuan"})
    regions = fields.List(
        fields.String(validate=validate.Regexp(r"\d{6}\Z")),
        validate=validate.Length(1, 200),
        metadata={"example": ["990102"]},
    )
    kinds = fields.List(
        fields.Enum(Kind, by_value=True),
        validate=validate.Length(max=60),
        metadata={"description": "none is every kind", "example": ["notice_overdue"]},
    )
    active = fields.Boolean()
    signing = text(200, metadata={"description": "what a DingTalk robot signs with (SEC…)"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
        return {**data, **lists, **({"id": str(data["id"])} if "id" in data else {})}


class NewReceiverSchema(ReceiverFactsSchema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})
    channel = fields.Enum(Channel, by_value=True, load_default=Channel.WEBHOOK)
    regions = fields.List(
        fields.String(validate=validate.Regexp(r"\d{6}\Z")),
        required=True,
        validate=validate.Length(1, 200),
        metadata={"example": ["990102"]},
    )


class ReceiverChangeSchema(ReceiverFactsSchema):
    why = prose(500, required=True, metadata={"example": "更换服务器"})


class RotationSchema(Schema):
    why = prose(500, required=True, metadata={"example": "密钥外泄"})


class ReceiverSchema(Schema):
    id = fields.String(attribute="receiver.id")
    url = fields.String(attribute="receiver.url")
    regions = fields.List(fields.String(), attribute="receiver.regions")
    kinds = fields.List(fields.Enum(Kind, by_value=True), attribute="receiver.kinds")
    active = fields.Boolean(attribute="receiver.active")
    channel = fields.Enum(Channel, by_value=True, attribute="receiver.channel")
    created_at = fields.AwareDateTime(attribute="receiver.created_at")
    changed_at = fields.AwareDateTime(attribute="receiver.changed_at")
    revision = fields.Integer(attribute="receiver.revision")
    secret = fields.String(
        allow_none=True, metadata={"description": "told once, when it is made or rotated"}
    )


class ReceiverPageSchema(Schema):
    items = fields.List(fields.Nested(ReceiverSchema))
    next = fields.String(allow_none=True)


class ReceiverArgumentsSchema(Schema):
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class DeliverySchema(Schema):
    id = fields.String(metadata={"description": "its Idempotency-Key"})
    message_id = fields.String()
    receiver_id = fields.String()
    kind = fields.Enum(Kind, by_value=True)
    at = fields.AwareDateTime()
    state = fields.Enum(State, by_value=True)
    attempts = fields.Integer()
    tried_at = fields.AwareDateTime(allow_none=True)
    next_at = fields.AwareDateTime()
    done_at = fields.AwareDateTime(allow_none=True)
    status = fields.Integer(allow_none=True, metadata={"description": "of the last answer"})
    error = fields.String(allow_none=True)


class DeliveryPageSchema(Schema):
    items = fields.List(fields.Nested(DeliverySchema))
    next = fields.String(allow_none=True)


class DeliveryArgumentsSchema(ReceiverArgumentsSchema):
    state = fields.Enum(State, by_value=True)
    receiver_id = text(64)


class PreferenceSchema(Schema):
    phone = text(20, required=True, allow_none=True, metadata={"example": "13800000000"})
    email = fields.Email(required=True, allow_none=True, metadata={"example": "a@example.org"})
    kinds = fields.List(
        fields.Enum(Kind, by_value=True),
        load_default=[],
        validate=validate.Length(max=60),
        metadata={"description": "none is every kind", "example": ["notice_overdue"]},
    )
    revision = fields.Integer(dump_only=True)

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return data | {"kinds": tuple(data["kinds"])}
