"""The rules of how a veto case begins: by what was found on a visit, or by a complaint."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from checklists.generation.model import Item
from inspections.cases.veto.model import Member, Naming, Round, Statement, Status, VetoCase
from inspections.kindergartens.model import Kindergarten
from inspections.visits.model import Inspection
from media.custody.model import SERVICE, Actor
from media.days import SHANGHAI

FOUND_ON_A_VISIT = "检查时发现 / found on a visit"
COMPLAINED_OF = "投诉举报 / complained of"


def found_on_a_visit(
    matter: str,
    inspection: Inspection,
    item: Item,
    said: Statement,
    held: Sequence[str],
    *,
    at: datetime,
) -> VetoCase:
    """Return the case of an answer; `held` are the photos that its seal covers already."""
    officers = [
        Member(each.account_id, each.person_id, each.name, each.unit, each.certificate)
        for each in inspection.officers
    ]
    where = (inspection.kindergarten_id, inspection.kindergarten_name, inspection.region)
    case = _opened(matter, *where, item, said, FOUND_ON_A_VISIT, officers, at)
    shown = tuple(dict.fromkeys((*held, *said.evidence_ids)))
    return replace(case, inspection_id=inspection.id, evidence_ids=shown)


def complained_of(
    matter: str,
    kindergarten: Kindergarten,
    item: Item,
    said: Statement,
    source: str,
    *,
    at: datetime,
) -> VetoCase:
    """Return the case of a complaint, taken in by whoever wrote it down (`said.by`)."""
    where = (kindergarten.id, kindergarten.name, kindergarten.region)
    return replace(_opened(matter, *where, item, said, COMPLAINED_OF, [], at), source=source)


def member_of(actor: Actor) -> Member:
    return Member(actor.account_id, actor.person_id, actor.name, actor.unit, actor.certificate)


def _opened(
    matter: str,
    kindergarten_id: str,
    kindergarten_name: str,
    region: str,
    item: Item,
    said: Statement,
    why: str,
    officers: Sequence[Member],
    at: datetime,
) -> VetoCase:
    by = said.by.account_id
    return VetoCase(
        id=matter,
        inspection_id=None,
        kindergarten_id=kindergarten_id,
        kindergarten_name=kindergarten_name,
        region=region,
        item=item,
        year=at.astimezone(SHANGHAI).year,
        opened_at=at,
        opened_by=said.by,
        officers=tuple(officers),
        named=tuple(Naming(each, at, by, why) for each in _each_account(said.by, officers)),
        status=Status.OPEN,
        rounds=(Round(at, by, why),),
        seal=matter,
        changed_at=at,
        statements=(said,),
    )


def _each_account(first: Member, others: Sequence[Member]) -> list[Member]:
    """Return the members, each account once; the service itself is nobody to name."""
    members = {each.account_id: each for each in (first, *others)}
    members.pop(SERVICE.account_id, None)
    return list(members.values())
