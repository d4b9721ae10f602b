"""A backup: everything at one moment, compressed, encrypted, and proved whole before it is used.

The file is a header, then chunks, each sealed by AES-256-GCM (NIST SP 800-38D) under a key that
scrypt (RFC 7914) makes of a passphrase. A chunk's nonce is its number, and the last one is marked,
so that a chunk altered, moved, left out or cut off is found. Inside stands a zlib stream of
records: a collection with its indexes, its documents as BSON, and at the end the count and the
SHA-256 of each collection. Documents are read in one snapshot session while work goes on.
"""

import os
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BufferedReader, BufferedWriter
from pathlib import Path
from struct import Struct
from typing import Any

import orjson
from bson import json_util
from bson.raw_bson import RawBSONDocument
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import OperationFailure

Progress = Callable[[str, int, int], None]
"""Told the collection, how many documents are done, and of about how many."""

MAGIC = b"HUYUAN-BACKUP-1\n"
CHUNK = 4 * 1024 * 1024
BATCH_BYTES = 16 * 1024 * 1024
SHORTEST_PASSPHRASE = 12
SNAPSHOT_TOO_OLD = 239
LENGTH = Struct(">I")
RECORD = Struct(">cI")
COLLECTION, DOCUMENT, MANIFEST = b"C", b"D", b"M"
LEFT_OUT = ("job_runs", "leases", "login_attempts", "readiness", "sessions", "system.profile")
"""What is of the moment only: nobody stays logged in across a restore."""


class BadBackup(Exception):  # noqa: N818 - it says what to do
    """The file cannot be used; the sentence says why."""


@dataclass(frozen=True)
class Summary:
    """Documents by collection, and the size of the file in bytes."""

    documents: Mapping[str, int]
    size: int


def back_up(
    client: MongoClient[dict[str, Any]],
    name: str,
    path: Path,
    passphrase: str,
    progress: Progress,
) -> Summary:
    """Write the database to a new file, whole or not at all; then read it through once.

    Raises BadBackup for a passphrase that is too short or a file that is there already.
    """
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BadBackup(
            f"口令至少 {SHORTEST_PASSPHRASE} 个字符"
            f" / the passphrase needs at least {SHORTEST_PASSPHRASE} characters"
        )
    if path.exists():
        raise BadBackup(f"{path} 已存在，不会覆盖 / {path} is there already and stays as it is")
    draft = path.with_name(f".{path.name}.part")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            documents = _write(client[name], file, passphrase, progress)
            file.flush()
            os.fsync(file.fileno())
        verify(draft, passphrase)
        draft.replace(path)
    except OperationFailure as old:
        if old.code != SNAPSHOT_TOO_OLD:
            raise
        raise BadBackup(
            "备份用时超过 MongoDB 保留快照的时间，请调大 minSnapshotHistoryWindowInSeconds"
            " / it took longer than MongoDB keeps a snapshot: raise"
            " minSnapshotHistoryWindowInSeconds"
        ) from old
    finally:
        draft.unlink(missing_ok=True)
    return Summary(documents, path.stat().st_size)


def verify(path: Path, passphrase: str) -> Summary:
    """Read a backup to its end and return what it holds. Raises BadBackup where it is not whole."""
    counts: dict[str, int] = {}
    digests: dict[str, Any] = {}
    current = ""
    with path.open("rb") as file:
        for kind, payload in _records(file, passphrase):
            if kind == COLLECTION:
                current = orjson.loads(payload)["name"]
                counts[current], digests[current] = 0, sha256()
            elif kind == DOCUMENT:
                counts[current] += 1
                digests[current].update(payload)
            else:
                told = orjson.loads(payload)
                found = {each: [counts[each], digests[each].hexdigest()] for each in counts}
                if told != found:
                    raise BadBackup(
                        "备份内容与其清单不符 / the backup does not fit its own manifest"
                    )
    return Summary(counts, path.stat().st_size)


def restore(
    client: MongoClient[dict[str, Any]],
    name: str,
    path: Path,
    passphrase: str,
    progress: Progress,
) -> Summary:
    """Bring a backup into an empty database, proved whole first.

    Raises BadBackup where the database holds something, or the file is not whole: then nothing is
    written.
    """
    summary = verify(path, passphrase)
    database = client[name]
    held = [each for each in database.list_collection_names() if each not in LEFT_OUT]
    if any(database[each].find_one({}, {"_id": 1}) is not None for each in held):
        raise BadBackup(
            f"数据库 {name} 不是空的，请用 HUYUAN_DATABASE 另选一个空库"
            f" / the database {name} is not empty: name an empty one in HUYUAN_DATABASE"
        )
    with path.open("rb") as file:
        _read_in(database, _records(file, passphrase), summary, progress)
    return summary


