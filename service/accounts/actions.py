"""The verbs of one's own account: log in and out, set a password, know one's devices."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from media.custody.actions import Custody
from media.custody.model import Actor, Role
from media.days import day_in_shanghai
from media.documents import Transact, Transaction
from media.refusals import NotFound, StaleRevision
from service.accounts import passwords
from service.accounts.errors import (
    InvitationInvalid,
    NotAuthenticated,
    TooManyAttempts,
    WeakPassword,
    WrongCredentials,
)
from service.accounts.model import (
    Account,
    AccountView,
    Login,
    Reach,
    Session,
    actor_of,
)
from service.accounts.store import AccountStore

WINDOW = timedelta(minutes=15)
ATTEMPTS_A_NAME = 10
ATTEMPTS_AN_ADDRESS = 100
REQUEST_LIFE = timedelta(days=7)


class Accounts:
    """`seals_of(account_id)` gives the sealed matters that an account is named on.

    `reach` adds to an account's regions what merged into them.
    """

    def __init__(
        self,
        store: AccountStore,
        transact: Transact[AccountView],
        custody: Custody,
        *,
        secret: str,
        token_hours: int,
        seals_of: Callable[[str], tuple[str, ...]],
        reach: Reach,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._secret = secret
        self._life = timedelta(hours=token_hours)
        self._seals_of = seals_of
        self._reach = reach

    def log_in(
        self, username: str, password: str, *, device: str, address: str, now: datetime
    ) -> Login:
        """Return a new token.

        Raises WrongCredentials, or TooManyAttempts before anything is compared.
        """
        name, source = f"name:{username.casefold()}", f"address:{address}"
        self._count(name, ATTEMPTS_A_NAME, now)
        self._count(source, ATTEMPTS_AN_ADDRESS, now)
        account = self._store.account_named(username)
        if not passwords.is_right(password, account.password_hash if account else None):
            raise WrongCredentials
        assert account is not None
        person = self._store.person(account.person_id)
        if not account.active or person is None:
            raise WrongCredentials
        self._store.forgive_attempts(name)
        self._store.forgive_one_attempt(source)
        token = passwords.make_token()
        session = Session(
            id=passwords.hash_token(token, self._secret),
            name=str(uuid4()),
            account_id=account.id,
            device=device,
            created_at=now,
            expires_at=now + self._life,
        )
        self._store.add_session(session)
        return Login(token, session.expires_at, AccountView(account, person))

    def recognise(self, token: str, *, now: datetime) -> Actor:
        """Return who holds the token, as the account stands at this moment.

        Raises NotAuthenticated for a token that is unknown, expired or revoked, and for an
        account that was closed since.
        """
        session = self._store.session(passwords.hash_token(token, self._secret), now)
        account = self._store.account(session.account_id) if session else None
        if session is None or account is None or not account.active:
            raise NotAuthenticated
        person = self._store.person(account.person_id)
        if person is None:
            raise NotAuthenticated
        seals = () if Role.DIRECTOR in account.roles else self._seals_of(account.id)
        return actor_of(
            account, person, session.device, day_in_shanghai(now), seals, reach=self._reach
        )

    def log_out(self, token: str) -> None:
        self._store.end_session(passwords.hash_token(token, self._secret))

    def sessions(self, *, actor: Actor, now: datetime) -> tuple[Session, ...]:
        """Return where one is logged in, device by device."""
        return tuple(self._store.sessions_of(actor.account_id, now))

    def end_session(self, name: str, *, actor: Actor, now: datetime) -> None:
        """End one of one's own sessions. Raises NotFound."""
        mine = {each.name: each for each in self._store.sessions_of(actor.account_id, now)}
        if name not in mine:
            raise NotFound(what=("会话", "session"))
        self._store.end_session(mine[name].id)

    def myself(self, *, actor: Actor) -> AccountView:
        return self._view(self._must_find(actor.account_id))

    def change_password(self, *, old: str, new: str, actor: Actor, now: datetime) -> None:
        """Change one's own password and end every session, this one too."""

        def act(tx: Transaction) -> AccountView:
            account = self._must_find(actor.account_id, tx)
            if passwords.is_weak(new, account.username):
                raise WeakPassword(least=passwords.SHORTEST)
            if not passwords.is_right(old, account.password_hash):
                raise WrongCredentials
            hashed = passwords.hash_password(new)
            changed = replace(account, password_hash=hashed, revision=account.revision + 1)
            self._replace(changed, account.revision, tx)
            self._store.end_sessions_of(account.id, tx)
            record(self._custody, "password_changed", changed, actor, now, None, tx)
            return self._view(changed)

        self._count(f"change:{actor.account_id}", ATTEMPTS_A_NAME, now)
        self._transact(act)

    def accept(self, code: str, password: str, *, address: str, now: datetime) -> None:
        """Set the password of the account that was invited; the code is used up.

        Raises InvitationInvalid for a code that is unknown, used, too old, or of a closed account.
        """
        source = f"invitation:{address}"
        self._count(source, ATTEMPTS_AN_ADDRESS, now)
        invitation = self._store.invitation(passwords.hash_token(code, self._secret), now)
        account = self._store.account(invitation.account_id) if invitation else None
        if invitation is None or account is None or not account.active:
            raise InvitationInvalid
        if passwords.is_weak(password, account.username):
            raise WeakPassword(least=passwords.SHORTEST)
        hashed = passwords.hash_password(password)

        def act(tx: Transaction) -> AccountView:
            if not self._store.use_invitation(invitation.id, tx):
                raise InvitationInvalid
            held = self._must_find(invitation.account_id, tx)
            changed = replace(held, password_hash=hashed, revision=held.revision + 1)
            self._replace(changed, held.revision, tx)
            self._store.end_sessions_of(held.id, tx)
            view = self._view(changed)
            actor = actor_of(changed, view.person, None, day_in_shanghai(now), reach=self._reach)
            record(self._custody, "invitation_accepted", changed, actor, now, None, tx)
            return view

        self._transact(act)
        self._store.forgive_attempts(f"name:{account.username.casefold()}")
        self._store.forgive_one_attempt(source)

    def ask_for_reset(self, username: str, *, address: str, now: datetime) -> None:
        """Tell the administrators that somebody forgot a password.

        The same is written for a name that nobody has, so that nobody learns which names there are.
        """
        self._count(f"reset:{address}", ATTEMPTS_AN_ADDRESS, now)
        self._store.note_reset_request(username.casefold(), now, now + REQUEST_LIFE)

    def officer(self, account_id: str, now: datetime) -> Actor:
        """Return the actor that an active account is today. Raises NotFound."""
        account = self._must_find(account_id)
        if not account.active:
            raise NotFound(what=("账号", "account"))
        return actor_of(
            account, self._view(account).person, None, day_in_shanghai(now), reach=self._reach
        )

    def brake(self, key: str, most: int, now: datetime) -> None:
        """Count what comes without an account under a key. Raises TooManyAttempts."""
        self._count(key, most, now)

    def _count(self, key: str, most: int, now: datetime) -> None:
        count, until = self._store.count_attempt(key, now, WINDOW)
        if count > most:
            raise TooManyAttempts(retry_after=max(1, int((until - now).total_seconds())))

    def _must_find(self, account_id: str, tx: Transaction = None) -> Account:
        account = self._store.account(account_id, tx)
        if account is None:
            raise NotFound(what=("账号", "account"))
        return account

    def _replace(self, account: Account, seen: int, tx: Transaction) -> None:
        if not self._store.replace_account(account, seen, tx):
            raise StaleRevision(seen=seen, current=account.revision)

    def _view(self, account: Account) -> AccountView:
        person = self._store.person(account.person_id)
        assert person is not None
        return AccountView(account, person)


def record(
    custody: Custody,
    verb: str,
    account: Account,
    actor: Actor,
    now: datetime,
    why: str | None,
    tx: Transaction,
    **more: Any,
) -> None:
    """Put a step of an account on record, with the account as it stands after it."""
    facts = {**facts_of(account), **more}
    custody.record(f"account:{account.id}", verb, actor=actor, now=now, why=why, facts=facts, tx=tx)


def facts_of(account: Account) -> dict[str, Any]:
    """Return what the record tells of an account."""
    return {
        "account_id": account.id,
        "username": account.username,
        "roles": list(account.roles),
        "regions": list(account.regions),
        "kindergartens": [binding.kindergarten_id for binding in account.bindings],
        "active": account.active,
    }
