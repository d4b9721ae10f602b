"""Prometheus metrics: requests of this process; queues, jobs and storage from the database.

Served to whoever shows the token that the operator set, and to nobody where none is set. No label
carries a name, an id or an address.
"""

import hmac
from collections.abc import Iterator
from time import perf_counter
from typing import Any

from flask import Flask, Response, abort, current_app, g, request
from flask_smorest import Blueprint
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from service.rooms import Rooms

bp = Blueprint("metrics", __name__, description="运行指标 Metrics")

LABELS = ("endpoint", "method", "status")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter("huyuan_requests", "Requests answered", LABELS)
SECONDS = Histogram(
    "huyuan_request_seconds", "Time to answer", ("endpoint", "method"), buckets=BUCKETS
)

WAITING: dict[str, tuple[str, dict[str, Any]]] = {
    "inspections_to_approve": ("inspections", {"status": "submitted"}),
    "notices_overdue": ("notices", {"overdue_at": {"$ne": None}, "closed_at": None}),
    "veto_cases_undecided": ("veto_cases", {"status": {"$in": ["open", "under_review"]}}),
    "messages_not_handed_on": ("messages", {"handed_on": False}),
    "deliveries_waiting": ("deliveries", {"state": "waiting"}),
    "deliveries_dead": ("deliveries", {"state": "dead"}),
}
"""What waits, and where it is counted."""

KEPT = ("kindergartens", "accounts", "inspections", "findings", "notices", "evidence", "custody")
STORAGE = ("dataSize", "storageSize", "indexSize", "fsUsedSize", "fsTotalSize")
JOBS = {
    "runs": "Runs of a job, idle ones counted each half minute",
    "failures": "Runs that failed",
    "done": "Things that the job did",
    "last_success": "Unix time of the last run that succeeded",
}


class Stored(Collector):
    """What the database tells when it is asked: the same from every process."""

    def __init__(self, rooms: Rooms) -> None:
        self._database = rooms.database

    def collect(self) -> Iterator[GaugeMetricFamily]:
        waiting = GaugeMetricFamily("huyuan_waiting", "What waits", labels=["queue"])
        for name, (collection, criteria) in WAITING.items():
            waiting.add_metric([name], self._database[collection].count_documents(criteria))
        yield waiting
        kept = GaugeMetricFamily("huyuan_kept", "Documents kept, about", labels=["collection"])
        for name in KEPT:
            kept.add_metric([name], self._database[name].estimated_document_count())
        yield kept
        told = self._database.command("dbStats")
        storage = GaugeMetricFamily("huyuan_storage_bytes", "Of dbStats", labels=["figure"])
        for name in STORAGE:
            storage.add_metric([name], float(told.get(name, 0)))
        yield storage
        runs = list(self._database["job_runs"].find())
        for name, sentence in JOBS.items():
            family = GaugeMetricFamily(f"huyuan_job_{name}", sentence, labels=["job"])
            for run in runs:
                value = run.get(name)
                if value is not None:
                    family.add_metric([run["_id"]], _number(value))
            yield family


def install(app: Flask, rooms: Rooms) -> None:
    """Count every request, and serve the metrics."""
    app.extensions["huyuan.metrics"] = _registry(rooms)

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()

    @app.after_request
    def finish(answer: Response) -> Response:
        endpoint = request.endpoint or "none"
        REQUESTS.labels(endpoint, request.method, answer.status_code).inc()
        if "began" in g:
            SECONDS.labels(endpoint, request.method).observe(perf_counter() - g.began)
        return answer


@bp.get("/metrics")
@bp.response(200, {"type": "string"}, content_type="text/plain")
def metrics() -> Response:
    """The metrics in Prometheus' text format; 404 without the operator's token."""
    token = current_app.extensions["huyuan"].settings.metrics_token
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(given.encode(), token.encode()):
        abort(404)
    text = generate_latest(current_app.extensions["huyuan.metrics"])
    return Response(text, mimetype=CONTENT_TYPE_LATEST)


def _registry(rooms: Rooms) -> CollectorRegistry:
    """Return a registry over this process, or over all of a server's where it gives a folder."""
    registry = CollectorRegistry()
    if rooms.settings.metrics_folder is not None:
        MultiProcessCollector(registry, str(rooms.settings.metrics_folder))  # type: ignore[no-untyped-call]
    else:
        registry.register(REGISTRY)
    registry.register(Stored(rooms))
    return registry


def _number(value: Any) -> float:
    return float(value.timestamp()) if hasattr(value, "timestamp") else float(value)
