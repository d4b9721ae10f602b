"""A person, the person's accounts, and a session of one on one device."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from checklists.regions.codes import prefix
from media.custody.model import Actor, Role, Scope


@dataclass(frozen=True)
class Person:
    """Somebody known to the bureau. `certificate` is the enforcement certificate's number.

    `code` is the staff number, one person's alone within the unit.
    """

    id: str
    name: str
    unit: str
    created_at: datetime
    department: str | None = None
    certificate: str | None = None
    phone: str | None = None
    code: str | None = None
    revision: int = 1
    schema_version: int = 1


@dataclass(frozen=True)
class Binding:
    """A director directs a kindergarten from one day until another (None: until told)."""

    kindergarten_id: str
    since: date
    until: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Account:
    """`regions` are six-digit region codes; a director has bindings instead of regions.

    `password_hash` is empty until who was invited has set a password.
    """

    id: str
    person_id: str
    username: str
    password_hash: str = field(repr=False)
    roles: tuple[Role, ...]
    created_at: datetime
    regions: tuple[str, ...] = ()
    bindings: tuple[Binding, ...] = ()
    active: bool = True
    revision: int = 1
    schema_version: int = 1


class Step(StrEnum):
    """What an administrator does with another's account."""

    CLOSE = "close"
    REOPEN = "reopen"
    END_SESSIONS = "end_sessions"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a step, not a password
    INVITE = "invite"


@dataclass(frozen=True)
class Invitation:
    """`id` is the keyed hash of the code, itself kept nowhere: its holder sets the password."""

    id: str
    account_id: str
    made_at: datetime
    made_by: str
    expires_at: datetime


@dataclass(frozen=True)
class ResetRequest:
    """Somebody asked for a new password under this name, and when last."""

    account_id: str
    username: str
    asked_at: datetime


@dataclass(frozen=True)
class Filter:
    """Which accounts are listed; of a region, those that reach it, as of a kindergarten."""

    role: Role | None = None
    active: bool | None = None
    regions: tuple[str, ...] = ()
    kindergarten_id: str | None = None


@dataclass(frozen=True)
class AccountView:
    """An account as it is shown: with its person, without its password's hash.

    The first password and the code of an invitation are told once, to whoever made them.
    """

    account: Account
    person: Person
    initial_password: str | None = field(default=None, repr=False)
    invitation: Invitation | None = None
    invitation_code: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Session:
    """`id` is the keyed hash of the token, itself kept nowhere; `name` is what it is called by."""

    id: str
    name: str
    account_id: str
    device: str
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class Login:
    """What a successful login gives: the token is told once."""

    token: str = field(repr=False)
    expires_at: datetime
    account: AccountView


Reach: TypeAlias = Callable[[tuple[str, ...], date], tuple[str, ...]]
"""Adds to prefixes of region codes, on a day, those of the regions that merged into them."""


def scope_of(account: Account, today: date, seals: tuple[str, ...] = (), *, reach: Reach) -> Scope:
    """Return what the account reaches today; a director reaches only what it is bound to.

    `seals` are the sealed matters that it is named on, never a director.
    """
    if Role.DIRECTOR in account.roles:
        bound = tuple(b.kindergarten_id for b in account.bindings if b.holds_on(today))
        return Scope(kindergartens=bound)
    prefixes = tuple(prefix(region) for region in account.regions)
    return Scope(regions=reach(prefixes, today), seals=seals)


def actor_of(
    account: Account,
    person: Person,
    device: str | None,
    today: date,
    seals: tuple[str, ...] = (),
    *,
    reach: Reach,
) -> Actor:
    return Actor(
        account_id=account.id,
        person_id=person.id,
        name=person.name,
        roles=frozenset(account.roles),
        scope=scope_of(account, today, seals, reach=reach),
        unit=person.unit,
        department=person.department,
        device=device,
        certificate=person.certificate,
    )
