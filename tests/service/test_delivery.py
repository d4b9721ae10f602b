"""Deliveries to a real receiver: signed, under one key, tried again, and dead letters in sight."""

import threading
import time
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from docs.messages.verify import is_ours
from inspections.messages.model import About, Audience, Kind, Topic
from service.delivery.model import Outcome, State
from service.delivery.post import CLAIM_SECONDS
from service.delivery.retries import ATTEMPTS, LONGEST, delay_after
from service.delivery.signing import Keeper, SecretUnreadable, make_secret, signature
from service.delivery.store import DeliveryStore
from tests.access_world import enter
from tests.receiver import receiver
from tests.service.posting import SITE, deliver, deliveries, make_due, register, say


def test_what_is_told_arrives_signed_and_is_verified_by_the_documented_lines(cast, here):
    made = register(cast, here.url)
    told = say(cast)

    assert deliver(cast, made) == 1

    (got,) = here.got
    given, now = got.headers["Huyuan-Signature"], time.time()
    assert is_ours(got.body, given, made["secret"], now=now)
    assert not is_ours(got.body + b" ", given, made["secret"], now=now)
    assert not is_ours(got.body, given, make_secret(), now=now)
    assert not is_ours(got.body, given, made["secret"], now=now + 3600)
    assert not is_ours(got.body, "t=x,v1=y", made["secret"], now=now)
    assert not is_ours(got.body, "", made["secret"], now=now)
    assert got.headers["Content-Type"] == "application/json"
    assert got.json == {
        "id": told.id,
        "kind": "notice_overdue",
        "at": told.at.isoformat(timespec="milliseconds"),
        "about": {
            "kind": "notice",
            "id": "notice-1",
            "region": "990102",
            "kindergarten_id": SITE,
            "case_id": "case-1",
        },
        "facts": {"number": "1"},
    }
    (done,) = deliveries(cast, state="done")
    assert (done["status"], done["attempts"], done["id"]) == (204, 1, here.keys()[0])


def test_the_secret_is_told_once_and_kept_encrypted(cast, here):
    made = register(cast, here.url, id=str(uuid4()))
    body = {"url": here.url, "regions": ["990102"], "id": made["id"]}

    again = cast.admin.post("receivers", body, wanted=201)
    other = cast.admin.call("POST", "receivers", body | {"regions": ["990100"]})

    kept = cast.rooms.database.receivers.find_one({"_id": made["id"]})
    assert made["secret"].startswith("whsec_")
    assert again["secret"] is None
    assert cast.admin.get(f"receivers/{made['id']}")["secret"] is None
    assert all(each["secret"] is None for each in cast.admin.get("receivers")["items"])
    assert made["secret"] not in str(kept)
    assert other.status_code == 409


def test_a_kept_secret_is_read_under_its_receiver_and_its_service_alone():
    keeper = Keeper("s" * 40)
    kept = keeper.keep("receiver-1", "whsec_x")

    assert keeper.read("receiver-1", kept) == "whsec_x"
    for other, name in ((keeper, "receiver-2"), (Keeper("t" * 40), "receiver-1")):
        with pytest.raises(SecretUnreadable):
            other.read(name, kept)


def test_the_signature_is_the_one_that_openssl_makes():
    mac = "149a8ebd751ca874861ace2a83c83072f72e2adfd82f92f3f31f72edc5909718"

    made = signature("whsec_example", b'{"a":1}', 1767225600)

    assert made == f"t=1767225600,v1={mac}"
    assert is_ours(b'{"a":1}', made, "whsec_example", now=1767225600)


def test_a_rotated_secret_alone_signs(cast, here):
    made = register(cast, here.url)
    new = cast.admin.post(f"receivers/{made['id']}/rotation", {"why": "外泄"}, revision=1)
    say(cast)

    deliver(cast, made)

    given = here.got[0].headers["Huyuan-Signature"]
    assert is_ours(here.got[0].body, given, new["secret"], now=time.time())
    assert not is_ours(here.got[0].body, given, made["secret"], now=time.time())


