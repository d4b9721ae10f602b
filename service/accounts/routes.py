"""Logging in and out, and one's own account."""

from typing import Any

from flask import current_app, g, request
from flask_smorest import Blueprint

from service.accounts.actions import Accounts
from service.accounts.model import AccountView, Login
from service.accounts.schemas import (
    AcceptSchema,
    AccountSchema,
    CredentialsSchema,
    LoginSchema,
    PasswordChangeSchema,
    ResetAskedSchema,
    SessionsSchema,
)

bp = Blueprint("accounts", __name__, url_prefix="/api/v1", description="账号与登录 Accounts")


def accounts() -> Accounts:
    return current_app.extensions["huyuan"].accounts  # type: ignore[no-any-return]


@bp.post("/login")
@bp.arguments(CredentialsSchema)
@bp.response(200, LoginSchema)
def log_in(asked: dict[str, Any]) -> Login:
    """Exchange a user name and a password for a token."""
    return accounts().log_in(**asked, address=request.remote_addr or "", now=g.now)


@bp.post("/logout")
@bp.response(204)
def log_out() -> None:
    """End the session of the token sent."""
    accounts().log_out(g.token)


@bp.get("/me")
@bp.response(200, AccountSchema)
def myself() -> AccountView:
    """Who holds the token."""
    return accounts().myself(actor=g.actor)


@bp.post("/me/password")
@bp.arguments(PasswordChangeSchema)
@bp.response(204)
def change_password(asked: dict[str, Any]) -> None:
    """Change one's own password; every session ends."""
    accounts().change_password(**asked, actor=g.actor, now=g.now)


@bp.get("/me/sessions")
@bp.response(200, SessionsSchema)
def list_my_sessions() -> dict[str, Any]:
    """Where I am logged in, device by device."""
    return {"items": accounts().sessions(actor=g.actor, now=g.now)}


@bp.delete("/me/sessions/<name>")
@bp.response(204)
def end_my_session(name: str) -> None:
    """Log another of my devices out, a lost tablet for one."""
    accounts().end_session(name, actor=g.actor, now=g.now)


@bp.post("/invitations/acceptance")
@bp.arguments(AcceptSchema)
@bp.response(204)
def accept_invitation(asked: dict[str, Any]) -> None:
    """Set the password of the account that was invited; the code is used up."""
    accounts().accept(**asked, address=request.remote_addr or "", now=g.now)


@bp.post("/password-resets")
@bp.arguments(ResetAskedSchema)
@bp.response(202)
def ask_for_reset(asked: dict[str, Any]) -> None:
    """Tell the administrators that a password is forgotten; any name has the same answer."""
    accounts().ask_for_reset(**asked, address=request.remote_addr or "", now=g.now)
