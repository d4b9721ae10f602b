"""Messages: told once with the thing, to whom it concerns and to nobody else."""

import threading
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from inspections.messages.actions import Messages
from inspections.messages.addressing import names_of, names_told
from inspections.messages.model import About, Audience, Kind, Topic
from inspections.messages.store import INDEXES, MessageStore
from inspections.rectification.store import NoticeStore
from media.custody.model import SERVICE, Role, Scope
from media.refusals import BadValue, NotFound
from service.database import ensure_indexes
from service.demonstration import identity
from tests.access_world import enter, tell, today
from tests.builders import NOON, make_actor
from tests.steps_world import notice_in, step_of_notice, step_of_visit, visit_in

SITE = identity("kindergarten-1")
ABOUT = About(Topic.NOTICE, "notice-1", "990102", "kindergarten-1", "case-1")
DIRECTOR = make_actor("director", Role.DIRECTOR, scope=Scope(kindergartens=("kindergarten-1",)))


@pytest.fixture
def messages(database):
    ensure_indexes(database, INDEXES)
    return Messages(MessageStore(database))


def say(messages, transact, key="notice:1:served", **changed):
    asked = {
        "about": ABOUT,
        "audience": Audience(directors_of="kindergarten-1"),
        "facts": {"number": "1"},
        "now": NOON,
    } | changed
    kind = asked.pop("kind", Kind.NOTICE_SERVED)
    return transact(lambda tx: messages.tell(kind, key=key, tx=tx, **asked))


def keys(messages, actor, **asked):
    page = messages.page(actor=actor, limit=asked.pop("limit", 50), **asked)
    return [each.message.key for each in page.items]


def supervisor_of(*regions):
    return make_actor("supervisor", Role.SUPERVISOR, scope=Scope(regions=regions))


@pytest.mark.parametrize(
    ("actor", "audience", "told"),
    [
        (DIRECTOR, Audience(directors_of="kindergarten-1"), True),
        (DIRECTOR, Audience(directors_of="kindergarten-2"), False),
        (DIRECTOR, Audience(roles=(Role.DIRECTOR,)), False),
        (supervisor_of("990102"), Audience(roles=(Role.SUPERVISOR,)), True),
        (supervisor_of("9901"), Audience(roles=(Role.SUPERVISOR,)), True),
        (supervisor_of("99"), Audience(roles=(Role.SUPERVISOR,)), True),
        (supervisor_of(""), Audience(roles=(Role.SUPERVISOR,)), True),
        (supervisor_of("990103"), Audience(roles=(Role.SUPERVISOR,)), False),
        (supervisor_of("9902"), Audience(roles=(Role.SUPERVISOR,)), False),
        (supervisor_of("990102"), Audience(roles=(Role.INSPECTOR,)), False),
        (supervisor_of("4452"), Audience(accounts=("account-of-supervisor",)), True),
        (supervisor_of("4452"), Audience(persons=("supervisor",)), True),
        (supervisor_of("990102"), Audience(accounts=("supervisor",)), False),
        (supervisor_of("990102"), Audience(directors_of="kindergarten-1"), False),
    ],
)
def test_a_message_goes_to_whom_it_names(actor, audience, told):
    names = names_told(audience, ABOUT, None)

    assert bool(set(names) & set(names_of(actor))) is told


def test_a_sealed_message_goes_to_the_accounts_alone():
    audience = Audience("kindergarten-1", ("account-1",), ("person-1",), tuple(Role))

    assert names_told(audience, ABOUT, "matter-1") == ("account:account-1",)


def test_what_is_told_twice_under_one_key_is_told_once(messages, transact):
    first = say(messages, transact)
    again = say(messages, transact, facts={"number": "2"})

    assert again == first
    assert keys(messages, DIRECTOR) == ["notice:1:served"]


