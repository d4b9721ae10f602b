"""The clock of the service: the database's time, whatever the machine's clock does."""

from datetime import UTC, datetime, timedelta

from pymongo import MongoClient

from service.clock import AGAIN, DatabaseClock

SLACK = timedelta(milliseconds=500)


def database_time(client):
    return client.admin.command("hello", codec_options=client.codec_options)["localTime"]


class Counter:
    """A monotonic counter that the test turns."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


def test_the_time_is_the_databases(client):
    clock = DatabaseClock(client)

    read = clock()

    told = database_time(client)
    assert abs(told - read) < SLACK
    assert read.tzinfo is UTC or read.utcoffset() == timedelta()


def test_between_two_questions_the_counter_goes_on_and_no_other_clock(client):
    counter = Counter()
    clock = DatabaseClock(client, counter)
    first = clock()

    counter.seconds += AGAIN - 1
    later = clock()

    assert later - first == timedelta(seconds=AGAIN - 1)


def test_after_half_a_minute_the_database_is_asked_anew(client):
    counter = Counter()
    clock = DatabaseClock(client, counter)
    clock()

    counter.seconds += 3600
    read = clock()

    assert abs(database_time(client) - read) < SLACK


def test_a_database_that_cannot_be_asked_stops_no_clock():
    gone = MongoClient("mongodb://127.0.0.1:9/", serverSelectionTimeoutMS=50, tz_aware=True)
    clock = DatabaseClock(gone)

    read = clock()

    assert abs(datetime.now(UTC) - read) < SLACK
    gone.close()
