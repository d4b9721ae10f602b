"""The administrator's list: who has an account, what it reaches, and what becomes of it."""

from typing import Any

from flask import current_app, g
from flask_smorest import Blueprint

from inspections.visits.schemas import HistorySchema
from media.custody.model import Role
from media.pages import Page
from service.accounts.access import ACCESS
from service.accounts.model import AccountView, Filter
from service.accounts.schemas import AccountSchema, SessionsSchema
from service.administration.actions import Administration
from service.administration.schemas import (
    AccessSchema,
    AccountArgumentsSchema,
    AccountChangeSchema,
    AccountPageSchema,
    AccountStepSchema,
    NewAccountSchema,
    ResetRequestsSchema,
    SessionEndSchema,
)

bp = Blueprint(
    "administration", __name__, url_prefix="/api/v1", description="账号管理 Administration"
)


def administration() -> Administration:
    return current_app.extensions["huyuan"].administration  # type: ignore[no-any-return]


@bp.get("/accounts")
@bp.arguments(AccountArgumentsSchema, location="query")
@bp.response(200, AccountPageSchema)
def list_accounts(asked: dict[str, Any]) -> Page[AccountView]:
    """The accounts within my regions; by region or kindergarten, who can see that."""
    return administration().page(
        asked=wanted(asked), after=asked.get("cursor"), limit=asked["limit"], actor=g.actor
    )


@bp.post("/accounts")
@bp.arguments(NewAccountSchema)
@bp.response(201, AccountSchema)
def add_account(asked: dict[str, Any]) -> AccountView:
    """Make an account; the answer tells its first password or its invitation, once."""
    return administration().add(**asked, actor=g.actor, now=g.now)


@bp.get("/accounts/<account_id>")
@bp.response(200, AccountSchema)
def get_account(account_id: str) -> AccountView:
    """One account with its person and its reach."""
    return administration().get(account_id, actor=g.actor)


@bp.patch("/accounts/<account_id>")
@bp.arguments(AccountChangeSchema)
@bp.response(200, AccountSchema)
def change_account(asked: dict[str, Any], account_id: str) -> AccountView:
    """Change roles, regions or the person; it holds from the account's next request."""
    return administration().change(account_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.post("/accounts/<account_id>/steps")
@bp.arguments(AccountStepSchema)
@bp.response(200, AccountSchema)
def take_account_step(asked: dict[str, Any], account_id: str) -> AccountView:
    """Close (and hand over open work), reopen, invite, end the sessions, or reset the password."""
    return administration().take_step(account_id, **asked, seen=g.seen, actor=g.actor, now=g.now)


@bp.get("/accounts/<account_id>/history")
@bp.response(200, HistorySchema)
def get_account_history(account_id: str) -> dict[str, Any]:
    """Every administrative act on the account, each chained to the one before."""
    return {"items": administration().history(account_id, actor=g.actor)}


@bp.get("/accounts/<account_id>/sessions")
@bp.response(200, SessionsSchema)
def list_sessions(account_id: str) -> dict[str, Any]:
    """Where an account is logged in; the step `end_sessions` ends them all."""
    return {"items": administration().sessions(account_id, actor=g.actor, now=g.now)}


@bp.post("/accounts/<account_id>/sessions/<name>/end")
@bp.arguments(SessionEndSchema)
@bp.response(204)
def end_session(asked: dict[str, Any], account_id: str, name: str) -> None:
    """Log one device of an account out."""
    administration().end_session(account_id, name, **asked, actor=g.actor, now=g.now)


@bp.get("/password-resets")
@bp.response(200, ResetRequestsSchema)
def list_reset_requests() -> dict[str, Any]:
    """Who asked for a new password, of my accounts; invite them or reset it, and it is gone."""
    return {"items": administration().reset_requests(actor=g.actor, now=g.now)}


@bp.get("/access")
@bp.response(200, AccessSchema)
def list_access() -> dict[str, Any]:
    """What each role may call: with the reach of an account, who can see what."""
    return {
        "items": [
            {"role": role, "endpoints": sorted(name for name in ACCESS if role in ACCESS[name])}
            for role in Role
        ]
    }


def wanted(asked: dict[str, Any]) -> Filter:
    """Return the filter asked for; a kindergarten's reach is its region's and its directors'."""
    return administration().filter_for(
        actor=g.actor,
        now=g.now,
        role=asked.get("role"),
        active=asked.get("active"),
        region=asked.get("region"),
        kindergarten_id=asked.get("kindergarten_id"),
    )