def test_many_who_tell_one_key_at_once_tell_it_once(messages, transact, database):
    faults = []
    barrier = threading.Barrier(8)

    def act():
        barrier.wait()
        try:
            say(messages, transact)
        except Exception as fault:  # noqa: BLE001 - a thread tells of it afterwards
            faults.append(fault)

    threads = [threading.Thread(target=act) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert database.messages.count_documents({}) == 1


def test_a_message_of_a_thing_that_failed_was_never_told(messages, transact):
    def fail(tx):
        messages.tell(
            Kind.NOTICE_SERVED,
            about=ABOUT,
            audience=Audience(directors_of="kindergarten-1"),
            facts={},
            key="x",
            now=NOON,
            tx=tx,
        )
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        transact(fail)

    assert keys(messages, DIRECTOR) == []


def test_an_inbox_is_read_page_by_page_the_newest_first(messages, transact):
    for number in range(7):
        say(messages, transact, key=str(number), now=NOON.replace(minute=number // 2))

    read, cursor = [], None
    while True:
        page = messages.page(actor=DIRECTOR, cursor=cursor, limit=2)
        read += [each.message for each in page.items]
        cursor = page.next
        if cursor is None:
            break

    assert {each.key for each in read} == {str(number) for number in range(7)}
    assert [(each.at, each.id) for each in read] == sorted(
        ((each.at, each.id) for each in read), reverse=True
    )


def test_what_one_has_read_is_unread_for_another(messages, transact):
    told = say(messages, transact)
    other = replace(DIRECTOR, account_id="deputy", person_id="deputy")

    messages.read(told.id, actor=DIRECTOR)
    marked = messages.read(told.id, actor=DIRECTOR)

    assert marked.read
    assert keys(messages, DIRECTOR, unread=True) == []
    assert keys(messages, DIRECTOR) == keys(messages, other, unread=True) == ["notice:1:served"]


def test_nobody_reads_what_was_told_to_another(messages, transact):
    told = say(messages, transact)

    with pytest.raises(NotFound):
        messages.read(told.id, actor=supervisor_of(""))


@pytest.mark.parametrize("cursor", ["x", "WzEwMDAwMDAwMDAwMDAwMDAwMCwieCJd", "WzEse31d"])
def test_a_cursor_of_elsewhere_is_refused(messages, cursor):
    with pytest.raises(BadValue):
        messages.page(actor=DIRECTOR, cursor=cursor, limit=2)


def test_a_message_of_a_newer_service_waits_and_holds_up_no_other(messages, transact, database):
    say(messages, transact, key="1")
    say(messages, transact, key="2")
    database.messages.update_one({"key": "1"}, {"$set": {"kind": "of tomorrow"}})

    assert [each.key for each in messages.not_handed_on(10)] == ["2"]
    assert keys(messages, DIRECTOR) == ["2"]


def test_a_case_told_from_its_planning_to_the_service_of_its_notice(stage):
    world = tell(stage)

    def kinds(caller):
        items = stage.__getattr__(caller).get("messages", limit=200)["items"]
        ours = [each for each in items if each["about"]["case_id"] == world["case"]]
        return [each["kind"] for each in reversed(ours)]

    assert kinds("inspector") == ["inspection_planned", "inspection_approved"]
    assert kinds("inspector2") == kinds("inspector")
    assert kinds("supervisor") == kinds("supervisor2") == ["inspection_submitted"]
    assert kinds("director") == ["notice_served"]
    served = stage.director.get("messages")["items"][0]
    notice = stage.director.get(f"notices/{world['notice']}")
    assert served["facts"]["number"] == notice["number"]
    assert served["facts"]["due"] == notice["due"]
    assert not served["read"]
    assert stage.director.post(f"messages/{served['id']}/read")["read"]


@pytest.mark.parametrize(
    ("status", "step", "who", "told"),
    [
        ("acknowledged", "respond", "director", {"inspector", "supervisor", "supervisor2"}),
        ("responded", "find_met", "inspector", {"director"}),
        ("responded", "find_not_met", "inspector", {"director"}),
        ("verified", "close", "supervisor2", {"director"}),
        ("verified", "reopen", "supervisor", {"director"}),
        ("issued", "serve", "inspector", {"director"}),
        ("served", "acknowledge", "director", set()),
    ],
)
def test_each_step_of_a_notice_is_told_to_whom_it_concerns(stage, status, step, who, told):
    inspector = stage.inspector.account["person"]["id"]
    notice = notice_in(stage, status, visitors=(inspector, "person-2"))

    answer = step_of_notice(stage, getattr(stage, who), notice, step)

    assert answer.status_code == 200, answer.text
    hold = {
        name
        for name in ("inspector", "inspector2", "supervisor", "supervisor2", "director")
        for each in getattr(stage, name).get("messages", limit=200)["items"]
        if each["about"]["id"] == notice.id
    }
    assert hold == told


@pytest.mark.parametrize(("step", "kind"), [("return", "returned"), ("cancel", "cancelled")])
def test_the_officers_are_told_what_the_supervisor_decided(stage, step, kind):
    visit = visit_in(stage, "submitted" if step == "return" else "planned")

    step_of_visit(stage.supervisor, visit, step)

    newest = stage.inspector.get("messages")["items"][0]
    assert (newest["kind"], newest["about"]["id"]) == (f"inspection_{kind}", visit.id)


def test_a_director_of_elsewhere_and_a_neighbour_hear_nothing(stage):
    bound = [{"kindergarten_id": identity("kindergarten-2"), "since": "2026-01-01"}]
    director = enter(stage, "director2", roles=["director"], bindings=bound)
    neighbour = enter(stage, "neighbour", roles=["supervisor"], regions=["990103"])

    assert director.get("messages")["items"] == []
    assert neighbour.get("messages")["items"] == []


def test_a_notice_that_cannot_be_read_is_left_out_of_the_list_and_named_in_the_log(stage, capsys):
    region = "990102"
    notices = [
        notice_in(stage, "served", id=f"list-{number}", region=region) for number in range(5)
    ]
    database = stage.rooms.database
    database.notices.update_one({"_id": "list-2"}, {"$set": {"paper": "of tomorrow"}})

    listed, cursor = [], None
    while True:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = stage.supervisor.get("notices", **query)
        listed += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break

    there = {each.id for each in notices}
    assert there - set(listed) == {"list-2"}
    assert "list-2" in "".join(capsys.readouterr())
    with pytest.raises(ExceptionGroup):
        NoticeStore(database).find("list-2", Scope(regions=("",)), None)
    database.notices.delete_one({"_id": "list-2"})


@pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 201), (366, 201), (367, 422)])
def test_a_reinspection_is_planned_for_a_day_within_a_year(stage, days, status):
    world = tell(stage)
    day = date.fromisoformat(today()) + timedelta(days=days)
    body = {"id": str(uuid4()), "officers": world["officers"], "planned_for": day.isoformat()}

    answer = stage.inspector.call("POST", f"notices/{world['notice']}/reinspections", body)

    assert answer.status_code == status, answer.text


def test_whoever_takes_a_visit_over_is_told(stage):
    plan = {
        "kindergarten_id": SITE,
        "officers": [stage.inspector.account["id"], stage.inspector2.account["id"]],
        "planned_for": today(),
    }
    visit = stage.supervisor.post("inspections", plan, wanted=201)
    third = enter(stage, "third", roles=["inspector"], regions=["990102"])

    stage.rooms.inspections._transact(
        lambda tx: stage.rooms.assignments.hand_over(
            stage.inspector2.account["id"],
            third.account["id"],
            why="调离",
            actor=SERVICE,
            now=stage.clock(),
            tx=tx,
        )
    )

    told = [(each["kind"], each["about"]["id"]) for each in third.get("messages")["items"]]
    assert ("inspection_handed_over", visit["id"]) in told
