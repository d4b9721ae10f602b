"""Make three members a replica set with two users: `initiate.py KEYS DB1:PORT DB2:PORT DB3:PORT`.

Run once, on the first member's machine: as long as there is no user, it lets in who comes from the
machine itself. KEYS is the folder with ca.pem, root-password and service-password.
"""

import sys
import time
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import PyMongoError

keys, hosts = Path(sys.argv[1]), sys.argv[2:]
port = int(hosts[0].rsplit(":", 1)[1])
passwords = {name: (keys / f"{name}-password").read_text().strip() for name in ("root", "service")}


def connect(**who: str) -> MongoClient:
    return MongoClient(
        "localhost", port, directConnection=True, tls=True, tlsCAFile=str(keys / "ca.pem"), **who
    )


def wait_for(state: str, count: int) -> None:
    while [each["stateStr"] for each in status()].count(state) < count:
        time.sleep(0.2)


def add(number: int, host: str) -> None:
    """Add a member; asked again while the set still changes its own configuration."""
    last = time.monotonic() + 60
    while True:
        try:
            told = client.admin.command("replSetGetConfig")["config"]
            if host in (each["host"] for each in told["members"]):
                return
            told["members"].append({"_id": number, "host": host})
            told["version"] += 1
            client.admin.command("replSetReconfig", told)
        except PyMongoError:
            if time.monotonic() > last:
                raise
            time.sleep(0.5)


def status() -> list[dict]:
    return client.admin.command("replSetGetStatus")["members"]


client = connect()
members = [{"_id": 0, "host": hosts[0]}]
client.admin.command("replSetInitiate", {"_id": "huyuan", "members": members})
while not client.admin.command("hello").get("isWritablePrimary"):
    time.sleep(0.2)
client.admin.command("createUser", "root", pwd=passwords["root"], roles=["root"])

client = connect(username="root", password=passwords["root"])
rights = [{"role": role, "db": "huyuan"} for role in ("readWrite", "dbAdmin")]
client.admin.command("createUser", "huyuan", pwd=passwords["service"], roles=rights)
for number, host in enumerate(hosts[1:], start=1):
    add(number, host)
    wait_for("SECONDARY", number)
for each in status():
    sys.stdout.write(f"{each['name']} {each['stateStr']}\n")
