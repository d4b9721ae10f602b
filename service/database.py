"""The connection to MongoDB: majority, journaled, in transactions, or not at all."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import pymongo
from pymongo import IndexModel, MongoClient
from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import CollectionInvalid, OperationFailure, PyMongoError
from pymongo.read_concern import ReadConcern
from pymongo.read_preferences import ReadPreference
from pymongo.write_concern import WriteConcern

T = TypeVar("T")

Document = dict[str, Any]
Indexes = Mapping[str, Sequence[IndexModel]]

MAJORITY = WriteConcern(w="majority", j=True, wtimeout=15_000)
TRANSACTION_SECONDS = 30
IMPORT_SECONDS = 55
"""MongoDB ends a transaction after 60 seconds (transactionLifetimeLimitSeconds)."""

SERVER_SELECTION_MS = 3_000
HEARTBEAT_MS = 2_000
"""A leader that is frozen, whose connections stand, is left after this and the connect timeout."""


class WeakMongo(Exception):  # noqa: N818 - it says what to change
    """The MongoDB at hand could lose an acknowledged write; one line a reason."""


def connect(uri: str) -> MongoClient[Document]:
    """Return a client of the MongoDB at the address, with the safe settings.

    Raises WeakMongo where the address or the server would weaken them.
    """
    _refuse_weak_address(uri)
    client: MongoClient[Document] = MongoClient(
        uri,
        tz_aware=True,
        w="majority",
        journal=True,
        wTimeoutMS=15_000,
        readConcernLevel="majority",
        retryWrites=True,
        serverSelectionTimeoutMS=SERVER_SELECTION_MS,
        connectTimeoutMS=3_000,
        heartbeatFrequencyMS=HEARTBEAT_MS,
        appname="huyuan",
    )
    try:
        _refuse_weak_server(client.admin.command("hello"))
    except (WeakMongo, PyMongoError):
        client.close()
        raise
    end_abandoned(client)
    return client


def end_abandoned(client: MongoClient[Document], idle_seconds: float = 0.0) -> int:
    """End the transactions whose connection is gone; return how many.

    MongoDB lets what a killed process had begun stand for a minute, and with it the head of the
    case that it wrote to. A transaction of a living process has its connection, and one that is
    ended by mistake runs again. Where the user may not look, or a router stands between, which
    tells no client, nothing is done.
    """
    look = {"allUsers": False, "idleConnections": True, "idleSessions": True}
    try:
        admin = client.admin.with_options(read_concern=ReadConcern("local"))
        found = list(admin.aggregate([{"$currentOp": look}]))
        connected = {each.get("client") for each in found if each.get("type") != "idleSession"}
        abandoned = [
            {"id": each["lsid"]["id"]}
            for each in found
            if each.get("type") == "idleSession"
            and each.get("client", "") not in {"", *connected}
            and each.get("transaction", {}).get("timeInactiveMicros", 0) >= idle_seconds * 1e6
        ]
        if abandoned:
            client.admin.command({"killSessions": abandoned})
    except OperationFailure:
        return 0
    return len(abandoned)


def ensure_indexes(database: Database[Document], *rooms: Indexes) -> None:
    """Make the collections and indexes that the stores declare; those that are there stay.

    A collection without an index is named too: a transaction should find it made.
    """
    there = set(database.list_collection_names())
    for indexes in rooms:
        for collection, models in indexes.items():
            if collection not in there:
                with suppress(CollectionInvalid):  # another process made it meanwhile
                    database.create_collection(collection)
            if models:
                database[collection].create_indexes(list(models))


def transactions(
    client: MongoClient[Document], seconds: float = TRANSACTION_SECONDS
) -> Callable[[Callable[[ClientSession], T]], T]:
    """Return what runs an act in one snapshot transaction, again where MongoDB asks for it.

    The act is run with the open transaction. It may run more than once: it must not touch
    anything but the database.
    """

    def transact(act: Callable[[ClientSession], T]) -> T:
        with pymongo.timeout(seconds), client.start_session() as session:
            return session.with_transaction(
                act,
                read_concern=ReadConcern("snapshot"),
                write_concern=MAJORITY,
                read_preference=ReadPreference.PRIMARY,
            )

    return transact


def _refuse_weak_address(uri: str) -> None:
    with MongoClient[Document](uri, connect=False) as asked:
        concern, options = asked.write_concern.document, asked.options
        reasons = []
        if concern.get("w", "majority") != "majority":
            reasons.append(f"w={concern['w']}：写入未经多数确认 / writes not by majority")
        if concern.get("j") is False:
            reasons.append("journal=false：断电会丢失已确认的写入 / a power cut loses writes")
        if not options.retry_writes:
            reasons.append("retryWrites=false：切换主节点时会丢失写入 / a failover loses writes")
    if reasons:
        raise WeakMongo("MONGODB_URI: " + "; ".join(reasons))


def _refuse_weak_server(hello: Mapping[str, Any]) -> None:
    if hello.get("msg") == "isdbgrid":
        return
    if "setName" not in hello:
        raise WeakMongo(
            "MongoDB 是单机模式，没有事务：请将其初始化为副本集"
            " / MongoDB runs standalone, without transactions: make it a replica set"
        )
    if hello.get("arbiters"):
        raise WeakMongo(
            "副本集含仲裁节点，多数确认可能失效：请改为数据节点"
            " / the replica set has an arbiter, majority may not hold: use a data-bearing member"
        )
