"""The clock of a machine that jumps: libfaketime under one process, and under no other."""

from pathlib import Path

LIBRARY = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)

SLEEP = """
import select
import time

time.sleep = lambda seconds: select.select((), (), (), seconds)
"""
"""Where the monotonic counter is left alone, libfaketime 0.9.10 refuses every sleep of Python 3.11
(clock_nanosleep up to a time of that counter: EINVAL); this sleeps by another call."""


class MachineClock:
    """What a process with `environment` takes for the time of day; its monotonic counter goes on.

    The zone has summer time, which is nobody's business.
    """

    def __init__(self, folder):
        self._file = folder / "machine-clock"
        self.jump("+0")
        (folder / "sitecustomize.py").write_text(SLEEP)
        self.environment = {
            "LD_PRELOAD": str(LIBRARY),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
            "PYTHONPATH": str(folder),
            "TZ": "America/New_York",
        }

    def jump(self, to):
        """Set it so far from the true time: "-2h", "+1d", "+70y"; "+0" is back."""
        written = self._file.with_suffix(".new")
        written.write_text(to)
        written.replace(self._file)