def _write(
    database: Database[dict[str, Any]],
    file: BufferedWriter,
    passphrase: str,
    progress: Progress,
) -> dict[str, int]:
    sealed = _Sealed(file, passphrase)
    manifest: dict[str, tuple[int, str]] = {}
    raw = database.with_options(
        codec_options=database.codec_options.with_options(document_class=RawBSONDocument)
    )
    names = sorted(set(database.list_collection_names()) - set(LEFT_OUT))
    with database.client.start_session(snapshot=True) as session:
        for name in names:
            indexes = json_util.dumps(list(database[name].list_indexes()))
            sealed.put(COLLECTION, orjson.dumps({"name": name, "indexes": indexes}))
            total, count, digest = database[name].estimated_document_count(), 0, sha256()
            for document in raw[name].find(session=session):
                sealed.put(DOCUMENT, document.raw)
                digest.update(document.raw)
                count += 1
                if count % 100 == 0:
                    progress(name, count, max(total, count))
            progress(name, count, count)
            manifest[name] = (count, digest.hexdigest())
    sealed.put(MANIFEST, orjson.dumps(manifest))
    sealed.close()
    return {name: count for name, (count, _) in manifest.items()}


def _read_in(
    database: Database[dict[str, Any]],
    records: Iterator[tuple[bytes, bytes]],
    summary: Summary,
    progress: Progress,
) -> None:
    current, indexes, size, done = "", "", 0, 0
    batch: list[RawBSONDocument] = []

    def flush() -> None:
        nonlocal batch, size
        if batch:
            database[current].insert_many(batch, ordered=False)
            batch, size = [], 0
            progress(current, done, summary.documents[current])

    def finish() -> None:
        flush()
        if current:
            _make_indexes(database, current, indexes)

    for kind, payload in records:
        if kind == DOCUMENT:
            batch.append(RawBSONDocument(payload))
            size, done = size + len(payload), done + 1
            if size > BATCH_BYTES or len(batch) >= 1000:
                flush()
            continue
        finish()
        if kind == COLLECTION:
            told = orjson.loads(payload)
            current, indexes, done = told["name"], told["indexes"], 0
            if current not in database.list_collection_names():
                database.create_collection(current)


def _make_indexes(database: Database[dict[str, Any]], name: str, told: str) -> None:
    """Make the indexes as they were; MongoDB makes the one on `_id` itself."""
    models = [
        {key: value for key, value in index.items() if key not in ("ns", "v")}
        for index in json_util.loads(told)
        if index["name"] != "_id_"
    ]
    if models:
        database.command("createIndexes", name, indexes=models)


def _cipher(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def _nonce(number: int, *, last: bool) -> bytes:
    return bytes([last]) + number.to_bytes(11, "big")


class _Sealed:
    """Writes records: compressed, cut into chunks, each chunk sealed under its number."""

    def __init__(self, file: BufferedWriter, passphrase: str) -> None:
        salt = os.urandom(16)
        self._file = file
        self._cipher = _cipher(passphrase, salt)
        self._zip = zlib.compressobj(level=1)
        self._pending = bytearray()
        self._number = 0
        file.write(MAGIC + salt)

    def put(self, kind: bytes, payload: bytes) -> None:
        self._pending += self._zip.compress(RECORD.pack(kind, len(payload)) + payload)
        while len(self._pending) > CHUNK:
            self._seal(bytes(self._pending[:CHUNK]), last=False)
            del self._pending[:CHUNK]

    def close(self) -> None:
        self._seal(bytes(self._pending) + self._zip.flush(), last=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), plain, MAGIC)
        self._file.write(LENGTH.pack(len(sealed)) + bytes([last]) + sealed)
        self._number += 1


def _records(file: BufferedReader, passphrase: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield the records of a backup, the manifest last. Raises BadBackup where it is not whole."""
    unzip, pending, ended = zlib.decompressobj(), bytearray(), False
    for chunk in _chunks(file, passphrase):
        pending += unzip.decompress(chunk)
        at = 0
        while at + RECORD.size <= len(pending):
            kind, length = RECORD.unpack_from(pending, at)
            if at + RECORD.size + length > len(pending):
                break
            start = at + RECORD.size
            yield kind, bytes(pending[start : start + length])
            at, ended = start + length, kind == MANIFEST
        del pending[:at]
    if not ended or pending:
        raise BadBackup("备份没有结尾的清单 / the backup ends without its manifest")


def _chunks(file: BufferedReader, passphrase: str) -> Iterator[bytes]:
    if file.read(len(MAGIC)) != MAGIC:
        raise BadBackup("不是护园的备份文件 / this is no backup of Huyuan")
    cipher, number, last = _cipher(passphrase, file.read(16)), 0, False
    while not last:
        head = file.read(LENGTH.size + 1)
        if len(head) != LENGTH.size + 1:
            raise BadBackup("备份文件被截断 / the backup is cut off")
        (length,), last = LENGTH.unpack(head[: LENGTH.size]), bool(head[-1])
        if length > CHUNK * 2:
            raise BadBackup("备份文件已损坏 / the backup is damaged")
        try:
            yield cipher.decrypt(_nonce(number, last=last), file.read(length), MAGIC)
        except InvalidTag as wrong:
            raise BadBackup(
                "口令不正确，或备份已被改动 / the passphrase is wrong, or the backup was altered"
            ) from wrong
        number += 1
    if file.read(1):
        raise BadBackup("备份文件末尾有多余内容 / something stands behind the backup's end")