def test_what_failed_is_sent_again_under_the_same_key_and_later_each_time(cast, here):
    answers = iter([500, 302, 404, 204])
    here.answer = lambda _, it: it.reply(next(answers))
    made = register(cast, here.url)
    say(cast)
    waits = []

    for _ in range(3):
        assert deliver(cast, made) == 0
        (waiting,) = deliveries(cast, state="waiting")
        waits.append(datetime.fromisoformat(waiting["next_at"]) - cast.clock())
        assert cast.rooms.post.drain(made["id"])[0] == 0  # not due yet
        make_due(cast)
    assert deliver(cast, made) == 1

    assert len(here.got) == 4
    assert len(set(here.keys())) == 1
    assert waits[0] < timedelta(seconds=10) < waits[1] < timedelta(seconds=30) < waits[2]
    assert deliveries(cast)[0]["attempts"] == 4


def test_after_the_last_attempt_it_is_a_dead_letter_until_somebody_retries(cast, here):
    here.answer = lambda _, it: it.reply(503, b"no")
    made = register(cast, here.url)
    say(cast)
    for _ in range(ATTEMPTS):
        deliver(cast, made)
        make_due(cast)

    (dead,) = deliveries(cast, state="dead")
    assert deliveries(cast, state="waiting") == []
    assert (dead["attempts"], dead["status"]) == (ATTEMPTS, 503)
    assert deliver(cast, made) == 0
    assert len(here.got) == ATTEMPTS

    here.answer = None
    retried = cast.admin.post(f"deliveries/{dead['id']}/retry")
    assert (retried["state"], retried["attempts"]) == ("waiting", 0)
    assert deliver(cast, made) == 1
    again = cast.admin.call("POST", f"deliveries/{dead['id']}/retry")
    assert (again.status_code, again.json["type"]) == (409, "/problems/delivery-step-not-allowed")
    assert len(set(here.keys())) == 1


@pytest.mark.parametrize("attempts", range(1, ATTEMPTS))
def test_the_delay_grows_and_spreads_what_failed_together(attempts):
    least, most = delay_after(attempts, 0.0), delay_after(attempts, 1.0)

    assert least * 2 == most <= LONGEST
    assert attempts == 1 or most >= delay_after(attempts - 1, 1.0)
    assert delay_after(ATTEMPTS, 0.5) is None


def test_a_receiver_gets_what_is_of_its_regions_and_kinds(cast, here):
    county = register(cast, f"{here.url}/county", kinds=["notice_overdue"])
    closed = register(cast, f"{here.url}/closed", active=False)
    say(cast)
    say(cast, kind=Kind.NOTICE_CLOSED)
    say(cast, about=About(Topic.NOTICE, "notice-2", "990103", SITE, "case-2"))
    cast.rooms.post.address()

    for each in (county, closed):
        deliver(cast, each)

    assert [(each.path, each.json["kind"]) for each in here.got] == [
        ("/hook/county", "notice_overdue")
    ]
    assert {each["receiver_id"] for each in deliveries(cast)} == {county["id"]}


def test_a_receiver_gets_what_is_of_a_region_that_merged_into_its_own(cast, here):
    east = register(cast, f"{here.url}/east")
    west = register(cast, f"{here.url}/west", regions=["990103"])
    merger = {"code": "990103", "successors": ["990102"], "document": "演政〔2026〕2号"}
    ended = {"ends_on": str(cast.clock.today() - timedelta(days=1)), "reason": "并入演示县"}
    cast.admin.post("region-changes", merger | ended, wanted=201)
    say(cast, about=About(Topic.NOTICE, "notice-2", "990103", SITE, "case-2"))

    for each in (east, west):
        deliver(cast, each)

    assert sorted(each.path for each in here.got) == ["/hook/east", "/hook/west"]


