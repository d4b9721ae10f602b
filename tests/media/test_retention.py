"""Evidence goes only when its time is over or the law asks, by two people, and the chain tells."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from media.custody.model import Reason, Role
from media.evidence.errors import EvidenceDamaged, EvidenceDeleted
from media.photos.drawing import draw_photo
from media.refusals import IdTaken, NotFound, NotPermitted, StaleRevision
from media.retention.actions import Retention
from media.retention.errors import (
    CaseHeld,
    CaseOpen,
    DecidedAlready,
    HoldReleased,
    NotDue,
    NotOneCase,
)
from media.retention.model import Ground, Periods, Status
from media.retention.rules import kept_until
from media.retention.store import INDEXES, RetentionStore
from service.database import ensure_indexes
from tests.builders import NOON

LATER = datetime(2032, 1, 1, 1, tzinfo=UTC)


@pytest.fixture
def open_cases():
    return set()


@pytest.fixture
def retention(database, custody, transact, room, open_cases):
    ensure_indexes(database, INDEXES)
    return Retention(
        RetentionStore(database),
        transact,
        custody,
        room,
        lambda case, _seal, _tx: case in open_cases,
    )


@pytest.fixture
def supervisor(inspector):
    roles = frozenset({Role.SUPERVISOR})
    return replace(inspector, account_id="s1", person_id="ps1", name="监管员", roles=roles)


@pytest.fixture
def second(supervisor):
    return replace(supervisor, account_id="s2", person_id="ps2", name="第二监管员")


@pytest.fixture
def photo(keep):
    return keep(draw_photo("gate", NOON, 116.39, 39.9, posts=3))


@pytest.fixture
def propose(retention, supervisor):
    def do(*photos, ground=Ground.PERIOD_OVER, **given):
        asked = {"why": "保存期届满", "actor": supervisor, "now": LATER} | given
        id_ = asked.pop("id_", None) or str(uuid4())
        return retention.propose(id_, [each.id for each in photos], ground, **asked)

    return do


@pytest.fixture
def decide(retention, second):
    def do(deletion, **given):
        asked = {"approve": True, "why": "同意", "seen": None, "actor": second, "now": LATER}
        return retention.decide(deletion.id, **asked | given)

    return do


@pytest.mark.parametrize(("kind", "year"), [("inspection", 2032), ("notice", 2037), ("odd", 2057)])
def test_a_period_counts_from_the_year_after_the_receipt(photo, kind, year):
    until = kept_until(replace(photo, subject_kind=kind), Periods())

    assert until.isoformat() == f"{year}-01-01T00:00:00+08:00"


def test_what_two_people_delete_is_gone_and_the_chain_says_what_it_was(
    photo, propose, decide, room, custody, database, inspector
):
    done = decide(propose(photo))

    entry = custody.history("case:c1")[-1]
    assert done.status is Status.DONE
    assert (entry.verb, entry.name, entry.why) == ("evidence_deleted", "第二监管员", "同意")
    assert (entry.facts["sha256"], entry.facts["size"]) == (photo.sha256, photo.size)
    assert entry.facts["proposed_by"] == "监管员"
    for collection in ("originals.files", "originals.chunks", "derivatives", "likenesses"):
        assert database[collection].count_documents({}) == 0
    with pytest.raises(EvidenceDeleted):
        room.get(photo.id, actor=inspector, now=LATER)
    assert list(custody.verify()) == []
    assert list(room.verify()) == []


def test_nobody_decides_what_they_proposed_under_no_account(photo, propose, decide, supervisor):
    deletion = propose(photo)

    for account in (supervisor, replace(supervisor, account_id="another")):
        with pytest.raises(NotPermitted):
            decide(deletion, actor=account)


def test_before_its_time_only_the_law_on_personal_data_takes_it(photo, propose, decide, room):
    early = NOON + timedelta(days=300)
    with pytest.raises(NotDue, match="2032-01-01"):
        propose(photo, now=early)

    decide(propose(photo, ground=Ground.PERSONAL_DATA, now=early), now=early)

    assert list(room.verify()) == []


def test_nothing_of_a_case_that_is_held_goes(photo, propose, decide, retention, supervisor):
    deletion = propose(photo)
    hold_id = str(uuid4())
    placed = {"why": "行政复议", "actor": supervisor, "now": LATER}
    hold = retention.hold(hold_id, "c1", **placed)

    assert retention.hold(hold_id, "c1", **placed) == hold
    assert retention.holds(actor=supervisor) == [hold]
    assert retention.due(actor=supervisor, now=LATER) == []
    for act in (lambda: propose(photo), lambda: decide(deletion)):
        with pytest.raises(CaseHeld):
            act()
    with pytest.raises(IdTaken):
        retention.hold(hold_id, "c1", **placed | {"why": "诉讼"})

    retention.release(hold.id, why="复议终结", actor=supervisor, now=LATER)

    assert [each.id for each, _ in retention.due(actor=supervisor, now=LATER)] == [photo.id]
    with pytest.raises(HoldReleased):
        retention.release(hold.id, why="再次", actor=supervisor, now=LATER)
    assert decide(deletion).status is Status.DONE


def test_nothing_of_a_case_with_open_business_goes(photo, propose, decide, open_cases):
    deletion = propose(photo)
    open_cases.add("c1")

    with pytest.raises(CaseOpen):
        decide(deletion)
    with pytest.raises(CaseOpen):
        propose(photo)


def test_a_proposal_is_of_one_case_and_sent_again_is_the_first(photo, keep, propose):
    other = keep(draw_photo("yard", NOON, 116.39, 39.9, posts=1), case_id="c2")
    deletion = propose(photo)

    assert propose(photo, id_=deletion.id) == deletion
    with pytest.raises(IdTaken):
        propose(photo, id_=deletion.id, why="别的理由")
    with pytest.raises(NotOneCase):
        propose(photo, other)


def test_a_rejected_deletion_leaves_everything_and_is_decided_once(
    photo, propose, decide, room, inspector
):
    deletion = propose(photo)

    rejected = decide(deletion, approve=False, why="仍需保留")

    assert rejected.status is Status.REJECTED
    assert room.get(photo.id, actor=inspector, now=LATER) == photo
    with pytest.raises(DecidedAlready):
        decide(deletion)


def test_a_decision_names_the_revision_that_it_saw(photo, propose, decide):
    with pytest.raises(StaleRevision):
        decide(propose(photo), seen=7)


def test_what_lies_outside_of_the_region_is_not_there(
    photo, propose, decide, retention, supervisor
):
    far = replace(supervisor, scope=replace(supervisor.scope, regions=("1101",)))
    deletion = propose(photo)

    for act in (
        lambda: propose(photo, actor=far),
        lambda: decide(deletion, actor=replace(far, account_id="x", person_id="x")),
        lambda: retention.hold(str(uuid4()), "c1", why="保全", actor=far, now=LATER),
        lambda: retention.release(str(uuid4()), why="解除", actor=supervisor, now=LATER),
    ):
        with pytest.raises(NotFound):
            act()
    assert retention.deletions(actor=far) == []
    assert retention.deletions(actor=supervisor) == [deletion]


@pytest.mark.parametrize("half", ["entry", "remains"])
def test_a_deletion_that_only_one_half_vouches_for_is_found(
    photo, propose, decide, room, database, half
):
    decide(propose(photo))

    if half == "entry":
        database["custody"].delete_one({"verb": "evidence_deleted"})
    else:
        database["deleted_evidence"].delete_one({"_id": photo.id})

    found = {(each.id, each.reason) for each in room.verify()}
    assert (photo.id, Reason.RECORD_MISSING) in found
    assert (photo.id, Reason.RECORD_ALTERED) in found


def test_damage_that_is_found_is_told_to_whoever_is_to_be_told(
    photo, room, database, inspector, custody
):
    told = []
    room._alarm = lambda evidence, reason, _now, _tx: told.append((evidence.id, reason))
    database["derivatives"].update_one({"_id": f"{photo.id}/320"}, {"$set": {"data": b"x"}})

    with pytest.raises(EvidenceDamaged, match=photo.id):
        room.derivative(photo.id, 320, actor=inspector, now=LATER)

    assert told == [(photo.id, Reason.BYTES_ALTERED)]
    assert custody.history("case:c1")[-1].verb == "evidence_found_damaged"
