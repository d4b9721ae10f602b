"""The wire shapes of accounts."""

from marshmallow import (
    Schema,
    fields,
    post_load,
    validate,
)

from checklists.regions import codes as regions
from media.custody.model import Role
from media.schemas import text
from service.accounts.model import Account, AccountView, Binding
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


class AcceptSchema(Schema):
    code = secret(metadata={"example": "the code that the administrator told"})
    password = secret(metadata={"example": "at least ten characters"})


class ResetAskedSchema(Schema):
    username = text(64, required=True, metadata={"example": "inspector"})


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
