"""`huyuan serve` as a user runs it: processes of its own, the demonstration, a clean end."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from secrets import token_hex

import pytest

from service.cli.http import Caller
from tests.conftest import SHARED, free_port

ROOT = Path(__file__).parents[1]
HUYUAN = (sys.executable, "-m", "service.cli")


class Serving:
    """A service in a data folder, started and stopped like a user would."""

    def __init__(self, folder):
        self.address = ""
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "MONGODB_URI"},
            "HUYUAN_DATA": str(folder),
            "HUYUAN_PORT": str(free_port()),
            "HUYUAN_MONGO_PORT": str(free_port()),
            "HUYUAN_MONGO_CACHE_MB": "256",
        }
        self.log = folder.parent / "serve.log"

    def run(self, *arguments, timeout=120):
        return subprocess.run(
            [*HUYUAN, *arguments],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def start(self):
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*HUYUAN, "serve"], env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )
        self.address = f"http://127.0.0.1:{self.environment['HUYUAN_PORT']}"
        until = time.monotonic() + 90
        while time.monotonic() < until:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if Caller(self.address).read("/ready")[0] == 200:
                    return
            except OSError:
                time.sleep(0.2)
        pytest.fail(self.log.read_text())

    def stop(self):
        children = descendants(self.process.pid)
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        return code, [pid for pid in children if Path(f"/proc/{pid}").exists()]


def descendants(pid):
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            found += [int(path.parent.name), *descendants(int(path.parent.name))]
    return found


def test_production_starts_with_one_administrator_and_tells_no_password(mongo, database, tmp_path):
    served = Serving(tmp_path / "data")
    served.environment |= {
        "HUYUAN_ENV": "production",
        "HUYUAN_SECRET": token_hex(24),
        "MONGODB_URI": mongo,
        "HUYUAN_DATABASE": database.name,
    }
    served.start()

    passwords = json.loads((tmp_path / "data" / "accounts.json").read_text())
    caller = Caller(served.address)
    login = {"username": "admin", "password": passwords["admin"]}
    caller.token = caller.call("POST", "/api/v1/login", login)["token"]
    accounts = caller.call("GET", "/api/v1/accounts")["items"]
    plans = caller.call("GET", "/api/v1/plans")["items"]
    served.stop()

    assert [account["username"] for account in accounts] == ["admin"]
    assert len(plans) == 7
    assert passwords["admin"] not in served.log.read_text()


@pytest.fixture(scope="module")
def serving(tmp_path_factory):
    served = Serving(tmp_path_factory.mktemp("serve") / "data")
    served.start()
    yield served
    if served.process.poll() is None:
        served.stop()


def test_the_demonstration_runs_on_the_service(serving):
    plans = ("--plans", str(SHARED / "plans")) if SHARED.is_dir() else ()

    done = serving.run("demo", *plans)

    assert done.returncode == 0, done.stdout + done.stderr
    assert "closed" in done.stdout


def test_the_demonstration_makes_its_own_story_at_each_run(serving):
    assert serving.run("demo").returncode == 0


def test_a_text_is_taken_in_beside_the_running_service(serving, shared):
    done = serving.run("plans", "import", str(shared / "plans" / "441600-heyuan.txt"))

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["region"] == "441600"


def test_a_text_that_cannot_be_read_is_named_and_does_not_hold_up_the_others(serving, tmp_path):
    demonstration = ROOT / "checklists/plans/demonstration/990100-demonstration.txt"
    (tmp_path / "990100-copy.txt").write_bytes(demonstration.read_bytes())
    (tmp_path / "445200-broken.docx").write_bytes(b"PK broken")

    done = serving.run("plans", "import", str(tmp_path))

    assert done.returncode == 1
    assert "445200-broken.docx" in done.stderr
    assert [json.loads(line)["region"] for line in done.stdout.splitlines()] == ["990100"]


def test_verification_finds_everything_whole(serving):
    done = serving.run("evidence", "verify")

    assert (done.returncode, done.stdout) == (0, "")


def test_who_keeps_the_machine_makes_lists_and_closes_accounts(serving):
    arguments = ("--name", "监督员", "--unit", "县教育局", "--role", "supervisor")
    made = serving.run("accounts", "add", "night-shift", *arguments, "--region", "990102")
    assert made.returncode == 0, made.stderr
    body = json.loads(made.stdout)
    caller = Caller(serving.address)
    login = {"username": "night-shift", "password": body["initial_password"]}
    caller.token = caller.call("POST", "/api/v1/login", login)["token"]

    changed = serving.run("accounts", "change", "night-shift", "--why", "换岗", "--unit", "督导室")
    session = json.loads(serving.run("accounts", "sessions", "night-shift").stdout)["name"]
    ended = serving.run("accounts", "end-session", "night-shift", session, "--why", "遗失")
    assert json.loads(changed.stdout)["person"]["unit"] == "督导室"
    assert ended.returncode == 0, ended.stderr
    assert caller.read("/api/v1/me")[0] == 401
    closed = serving.run("accounts", "step", "night-shift", "close", "--why", "离岗")
    listed = serving.run("accounts", "list", "--region", "990102")
    told = serving.run("accounts", "history", "night-shift")
    absent = serving.run("accounts", "step", "nobody", "close", "--why", "x")

    assert json.loads(closed.stdout)["active"] is False
    verbs = [json.loads(line)["verb"] for line in told.stdout.splitlines()]
    assert verbs == ["account_added", "account_changed", "session_ended", "account_close"]
    names = [json.loads(line)["username"] for line in listed.stdout.splitlines()]
    assert {"night-shift", "inspector"} <= set(names)
    assert absent.returncode == 1


def test_a_backup_taken_beside_the_running_service_is_brought_back_and_verified(serving, tmp_path):
    file = str(tmp_path / "county.backup")
    serving.environment["HUYUAN_PASSPHRASE"] = "correct horse battery"

    taken = serving.run("backup", file)
    refused = serving.run("restore", file)
    serving.environment["HUYUAN_DATABASE"] = "brought_back"
    brought = serving.run("restore", file)
    del serving.environment["HUYUAN_DATABASE"]

    assert taken.returncode == 0, taken.stderr
    assert refused.returncode == 1
    assert "HUYUAN_DATABASE" in refused.stderr
    assert brought.returncode == 0, brought.stderr
    assert json.loads(brought.stdout)["documents"] == json.loads(taken.stdout)["documents"]


def test_a_second_service_on_the_same_port_is_told_what_to_do(serving):
    done = serving.run("serve")

    assert done.returncode != 0
    assert "HUYUAN_PORT" in done.stderr


def test_every_log_line_is_a_json_object_and_none_holds_a_password(serving):
    passwords = json.loads((Path(serving.environment["HUYUAN_DATA"]) / "accounts.json").read_text())
    lines = serving.log.read_text().splitlines()

    events = [json.loads(line) for line in lines if line.startswith("{")]
    assert len(events) > 50
    assert all(event["request_id"] for event in events if event["event"] == "request")
    logged = "\n".join(line for line in lines if line.startswith("{"))
    assert not any(password in logged for password in passwords.values())


def test_it_stops_cleanly_leaves_no_process_and_starts_again_on_its_data(serving):
    code, left = serving.stop()
    serving.start()

    passwords = json.loads((Path(serving.environment["HUYUAN_DATA"]) / "accounts.json").read_text())
    caller = Caller(serving.address)
    body = {"username": "supervisor", "password": passwords["supervisor"]}
    caller.token = caller.call("POST", "/api/v1/login", body)["token"]
    closed = caller.call("GET", "/api/v1/notices", status="closed")["items"]

    assert (code, left) == (0, [])
    assert len(closed) == 2


def test_a_killed_service_leaves_no_process(serving):
    children = descendants(serving.process.pid)
    serving.process.kill()
    serving.process.wait()

    until = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < until:
        time.sleep(0.2)

    assert len(children) >= 2
    assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
