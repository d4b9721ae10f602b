"""The API's pages in a real browser, without the internet, under their strict policy."""

import os
import shutil
import subprocess
import threading

import pytest
import waitress

from tests.conftest import free_port

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ALONE = (
    *("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-sandbox"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--enable-logging=stderr"),
    *("--virtual-time-budget=8000", "--window-size=412,915"),
)


@pytest.fixture
def address(stage):
    server = waitress.create_server(stage.app, host="127.0.0.1", port=free_port(), threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


def test_the_description_is_drawn_whole_and_asks_nobody_else(address, tmp_path):
    if CHROMIUM is None:
        assert not os.environ.get("CI"), "CI installs chromium"
        pytest.skip("chromium is not installed: apt-get install chromium")

    seen = subprocess.run(
        [CHROMIUM, *ALONE, f"--user-data-dir={tmp_path}", "--dump-dom", f"{address}/docs/"],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    for room in ("accounts", "plans", "checklists", "visits", "evidence", "rectification"):
        assert f'id="operations-tag-{room}"' in seen.stdout
    assert "Content Security Policy" not in seen.stderr
    assert "Refused to" not in seen.stderr
    assert "ERR_NAME_NOT_RESOLVED" not in seen.stderr
