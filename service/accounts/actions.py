"""The verbs of accounts: log in and out, make, change, close."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from checklists.regions.codes import prefix
from media.custody.actions import Custody
from media.custody.model import Actor, Role, Scope
from media.documents import Transact, Transaction
from media.pages import Page, cut, read_cursor
from media.refusals import IdTaken, NotFound, NotPermitted, StaleRevision
from service.accounts import passwords
from service.accounts.errors import (
    NotAuthenticated,
    RolesClash,
    StepNotAllowed,
    TooManyAttempts,
    UsernameTaken,
    WeakPassword,
    WrongCredentials,
)
from service.accounts.model import (
    Account,
    AccountView,
    Binding,
    Login,
    Person,
    Reach,
    Session,
    actor_of,
)
from service.accounts.store import AccountStore

SHANGHAI = ZoneInfo("Asia/Shanghai")
WINDOW = timedelta(minutes=15)
ATTEMPTS_A_NAME = 10
ATTEMPTS_AN_ADDRESS = 100
OFFICIALS = {Role.INSPECTOR, Role.SUPERVISOR}


class Accounts:
    """`known_kindergarten(id, scope)` tells whether a kindergarten is there for that scope.

    `seals_of(account_id)` gives the sealed matters that an account is named on; `reach` adds to
    its regions what merged into them.
    """

    def __init__(
        self,
        store: AccountStore,
        transact: Transact[AccountView],
        custody: Custody,
        *,
        secret: str,
        token_hours: int,
        known_kindergarten: Callable[[str, Scope], bool],
        seals_of: Callable[[str], tuple[str, ...]],
        reach: Reach,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._secret = secret
        self._life = timedelta(hours=token_hours)
        self._known_kindergarten = known_kindergarten
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
        return actor_of(account, person, session.device, today(now), seals, reach=self._reach)

    def log_out(self, token: str) -> None:
        self._store.end_session(passwords.hash_token(token, self._secret))

    def sessions(self, account_id: str, *, actor: Actor, now: datetime) -> tuple[Session, ...]:
        """Return where an account is logged in: one's own, or one that the actor governs."""
        if account_id != actor.account_id:
            self._must_govern(account_id, actor, None)
        return tuple(self._store.sessions_of(account_id, now))

    def end_session(self, name: str, *, actor: Actor, now: datetime) -> None:
        """End one of one's own sessions. Raises NotFound."""
        mine = {each.name: each for each in self._store.sessions_of(actor.account_id, now)}
        if name not in mine:
            raise NotFound(what=("会话", "session"))
        self._store.end_session(mine[name].id)

    def myself(self, *, actor: Actor) -> AccountView:
        return self._view(self._must_find(actor.account_id))

    def page(self, *, after: str | None, limit: int, actor: Actor) -> Page[AccountView]:
        """Return a page of the accounts whose regions lie within the administrator's."""
        (username,) = read_cursor(after, str) if after else ("",)
        found: list[Account] = []
        while len(found) <= limit:
            batch = self._store.accounts_after(username, limit + 1)
            found += [account for account in batch if self._governs(actor.scope, account)]
            if len(batch) <= limit:
                break
            username = batch[-1].username
        page = cut(found, limit, lambda account: [account.username])
        persons = self._store.persons_of(page.items)
        views = tuple(AccountView(account, persons[account.person_id]) for account in page.items)
        return Page(views, page.next)

    def add(
        self,
        *,
        actor: Actor,
        now: datetime,
        username: str,
        name: str,
        unit: str,
        roles: tuple[Role, ...],
        id: str | None = None,  # noqa: A002 - the wire's word
        person_id: str | None = None,
        regions: tuple[str, ...] = (),
        bindings: tuple[Binding, ...] = (),
        department: str | None = None,
        certificate: str | None = None,
        phone: str | None = None,
        password: str | None = None,
    ) -> AccountView:
        """Make an account, and its person where `person_id` names none.

        Returns it with its first password, told once. Sent again with the same `id` it returns
        what is there. Raises RolesClash, UsernameTaken, IdTaken, WeakPassword, NotPermitted.
        """
        must_go_together(roles)
        if password is not None and passwords.is_weak(password, username):
            raise WeakPassword(least=passwords.SHORTEST)
        secret = password or passwords.make_password()
        account = Account(
            id=id or str(uuid4()),
            person_id=person_id or str(uuid4()),
            username=username,
            password_hash=passwords.hash_password(secret),
            roles=tuple(sorted(set(roles))),
            regions=tuple(sorted(set(regions))),
            bindings=bindings,
            created_at=now,
        )
        if not self._governs(actor.scope, account):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))

        def act(tx: Transaction) -> AccountView:
            there = self._store.account(account.id, tx)
            if there is not None:
                asked = (account.username, account.roles)
                if (there.username, there.roles) != asked or not self._governs(actor.scope, there):
                    raise IdTaken(id=account.id, what=("账号", "account"))
                return self._view(there)
            if self._store.account_named(username) is not None:
                raise UsernameTaken(username=username)
            person = self._store.person(account.person_id, tx)
            if person is not None:
                self._must_govern_person(person, actor, tx)
            else:
                person = Person(account.person_id, name, unit, now, department, certificate, phone)
                self._store.add_person(person, tx)
            if not self._store.add_account(account, tx):
                raise UsernameTaken(username=username)
            self._record("account_added", account, actor, now, None, tx)
            return AccountView(account, person, None if password else secret)

        return self._transact(act)

    def take_step(
        self,
        account_id: str,
        *,
        step: str,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
    ) -> AccountView:
        """Close, reopen, end the sessions of, or give a new password to another's account."""
        if account_id == actor.account_id:
            raise NotPermitted(why=("不能对自己的账号执行", "it is your own account"))

        def act(tx: Transaction) -> AccountView:
            account = self._must_govern(account_id, actor, tx)
            if seen is not None and seen != account.revision:
                raise StaleRevision(seen=seen, current=account.revision)
            if (step == "close") != account.active and step in ("close", "reopen"):
                raise StepNotAllowed(step=step)
            secret = passwords.make_password() if step == "reset_password" else None
            changed = replace(
                account,
                active={"close": False, "reopen": True}.get(step, account.active),
                password_hash=passwords.hash_password(secret) if secret else account.password_hash,
                revision=account.revision + 1,
            )
            self._replace(changed, account.revision, tx)
            self._store.end_sessions_of(account_id, tx)
            self._record(f"account_{step}", changed, actor, now, why, tx)
            return replace(self._view(changed), initial_password=secret)

        return self._transact(act)

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
            self._record("password_changed", changed, actor, now, None, tx)
            return self._view(changed)

        self._count(f"change:{actor.account_id}", ATTEMPTS_A_NAME, now)
        self._transact(act)

    def named(self, username: str) -> Account | None:
        """Return the account under a user name, for the commands of who keeps the machine."""
        return self._store.account_named(username)

    def have_any(self) -> bool:
        return self._store.has_any_account()

    def officer(self, account_id: str, now: datetime) -> Actor:
        """Return the actor that an active account is today. Raises NotFound."""
        account = self._must_find(account_id)
        if not account.active:
            raise NotFound(what=("账号", "account"))
        return actor_of(
            account, self._view(account).person, None, today(now), reach=self._reach
        )

    def _count(self, key: str, most: int, now: datetime) -> None:
        count, until = self._store.count_attempt(key, now, WINDOW)
        if count > most:
            raise TooManyAttempts(retry_after=max(1, int((until - now).total_seconds())))

    def _governs(self, scope: Scope, account: Account) -> bool:
        if Role.DIRECTOR in account.roles:
            ids = [binding.kindergarten_id for binding in account.bindings]
            return bool(ids) and all(self._known_kindergarten(id_, scope) for id_ in ids)
        return bool(account.regions) and all(
            scope.covers(prefix(region)) for region in account.regions
        )

    def _must_find(self, account_id: str, tx: Transaction = None) -> Account:
        account = self._store.account(account_id, tx)
        if account is None:
            raise NotFound(what=("账号", "account"))
        return account

    def _must_govern(self, account_id: str, actor: Actor, tx: Transaction) -> Account:
        account = self._must_find(account_id, tx)
        if not self._governs(actor.scope, account):
            raise NotFound(what=("账号", "account"))
        return account

    def _must_govern_person(self, person: Person, actor: Actor, tx: Transaction) -> None:
        """Raise NotFound unless every account of the person lies within the actor's regions."""
        held = self._store.accounts_of_person(person.id, tx)
        if not all(self._governs(actor.scope, account) for account in held):
            raise NotFound(what=("人员", "person"))

    def _replace(self, account: Account, seen: int, tx: Transaction) -> None:
        if not self._store.replace_account(account, seen, tx):
            raise StaleRevision(seen=seen, current=account.revision)

    def _view(self, account: Account) -> AccountView:
        person = self._store.person(account.person_id)
        assert person is not None
        return AccountView(account, person)

    def _record(
        self,
        verb: str,
        account: Account,
        actor: Actor,
        now: datetime,
        why: str | None,
        tx: Transaction,
    ) -> None:
        facts = {
            "account_id": account.id,
            "username": account.username,
            "roles": list(account.roles),
            "regions": list(account.regions),
            "kindergartens": [binding.kindergarten_id for binding in account.bindings],
            "active": account.active,
        }
        self._custody.record(
            f"account:{account.id}", verb, actor=actor, now=now, why=why, facts=facts, tx=tx
        )


def today(now: datetime) -> date:
    return now.astimezone(SHANGHAI).date()


def must_go_together(roles: tuple[Role, ...]) -> None:
    """Raise RolesClash unless the roles may stand on one account."""
    held = set(roles)
    alone = {Role.DIRECTOR, Role.ADMINISTRATOR}
    if not held or (held & alone and len(held) > 1):
        raise RolesClash
