"""Persons, accounts, sessions and login attempts in MongoDB."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from pymongo import ASCENDING, IndexModel, InsertOne, ReplaceOne, ReturnDocument
from pymongo.database import Database
from pymongo.errors import BulkWriteError, DuplicateKeyError

from media.documents import Transaction, from_document, to_document
from service.accounts.model import Account, Filter, Invitation, Person, Session

INDEXES: dict[str, list[IndexModel]] = {
    "persons": [
        IndexModel([("unit", ASCENDING)]),
        IndexModel(
            [("code", ASCENDING), ("unit", ASCENDING)],
            unique=True,
            partialFilterExpression={"code": {"$type": "string"}},
        ),
    ],
    "accounts": [
        IndexModel([("username", ASCENDING)], unique=True),
        IndexModel([("person_id", ASCENDING)]),
        IndexModel([("regions", ASCENDING)]),
        IndexModel([("bindings.kindergarten_id", ASCENDING)]),
    ],
    "sessions": [
        IndexModel([("account_id", ASCENDING)]),
        IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0),
    ],
    "invitations": [
        IndexModel([("account_id", ASCENDING)]),
        IndexModel([("expires_at", ASCENDING)], expireAfterSeconds=0),
    ],
    "reset_requests": [IndexModel([("until", ASCENDING)], expireAfterSeconds=0)],
    "login_attempts": [IndexModel([("until", ASCENDING)], expireAfterSeconds=0)],
}


class AccountStore:
    def __init__(self, database: Database[dict[str, Any]]) -> None:
        self._persons = database["persons"]
        self._accounts = database["accounts"]
        self._sessions = database["sessions"]
        self._attempts = database["login_attempts"]
        self._invitations = database["invitations"]
        self._requests = database["reset_requests"]

    def add_person(self, person: Person, tx: Transaction) -> None:
        self._persons.insert_one(to_document(person), session=tx)

    def add_account(self, account: Account, tx: Transaction) -> bool:
        """Tell whether it was added; its user name may be taken."""
        try:
            self._accounts.insert_one(to_document(account), session=tx)
        except DuplicateKeyError:
            return False
        return True

    def person(self, person_id: str, tx: Transaction = None) -> Person | None:
        found = self._persons.find_one({"_id": person_id}, session=tx)
        return from_document(Person, found) if found else None

    def account(self, account_id: str, tx: Transaction = None) -> Account | None:
        found = self._accounts.find_one({"_id": account_id}, session=tx)
        return from_document(Account, found) if found else None

    def account_named(self, username: str) -> Account | None:
        found = self._accounts.find_one({"username": username})
        return from_document(Account, found) if found else None

    def accounts_of_person(self, person_id: str, tx: Transaction = None) -> list[Account]:
        found = self._accounts.find({"person_id": person_id}, session=tx)
        return [from_document(Account, document) for document in found]

    def bound_to(self, kindergarten_id: str) -> list[Account]:
        """Return the accounts that direct a kindergarten on some day."""
        found = self._accounts.find({"bindings.kindergarten_id": kindergarten_id})
        return [from_document(Account, document) for document in found]

    def accounts_after(self, username: str, asked: Filter, limit: int) -> list[Account]:
        """Return those asked for after a user name, by user name."""
        criteria: dict[str, Any] = {"username": {"$gt": username}}
        if asked.role is not None:
            criteria["roles"] = asked.role.value
        if asked.active is not None:
            criteria["active"] = asked.active
        reaching: list[dict[str, Any]] = []
        if asked.regions:
            reaching.append({"regions": {"$in": list(asked.regions)}})
        if asked.kindergarten_id is not None:
            reaching.append({"bindings.kindergarten_id": asked.kindergarten_id})
        if reaching:
            criteria["$or"] = reaching
        found = self._accounts.find(criteria).sort("username").limit(limit)
        return [from_document(Account, document) for document in found]

    def persons_of(self, accounts: Sequence[Account]) -> dict[str, Person]:
        ids = [account.person_id for account in accounts]
        found = self._persons.find({"_id": {"$in": ids}})
        return {document["_id"]: from_document(Person, document) for document in found}

    def accounts_named(self, usernames: Sequence[str]) -> list[Account]:
        found = self._accounts.find({"username": {"$in": list(usernames)}})
        return [from_document(Account, document) for document in found]

    def accounts_of_persons(self, ids: Sequence[str]) -> list[Account]:
        found = self._accounts.find({"person_id": {"$in": list(ids)}})
        return [from_document(Account, document) for document in found]

    def persons_coded(self, codes: Sequence[str]) -> list[Person]:
        """Return who has one of the staff numbers, in whatever unit."""
        found = self._persons.find({"code": {"$in": list(codes)}})
        return [from_document(Person, document) for document in found]

    def write_all(self, changes: Mapping[Person | Account, int], tx: Transaction) -> bool:
        """Add each (seen 0), or replace its revision seen; tell whether none had changed."""
        for collection, kind in ((self._persons, Person), (self._accounts, Account)):
            writes = [
                ReplaceOne({"_id": each.id, "revision": seen}, to_document(each))
                if seen
                else InsertOne(to_document(each))
                for each, seen in changes.items()
                if isinstance(each, kind)
            ]
            if not writes:
                continue
            try:
                done = collection.bulk_write(writes, session=tx)
            except BulkWriteError as refused:
                if any(each.get("code") == 11000 for each in refused.details["writeErrors"]):
                    return False
                raise
            if done.matched_count + done.inserted_count != len(writes):
                return False
        return True

    def has_any_account(self) -> bool:
        return self._accounts.find_one({}, {"_id": 1}) is not None

    def replace_account(self, account: Account, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        done = self._accounts.replace_one(
            {"_id": account.id, "revision": seen}, to_document(account), session=tx
        )
        return done.modified_count == 1

    def replace_person(self, person: Person, seen: int, tx: Transaction) -> bool:
        """Tell whether it was replaced; somebody may have changed it since `seen`."""
        done = self._persons.replace_one(
            {"_id": person.id, "revision": seen}, to_document(person), session=tx
        )
        return done.modified_count == 1

    def replace_invitations(self, invitation: Invitation, tx: Transaction) -> None:
        """Keep the invitation, and none that the account had before."""
        self._invitations.delete_many({"account_id": invitation.account_id}, session=tx)
        self._invitations.insert_one(to_document(invitation), session=tx)

    def invitation(self, invitation_id: str, now: datetime) -> Invitation | None:
        criteria = {"_id": invitation_id, "expires_at": {"$gt": now}}
        found = self._invitations.find_one(criteria)
        return from_document(Invitation, found) if found else None

    def use_invitation(self, invitation_id: str, tx: Transaction) -> bool:
        """Tell whether it was there to use; nobody uses it again."""
        return self._invitations.delete_one({"_id": invitation_id}, session=tx).deleted_count == 1

    def note_reset_request(self, username: str, now: datetime, until: datetime) -> None:
        self._requests.replace_one({"_id": username}, {"at": now, "until": until}, upsert=True)

    def drop_reset_request(self, username: str, tx: Transaction) -> None:
        self._requests.delete_one({"_id": username.casefold()}, session=tx)

    def reset_requests(self, now: datetime) -> list[tuple[Account, datetime]]:
        """Return the accounts under whose names somebody asked, the longest waiting first."""
        asked = self._requests.find({"until": {"$gt": now}}).sort("at", ASCENDING)
        times = {each["_id"]: each["at"] for each in asked}
        found = self._accounts.find({"username": {"$in": list(times)}})
        accounts = {each["username"]: from_document(Account, each) for each in found}
        return [(accounts[name], at) for name, at in times.items() if name in accounts]

    def add_session(self, session: Session, tx: Transaction = None) -> None:
        self._sessions.insert_one(to_document(session), session=tx)

    def session(self, session_id: str, now: datetime) -> Session | None:
        found = self._sessions.find_one({"_id": session_id, "expires_at": {"$gt": now}})
        return from_document(Session, found) if found else None

    def sessions_of(self, account_id: str, now: datetime) -> list[Session]:
        criteria = {"account_id": account_id, "expires_at": {"$gt": now}}
        found = self._sessions.find(criteria).sort("created_at", ASCENDING)
        return [from_document(Session, document) for document in found]

    def end_session(self, session_id: str, tx: Transaction = None) -> None:
        self._sessions.delete_one({"_id": session_id}, session=tx)

    def end_sessions_of(self, account_id: str, tx: Transaction) -> None:
        self._sessions.delete_many({"account_id": account_id}, session=tx)

    def count_attempt(self, key: str, now: datetime, window: timedelta) -> tuple[int, datetime]:
        """Count one attempt, atomically; return how many the window holds and when it ends."""
        over = {"$lte": [{"$ifNull": ["$until", now]}, now]}
        counted = [
            {
                "$set": {
                    "count": {"$cond": [over, 1, {"$add": [{"$ifNull": ["$count", 0]}, 1]}]},
                    "until": {"$cond": [over, now + window, "$until"]},
                }
            }
        ]
        after = self._attempts.find_one_and_update(
            {"_id": key}, counted, upsert=True, return_document=ReturnDocument.AFTER
        )
        assert after is not None
        return after["count"], after["until"]

    def forgive_attempts(self, key: str) -> None:
        self._attempts.delete_one({"_id": key})

    def forgive_one_attempt(self, key: str) -> None:
        self._attempts.update_one({"_id": key, "count": {"$gt": 0}}, {"$inc": {"count": -1}})
