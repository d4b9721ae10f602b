"""Logging in and out, one's own account, and the administrator's list."""

from typing import Any

from flask import current_app, g, request
from flask_smorest import Blueprint

from media.pages import Page
from service.accounts.actions import Accounts
from service.accounts.model import AccountView, Login
from service.accounts.schemas import (
    AccountPageSchema,
    AccountSchema,
    AccountStepSchema,
    CredentialsSchema,
    LoginSchema,
    NewAccountSchema,
    PageArgumentsSchema,
    PasswordChangeSchema,
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
    return {"items": accounts().sessions(g.actor.account_id, actor=g.actor, now=g.now)}


@bp.delete("/me/sessions/<name>")
@bp.response(204)
def end_my_session(name: str) -> None:
    """Log another of my devices out, a lost tablet for one."""
    accounts().end_session(name, actor=g.actor, now=g.now)


@bp.get("/accounts/<account_id>/sessions")
@bp.response(200, SessionsSchema)
def list_sessions(account_id: str) -> dict[str, Any]:
    """Where an account is logged in; the step `end_sessions` ends them all."""
    return {"items": accounts().sessions(account_id, actor=g.actor, now=g.now)}


@bp.get("/accounts")
@bp.arguments(PageArgumentsSchema, location="query")
@bp.response(200, AccountPageSchema)
def list_accounts(asked: dict[str, Any]) -> Page[AccountView]:
    """The accounts within the administrator's regions."""
    return accounts().page(after=asked.get("cursor"), limit=asked["limit"], actor=g.actor)


@bp.post("/accounts")
@bp.arguments(NewAccountSchema)
@bp.response(201, AccountSchema)
def add_account(asked: dict[str, Any]) -> AccountView:
    """Make an account; the answer tells its first password, once."""
    return accounts().add(**asked, actor=g.actor, now=g.now)


@bp.post("/accounts/<account_id>/steps")
@bp.arguments(AccountStepSchema)
@bp.response(200, AccountSchema)
def take_account_step(asked: dict[str, Any], account_id: str) -> AccountView:
    """Close, reopen, end the sessions of, or give a new password to an account."""
    return accounts().take_step(account_id, **asked, seen=g.seen, actor=g.actor, now=g.now)
