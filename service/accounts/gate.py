"""The gate before every view: token, account, table endpoint, role."""

import re
from collections.abc import Callable
from datetime import datetime

from flask import Flask, g, request

from media.documents import to_milliseconds
from media.refusals import BadValue, NotPermitted
from service.accounts.access import ACCESS, PUBLIC
from service.accounts.actions import Accounts
from service.accounts.errors import NotAuthenticated

REVISION = re.compile(r'(?:W/)?"(\d{1,9})"\Z')


def install(app: Flask, accounts: Accounts, clock: Callable[[], datetime]) -> None:
    """Close every endpoint but those that the table opens, and hand down who and when.

    Views find `g.actor`, `g.now`, and `g.seen`, the revision named by If-Match or None.
    """

    @app.before_request
    def gate() -> None:
        g.now = to_milliseconds(clock())
        g.seen = None
        if request.endpoint is None or request.endpoint in PUBLIC:
            return
        g.token = read_token(request.headers.get("Authorization", ""))
        g.actor = accounts.recognise(g.token, now=g.now)
        if not g.actor.roles & ACCESS.get(request.endpoint, frozenset()):
            raise NotPermitted(
                why=("您的角色不能使用此接口", "your role does not use this endpoint")
            )
        g.seen = read_revision(request.headers.get("If-Match"))


def read_token(header: str) -> str:
    """Return the bearer token (RFC 6750). Raises NotAuthenticated where there is none."""
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token or len(token) > 200:
        raise NotAuthenticated
    return token


def read_revision(header: str | None) -> int | None:
    """Return the revision in If-Match (RFC 9110, 13.1.1), None where it is not sent."""
    if header is None or header == "*":
        return None
    match = REVISION.fullmatch(header.strip())
    if match is None:
        raise BadValue(
            field="If-Match",
            why_zh='应为带引号的版本号，例如 "3"',
            why_en='it must be a quoted revision, such as "3"',
        )
    return int(match[1])
