"""The wire shapes of administration."""

from marshmallow import Schema, fields, post_load, validate

from media.custody.model import Role
from media.schemas import prose, text
from service.accounts.model import Step
from service.accounts.schemas import AccountSchema, BindingSchema


class NewAccountSchema(Schema):
    id = fields.UUID(metadata={"description": "made by the client; sent again it changes nothing"})
    person_id = fields.UUID(metadata={"description": "an existing person's, for a second account"})
    username = fields.String(
        required=True,
        validate=validate.Regexp(r"[a-z0-9][a-z0-9._-]{2,63}\Z"),
        metadata={"example": "inspector"},
    )
    name = text(80, required=True, metadata={"example": "检查员"})
    unit = text(120, required=True, metadata={"example": "演示县教育局学前科"})
    roles = fields.List(
        fields.Enum(Role, by_value=True), required=True, validate=validate.Length(1, 3)
    )
    regions = fields.List(
        fields.String(validate=validate.Regexp(r"\d{6}\Z")),
        validate=validate.Length(max=200),
        metadata={"example": ["990102"]},
    )
    bindings = fields.List(fields.Nested(BindingSchema), validate=validate.Length(max=50))
    department = text(80)
    certificate = text(40)
    phone = text(40)
    invite = fields.Boolean(
        metadata={"description": "answer with a code by which the owner sets the password"}
    )

    @post_load
    def make(self, data: dict[str, object], **_: object) -> dict[str, object]:
        if Role.DIRECTOR in data["roles"]:  # type: ignore[operator]
            data.pop("regions", None)  # it has kindergartens instead
        plain = {key: str(value) for key, value in data.items() if key in ("id", "person_id")}
        lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
        return {**data, **plain, **lists}


class DirectedSchema(Schema):
    code = text(64, required=True)
    since = fields.Date()
    until = fields.Date()


class AccountRowSchema(NewAccountSchema):
    """A row of a table: person and account, the kindergartens of a director by their codes."""

    class Meta:
        exclude = ("id", "person_id", "bindings", "invite")

    code = text(40)
    kindergartens = fields.List(fields.Nested(DirectedSchema), validate=validate.Length(max=50))


class AccountPageSchema(Schema):
    items = fields.List(fields.Nested(AccountSchema))
    next = fields.String(allow_none=True)


class AccountArgumentsSchema(Schema):
    role = fields.Enum(Role, by_value=True)
    active = fields.Boolean()
    region = fields.String(
        validate=validate.Regexp(r"\d{6}\Z"), metadata={"description": "who reaches this region"}
    )
    kindergarten_id = text(64, metadata={"description": "who can see this kindergarten"})
    cursor = text(400)
    limit = fields.Integer(load_default=50, validate=validate.Range(1, 200))


class AccountStepSchema(Schema):
    step = fields.Enum(Step, by_value=True, required=True)
    why = prose(500, required=True, metadata={"example": "调离本单位"})
    hand_over_to = text(
        64, metadata={"description": "the account that takes over the open work of a closed one"}
    )


class AccountChangeSchema(Schema):
    why = prose(500, required=True, metadata={"example": "岗位调整"})
    name = text(80)
    unit = text(120)
    department = text(80, allow_none=True)
    certificate = text(40, allow_none=True)
    phone = text(40, allow_none=True)
    roles = fields.List(fields.Enum(Role, by_value=True), validate=validate.Length(1, 3))
    regions = fields.List(
        fields.String(validate=validate.Regexp(r"\d{6}\Z")),
        validate=validate.Length(max=200),
        metadata={"example": ["990102"]},
    )
    bindings = fields.List(fields.Nested(BindingSchema), validate=validate.Length(max=50))

    @post_load
    def make(self, data: dict[str, object], **_: object) -> dict[str, object]:
        lists = {key: tuple(value) for key, value in data.items() if isinstance(value, list)}
        return {**data, **lists}


class ResetRequestSchema(Schema):
    account_id = fields.String()
    username = fields.String()
    asked_at = fields.AwareDateTime()


class ResetRequestsSchema(Schema):
    items = fields.List(fields.Nested(ResetRequestSchema))


class RoleAccessSchema(Schema):
    role = fields.Enum(Role, by_value=True)
    endpoints = fields.List(fields.String(), metadata={"example": ["visits.get_inspection"]})


class AccessSchema(Schema):
    items = fields.List(fields.Nested(RoleAccessSchema))


class SessionEndSchema(Schema):
    why = prose(500, required=True, metadata={"example": "平板遗失"})
