"""The verbs of the administrator: who has an account, what it reaches, and what becomes of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import uuid4

from checklists.regions.codes import prefix
from media.custody.actions import Custody
from media.custody.model import Actor, Entry, Role, Scope
from media.days import day_in_shanghai
from media.documents import Transact, Transaction
from media.pages import Page, cut, read_cursor
from media.refusals import BadValue, IdTaken, NotFound, NotPermitted, StaleRevision, must_be_current
from service.accounts import passwords
from service.accounts.actions import record
from service.accounts.errors import WeakPassword
from service.accounts.model import (
    Account,
    AccountView,
    Binding,
    Filter,
    Invitation,
    Person,
    ResetRequest,
    Session,
    Step,
)
from service.accounts.store import AccountStore
from service.administration.errors import OpenWork, RolesClash, StepNotAllowed, UsernameTaken

INVITATION_LIFE = timedelta(days=7)
OF_THE_PERSON = ("name", "unit", "department", "certificate", "phone")


class Work(Protocol):
    """The open work of an account, handed in: what it is, and how somebody takes it over."""

    def open_of(self, account_id: str, *, tx: Transaction) -> list[str]:
        """Return the ids of what waits for the account."""

    def hand_over(
        self,
        account_id: str,
        to: str,
        *,
        why: str,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> list[str]:
        """Give all of it to another account; raises a refusal where that may not have it."""


class Administration:
    """`region_of(id, scope)` gives the region of a kindergarten, None where it is out of scope."""

    def __init__(
        self,
        store: AccountStore,
        transact: Transact[AccountView],
        custody: Custody,
        *,
        secret: str,
        region_of: Callable[[str, Scope], str | None],
        why_not: Callable[[str, date], tuple[str, str] | None],
        reaching: Callable[[str, date], tuple[str, ...]],
        work: Work,
    ) -> None:
        self._store = store
        self._transact = transact
        self._custody = custody
        self._secret = secret
        self._region_of = region_of
        self._why_not = why_not
        self._reaching = reaching
        self._work = work

    def page(
        self, *, asked: Filter | None = None, after: str | None, limit: int, actor: Actor
    ) -> Page[AccountView]:
        """Return a page of the accounts within the administrator's reach, by user name.

        Filtered by a region or a kindergarten it tells who can see that.
        """
        (username,) = read_cursor(after, str) if after else ("",)
        found: list[Account] = []
        while len(found) <= limit:
            batch = self._store.accounts_after(username, asked or Filter(), limit + 1)
            found += [account for account in batch if self._governs(actor.scope, account)]
            if len(batch) <= limit:
                break
            username = batch[-1].username
        page = cut(found, limit, lambda account: [account.username])
        persons = self._store.persons_of(page.items)
        views = tuple(AccountView(account, persons[account.person_id]) for account in page.items)
        return Page(views, page.next)

    def filter_for(
        self,
        *,
        actor: Actor,
        now: datetime,
        role: Role | None = None,
        active: bool | None = None,
        region: str | None = None,
        kindergarten_id: str | None = None,
    ) -> Filter:
        """Return the filter; who sees a kindergarten reaches its region, or directs it."""
        if kindergarten_id is not None:
            region = self._region_of(kindergarten_id, actor.scope)
            if region is None:
                raise NotFound(what=("幼儿园", "kindergarten"))
        reaching = self._reaching(region, day_in_shanghai(now)) if region is not None else ()
        return Filter(role, active, reaching, kindergarten_id)

    def get(self, account_id: str, *, actor: Actor) -> AccountView:
        """Return one account. Raises NotFound outside of the administrator's reach."""
        return self._view(self._must_govern(account_id, actor, None))

    def history(self, account_id: str, *, actor: Actor) -> list[Entry]:
        """Return every administrative act on the account, each chained to the one before."""
        self._must_govern(account_id, actor, None)
        return self._custody.history(f"account:{account_id}")

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
        invite: bool = False,
    ) -> AccountView:
        """Make an account, and its person where `person_id` names none.

        Returns it with its first password, told once; invited, with a code instead, by which its
        owner sets one. Sent again with the same `id` it returns what is there. Raises RolesClash,
        UsernameTaken, IdTaken, WeakPassword, NotPermitted.
        """
        must_go_together(roles)
        if password is not None and passwords.is_weak(password, username):
            raise WeakPassword(least=passwords.SHORTEST)
        secret = None if invite else password or passwords.make_password()
        account = Account(
            id=id or str(uuid4()),
            person_id=person_id or str(uuid4()),
            username=username,
            password_hash=passwords.hash_password(secret) if secret else "",
            roles=tuple(sorted(set(roles))),
            regions=tuple(sorted(set(regions))),
            bindings=bindings,
            created_at=now,
        )
        if not self._governs(actor.scope, account):
            raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
        self._must_be_in_force(account.regions, now)

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
            record(self._custody, "account_added", account, actor, now, None, tx)
            view = AccountView(account, person, None if password else secret)
            return self._invited(view, actor, now, tx) if invite else view

        return self._transact(act)

    def change(
        self,
        account_id: str,
        *,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        **facts: Any,
    ) -> AccountView:
        """Change the facts given of an account and its person; they hold from the next request.

        Raises NotFound, NotPermitted for one's own account and for a reach beyond one's own,
        RolesClash, StaleRevision.
        """
        self._must_be_anothers(account_id, actor)

        def act(tx: Transaction) -> AccountView:
            before = self._must_govern(account_id, actor, tx)
            must_be_current(seen, before.revision)
            rights = {name: fact for name, fact in facts.items() if name not in OF_THE_PERSON}
            after = replace(before, **rights, revision=before.revision + 1)
            must_go_together(after.roles)
            if Role.DIRECTOR in after.roles:
                after = replace(after, regions=())
            if not self._governs(actor.scope, after):
                raise NotPermitted(why=("超出您的管辖区域", "it is outside your regions"))
            self._must_be_in_force(set(after.regions) - set(before.regions), now)
            person = self._view(before).person
            told = {name: fact for name, fact in facts.items() if name in OF_THE_PERSON}
            if told:
                self._must_govern_person(person, actor, tx)
                person = replace(person, **told, revision=person.revision + 1)
                if not self._store.replace_person(person, person.revision - 1, tx):
                    raise StaleRevision(seen=person.revision - 1, current=person.revision)
            self._replace(after, before.revision, tx)
            record(self._custody, "account_changed", after, actor, now, why, tx, person=told)
            return AccountView(after, person)

        return self._transact(act)

    def take_step(
        self,
        account_id: str,
        *,
        step: Step,
        why: str,
        seen: int | None,
        actor: Actor,
        now: datetime,
        hand_over_to: str | None = None,
    ) -> AccountView:
        """Close, reopen, invite anew, end the sessions of, or give a new password to another's.

        Raises OpenWork where an account is closed that has work, and nobody is named to take it.
        """
        self._must_be_anothers(account_id, actor)

        def act(tx: Transaction) -> AccountView:
            account = self._must_govern(account_id, actor, tx)
            must_be_current(seen, account.revision)
            if (step is Step.CLOSE) != account.active and step in (Step.CLOSE, Step.REOPEN):
                raise StepNotAllowed(step=step.value)
            if step is Step.INVITE and not account.active:
                raise StepNotAllowed(step=step.value)
            handed = self._hand_over(account, step, hand_over_to, why, actor, now, tx)
            secret = passwords.make_password() if step is Step.RESET_PASSWORD else None
            changed = replace(
                account,
                active={Step.CLOSE: False, Step.REOPEN: True}.get(step, account.active),
                password_hash=passwords.hash_password(secret) if secret else account.password_hash,
                revision=account.revision + 1,
            )
            self._replace(changed, account.revision, tx)
            if step is not Step.INVITE:
                self._store.end_sessions_of(account_id, tx)
            if step in (Step.RESET_PASSWORD, Step.INVITE):
                self._store.drop_reset_request(account.username, tx)
            verb = f"account_{step.value}"
            record(self._custody, verb, changed, actor, now, why, tx, handed_over=handed)
            view = replace(self._view(changed), initial_password=secret)
            return self._invited(view, actor, now, tx) if step is Step.INVITE else view

        return self._transact(act)

    def sessions(self, account_id: str, *, actor: Actor, now: datetime) -> tuple[Session, ...]:
        """Return where an account is logged in, device by device."""
        self._must_govern(account_id, actor, None)
        return tuple(self._store.sessions_of(account_id, now))

    def end_session(
        self, account_id: str, name: str, *, why: str, actor: Actor, now: datetime
    ) -> None:
        """Log one device of an account out: a tablet that was lost. Raises NotFound."""

        def act(tx: Transaction) -> AccountView:
            account = self._must_govern(account_id, actor, tx)
            held = {each.name: each for each in self._store.sessions_of(account_id, now)}
            if name not in held:
                raise NotFound(what=("会话", "session"))
            self._store.end_session(held[name].id, tx)
            device = held[name].device
            record(self._custody, "session_ended", account, actor, now, why, tx, device=device)
            return self._view(account)

        self._transact(act)

    def reset_requests(self, *, actor: Actor, now: datetime) -> list[ResetRequest]:
        """Return who asked for a new password, of the accounts that the actor governs."""
        return [
            ResetRequest(account.id, account.username, asked_at)
            for account, asked_at in self._store.reset_requests(now)
            if account.active and self._governs(actor.scope, account)
        ]

    def named(self, username: str) -> Account | None:
        """Return the account under a user name, for the commands of who keeps the machine."""
        return self._store.account_named(username)

    def have_any(self) -> bool:
        return self._store.has_any_account()

    def _hand_over(
        self,
        account: Account,
        step: Step,
        to: str | None,
        why: str,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> list[str]:
        if step is not Step.CLOSE:
            return []
        waiting = self._work.open_of(account.id, tx=tx)
        if not waiting:
            return []
        if to is None:
            raise OpenWork(count=len(waiting), inspections=waiting[:200])
        self._must_govern(to, actor, tx)
        return self._work.hand_over(account.id, to, why=why, actor=actor, now=now, tx=tx)

    def _invited(
        self, view: AccountView, actor: Actor, now: datetime, tx: Transaction
    ) -> AccountView:
        """Return the view with a new invitation and its code; an earlier one is void."""
        code = passwords.make_token()
        invitation = Invitation(
            id=passwords.hash_token(code, self._secret),
            account_id=view.account.id,
            made_at=now,
            made_by=actor.account_id,
            expires_at=now + INVITATION_LIFE,
        )
        self._store.replace_invitations(invitation, tx)
        return replace(view, invitation=invitation, invitation_code=code)

    def _governs(self, scope: Scope, account: Account) -> bool:
        if Role.DIRECTOR in account.roles:
            ids = [binding.kindergarten_id for binding in account.bindings]
            return bool(ids) and all(self._region_of(id_, scope) is not None for id_ in ids)
        return bool(account.regions) and all(
            scope.covers(prefix(region)) for region in account.regions
        )

    def _must_be_in_force(self, regions: Iterable[str], now: datetime) -> None:
        for region in regions:
            if why := self._why_not(region, day_in_shanghai(now)):
                raise BadValue(field="regions", why_zh=why[0], why_en=why[1])

    def _must_govern(self, account_id: str, actor: Actor, tx: Transaction) -> Account:
        account = self._store.account(account_id, tx)
        if account is None or not self._governs(actor.scope, account):
            raise NotFound(what=("账号", "account"))
        return account

    def _must_govern_person(self, person: Person, actor: Actor, tx: Transaction) -> None:
        """Raise NotFound unless every account of the person lies within the actor's regions."""
        held = self._store.accounts_of_person(person.id, tx)
        if not all(self._governs(actor.scope, account) for account in held):
            raise NotFound(what=("人员", "person"))

    def _must_be_anothers(self, account_id: str, actor: Actor) -> None:
        if account_id == actor.account_id:
            raise NotPermitted(why=("不能对自己的账号执行", "it is your own account"))

    def _replace(self, account: Account, seen: int, tx: Transaction) -> None:
        if not self._store.replace_account(account, seen, tx):
            raise StaleRevision(seen=seen, current=account.revision)

    def _view(self, account: Account) -> AccountView:
        person = self._store.person(account.person_id)
        assert person is not None
        return AccountView(account, person)


def must_go_together(roles: Sequence[Role]) -> None:
    """Raise RolesClash unless the roles may stand on one account."""
    held = set(roles)
    alone = {Role.DIRECTOR, Role.ADMINISTRATOR}
    if not held or (held & alone and len(held) > 1):
        raise RolesClash
