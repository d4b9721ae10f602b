"""The wire shapes of accounts."""

from marshmallow import (
    Schema,
    fields,
    post_load,
    validate,
)

from checklists.regions import codes as regions
from media.custody.model import Role
from media.schemas import prose, text
from service.accounts.model import Account, AccountView, Binding, Step
from service.accounts.passwords import LONGEST


def secret(**more: object) -> fields.String:
    """Return a field for a password: whatever characters it is made of."""
    return fields.String(required=True, validate=validate.Length(1, LONGEST), **more)  # type: ignore[arg-type]


class BindingSchema(Schema):
    kindergarten_id = text(64, required=True)
    since = fields.Date(required=True)
    until = fields.Date(load_default=None, allow_none=True)

    @post_load
    def make(self, data: dict[str, object], **_: object) -> Binding:
        return Binding(**data)  # type: ignore[arg-type]


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


class PersonSchema(Schema):
    id = fields.String()
    code = fields.String(allow_none=True, metadata={"description": "staff number"})
    name = fields.String()
    unit = fields.String()
    department = fields.String(allow_none=True)
    certificate = fields.String(allow_none=True)
    phone = fields.String(allow_none=True)


class AccountSchema(Schema):
    id = fields.String(attribute="account.id")
    username = fields.String(attribute="account.username")
    roles = fields.List(fields.Enum(Role, by_value=True), attribute="account.roles")
    regions = fields.List(fields.String(), attribute="account.regions")
    bindings = fields.List(fields.Nested(BindingSchema), attribute="account.bindings")
    active = fields.Boolean(attribute="account.active")
    created_at = fields.AwareDateTime(attribute="account.created_at")
    revision = fields.Integer(attribute="account.revision")
    person = fields.Nested(PersonSchema)
    reach = fields.Method(
        "reach_of", metadata={"description": "in words: the regions or kindergartens it sees"}
    )
    initial_password = fields.String(
        allow_none=True, metadata={"description": "told once, to whoever made or reset it"}
    )
    invitation_code = fields.String(
        allow_none=True, metadata={"description": "told once, to whoever invited"}
    )
    invitation_expires_at = fields.AwareDateTime(attribute="invitation.expires_at")

    def reach_of(self, view: AccountView) -> list[str]:
        return reach(view.account)


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


class AcceptSchema(Schema):
    code = secret(metadata={"example": "the code that the administrator told"})
    password = secret(metadata={"example": "at least ten characters"})


class ResetAskedSchema(Schema):
    username = text(64, required=True, metadata={"example": "inspector"})


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


class CredentialsSchema(Schema):
    username = text(64, required=True, metadata={"example": "inspector"})
    password = secret(metadata={"example": "printed by make serve"})
    device = text(120, load_default="web", metadata={"example": "tablet-7"})


class LoginSchema(Schema):
    token = fields.String()
    expires_at = fields.AwareDateTime()
    account = fields.Nested(AccountSchema)


class SessionSchema(Schema):
    name = fields.String()
    device = fields.String(metadata={"example": "tablet-7"})
    created_at = fields.AwareDateTime()
    expires_at = fields.AwareDateTime()


class SessionsSchema(Schema):
    items = fields.List(fields.Nested(SessionSchema))


class PasswordChangeSchema(Schema):
    old = secret(metadata={"example": "the password until now"})
    new = secret(metadata={"example": "at least ten characters"})


def reach(account: Account) -> list[str]:
    """Return in words what the account sees: regions by their full names, or kindergartens."""
    if account.bindings:
        return [
            f"{each.kindergarten_id} {each.since.isoformat()}–{each.until or ''}"
            for each in account.bindings
        ]
    return [
        f"{code} {regions.full_name(code) if regions.exists(code) else ''}".strip()
        for code in account.regions
    ]
