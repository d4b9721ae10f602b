"""Three mongods on loopback as one replica set, with a key file and authentication."""

import secrets
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import PyMongoError

from service.embedded_mongo import be_our_server, find_mongod
from service.settings import write_private
from tests.conftest import free_port

NAME, USER = "three", "huyuan"
SETTINGS = {"electionTimeoutMillis": 2000, "heartbeatIntervalMillis": 500}
PATIENCE = 60


@dataclass
class Member:
    """One mongod; `signal` stops, kills or freezes it."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen | None = None

    @property
    def host(self):
        return f"127.0.0.1:{self.port}"

    def start(self):
        data = self.folder / "db"
        data.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [
                *(find_mongod(), "--dbpath", data, "--port", str(self.port)),
                *("--bind_ip", "127.0.0.1", "--nounixsocket", "--replSet", NAME),
                *("--keyFile", self.folder.parent / "key", "--wiredTigerCacheSizeGB", "0.25"),
                *("--networkMessageCompressors", "snappy,zstd", "--oplogSize", "128"),
                *("--setParameter", "diagnosticDataCollectionEnabled=false"),
                *("--logpath", self.folder / "mongod.log", "--logappend"),
            ],
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            preexec_fn=be_our_server,  # noqa: PLW1509 - two system calls, as in the service
        )

    def signal(self, number):
        self.process.send_signal(number)
        if number in (signal.SIGKILL, signal.SIGTERM):
            self.process.wait(timeout=30)

    def end(self):
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait(timeout=30)


def answers(host):
    """Wait until a mongod that was just started answers."""
    address = f"mongodb://{host}/?directConnection=true"
    with MongoClient(address, serverSelectionTimeoutMS=60_000) as client:
        client.admin.command("ping")


class ReplicaSet:
    """Three members; `uri` is what MONGODB_URI has in production."""

    def __init__(self, folder):
        self.password = secrets.token_hex(24)
        write_private(folder / "key", secrets.token_hex(32))
        self.members = [Member(folder / f"member{number}") for number in range(3)]

    @property
    def uri(self):
        hosts = ",".join(member.host for member in self.members)
        return f"mongodb://{USER}:{self.password}@{hosts}/?authSource=admin&replicaSet={NAME}"

    def start(self):
        for member in self.members:
            member.start()
        first = f"mongodb://{self.members[0].host}/?directConnection=true"
        members = [{"_id": at, "host": member.host} for at, member in enumerate(self.members)]
        wanted = {"_id": NAME, "members": members, "settings": SETTINGS}
        for member in self.members:
            answers(member.host)
        with MongoClient(first, serverSelectionTimeoutMS=30_000) as client:
            client.admin.command("replSetInitiate", wanted)
        leading = wait_until(self.primary)
        with MongoClient(f"mongodb://{leading.host}/?directConnection=true") as client:
            client.admin.command("createUser", USER, pwd=self.password, roles=["root"])
        wait_until(lambda: self.states().count("SECONDARY") == 2)

    def primary(self):
        """Return the member that takes writes now; None while there is none."""
        for member in self.members:
            address = f"mongodb://{member.host}/?directConnection=true"
            with MongoClient(address, serverSelectionTimeoutMS=300, socketTimeoutMS=500) as client:
                try:
                    if client.admin.command("hello").get("isWritablePrimary"):
                        return member
                except PyMongoError:
                    continue
        return None

    def states(self):
        with MongoClient(self.uri, serverSelectionTimeoutMS=5_000) as client:
            try:
                told = client.admin.command("replSetGetStatus")
            except PyMongoError:
                return []
        return [member["stateStr"] for member in told["members"]]

    def step_down(self, seconds=5):
        with MongoClient(self.uri) as client:
            client.admin.command("replSetStepDown", seconds, secondaryCatchUpPeriodSecs=3)

    def end(self):
        for member in self.members:
            member.end()


def wait_until(answer, seconds=PATIENCE):
    """Return the first true answer."""
    until = time.monotonic() + seconds
    while not (answered := answer()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return answered
