"""`/metrics`: for who shows the operator's token; requests, queues, jobs, storage."""

import secrets
from dataclasses import replace

import pytest
from prometheus_client.parser import text_string_to_metric_families

from service.app import create_app
from service.scheduler import Lease, Slot, run_slot
from service.settings import BadSettings, read_settings
from tests.cast import Caller
from tests.steps_world import visit_in

TOKEN = secrets.token_urlsafe(32)


@pytest.fixture(scope="module")
def watched(stage):
    settings = replace(stage.rooms.settings, metrics_token=TOKEN)
    return create_app(replace(stage.rooms, settings=settings))


def scrape(app, token=TOKEN):
    return Caller(app, token).call("GET", "/metrics")


def figures(app):
    """Return name and labels → value."""
    return {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(scrape(app).text)
        for sample in family.samples
    }


FORGED = {"none": "", "another": "x", "cut": TOKEN[:-1], "longer": TOKEN + "x", "accent": "é"}


@pytest.mark.parametrize("token", list(FORGED.values()), ids=list(FORGED))
def test_whoever_has_not_the_token_finds_nothing_there(watched, stage, token):
    headers = {"Authorization": f"Bearer {token}".encode().decode("latin-1")}

    assert Caller(watched, "").call("GET", "/metrics", headers=headers).status_code == 404
    assert scrape(stage.app).status_code == 404


def test_a_token_that_is_short_is_refused_at_the_start():
    with pytest.raises(BadSettings, match="HUYUAN_METRICS_TOKEN"):
        read_settings({"HUYUAN_METRICS_TOKEN": "short"})


def test_every_request_is_counted_by_its_endpoint_and_status(watched):
    key = ("huyuan_requests_total", "401", "GET", "accounts.myself")
    before = figures(watched).get(key, 0)

    Caller(watched, "forged").call("GET", "me")

    assert figures(watched)[key] == before + 1


def test_what_waits_and_what_is_kept_is_told(watched, stage):
    before = figures(watched)
    visit_in(stage, "submitted")

    after = figures(watched)

    waiting = ("huyuan_waiting", "inspections_to_approve")
    assert after[waiting] == before[waiting] + 1
    assert after["huyuan_kept", "kindergartens"] == 4
    assert after["huyuan_storage_bytes", "dataSize"] > 0


def test_a_job_that_runs_or_fails_is_told(watched, stage):
    lease = Lease(stage.rooms.database, name="metrics-test")

    def fail(_):
        raise RuntimeError

    run_slot(Slot("busy", 1, lambda _: 3), stage.rooms, lease)
    run_slot(Slot("busy", 1, lambda _: 0), stage.rooms, lease)
    run_slot(Slot("busy", 1, fail), stage.rooms, lease)

    told = figures(watched)
    assert told["huyuan_job_done", "busy"] == 3
    assert told["huyuan_job_runs", "busy"] == 2
    assert told["huyuan_job_failures", "busy"] == 1
    assert told["huyuan_job_last_success", "busy"] == pytest.approx(
        stage.clock().timestamp(), abs=60
    )


def test_no_label_names_anybody(watched, stage):
    stage.inspector.get("me")

    text = scrape(watched).text

    assert stage.inspector.account["id"] not in text
    assert "127.0.0.1" not in text
