"""The wire shapes of checkpoints."""

from marshmallow import Schema, fields, validate

from media.schemas import text


class CheckpointSchema(Schema):
    number = fields.Integer(attribute="id", metadata={"example": 12})
    at = fields.AwareDateTime()
    chains = fields.Integer(metadata={"description": "so many chains' heads are under the root"})
    root = fields.String(metadata={"description": "Merkle root, RFC 6962, hexadecimal"})
    previous = fields.String(metadata={"description": "the hash of the checkpoint before"})
    key_id = fields.String()
    signature = fields.String(metadata={"description": "Ed25519 over `message`, base 64"})
    message = fields.Function(
        lambda checkpoint: checkpoint.message().decode(),
        metadata={"description": "the very bytes that are signed"},
    )


class CheckpointPageSchema(Schema):
    items = fields.List(fields.Nested(CheckpointSchema))
    next = fields.String(allow_none=True)


class CheckpointArgumentsSchema(Schema):
    cursor = text(400, load_default=None)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class SigningKeySchema(Schema):
    id = fields.String()
    public_pem = fields.String()
    made_at = fields.AwareDateTime()
    endorsed_by = fields.String(allow_none=True)
    endorsement = fields.String(allow_none=True)


class SigningKeysSchema(Schema):
    items = fields.List(fields.Nested(SigningKeySchema))


class StampSchema(Schema):
    number = fields.Integer(attribute="id")
    token = fields.String(
        allow_none=True, metadata={"description": "RFC 3161 response, DER, base 64; null: it waits"}
    )
    at = fields.AwareDateTime(allow_none=True, metadata={"description": "the authority's time"})
    tried_at = fields.AwareDateTime()
    attempts = fields.Integer()
    error = fields.String(allow_none=True)
