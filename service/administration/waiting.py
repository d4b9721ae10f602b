"""The short queues: what waits that no query tells, from the rooms that know it."""

from datetime import datetime

from inspections.cases.veto.actions import VetoCases
from inspections.cases.veto.model import VetoCase
from inspections.queues.actions import Special
from inspections.queues.model import Entry, Kind
from media.custody.model import Actor, Role
from service.administration.actions import Administration

OFFICERS = frozenset({Role.INSPECTOR, Role.SUPERVISOR})
SUPERVISORS = frozenset({Role.SUPERVISOR})
ADMINISTRATORS = frozenset({Role.ADMINISTRATOR})


def short_queues(veto: VetoCases, administration: Administration) -> tuple[Special, ...]:
    """Return the queues of veto cases and of forgotten passwords."""

    def to_decide(actor: Actor, _: datetime) -> list[Entry]:
        return [sealed(case) for case in veto.to_decide(actor=actor)]

    def to_name(actor: Actor, _: datetime) -> list[Entry]:
        return [sealed(case) for case in veto.to_name(actor=actor)]

    def forgotten(actor: Actor, now: datetime) -> list[Entry]:
        return [
            Entry(Kind.PASSWORD_RESET, each.account_id, each.username, each.asked_at)
            for each in administration.reset_requests(actor=actor, now=now)
        ]

    return (
        Special("to_decide", "待决定的否决案件", "veto cases to decide", SUPERVISORS, to_decide),
        Special(
            "to_name", "待列入监督人员的案件", "cases that lack supervisors", OFFICERS, to_name
        ),
        Special("password_resets", "待重置密码", "passwords to reset", ADMINISTRATORS, forgotten),
    )


def sealed(case: VetoCase) -> Entry:
    """Return the case as a list may show it: neither what it is about nor where."""
    return Entry(Kind.VETO_CASE, case.id, "否决案件", case.opened_at, case.region)
