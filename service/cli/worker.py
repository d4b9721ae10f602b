"""`huyuan worker`."""

import gc
import signal
import threading

import click
from apscheduler.schedulers.background import BackgroundScheduler

from service import logs
from service.cli.connection import connected
from service.scheduler import Jumps, Lease, begin_anew, keep_timetable

LOOK_SECONDS = 1.0


@click.command()
def worker() -> None:
    """只运行后台进程 / Run the worker alone: deadlines are told, messages delivered."""
    logs.configure()
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    with connected() as rooms:
        lease = Lease(rooms.database, seconds=rooms.settings.lease_seconds)
        scheduler = BackgroundScheduler(timezone="UTC")
        keep_timetable(scheduler, rooms, lease)
        gc.collect()
        gc.freeze()  # what is here by now stays: no later collection walks it again
        scheduler.start()
        jumps = Jumps()
        while not ended.wait(LOOK_SECONDS):
            if jumps.noticed():
                begin_anew(scheduler)
        scheduler.shutdown(wait=True)
        lease.release()
        rooms.post.close()
