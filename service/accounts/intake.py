"""Many persons and accounts at once: found by user name, written in the caller's transaction.

No password is made here: an account that comes in has none until its owner was invited.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from checklists.regions.codes import prefix
from inspections.kindergartens.intake import Intake
from media.custody.actions import Custody
from media.custody.model import Actor, Note, Role, Scope
from media.documents import Transaction
from service.accounts.actions import facts_of
from service.accounts.model import Account, AccountView, Filter, Person
from service.accounts.store import AccountStore

BATCH = 500
OF_THE_PERSON = ("name", "unit", "department", "certificate", "phone", "code")


class AccountChange(NamedTuple):
    """An account and its person as they are on record (None: not yet) and as they shall be."""

    account_before: Account | None
    person_before: Person | None
    account: Account
    person: Person


class AccountIntake:
    """What the import of tables asks of persons and accounts.

    `why_not(region, day)` tells why a region code cannot be taken.
    """

    def __init__(
        self,
        store: AccountStore,
        custody: Custody,
        kindergartens: Intake,
        why_not: Callable[[str, date], tuple[str, str] | None],
    ) -> None:
        self._store = store
        self._custody = custody
        self._kindergartens = kindergartens
        self.why_not = why_not

    def named(self, usernames: Sequence[str]) -> dict[str, AccountView]:
        """Return the accounts of these user names, wherever they are."""
        return {
            view.account.username: view
            for view in self._views(self._store.accounts_named(usernames))
        }

    def coded(self, codes: Sequence[str]) -> dict[tuple[str, str], Person]:
        """Return the persons of these staff numbers, by unit and number."""
        return {(each.unit, str(each.code)): each for each in self._store.persons_coded(codes)}

    def governed_persons(self, persons: Iterable[Person], scope: Scope) -> set[str]:
        """Return the ids of those whose every account lies within the scope."""
        ids = [person.id for person in persons]
        held = self._store.accounts_of_persons(ids)
        governed = self.governed(held, scope)
        return set(ids) - {each.person_id for each in held if each.id not in governed}

    def governed(self, accounts: Sequence[Account], scope: Scope) -> set[str]:
        """Return the ids of the accounts that lie wholly within the scope."""
        bound = [each.kindergarten_id for account in accounts for each in account.bindings]
        within = self._kindergartens.of_ids(bound, scope)

        def lies_within(account: Account) -> bool:
            if Role.DIRECTOR in account.roles:
                ids = [binding.kindergarten_id for binding in account.bindings]
                return bool(ids) and all(id_ in within for id_ in ids)
            return bool(account.regions) and all(
                scope.covers(prefix(region)) for region in account.regions
            )

        return {account.id for account in accounts if lies_within(account)}

    def kindergartens(self, codes: Sequence[str], scope: Scope) -> dict[str, str]:
        """Return the ids of kindergartens in scope, by their codes, or by themselves."""
        by_id = {id_: id_ for id_ in self._kindergartens.of_ids(codes, scope)}
        by_code = self._kindergartens.of_codes(codes, scope)
        return by_id | {code: found.id for code, found in by_code.items()}

    def codes_of(self, views: Sequence[AccountView], scope: Scope) -> dict[str, str]:
        """Return the code of each kindergarten bound, its id where it has none."""
        ids = [each.kindergarten_id for view in views for each in view.account.bindings]
        found = self._kindergartens.of_ids(ids, scope)
        return {id_: kindergarten.code or id_ for id_, kindergarten in found.items()}

    def every(self, scope: Scope) -> Iterator[list[AccountView]]:
        """Yield the accounts that lie within the scope, by user name, some at a time."""
        username = ""
        while True:
            batch = self._store.accounts_after(username, Filter(), BATCH)
            governed = self.governed(batch, scope)
            yield self._views([account for account in batch if account.id in governed])
            if len(batch) < BATCH:
                return
            username = batch[-1].username

    def write(
        self,
        changes: Sequence[AccountChange],
        *,
        why: str,
        source: str,
        actor: Actor,
        now: datetime,
        tx: Transaction,
    ) -> bool:
        """Write all of them, each with its history; tell whether none was changed meanwhile."""
        persons_done: set[str] = set()
        for start in range(0, len(changes), BATCH):
            writes: dict[Person | Account, int] = {}
            notes = []
            for each in changes[start : start + BATCH]:
                if each.person != each.person_before and each.person.id not in persons_done:
                    writes[each.person] = each.person_before.revision if each.person_before else 0
                    persons_done.add(each.person.id)
                before = each.account_before
                writes[each.account] = before.revision if before else 0
                verb = "account_changed" if before else "account_added"
                person = {name: getattr(each.person, name) for name in OF_THE_PERSON}
                facts = {**facts_of(each.account), "person": person, "import_id": source}
                notes.append(Note(f"account:{each.account.id}", verb, why, facts))
            if not self._store.write_all(writes, tx):
                return False
            self._custody.record_all(notes, actor=actor, now=now, tx=tx)
        return True

    def _views(self, accounts: Sequence[Account]) -> list[AccountView]:
        persons = self._store.persons_of(accounts)
        return [AccountView(account, persons[account.person_id]) for account in accounts]
