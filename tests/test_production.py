"""The production guide is followed: each of its commands, one by one, in its order."""

import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest

from service import demonstration
from service.database import connect
from service.embedded_mongo import nothing
from service.rooms import assemble
from service.settings import read_settings
from tests.access_world import photo
from tests.machines import Network
from tests.test_faults_mongod import begun
from tests.units import log_of

ROOT = Path(__file__).parents[1]
GUIDE = (ROOT / "docs/production.md").read_text(encoding="utf-8")
BLOCKS = re.findall(
    r"^```sh (web|db1|db|drill)( code)?\n(.*?)^```", GUIDE, re.DOTALL | re.MULTILINE
)
PASSWORD = "Zheng-ming 2026 lu"
PHOTOS = 4


@pytest.fixture(
    scope="module", params=["linked", pytest.param("installed", marks=pytest.mark.fault)]
)
def network(request, tmp_path_factory):
    """The machines; what Python needs is linked from here, or installed as the guide has it."""
    if shutil.which("nginx", path="/usr/sbin:/usr/bin") is None:
        assert not os.environ.get("CI"), "make test installs nginx where it may"
        pytest.skip("nginx is missing: apt-get install nginx")
    machines = Network(tmp_path_factory.mktemp("machines"))
    for name in ("web", "drill"):
        machines.machines[name].unpackable()
        if request.param == "linked":
            machines.machines[name].link_environment()
    machines.answers = {}
    yield machines
    machines.end()


def followed(network, machine, block, **more):
    done = network.machines[machine].run(block, **more)
    logs = "".join(
        f"\n{path.stem}: {log_of(network.folder / machine, path.stem)}"
        for path in (network.folder / machine / "var/log").glob("*.log")
    )
    assert done.returncode == 0, f"{machine}: {block}\n{done.stdout}{done.stderr}{logs}"
    return done.stdout


@pytest.mark.parametrize("number", range(len(BLOCKS)))
def test_the_guide_is_followed(network, number):
    machine, with_code, block = BLOCKS[number]
    if "huyuan-backup.service\nls" in block:
        take_photos(network)
    if machine == "drill" and "scp" in block:
        for each in [text for _, _, text in BLOCKS[:3]]:
            followed(network, "drill", each)

    more = {}
    if with_code:
        added = next(text for text in network.answers.values() if "invitation_code" in text)
        more = {"CODE": json.loads(added)["invitation_code"], "PASSWORD": PASSWORD}
    for each in ("db1", "db2", "db3") if machine == "db" else (machine,):
        network.answers[number] = followed(network, each, block, **more)

    check(block, network.answers[number])


def check(block, answer):
    """What the guide promises of a command is there."""
    for command, promised in {
        "python3 /opt/initiate": r"PRIMARY\n.* SECONDARY\n.* SECONDARY",
        "/ready": r'"status":"ok"',
        "/login": r'"token":"',
        "/metrics": r'(?s)huyuan_requests_total\{.*queue="deliveries_dead"\} 0',
        "journalctl -u huyuan -": r'"request_id"',
        "ls -l": r"huyuan-[0-9-]+\.backup",
        "huyuan restore": r'"size"',
    }.items():
        if command in block:
            assert re.search(promised, answer), answer


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is missing")
def test_the_units_are_what_systemd_takes(network):
    folder = network.folder / "web/etc/systemd/system"
    units = sorted([*folder.glob("huyuan*.service"), *folder.glob("huyuan*.timer")])

    told = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )

    assert len(units) == 4
    assert "huyuan" not in told.stderr, told.stderr


def settings_of(network):
    text = (network.folder / "web/etc/huyuan/huyuan.env").read_text(encoding="utf-8")
    lines = (line.split("=", 1) for line in text.splitlines())
    return read_settings({name: value.strip('"') for name, value in lines})


def take_photos(network):
    """Have an inspector take photos through what the guide set up."""
    asked = settings_of(network)
    with connect(asked.mongodb_uri) as client:
        rooms = assemble(replace(asked, production=False), client)
        demonstration.add(rooms, nothing)
    address = f"http://127.0.0.1:{network.ports['web']}"
    inspector, path = begun(address, SimpleNamespace(settings=asked))
    for _ in range(PHOTOS):
        inspector.send_photo(path, photo(), id=str(uuid4()))
    send_through_the_proxy(network, path, inspector.token)


def send_through_the_proxy(network, path, token):
    """Send a photo as a tablet does: over TLS, through what stands in front."""
    taken = photo()
    (network.folder / "web" / "root" / "photo.jpg").write_bytes(taken)
    kept = followed(
        network,
        "web",
        "curl -sS --fail-with-body --cacert /etc/huyuan/tls.pem"
        f" https://inspection.example.cn:443{path}"
        ' -H "Authorization: Bearer $TOKEN" -F "id=$ID" -F photo=@photo.jpg',
        TOKEN=token,
        ID=str(uuid4()),
    )
    assert json.loads(kept)["sha256"] == sha256(taken).hexdigest()