def test_each_message_is_addressed_once_however_many_do_it(cast, here):
    register(cast, here.url)
    for _ in range(30):
        say(cast)
    done = []
    barrier = threading.Barrier(4)

    def act():
        barrier.wait()
        done.append(cast.rooms.post.address())

    threads = [threading.Thread(target=act) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(done) >= 30
    assert cast.rooms.database.deliveries.count_documents({}) == 30
    assert cast.rooms.database.messages.count_documents({"handed_on": False}) == 0


def test_a_claim_that_its_worker_lost_is_taken_over_and_the_late_one_settles_nothing(cast, here):
    made = register(cast, here.url)
    say(cast)
    cast.rooms.post.address()
    store = DeliveryStore(cast.rooms.database)

    def claim(name):
        return store.claim(made["id"], name, seconds=CLAIM_SECONDS, now=cast.clock())

    first = claim("first")
    assert claim("second") is None
    cast.rooms.database.deliveries.update_one(
        {"_id": first.id}, [{"$set": {"claimed_until": {"$subtract": ["$$NOW", 1]}}}]
    )
    second = claim("second")

    assert second.id == first.id
    assert not store.settle(first, Outcome(status=500), next_at=None, now=cast.clock())
    assert store.settle(second, Outcome(status=200), next_at=None, now=cast.clock())
    assert store.delivery(first.id).state is State.DONE


def test_a_message_to_a_director_tells_the_registered_contact_of_this_day(cast, here):
    made = register(cast, here.url)
    audience = Audience(directors_of=SITE)
    bound = [{"kindergarten_id": SITE, "since": "2026-01-01"}]
    past = [{"kindergarten_id": SITE, "since": "2020-01-01", "until": "2020-12-31"}]

    say(cast, audience=audience)
    enter(cast, "former", roles=["director"], bindings=past, phone="13700000000")
    deliver(cast, made)
    enter(cast, "successor", roles=["director"], bindings=bound, phone="13900000000")
    say(cast, audience=audience)
    deliver(cast, made)

    before, after = (got.json["contacts"] for got in here.got)
    assert before[0]["name"]
    assert {"name": "former", "phone": "13700000000"} not in before + after
    assert {"name": "successor", "phone": "13900000000"} in after
    kept = str(list(cast.rooms.database.deliveries.find())) + str(
        list(cast.rooms.database.messages.find())
    )
    assert "13900000000" not in kept


def test_without_an_account_the_head_of_the_register_is_the_contact(cast, here):
    made = register(cast, here.url)
    head = {"name": "赵园长", "duty": "园长", "phone": "0751-1"}
    facts = {"name": "春芽幼儿园", "nature": "public", "region": "990102", "address": "x"}
    owner = {"name": "钱某", "duty": "举办者", "phone": "0751-2"}
    site = cast.supervisor.post(
        "kindergartens", facts | {"persons_in_charge": [owner, head]}, wanted=201
    )

    say(cast, audience=Audience(directors_of=site["id"]))
    say(cast, audience=Audience(directors_of="not-registered"))
    deliver(cast, made)

    told = sorted((got.json["contacts"] for got in here.got), key=len)
    assert told == [[], [{"name": "赵园长", "phone": "0751-1"}]]


def test_of_a_sealed_matter_no_more_goes_out_than_that_there_is_something(cast, here):
    made = register(cast, here.url)
    told = say(cast, seal="matter-1", kind=Kind.CASE_DECIDED, audience=Audience(accounts=("a",)))

    deliver(cast, made)

    assert here.got[0].json == {"id": told.id, "kind": "case_decided"}


def test_a_secret_that_cannot_be_read_is_told_and_nothing_is_sent(cast, here):
    made = register(cast, here.url)
    kept = Keeper("of another service" * 3).keep(made["id"], "x")
    cast.rooms.database.receivers.update_one({}, {"$set": {"kept_secret": kept}})
    say(cast)

    assert deliver(cast, made) == 0

    assert "rotate" in deliveries(cast)[0]["error"]
    assert here.got == []


def test_nobody_listening_is_a_failure_like_any_other(cast, here):
    with receiver() as gone:
        made = register(cast, gone.url)
    say(cast)

    assert deliver(cast, made) == 0

    assert deliveries(cast)[0]["error"] == "ConnectionError"
