"""F27: of those who hurry at once, one wins, the others are told, and history has it once."""

import threading
from collections import Counter
from io import BytesIO
from uuid import uuid4

import pytest

from inspections.findings.store import FindingStore
from service.demonstration import identity
from tests.access_world import photo, today
from tests.builders import make_finding
from tests.steps_world import notice_in, visit_in

AT_ONCE = 12
SITE = identity("kindergarten-1")


def race(act, count=AT_ONCE):
    """Have `count` threads begin `act(number)` at one moment; return the answers by status."""
    barrier, answers = threading.Barrier(count), []

    def run(number):
        barrier.wait()
        answers.append(act(number))

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == count
    return Counter(answer.status_code for answer in answers), answers


def verbs(stage, chain):
    return [entry.verb for entry in stage.rooms.custody.history(chain)]


@pytest.fixture
def cast(stage):
    """Everybody logged in before the race: a login is slow."""
    for name in ("inspector", "inspector2", "supervisor", "supervisor2", "admin"):
        getattr(stage, name)
    return stage


OPPOSITES = {
    "approve or return": (
        lambda cast, id_: ("inspections", visit_in(cast, "submitted", id=id_, case_id=id_)),
        ("supervisor", "steps", {"step": "approve"}),
        ("supervisor", "steps", {"step": "return", "why": "x"}),
    ),
    "begin or cancel": (
        lambda cast, id_: ("inspections", visit_in(cast, "planned", id=id_, case_id=id_)),
        ("inspector", "steps", {"step": "begin", "identity_shown": True, "recusal_told": True}),
        ("supervisor", "steps", {"step": "cancel", "why": "x"}),
    ),
    "serve or withdraw": (
        lambda cast, id_: ("notices", notice_in(cast, "issued", id=id_, case_id=id_)),
        (
            "inspector",
            "service",
            {"way": "in_person", "receiver": "x", "served_at": f"{today()}T00:00:00+08:00"},
        ),
        ("supervisor", "withdrawal", {"why": "x"}),
    ),
    "close or reopen": (
        lambda cast, id_: ("notices", notice_in(cast, "verified", id=id_, case_id=id_)),
        ("supervisor2", "closure", None),
        ("supervisor", "reopening", {"why": "x"}),
    ),
}


@pytest.mark.parametrize("name", OPPOSITES)
def test_of_two_opposite_steps_at_once_one_is_taken(cast, name):
    make, *sides = OPPOSITES[name]
    id_ = str(uuid4())
    things, _ = make(cast, id_)

    def act(number):
        who, verb, body = sides[number % 2]
        return getattr(cast, who).call("POST", f"{things}/{id_}/{verb}", body, revision=1)

    statuses, _ = race(act)

    assert statuses == {200: 1, 412: AT_ONCE - 1}
    assert len(verbs(cast, f"case:{id_}")) == 1
    assert cast.inspector.get(f"{things}/{id_}")["revision"] == 2


def test_the_same_plan_sent_by_many_at_once_is_one_inspection(cast):
    body = {
        "id": str(uuid4()),
        "kindergarten_id": SITE,
        "officers": [cast.inspector.account["id"], cast.inspector2.account["id"]],
        "planned_for": today(),
    }

    statuses, answers = race(lambda _: cast.supervisor.call("POST", "inspections", body))

    assert statuses == {201: AT_ONCE}
    assert all(answer.json == answers[0].json for answer in answers)
    assert verbs(cast, f"case:{body['id']}") == ["inspection_planned"]


def test_a_finding_goes_into_one_notice_of_many(cast):
    visit = visit_in(cast, "approved", kindergarten_id=SITE)
    findings = [
        make_finding(id=str(uuid4()), inspection_id=visit.id, case_id=visit.case_id)
        for _ in range(3)
    ]
    store = FindingStore(cast.rooms.database)
    cast.rooms.inspections._transact(lambda tx: store.add(findings, tx))
    ids = [finding.id for finding in findings]

    def act(number):
        overlapping = ids[:2] if number % 2 else ids[1:]
        body = {"finding_ids": overlapping, "paper": "recommendation", "days": 5}
        return cast.inspector.call("POST", "notices", body)

    statuses, _ = race(act)

    assert statuses == {201: 1, 409: AT_ONCE - 1}
    assert cast.rooms.database.notices.count_documents({"case_id": visit.case_id}) == 1
    held = [each["notice_id"] for each in cast.rooms.database.findings.find({"_id": {"$in": ids}})]
    assert sorted(Counter(held).values()) == [1, 2]


