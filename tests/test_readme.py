"""What the README tells a newcomer to type works as it stands."""

import re
import subprocess
from pathlib import Path

import pytest

from tests.test_serve import Serving

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```sh( walk)?\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def serving(tmp_path_factory):
    served = Serving(tmp_path_factory.mktemp("readme") / "data")
    served.start()
    yield served
    served.stop()


def test_the_walk_with_curl_ends_with_a_closed_finding(serving):
    (walk,) = [text for tag, text in BLOCKS if tag]

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", walk],
        cwd=ROOT,
        env=serving.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert lines[0] == "planned"
    assert "closed" in lines
    assert lines[-1].startswith("inspection_planned → inspection_begun")
    assert lines[-1].endswith("notice_closed")


def test_the_commands_that_need_no_database_answer(tmp_path):
    (commands,) = [text for _, text in BLOCKS if "huyuan plans read" in text]
    photo = tmp_path / "photo.jpg"
    subprocess.run([".venv/bin/python", "docs/walk/photo.py", "3", photo], cwd=ROOT, check=True)

    for command in commands.replace("PHOTO.jpg", str(photo)).splitlines():
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, command + done.stderr
        assert done.stdout.startswith("{"), command


def test_every_setting_of_the_readme_is_one_and_every_one_is_in_the_readme():
    named = set(re.findall(r"`((?:HUYUAN|MONGODB)_[A-Z_]+)`", README))
    code = (ROOT / "service" / "settings.py").read_text(encoding="utf-8")

    assert named == set(re.findall(r'"((?:HUYUAN|MONGODB)_[A-Z_]+)"', code))
