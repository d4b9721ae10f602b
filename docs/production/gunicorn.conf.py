"""gunicorn in front of MongoDB: `gunicorn --config docs/production/gunicorn.conf.py wsgi:app`."""

import os

from gunicorn.arbiter import Arbiter
from gunicorn.workers.base import Worker
from prometheus_client import multiprocess

bind = "127.0.0.1:8600"
workers = 4
worker_class = "gthread"
threads = 8
# Settings and database are looked at once; each worker then makes its own connections.
preload_app = True
# nginx buffers requests and answers, so that a slow tablet holds no thread.
timeout = 60
graceful_timeout = 30
keepalive = 75
worker_tmp_dir = "/dev/shm"  # noqa: S108 - in memory: a heartbeat waits for no disk
# The service writes a line for each request itself.
accesslog = None
errorlog = "-"


def child_exit(_server: Arbiter, worker: Worker) -> None:
    """Take a worker that ended out of the gauges of the metrics."""
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.mark_process_dead(worker.pid)