def test_notices_issued_at_once_have_numbers_without_a_gap_or_a_double(cast):
    region = "990102"
    before = cast.rooms.database.document_numbers.find_one({"_id": {"$regex": f"^{region}"}})
    drafts = [notice_in(cast, "draft", region=region) for _ in range(AT_ONCE)]

    statuses, answers = race(
        lambda number: cast.supervisor2.call(
            "POST", f"notices/{drafts[number].id}/issue", revision=1
        )
    )

    last = before["last"] if before else 0
    numbers = sorted(int(each.json["number"].split("〕")[1][:-1]) for each in answers)
    assert statuses == {200: AT_ONCE}
    assert numbers == list(range(last + 1, last + 1 + AT_ONCE))


def test_a_checklist_published_by_many_at_once_has_one_version(cast):
    body = {"region": "990102", "subject": "kindergarten", "on": today()}
    draft = cast.supervisor.post("checklists", body, wanted=201)
    path = f"checklists/{draft['id']}/steps"

    statuses, _ = race(
        lambda number: cast.supervisor2.call(
            "POST", path, {"step": "publish" if number % 2 else "withdraw"}, revision=1
        )
    )

    assert statuses == {200: 1, 412: AT_ONCE - 1}
    assert len(verbs(cast, f"checklist:{draft['id']}")) == 2


@pytest.mark.parametrize("alike", [True, False])
def test_photos_under_one_id_at_once_are_one_piece_of_evidence(cast, alike):
    visit = visit_in(cast, "underway", kindergarten_id=SITE)
    photos = [photo()] * AT_ONCE if alike else [photo() for _ in range(AT_ONCE)]
    id_ = str(uuid4())

    def act(number):
        form = {"id": id_, "photo": (BytesIO(photos[number]), "a.jpg")}
        path = f"inspections/{visit.id}/photos"
        return cast.inspector.call("POST", path, data=form, content_type="multipart/form-data")

    statuses, _ = race(act)

    assert statuses == ({201: AT_ONCE} if alike else {201: 1, 409: AT_ONCE - 1})
    refused = 0 if alike else AT_ONCE - 1
    told = Counter(verbs(cast, f"case:{visit.case_id}"))
    assert told == Counter(evidence_received=1, evidence_id_refused=refused)
    assert cast.rooms.database["originals.files"].count_documents({"_id": id_}) == 1
    assert [each for each in cast.rooms.evidence.verify() if each.id == id_] == []


def test_a_user_name_taken_by_many_at_once_is_one_account_and_one_person(cast):
    name = f"race-{uuid4().hex[:6]}"
    body = {"username": name, "name": name, "unit": "y", "regions": ["990102"]}

    statuses, _ = race(
        lambda _: cast.admin.call("POST", "accounts", body | {"roles": ["inspector"]})
    )

    assert statuses == {201: 1, 409: AT_ONCE - 1}
    assert cast.rooms.database.persons.count_documents({"name": name}) == 1


def test_changes_of_many_at_once_lose_none(cast):
    """Each reads, adds one, and tries again where somebody was faster."""
    path = f"kindergartens/{identity('kindergarten-2')}"
    cast.supervisor.call(
        "PATCH",
        path,
        {"why": "x", "headcount": 0},
        revision=cast.supervisor.get(path)["revision"],
    )

    def act(_):
        while True:
            seen = cast.supervisor.get(path)
            body = {"why": "x", "headcount": seen["headcount"] + 1}
            answer = cast.supervisor.call("PATCH", path, body, revision=seen["revision"])
            if answer.status_code != 412:
                return answer

    statuses, _ = race(act)

    assert statuses == {200: AT_ONCE}
    assert cast.supervisor.get(path)["headcount"] == AT_ONCE
    assert list(cast.rooms.custody.verify()) == []
