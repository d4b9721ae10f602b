"""Assembles the rooms on one database: who gets which store and which other rooms."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pymongo import MongoClient
from pymongo.database import Database

from media.custody import store as custody_store
from media.custody.actions import Custody
from media.custody.store import CustodyStore
from service.accounts import store as account_store
from service.accounts.actions import Accounts
from service.accounts.store import AccountStore
from service.database import Document, ensure_indexes, transactions
from service.settings import Settings

Clock = Callable[[], datetime]

INDEXES = (custody_store.INDEXES, account_store.INDEXES)


@dataclass(frozen=True)
class Rooms:
    """The actions of every room, and what the shell itself needs."""

    settings: Settings
    client: MongoClient[Document]
    database: Database[dict[str, Any]]
    clock: Clock
    custody: Custody
    accounts: Accounts


def now() -> datetime:
    """The clock of the service, made here and handed down."""
    return datetime.now(UTC)


def assemble(settings: Settings, client: MongoClient[Document], clock: Clock = now) -> Rooms:
    """Return the rooms on the database that the settings name, its indexes made."""
    database = client[settings.database]
    ensure_indexes(database, *INDEXES)
    transact = transactions(client)
    custody = Custody(CustodyStore(database))
    return Rooms(
        settings=settings,
        client=client,
        database=database,
        clock=clock,
        custody=custody,
        accounts=Accounts(
            AccountStore(database),
            transact,
            custody,
            secret=settings.secret,
            token_hours=settings.token_hours,
            known_kindergarten=lambda _id, _scope: True,
        ),
    )
